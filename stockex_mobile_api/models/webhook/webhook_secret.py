import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.stockex.pure.transport.signature import KEY_BYTES, secret_of

PRESENT, OLD = "signing", "signing (old)"


class WebhookSecret(models.Model):
    """The secrets that an endpoint's messages are signed with: the present one and the last."""

    _inherit = "stockex.webhook.endpoint"

    secret_shown = fields.Boolean(readonly=True, copy=False)

    # --- Actions ---

    def action_show_secret(self):
        """Show the first secret, this once."""
        self.ensure_one()
        self.check_access("write")
        if self.secret_shown:
            raise UserError(
                self.env._(
                    "The secret of “%(endpoint)s” was shown before. Make a new one instead.",
                    endpoint=self.name,
                )
            )
        present = self._present_secret()
        if not present:
            # Nobody can ever see this one: a new one is what is left.
            return self.action_rotate_secret()
        self.secret_shown = True
        return self.env["stockex.webhook.secret.show"]._open(self, present)

    def action_rotate_secret(self):
        """Make a new secret and show it, this once; the present one stays valid for a while."""
        self.ensure_one()
        self.check_access("write")
        overlap = timedelta(hours=self.overlap_hours)
        present = self._present_secret()
        self._set_secret(OLD, present if overlap else False)
        self.old_secret_until = fields.Datetime.now() + overlap if overlap and present else False
        self.secret_shown = True
        text = self._make_secret()
        return self.env["stockex.webhook.secret.show"]._open(self, text, lost=not present)

    def action_drop_old_secret(self):
        """Stop signing with the secret before the present one."""
        for endpoint in self:
            endpoint._set_secret(OLD, False)
        self.old_secret_until = False
        return True

    # --- Business ---

    def _present_secret(self):
        """Return the present secret; empty if it was wiped, or its encryption key is not here."""
        try:
            return self._secret(PRESENT)
        except UserError:
            return ""

    def _make_secret(self):
        self.ensure_one()
        text = secret_of(secrets.token_bytes(KEY_BYTES))
        self._set_secret(PRESENT, text)
        return text

    def _signing_secrets(self, now):
        """Return the secrets to sign with, the present one first."""
        present = self._secret(PRESENT)
        if self.old_secret_until and self.old_secret_until > now and self._has_secret(OLD):
            return [present, self._secret(OLD)]
        return [present]

    @api.autovacuum
    def _gc_old_secrets(self):
        """Forget secrets whose time is over."""
        endpoints = self.with_context(active_test=False).search(
            [("old_secret_until", "<", fields.Datetime.now())]
        )
        endpoints.action_drop_old_secret()
