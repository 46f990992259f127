from odoo import api, models
from odoo.tools import SQL

from ...pure.counting.outcome import book_at

BATCH = 5000


class CountRecheck(models.AbstractModel):
    """Finds lines whose book does not roll back to what it was when they were counted.

    An entry reads the book in its own transaction. Goods that were leaving at that very
    moment, in a transaction not yet committed, are missing from that reading although
    they had left the shelf: their shortage would be taken off twice. Once that
    transaction is done the two readings differ, and a person decides.
    """

    _name = "stockex.count.recheck"
    _description = "Count Rechecking"

    # --- Business ---

    @api.model
    def _flag(self, session):
        """Mark such lines of a session as moved."""
        self.env["stockex.count.line"].flush_model()
        unclear = self._unclear(SQL("line.session_id = %s", session.id))
        if not unclear:
            return
        lines = self.env["stockex.count.line"].browse(unclear)
        lines.write({"verdict": "moved"})

    @api.model
    def _unclear(self, condition):
        """Return the ids of undecided counted lines whose book rolls back to another value.

        :param condition: SQL on `line`.
        """
        unclear, last = [], 0
        while rows := self._rows_after(condition, last):
            unclear += self._unclear_of(rows)
            last = rows[-1][0]
        return unclear

    @api.model
    def _rows_after(self, condition, last):
        """Return the next lines: in batches, or a large count takes memory by its size."""
        return self.env.execute_query(
            SQL(
                """SELECT line.id, line.last_entry_at, line.book_at_count, line.product_id,
                          line.location_id, line.lot_id, line.package_id, line.owner_id
                     FROM stockex_count_line line
                    WHERE line.state = 'counted' AND line.last_entry_at IS NOT NULL
                      AND line.verdict IN ('matched', 'different') AND line.id > %s AND %s
                 ORDER BY line.id LIMIT %s""",
                last,
                condition,
                BATCH,
            )
        )

    @api.model
    def _unclear_of(self, rows):
        lines = {tuple(value or False for value in key): row for *row, key in map(_split, rows)}
        book = self.env["stockex.count.book"]
        quantities = book._quantities(lines)
        moves = book._moves_since({key: row[1] for key, row in lines.items()})
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return [
            line_id
            for key, (line_id, at, then) in lines.items()
            if round(book_at(quantities[key], moves[key], at, digits) - then, digits)
        ]


def _split(row):
    return (*row[:3], row[3:])
