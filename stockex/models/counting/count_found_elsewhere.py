from odoo import api, fields, models

from .count_plan import SEES_BOOK


class CountSessionFoundElsewhere(models.Model):
    """Serial numbers that lie in another place than the book says: proposed as transfers."""

    _inherit = "stockex.count.session"

    found_elsewhere_count = fields.Integer(
        "Found in another place",
        compute="_compute_found_elsewhere_count",
        compute_sudo=True,
        groups=SEES_BOOK,
        help="Serial numbers, still undecided.",
    )

    # --- Compute ---

    @api.depends("state", "line_ids.difference", "line_ids.decision")
    def _compute_found_elsewhere_count(self):
        lines = self.filtered(lambda session: session.state == "review")._found_elsewhere()
        by_session = lines.grouped("session_id")
        for session in self:
            session.found_elsewhere_count = len(by_session.get(session, ()))

    # --- Actions ---

    def action_open_found_elsewhere(self):
        """Show the lines whose serial number the book has in another place."""
        self.ensure_one()
        self._check_role("stockex.group_controller", "stockex.group_approver")
        # sudo: where the book has a serial number; the roles above see the book.
        lines_sudo = self.sudo()._found_elsewhere()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.count_line_review_action")
        action["domain"] = [("id", "in", lines_sudo.ids)]
        action["context"] = {"stockex_session_id": self.id}
        return action

    def action_transfer_found(self):
        """Have all of them moved to where they were found."""
        for session in self:
            # sudo: only to find the lines; the action checks who decides.
            lines_sudo = session.sudo()._found_elsewhere()
            lines_sudo.sudo(False).action_transfer()
        return True

    # --- Business ---

    def _found_elsewhere(self):
        """Return the undecided lines of these sessions that a transfer would settle."""
        lines = self.env["stockex.count.line"].search(
            [
                ("session_id", "in", self.ids),
                ("verdict", "=", "different"),
                ("difference", ">", 0),
                ("lot_id", "!=", False),
                ("product_id.tracking", "=", "serial"),
                ("decision", "=", False),
            ]
        )
        places = self.env["stockex.count.transfer"]._places_of(lines)
        return lines.browse(places)
