import hashlib
import json

from odoo import api, models

from odoo.addons.stockex import notifiers
from odoo.addons.stockex.models.counting.race import begin_again_if_taken

from ...exceptions import HandheldRefused
from ...pure.sync.endpoint import endpoint_fault

LONGEST = 4096
CODE = "web_push"


class SyncSubscribing(models.Model):
    """What a handheld asks for: to be told, or not to be told any more."""

    _inherit = "stockex.sync.subscription"

    # --- Business ---

    @api.model
    def _subscribe(self, sent, sid=""):
        """Have a handheld take messages from now on.

        :param sent: its call: `subscription` as the browser gives it, and the public `key`
            that it was made for.
        :param sid: the signed-in session's; what ends with it is not told either.
        :raise HandheldRefused: if it may not, or if that is no subscription.
        """
        device_sudo = self._caller(sent)
        if sent.get("key") != device_sudo._push_key():
            raise HandheldRefused(
                self.env._("The server signs with another key: say hello, then subscribe again."),
                "push_key",
            )
        target = self._read_target(sent.get("subscription"))
        vals = {**self._prepare_target_vals(target), "session_mark": mark_of(sid)}
        self._take_over(device_sudo, vals)
        # sudo: each handheld subscribes itself; nobody writes these by hand.
        own_sudo = self.sudo().search([("device_id", "=", device_sudo.id)])
        if own_sudo:
            own_sudo.write(vals)
        else:
            with begin_again_if_taken():
                own_sudo.create({"device_id": device_sudo.id, **vals})
        return {"subscribed": True}

    @api.model
    def _unsubscribe(self, sent):
        """Have a handheld take no more messages."""
        device_sudo = self._caller(sent)
        # sudo: as in _subscribe.
        self.sudo().search([("device_id", "=", device_sudo.id)]).unlink()
        return {"subscribed": False}

    @api.model
    def _signed_out(self, sid):
        """Have the handhelds of a session that ends take no more messages."""
        # sudo: whoever holds the session ends it.
        self.sudo().search([("session_mark", "=", mark_of(sid))]).unlink()

    @api.model
    def _caller(self, sent):
        devices = self.env["stockex.sync.device"]
        devices._known(sent)
        return devices._of_call(sent)

    @api.model
    def _read_target(self, given):
        """Return a subscription in one form.

        :raise HandheldRefused: if it is none, or leads where no push service is.
        """
        text = json.dumps(given) if isinstance(given, dict) else ""
        try:
            target = notifiers.service(CODE).clean_address(text[:LONGEST])
        except notifiers.AddressFault as fault:
            raise self._refused() from fault
        # sudo: whether the own network may be reached is the account's setting.
        services_sudo = self.env["stockex.notify.service"].sudo()
        own_sudo = services_sudo._push_of(self.env.user)
        if endpoint_fault(json.loads(target)["endpoint"], any(own_sudo.mapped("allow_private"))):
            raise self._refused()
        return target

    def _refused(self):
        return HandheldRefused(
            self.env._(
                "This browser's subscription cannot be used. Switch it off and on again, or "
                "use another browser."
            ),
            "subscription",
        )

    @api.model
    def _take_over(self, device_sudo, vals):
        """End another handheld's subscription of the same browser: its user signed out here.

        Only the browser itself knows its keys; with others nobody ends somebody's.
        """
        # sudo: somebody else's handheld may be the one.
        others_sudo = self.sudo().search(
            [("endpoint", "=", vals["endpoint"]), ("device_id", "!=", device_sudo.id)]
        )
        if others_sudo.filtered(lambda one: one.target != vals["target"]):
            raise self._refused()
        others_sudo.unlink()


def mark_of(sid):
    """Return what tells a session from others without opening it.

    The beginning of its key stays when Odoo renews the rest.
    """
    return hashlib.sha256(sid[:42].encode()).hexdigest()[:32] if sid else False
