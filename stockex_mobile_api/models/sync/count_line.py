from odoo import models

from ...pure.sync.decide import version_of


class CountLine(models.Model):
    _inherit = "stockex.count.line"

    # --- Business ---

    def _read_for_handheld(self):
        """Return the lines as rows of a handheld's catalogue, in four queries for all.

        The caller checked that the user counts in their sessions.
        """
        # sudo: counters may not read what is behind a line; nothing of the book is here.
        lines_sudo = self.sudo()
        mine, versions = lines_sudo._own_counts(), lines_sudo._versions()
        return [
            {
                "id": line_sudo.id,
                "session": line_sudo.session_id.id,
                "product": line_sudo.product_id.id,
                "location": line_sudo.location_id.id,
                "lot": line_sudo.lot_id.id or None,
                "package": line_sudo.package_id.id or None,
                "owner": line_sudo.owner_id.id or None,
                "uom": line_sudo.product_id.uom_id.id,
                "order": line_sudo.sequence,
                "state": line_sudo._state_for_handheld(),
                "mine": mine.get(line_sudo.id),
                "base": version_of(versions.get(line_sudo.id, 0)),
            }
            for line_sudo in lines_sudo
        ]

    def _state_for_handheld(self):
        if self.recount:
            return "recount"
        return "pending" if self.state == "pending" else "counted"

    def _own_counts(self):
        """Return {line id: what the present user counted there}; as superuser."""
        groups = self.env["stockex.count.entry"]._read_group(
            [("line_id", "in", self.ids), ("user_id", "=", self.env.uid), ("is_live", "=", True)],
            ["line_id"],
            ["quantity:sum"],
        )
        return {line.id: quantity for line, quantity in groups}

    def _versions(self):
        """Return {line id: its newest entry}; as superuser.

        Two transactions that count a line change its row, and one of them begins again:
        so the entries of a line are committed in the order of their ids.
        """
        groups = self.env["stockex.count.entry"]._read_group(
            [("line_id", "in", self.ids)], ["line_id"], ["id:max"]
        )
        return {line.id: newest for line, newest in groups}
