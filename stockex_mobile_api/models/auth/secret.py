from odoo import api, models
from odoo.exceptions import AccessError

SIGNING = "API access tokens"


class Secret(models.Model):
    _inherit = "stockex.secret"

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        self._check_not_signing([vals.get("name") for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_signing([*self.mapped("name"), vals.get("name")])
        return super().write(vals)

    # --- Business ---

    def _check_not_signing(self, names):
        """Refuse people the key that access tokens are signed with.

        Whoever knows it can act as any user. Deleting it makes a new one, and ends all
        access tokens, which is harmless.
        """
        if SIGNING in names and not self.env.su:
            raise AccessError(
                self.env._(
                    "“%(secret)s” is the server's own. Delete it to have a new one made; all "
                    "access tokens then end.",
                    secret=SIGNING,
                )
            )
