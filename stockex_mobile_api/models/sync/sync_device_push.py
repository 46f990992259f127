from odoo import api, fields, models

from ...pure.sync.envelope import read_device


class SyncDevicePush(models.Model):
    """A handheld that is told of what happens."""

    _inherit = "stockex.sync.device"

    subscription_ids = fields.One2many("stockex.sync.subscription", "device_id", readonly=True)

    # --- Actions ---

    def action_revoke(self):
        done = super().action_revoke()
        # sudo: whoever may revoke a handheld ends what it is told.
        self.sudo().subscription_ids.unlink()
        return done

    # --- Business ---

    @api.model
    def _of_call(self, sent):
        """Return the caller's handheld as superuser; `_known` has checked the call."""
        return self._found(read_device(sent))

    @api.model
    def _hello(self, sent):
        answer = super()._hello(sent)
        device_sudo = self._of_call(sent)
        return {**answer, "push_on": bool(device_sudo.subscription_ids)}

    def _push_key(self):
        # sudo: whether the company has the service is no secret.
        services_sudo = self.env["stockex.notify.service"].sudo()
        if not services_sudo._push_of(self.user_id):
            return None
        return self.env["stockex.push.key"]._public() or None
