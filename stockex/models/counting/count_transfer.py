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
                ("location_id.usage", "=", "internal"),
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
        for source, moved in lines.grouped(lambda line: places[line.id].location_id).items():
            moved.write(
                {
                    "decision": "transferred",
                    "decided_by_id": self.env.uid,
                    "transfer_from_id": source.id,
                }
            )
        self._adopt(lines.session_id, lines.lot_id)

    @api.model
    def _adopt(self, sessions, lots):
        """Tie the lines that miss a serial number to those whose transfer settles them.

        Also for a line that is counted after the transfer was decided: its loss would be
        posted beside the move.
        """
        if not lots:
            return
        self.env["stockex.count.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """UPDATE stockex_count_line missing
                      SET settled_by_id = found.id, decision = 'transferred'
                     FROM stockex_count_line found
                    WHERE found.session_id = ANY(%(sessions)s) AND found.lot_id = ANY(%(lots)s)
                      AND found.transfer_from_id IS NOT NULL
                      AND missing.session_id = found.session_id
                      AND missing.product_id = found.product_id
                      AND missing.lot_id = found.lot_id
                      AND missing.location_id = found.transfer_from_id
                      AND missing.owner_id IS NOT DISTINCT FROM found.owner_id
                      AND missing.package_id IS NULL
                      AND missing.difference = -found.difference
                RETURNING missing.id""",
                sessions=sessions.ids,
                lots=lots.ids,
            )
        )
        self.env["stockex.count.line"].browse([row[0] for row in rows]).invalidate_recordset()

    @api.model
    def _fail_gone(self, lines):
        """Set transfers aside whose serial number is no longer where it was to be taken."""
        moved = lines.filtered("transfer_from_id")
        if not moved:
            return moved
        quants = self.env["stock.quant"].search(
            [("lot_id", "in", moved.lot_id.ids), ("quantity", ">", 0)]
        )
        by_lot = quants.grouped("lot_id")
        gone = moved.browse()
        for line in moved:
            source = line.transfer_from_id if line.difference > 0 else line.location_id
            held = by_lot.get(line.lot_id, quants.browse())
            if source in held.location_id:
                continue
            gone |= line
            where = held.location_id.filtered(lambda place: place.usage != "inventory")
            self.env["stockex.count.posting"]._set_aside(
                line,
                self.env._(
                    "The serial number is no longer in “%(expected)s” but in “%(where)s”. "
                    "Count it again in a new session.",
                    expected=source.display_name,
                    where=where[:1].display_name or self.env._("no location"),
                ),
            )
        return gone

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
                    -- Not one join with OR: that reads every line for each batch.
                    WHERE other.id IN (
                        SELECT settled_by_id FROM stockex_count_line
                         WHERE id = ANY(%(lines)s) AND settled_by_id IS NOT NULL
                         UNION ALL
                        SELECT id FROM stockex_count_line WHERE settled_by_id = ANY(%(lines)s))
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
