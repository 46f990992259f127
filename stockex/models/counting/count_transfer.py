from odoo import api, models
from odoo.tools import SQL


class CountTransfer(models.AbstractModel):
    """A serial number found in another place than the book says: moved, not lost and found.

    One internal transfer settles the line where it was found and, if the session counts
    it, the line where it was missed. Called as superuser by the line's action.
    """

    _name = "stockex.count.transfer"
    _description = "Count Transfer"

    # --- Business ---

    @api.model
    def _places_of(self, lines):
        """Return {line id: quant}: where the book has the serial numbers of surplus lines."""
        found = {}
        wanted = lines.filtered(
            lambda line: (
                line.product_id.tracking == "serial"
                and line.lot_id
                and line.verdict == "different"
                and line.difference > 0
            )
        )
        if not wanted:
            return found
        quants = self.env["stock.quant"].search(
            [
                ("lot_id", "in", wanted.lot_id.ids),
                ("quantity", ">", 0),
                ("location_id.usage", "in", ("internal", "transit")),
                ("company_id", "in", lines.company_id.ids),
            ]
        )
        by_lot = quants.grouped("lot_id")
        for line in wanted:
            elsewhere = by_lot.get(line.lot_id, quants.browse()).filtered(
                lambda quant, line=line: (
                    quant.location_id != line.location_id
                    and quant.owner_id == line.owner_id
                    and quant.company_id == line.company_id
                    and not quant.package_id
                )
            )
            if len(elsewhere) == 1:
                found[line.id] = elsewhere
        return found

    @api.model
    def _decide(self, lines, places):
        """Have the posting move serial numbers instead of correcting two places."""
        for line in lines:
            source = places[line.id].location_id
            line.write(
                {
                    "decision": "transferred",
                    "decided_by_id": self.env.uid,
                    "transfer_from_id": source.id,
                }
            )
            missing = line.search(
                [
                    ("session_id", "=", line.session_id.id),
                    ("product_id", "=", line.product_id.id),
                    ("lot_id", "=", line.lot_id.id),
                    ("location_id", "=", source.id),
                    ("owner_id", "=", line.owner_id.id),
                    ("package_id", "=", False),
                    ("difference", "=", -line.difference),
                ]
            )
            missing.write({"settled_by_id": line.id, "decision": "transferred"})

    @api.model
    def _settle(self, lines):
        """Close the lines whose missing goods were moved with others."""
        settled = self.env["stockex.count.line"].search([("settled_by_id", "in", lines.ids)])
        for line in settled:
            line.write({"state": "posted", "move_id": line.settled_by_id.move_id.id})

    @api.model
    def _forget(self, lines):
        """Undo the decision at the other end of lines that were counted anew."""
        rows = self.env.execute_query(
            SQL(
                """UPDATE stockex_count_line other
                      SET transfer_from_id = NULL, decision = NULL, settled_by_id = NULL
                     FROM stockex_count_line line
                    WHERE line.id = ANY(%(lines)s)
                      AND (other.id = line.settled_by_id OR other.settled_by_id = line.id)
                RETURNING other.id""",
                lines=lines.ids,
            )
        )
        rows += self.env.execute_query(
            SQL(
                """UPDATE stockex_count_line SET settled_by_id = NULL
                    WHERE id = ANY(%s) AND settled_by_id IS NOT NULL RETURNING id""",
                lines.ids,
            )
        )
        lines.browse([row[0] for row in rows]).invalidate_recordset()
