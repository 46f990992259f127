from odoo import api, models
from odoo.tools import SQL

from ...pure.counting.outcome import Move

# Corrections only: adjustments, and what counts moved to where it lay.
INVENTORY = SQL(
    """AND EXISTS (SELECT 1 FROM stock_move move WHERE move.id = ml.move_id
                    AND (move.is_inventory OR move.stockex_session_id IS NOT NULL))"""
)


class CountBook(models.AbstractModel):
    """Reads what the book says about stock keys: now, and how it changed since.

    A key is the tuple (product id, location id, lot id, package id, owner id), with
    False for none.
    """

    _name = "stockex.count.book"
    _description = "Book Reading"

    # --- Business ---

    @api.model
    def _clock(self):
        """Return the database's wall clock (UTC): one clock for every server."""
        [(now,)] = self.env.execute_query(SQL("SELECT clock_timestamp() AT TIME ZONE 'UTC'"))
        return now

    @api.model
    def _quantities(self, keys):
        """Return {key: quantity on hand}; 0 for a key without stock."""
        keys = list(keys)
        self.env["stock.quant"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT quant.product_id, quant.location_id, quant.lot_id,
                          quant.package_id, quant.owner_id, SUM(quant.quantity)
                     FROM stock_quant quant
                    WHERE quant.product_id = ANY(%s) AND quant.location_id = ANY(%s)
                 GROUP BY 1, 2, 3, 4, 5""",
                list({key[0] for key in keys}),
                list({key[1] for key in keys}),
            )
        )
        found = {tuple(value or False for value in row[:5]): row[5] for row in rows}
        return {key: found.get(key, 0.0) for key in keys}

    @api.model
    def _moves_since(self, instants, inventory_only=False):
        """Return {key: completed moves after the key's instant}, signed for the key.

        :param instants: {key: datetime}.
        :param inventory_only: corrections only (other counts, typed adjustments).
        """
        if not instants:
            return {}
        self.env["stock.move.line"].flush_model()
        rows = self.env.execute_query(self._moves_sql(instants, inventory_only))
        moves = {key: [] for key in instants}
        for *key, quantity, at in rows:
            moves[tuple(value or False for value in key)].append(Move(quantity, at))
        return moves

    @api.model
    def _moves_sql(self, instants, inventory_only):
        keys = list(instants)
        columns = [[key[index] or None for key in keys] for index in range(5)]
        only = INVENTORY if inventory_only else SQL()
        same = """key.product_id = ml.product_id
                  AND ml.stockex_done_at > key.at
                  AND key.lot_id IS NOT DISTINCT FROM ml.lot_id
                  AND key.owner_id IS NOT DISTINCT FROM ml.owner_id"""
        return SQL(
            """WITH key AS (
                   SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[],
                                        %s::int[], %s::timestamp[])
                       AS t(product_id, location_id, lot_id, package_id, owner_id, at)),
               change AS (
                   SELECT key.*, ml.quantity_product_uom AS quantity,
                          ml.stockex_done_at AS done_at
                     FROM key JOIN stock_move_line ml ON """
            + same
            + """ AND ml.location_dest_id = key.location_id
                      AND ml.result_package_id IS NOT DISTINCT FROM key.package_id %s
                UNION ALL
                   SELECT key.*, -ml.quantity_product_uom, ml.stockex_done_at
                     FROM key JOIN stock_move_line ml ON """
            + same
            + """ AND ml.location_id = key.location_id
                      AND ml.package_id IS NOT DISTINCT FROM key.package_id %s)
               SELECT product_id, location_id, lot_id, package_id, owner_id,
                      quantity, done_at FROM change""",
            *columns,
            [instants[key] for key in keys],
            only,
            only,
        )
