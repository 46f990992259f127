from odoo import models

from odoo.addons.stockex.models.counting.count_entering import OUR_UUIDS


class CountSession(models.Model):
    """What a client of the API learns of the entries that it sent."""

    _inherit = "stockex.count.session"

    # --- Business ---

    def _known_entries(self, uuids):
        """Sort UUIDs that are taken already.

        :return: `(own, foreign)`: what this user sent to this session before, and what
            belongs to anything else.
        """
        self.ensure_one()
        # sudo: only whether a UUID is taken, and whether by this user here, is told.
        entries_sudo = self.env["stockex.count.entry"].sudo()
        found_sudo = entries_sudo.search([("uuid", "in", uuids)])
        own_sudo = found_sudo.filtered(
            lambda entry: entry.session_id == self and entry.user_id == self.env.user
        )
        own = set(own_sudo.mapped("uuid"))
        reserved = {uuid for uuid in uuids if uuid.startswith(OUR_UUIDS)}
        return own, (set(found_sudo.mapped("uuid")) | reserved) - own

    def _read_entered(self, uuids):
        """Return {uuid: what its sender may see of the line that it counted}."""
        self.ensure_one()
        # sudo: counters may not read what is behind a line; what `_read_for_counter`
        # shows is made for them.
        entries_sudo = self.env["stockex.count.entry"].sudo()
        found_sudo = entries_sudo.search([("uuid", "in", uuids), ("session_id", "=", self.id)])
        shown = {line["line_id"]: line for line in found_sudo.line_id._read_for_counter()}
        return {
            entry_sudo.uuid: {
                "line": {
                    "id": entry_sudo.line_id.id,
                    "name": shown[entry_sudo.line_id.id]["product"],
                },
                "counted_quantity": shown[entry_sudo.line_id.id]["counted"],
                "unit": shown[entry_sudo.line_id.id]["uom"],
            }
            for entry_sudo in found_sudo
        }
