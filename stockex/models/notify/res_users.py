from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResUsers(models.Model):
    _inherit = "res.users"

    stockex_manager_id = fields.Many2one(
        "res.users",
        "Manager",
        domain="[('share', '=', False), ('id', '!=', id)]",
        ondelete="set null",
        help="Who is asked when this person does not answer in time.",
    )
    stockex_substitute_id = fields.Many2one(
        "res.users",
        "Substitute",
        domain="[('share', '=', False), ('id', '!=', id)]",
        ondelete="set null",
        help="Who is asked while this person is out of office.",
    )

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802 - the name is Odoo's
        return [*super().SELF_READABLE_FIELDS, "stockex_manager_id", "stockex_substitute_id"]

    @property
    def SELF_WRITEABLE_FIELDS(self):  # noqa: N802 - the name is Odoo's
        return [*super().SELF_WRITEABLE_FIELDS, "stockex_substitute_id"]

    # --- Python constraints ---

    @api.constrains("stockex_manager_id", "stockex_substitute_id")
    def _check_stockex_not_oneself(self):
        for user in self:
            if user in (user.stockex_manager_id, user.stockex_substitute_id):
                raise ValidationError(
                    self.env._(
                        "“%(user)s” cannot be their own manager or substitute. Choose somebody "
                        "else, or nobody.",
                        user=user.name,
                    )
                )
