import json
import re
from urllib.parse import urlsplit

from odoo import api, fields, models

ADDRESS = re.compile(r"\(#(\d+)\)$")


class SyncSubscription(models.Model):
    """A handheld's browser that takes messages, also with its screen off.

    It ends with the handheld's access, with its user, when the user signs out or switches
    it off, and when the push service says that the browser is gone.
    """

    _name = "stockex.sync.subscription"
    _description = "Handheld That Takes Messages"
    _order = "id desc"
    _rec_name = "device_id"

    device_id = fields.Many2one(
        "stockex.sync.device", "Handheld", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="device_id.user_id", store=True, index=True)
    company_id = fields.Many2one(related="device_id.company_id", store=True, index=True)
    host = fields.Char("Push service", readonly=True, help="Of the maker of its browser.")
    # Whoever has these can write to the browser, as far as the signing key allows.
    endpoint = fields.Char(required=True, readonly=True, copy=False, groups=fields.NO_ACCESS)
    target = fields.Char(required=True, readonly=True, copy=False, groups=fields.NO_ACCESS)
    session_mark = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    subscribed_at = fields.Datetime(readonly=True, required=True)
    last_success_at = fields.Datetime("Last message", readonly=True)
    failures = fields.Integer(readonly=True, help="In a row.")
    last_error = fields.Char(readonly=True)

    _device_once = models.UniqueIndex("(device_id)", "This handheld takes messages already.")
    _endpoint_once = models.UniqueIndex("(endpoint)", "This browser takes messages already.")

    # --- Create, write ---

    def unlink(self):
        self._give_up_waiting()
        return super().unlink()

    # --- Actions ---

    def action_end(self):
        """Have handhelds take no more messages; whoever sees one may do it."""
        self.check_access("read")
        # sudo: users do not delete; whose handhelds they are is checked above.
        self_sudo = self.sudo()
        self_sudo.unlink()
        return {
            "type": "ir.actions.act_window",
            **self.env["ir.actions.act_window"]._for_xml_id(
                "stockex_mobile_api.sync_subscription_action"
            ),
        }

    # --- Business ---

    def _address(self):
        """Return how messages name the handheld; users read it."""
        self.ensure_one()
        return f"{self.device_id.name} (#{self.device_id.id})"

    @api.model
    def _at(self, address):
        """Return the subscription that an address names, as superuser; empty if it is over."""
        found = ADDRESS.search(address or "")
        # sudo: messages are sent for whichever user.
        subscriptions_sudo = self.sudo()
        if not found:
            return subscriptions_sudo.browse()
        return subscriptions_sudo.search([("device_id", "=", int(found[1]))])._live()

    def _live(self):
        """Keep those whose user may still be told anything."""
        return self.filtered(
            lambda one: (
                one.device_id.state == "active"
                and one.user_id.active
                and one.user_id._is_internal()
            )
        )

    @api.model
    def _prepare_target_vals(self, target):
        endpoint = json.loads(target)["endpoint"]
        return {
            "endpoint": endpoint,
            "target": target,
            "host": urlsplit(endpoint).hostname,
            "subscribed_at": fields.Datetime.now(),
            "failures": 0,
            "last_error": False,
        }

    def _note(self, *, error=""):
        """Remember how the last message went; as superuser."""
        if error:
            self.write({"failures": self.failures + 1, "last_error": error})
        else:
            now = fields.Datetime.now()
            self.write({"last_success_at": now, "failures": 0, "last_error": False})

    def _give_up_waiting(self):
        """Skip what waits for these: nobody would read it, or somebody else."""
        addresses = {one._address() for one in self}
        # sudo: messages are read-only for everyone.
        notifications_sudo = self.env["stockex.notification"].sudo()
        waiting_sudo = notifications_sudo.search(
            [
                ("user_id", "in", self.user_id.ids),
                ("state", "=", "waiting"),
                ("address", "in", list(addresses)),
                ("service_id.code", "=", "web_push"),
            ]
        )
        calls_sudo = waiting_sudo.call_id.filtered(lambda call: call.state == "waiting")
        # What a sender has in its hands it finishes itself.
        calls_sudo.try_lock_for_update(allow_referencing=True).filtered(
            lambda call: not call.claim
        ).write({"state": "skipped", "done_at": fields.Datetime.now()})
        waiting_sudo.write({"state": "skipped", "why": "no_address"})
