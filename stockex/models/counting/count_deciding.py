from odoo import api, fields, models
from odoo.exceptions import UserError

from .count_plan import SEES_BOOK


class CountLineDeciding(models.Model):
    """What those who review decide about lines: reasons, transfers."""

    _inherit = "stockex.count.line"

    found_in_id = fields.Many2one(
        "stock.location",
        "Book says it is in",
        compute="_compute_found_in_id",
        compute_sudo=True,
        groups=SEES_BOOK,
        help="Where the book has this serial number, though it was found here.",
    )

    # --- Compute ---

    @api.depends("difference", "lot_id", "location_id")
    def _compute_found_in_id(self):
        places = self.env["stockex.count.transfer"]._places_of(self)
        for line in self:
            quant = places.get(line.id)
            line.found_in_id = quant.location_id if quant else False

    # --- Python constraints ---

    @api.constrains("reason_id")
    def _check_reason_fits(self):
        for line in self:
            reason = line.reason_id
            if reason.company_id and reason.company_id != line.company_id:
                raise UserError(
                    self.env._(
                        "“%(reason)s” is a reason of another company than “%(line)s”.",
                        reason=reason.name,
                        line=line.display_name,
                    )
                )
            # A reversal keeps the reason of what it undoes, with the opposite sign.
            if reason and not line.reversed_line_id and not reason._fits(line.difference):
                raise UserError(
                    self.env._(
                        "“%(reason)s” does not explain the variance of “%(line)s”: it is for "
                        "%(direction)s.",
                        reason=line.reason_id.name,
                        line=line.display_name,
                        direction=dict(
                            line.reason_id._fields["direction"]._description_selection(self.env)
                        )[line.reason_id.direction],
                    )
                )

    # --- Actions ---

    def action_transfer(self):
        """Have serial numbers moved from where the book has them to where they were found."""
        self._check_reviewer()
        for session in self.session_id:
            session._lock()
            session._check_state("review")
        # sudo: stock and lines are the system's; the role is checked above.
        lines_sudo = self.sudo()
        transfers_sudo = lines_sudo.env["stockex.count.transfer"]
        places = transfers_sudo._places_of(lines_sudo)
        wrong = lines_sudo.filtered(lambda line: line.id not in places)
        if wrong:
            raise UserError(
                self.env._(
                    "“%(line)s” has nowhere to come from: only a serial number that the book "
                    "has in exactly one other place can be moved here.",
                    line=wrong[0].display_name,
                )
            )
        transfers_sudo._decide(lines_sudo, places)
        return True
