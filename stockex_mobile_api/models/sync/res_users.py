from odoo import fields, models


class ResUsers(models.Model):
    """Users and the handhelds on which they are told of what happens."""

    _inherit = "res.users"

    stockex_push_ids = fields.One2many(
        "stockex.sync.subscription", "user_id", groups=fields.NO_ACCESS
    )

    # --- Create, write ---

    def write(self, vals):
        done = super().write(vals)
        if vals.get("active") is False:
            # sudo: who leaves is told nothing more, whoever may see their handhelds.
            self.sudo().stockex_push_ids.unlink()
        return done

    # --- Actions ---

    def action_stockex_route(self):
        """Show the day on which somebody counted last."""
        self.ensure_one()
        return self.env["stockex.sync.route"]._open(self)
