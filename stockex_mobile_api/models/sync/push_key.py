import logging
import secrets

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.stockex.notifiers.web_push import SEED_SIZE, new_private_key, public_key

_logger = logging.getLogger(__name__)
NAME = "Signing key of web push"


class PushKey(models.AbstractModel):
    """The key that signs what is pushed to handhelds: one a database, made when first needed.

    A browser subscribes with its public half and takes nothing that another key signed.
    """

    _name = "stockex.push.key"
    _description = "Signing Key of Web Push"

    # --- Business ---

    @api.model
    def _private(self):
        """Return the key in clear, for a request that is about to be signed.

        :raise UserError: if it cannot be decrypted.
        """
        return self.env["stockex.secret"]._ensure(NAME, self._home(), _new)

    @api.model
    def _public(self):
        """Return the public half, empty if there is none to be had."""
        try:
            return public_key(self._private())
        except UserError as error:
            # Whoever says hello with a handheld cannot mend it; a test of the service tells.
            _logger.warning("No signing key of web push: %s", error)
            return ""

    @api.model
    def _renew(self):
        """Make another key: handhelds subscribe anew when they next say hello."""
        self._private()
        # sudo: the server's own secret; the caller checked who asks.
        secret_sudo = (
            self.env["stockex.secret"]
            .sudo()
            .search(
                [
                    ("name", "=", NAME),
                    ("company_id", "=", self._home().id),
                    ("res_model", "=", False),
                ]
            )
        )
        secret_sudo.value = _new()
        # sudo: the subscriptions of all users, none of which the new key can reach.
        subscriptions_sudo = self.env["stockex.sync.subscription"].sudo()
        subscriptions_sudo.search([("device_id", "!=", False)]).unlink()

    def _home(self):
        # sudo: a secret has a company; this one belongs to all of them.
        return self.env["res.company"].sudo().search([], order="id", limit=1)


def _new():
    return new_private_key(secrets.token_bytes(SEED_SIZE))
