from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...pure.counting.outcome import Entry, outcome


class CountJudge(models.AbstractModel):
    """Says what the live entries of lines amount to: matched, different or moved."""

    _name = "stockex.count.judge"
    _description = "Count Judging"

    # --- Business ---

    @api.model
    def _judge(self, lines):
        """Recompute what the lines' live entries say, in three queries for all."""
        self.env["stockex.count.entry"].flush_model()
        entries = self._live_entries(lines)
        several = {
            line._key_of(): min(entry.at for entry in entries[line.id])
            for line in lines
            if len(entries[line.id]) > 1
        }
        moves = self.env["stockex.count.book"]._moves_since(several)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        rows = [
            self._judged_row(line, entries[line.id], moves.get(line._key_of(), ()), digits)
            for line in lines
        ]
        self._write_judged(lines, rows)

    @api.model
    def _live_entries(self, lines):
        rows = self.env.execute_query(
            SQL(
                """SELECT line_id, quantity, counted_at, book_quantity
                     FROM stockex_count_entry
                    WHERE line_id = ANY(%s) AND superseded_by_id IS NULL AND voids IS NOT TRUE
                 ORDER BY counted_at, id""",
                lines.ids,
            )
        )
        entries = defaultdict(list)
        for line_id, quantity, at, book in rows:
            entries[line_id].append(Entry(quantity, at, book))
        return entries

    @api.model
    def _judged_row(self, line, entries, moves, digits):
        if not entries:
            return (line.id, "pending", None, None, None, None, None, None, line.recount)
        result = outcome(entries, moves, digits)
        return (
            line.id,
            "counted",
            result.counted,
            result.book,
            result.difference,
            result.verdict,
            min(entry.at for entry in entries),
            max(entry.at for entry in entries),
            False,
        )

    @api.model
    def _write_judged(self, lines, rows):
        lines.flush_recordset()
        self.env.execute_query(
            SQL(
                """UPDATE stockex_count_line line
                      SET state = t.state, counted_quantity = t.counted,
                          book_at_count = t.book, difference = t.difference,
                          difference_value = t.difference * line.unit_cost,
                          gross_value = ABS(t.difference * line.unit_cost),
                          verdict = t.verdict, first_entry_at = t.first_at,
                          last_entry_at = t.last_at, recount = t.recount,
                          decision = NULL, decided_by_id = NULL,
                          transfer_from_id = NULL, out_of_tolerance = FALSE,
                          reason_id = CASE WHEN ROUND(line.difference::numeric, 6)
                                    IS DISTINCT FROM ROUND(t.difference::numeric, 6)
                               THEN NULL ELSE line.reason_id END,
                          write_uid = %s, write_date = now() AT TIME ZONE 'UTC'
                     FROM unnest(%s::int[], %s::text[], %s::float[], %s::float[],
                                 %s::float[], %s::text[], %s::timestamp[],
                                 %s::timestamp[], %s::bool[])
                          AS t(id, state, counted, book, difference, verdict, first_at,
                               last_at, recount)
                    WHERE line.id = t.id AND line.id = ANY(%s) RETURNING line.id""",
                self.env.uid,
                *[list(column) for column in zip(*rows, strict=True)],
                # Or PostgreSQL reads the whole table for each batch.
                lines.ids,
            )
        )
        transfers = self.env["stockex.count.transfer"]
        transfers._forget(lines)
        transfers._adopt(lines.session_id, lines.lot_id)
        lines.invalidate_recordset()
        lines.session_id.invalidate_recordset()
