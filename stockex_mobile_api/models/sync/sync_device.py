from datetime import UTC

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.modules import Manifest

from odoo.addons.stockex.models.counting.race import begin_again_if_taken

from ...exceptions import HandheldRefused
from ...pure.sync.clock import offset_of
from ...pure.sync.envelope import PROTOCOL, EnvelopeInvalid, read_device, read_state, speaks

TOLD = ("app_version", "platform", "battery", "charging")


class SyncDevice(models.Model):
    """A phone or handheld with the application: whose it is, and how it is doing."""

    _name = "stockex.sync.device"
    _description = "Handheld"
    _order = "last_seen desc, id desc"

    uuid = fields.Char(required=True, readonly=True, copy=False)
    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    platform = fields.Char(readonly=True)
    app_version = fields.Char("Version", readonly=True, help="Of the application on it.")
    state = fields.Selection(
        [("active", "Active"), ("revoked", "Revoked")],
        default="active",
        required=True,
        readonly=True,
    )
    last_seen = fields.Datetime(readonly=True, help="When it last called the server.")
    last_sync = fields.Datetime(
        "Last sent", readonly=True, help="When it last sent what was counted."
    )
    queue_waiting = fields.Integer(
        "Unsent", readonly=True, help="Entries that waited on it when it last called."
    )
    queue_oldest_at = fields.Datetime("Unsent since", readonly=True)
    battery = fields.Float(readonly=True, help="0 to 100.")
    charging = fields.Boolean(readonly=True)
    clock_offset_s = fields.Integer(
        "Clock behind (s)",
        readonly=True,
        help="Seconds by which its clock is behind the server's; negative if it is ahead.",
    )
    location_id = fields.Many2one("stock.location", "Last counted in", readonly=True)
    session_id = fields.Many2one("stockex.count.session", "Last count", readonly=True)
    operation_ids = fields.One2many("stockex.sync.operation", "device_id", readonly=True)
    revoked_at = fields.Datetime("Revoked at", readonly=True)
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True)

    _uuid_unique = models.Constraint("UNIQUE (uuid)", "This handheld is registered already.")

    # --- Create, write ---

    def write(self, vals):
        if set(vals) - {"name"} and not self.env.su:
            raise AccessError(self.env._("Only the name of a handheld can be changed."))
        return super().write(vals)

    # --- Actions ---

    def action_revoke(self):
        """Shut handhelds out at once; whoever sees one may do it."""
        self.check_access("read")
        # sudo: users change the name only; whose handhelds they are is checked above.
        self_sudo = self.sudo()
        self_sudo.filtered(lambda device: device.state == "active").write(
            {
                "state": "revoked",
                "revoked_at": fields.Datetime.now(),
                "revoked_by_id": self.env.uid,
            }
        )
        return True

    def action_open_operations(self):
        """Show what the handheld sent."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stockex_mobile_api.sync_operation_action"
        )
        action["domain"] = [("device_id", "=", self.id)]
        action["context"] = {}
        return action

    # --- Business ---

    @api.model
    def _come(self, sent):
        """Let a handheld in, and register one that is new.

        :param sent: the arguments of its call.
        :return: `(device as superuser, how it says to be, when it called)`.
        :raise HandheldRefused: if it may not come, or cannot be understood.
        """
        self._check_caller(sent)
        try:
            uuid, state = read_device(sent), read_state(sent)
        except EnvelopeInvalid as error:
            code = "clock" if str(error).startswith("now:") else "invalid"
            raise HandheldRefused(
                self.env._("The call cannot be read (%(error)s).", error=error), code
            ) from error
        device_sudo = self._found(uuid) or self._enrol(uuid, state)
        return device_sudo, state, self.env["stockex.count.book"]._clock()

    @api.model
    def _known(self, sent):
        """Check that a handheld which only reads is registered, and not shut out.

        :raise HandheldRefused: if it is not.
        """
        self._check_caller(sent)
        try:
            uuid = read_device(sent)
        except EnvelopeInvalid as error:
            raise HandheldRefused(
                self.env._("The call cannot be read (%(error)s).", error=error), "invalid"
            ) from error
        if not self._found(uuid):
            raise HandheldRefused(
                self.env._("This handheld is not registered yet."), "device_unknown"
            )

    @api.model
    def _check_caller(self, sent):
        if not self.env.user._is_internal():
            raise HandheldRefused(
                self.env._("Only the company's own users work with a handheld."), "no_role"
            )
        if not speaks(sent.get("protocol")):
            raise HandheldRefused(
                self.env._("This application is too old for the server: update it."),
                "app_too_old",
            )

    @api.model
    def _found(self, uuid):
        # sudo: only whether it is this user's is told.
        device_sudo = self.sudo().search([("uuid", "=", uuid)])
        if device_sudo and device_sudo.user_id != self.env.user:
            raise HandheldRefused(
                self.env._("This handheld is registered for somebody else: register it again."),
                "device_foreign",
            )
        if device_sudo.state == "revoked":
            raise HandheldRefused(
                self.env._(
                    "“%(device)s” was shut out. What you counted is still on it: ask your "
                    "controller.",
                    device=device_sudo.name,
                ),
                "device_revoked",
            )
        return device_sudo

    @api.model
    def _enrol(self, uuid, state):
        # sudo: users make no handhelds by hand; each registers its own when it calls.
        devices_sudo = self.sudo()
        with begin_again_if_taken():
            return devices_sudo.create(
                {
                    "uuid": uuid,
                    "name": (state.name or "").strip()
                    or self.env._("Handheld of %(user)s", user=self.env.user.name),
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                }
            )

    def _note(self, state, received, sent=0, **vals):
        """Keep how the handheld is; called as superuser.

        :param sent: how many operations it has got rid of with this call.
        """
        told = {name: getattr(state, name) for name in TOLD if name in state.model_fields_set}
        if state.queue:
            oldest = state.queue.oldest_at
            told["queue_waiting"] = state.queue.waiting
            told["queue_oldest_at"] = oldest and oldest.astimezone(UTC).replace(tzinfo=None)
        elif sent:
            told |= self._prepare_queue_after(sent)
        offset = offset_of(state.now.astimezone(UTC).replace(tzinfo=None), received)
        if (state.rename or "").strip():
            told["name"] = state.rename.strip()
        told["clock_offset_s"] = _bounded(offset.total_seconds())
        self.write({**told, **vals, "last_seen": received.replace(microsecond=0)})

    def _prepare_queue_after(self, sent):
        """Return what still waits on it by what it told before; it may not come back to tell."""
        waiting = max(0, self.queue_waiting - sent)
        return (
            {"queue_waiting": waiting}
            if waiting
            else {
                "queue_waiting": 0,
                "queue_oldest_at": False,
            }
        )

    @api.model
    def _hello(self, sent):
        """Answer a handheld that says who it is and how it is doing."""
        device_sudo, state, received = self._come(sent)
        device_sudo._note(state, received, company_id=self.env.company.id)
        user = self.env.user
        # sudo: the names of the user's own companies.
        user_sudo = user.sudo()
        company_sudo = user_sudo.company_id
        return {
            "server_time": _written(received),
            "protocol": PROTOCOL,
            "user": {
                "id": user.id,
                "name": user.name,
                "lang": user.lang or "en_US",
                "is_controller": user.has_group("stockex.group_controller"),
            },
            "company": {"id": company_sudo.id, "name": company_sudo.name},
            "companies": [
                {"id": one.id, "name": one.name, "adhoc": self._may_begin(one)}
                for one in user_sudo.company_ids
            ],
            "device": {
                "id": device_sudo.id,
                "name": device_sudo.name,
                "state": device_sudo.state,
            },
            "settings": self._settings(company_sudo),
            "digits": {"quantity": self.env["decimal.precision"].precision_get("Product Unit")},
            "push_key": device_sudo._push_key(),
            "app_version": Manifest.for_addon("stockex_mobile_api")["version"],
        }

    @api.model
    def _settings(self, company):
        return {
            "position": company.stockex_handheld_position,
            "adhoc": self._may_begin(company),
            "photo_px": company.stockex_handheld_photo_px,
            "route": company.stockex_handheld_route,
        }

    @api.model
    def _may_begin(self, company):
        """Tell whether the user may count a place of a company without being asked to."""
        return company.stockex_handheld_adhoc and self.env.user.has_group("stockex.group_counter")

    def _push_key(self):
        """Return the public key with which the handheld subscribes to messages, or None.

        For a notification service that reaches handhelds.
        """
        self.ensure_one()


def _written(moment):
    return moment.isoformat(timespec="milliseconds") + "Z"


def _bounded(seconds):
    """Return seconds that a database can hold, of a clock that may be at the end of time."""
    return int(max(-(2**31), min(2**31 - 1, seconds)))
