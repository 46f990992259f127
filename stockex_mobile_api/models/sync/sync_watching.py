from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...pure.sync.clock import TOLERATED

LOW_BATTERY = 15
CLOCK_OFF_S = int(TOLERATED.total_seconds())
SILENT_AFTER = timedelta(hours=1)
ALARMS = ("is_stuck", "is_silent", "is_battery_low", "is_clock_wrong")


class SyncDeviceWatching(models.Model):
    """What whoever leads a count must see of its handhelds, and can do about them."""

    _inherit = "stockex.sync.device"

    is_stuck = fields.Boolean(
        "Unsent for long",
        compute="_compute_alarms",
        search="_search_is_stuck",
        help="Something waits on it for longer than the company wants.",
    )
    is_silent = fields.Boolean(
        "Not heard of",
        compute="_compute_alarms",
        search="_search_is_silent",
        help="It has not called for an hour, and its count goes on.",
    )
    is_battery_low = fields.Boolean(
        "Battery low", compute="_compute_alarms", search="_search_is_battery_low"
    )
    is_clock_wrong = fields.Boolean(
        "Clock wrong", compute="_compute_alarms", search="_search_is_clock_wrong"
    )
    has_alarm = fields.Boolean(
        "Needs a look", compute="_compute_alarms", search="_search_has_alarm"
    )
    can_admit = fields.Boolean(compute="_compute_can_admit")
    clock_text = fields.Char("Clock", compute="_compute_clock_text")

    # --- Compute ---

    @api.depends(
        *("state", "battery", "clock_offset_s", "last_seen", "queue_waiting", "queue_oldest_at"),
        *("session_id.state", "company_id.stockex_handheld_stuck_minutes"),
    )
    def _compute_alarms(self):
        # sudo: whether the count goes on is told, nothing else of it.
        self_sudo = self.sudo()
        found = {name: set(self_sudo.filtered_domain(self._alarm(name))._ids) for name in ALARMS}
        for device in self:
            for name in ALARMS:
                device[name] = device.id in found[name]
            device.has_alarm = any(device[name] for name in ALARMS)

    @api.depends("revoked_by_id")
    @api.depends_context("uid")
    def _compute_can_admit(self):
        is_controller = self.env.user.has_group("stockex.group_controller")
        for device in self:
            device.can_admit = is_controller or device.revoked_by_id == self.env.user

    @api.depends("clock_offset_s")
    def _compute_clock_text(self):
        for device in self:
            device.clock_text = device._written_offset()

    def _search_is_stuck(self, operator, _value):
        return self._alarm("is_stuck") if operator == "in" else NotImplemented

    def _search_is_silent(self, operator, _value):
        return self._alarm("is_silent") if operator == "in" else NotImplemented

    def _search_is_battery_low(self, operator, _value):
        return self._alarm("is_battery_low") if operator == "in" else NotImplemented

    def _search_is_clock_wrong(self, operator, _value):
        return self._alarm("is_clock_wrong") if operator == "in" else NotImplemented

    def _search_has_alarm(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._alarm(name) for name in ALARMS)

    # --- Actions ---

    def action_admit(self):
        """Let revoked handhelds in again; what waits on them is sent."""
        self.check_access("read")
        revoked = self.filtered(lambda device: device.state == "revoked")
        barred = revoked.filtered(lambda device: not device.can_admit)
        if barred:
            raise AccessError(
                self.env._(
                    "“%(device)s” was shut out by somebody else: ask a stock controller to let it "
                    "in again.",
                    device=barred[0].name,
                )
            )
        # sudo: users change the name only; who may do it is checked above.
        revoked_sudo = revoked.sudo()
        revoked_sudo.write({"state": "active", "revoked_at": False, "revoked_by_id": False})
        return True

    # --- Business ---

    @api.model
    def _alarm(self, name):
        """Return the domain of the handhelds that raise an alarm at this moment."""
        now = fields.Datetime.now()
        alarm = {
            "is_stuck": self._stuck_domain,
            "is_silent": lambda now: (
                Domain("session_id.state", "=", "counting")
                & Domain("last_seen", "<", now - SILENT_AFTER)
            ),
            "is_battery_low": lambda _now: (
                Domain("battery", ">", 0) & Domain("battery", "<", LOW_BATTERY)
            ),
            "is_clock_wrong": lambda _now: (
                Domain("clock_offset_s", ">", CLOCK_OFF_S)
                | Domain("clock_offset_s", "<", -CLOCK_OFF_S)
            ),
        }[name]
        return Domain("state", "=", "active") & alarm(now)

    @api.model
    def _stuck_domain(self, now):
        # sudo: a setting of each company.
        companies_sudo = self.env["res.company"].sudo().with_context(active_test=False)
        by_minutes = companies_sudo.search([("id", "!=", 0)]).grouped(
            "stockex_handheld_stuck_minutes"
        )
        old = Domain.OR(
            Domain("company_id", "in", found.ids)
            & Domain("queue_oldest_at", "<", now - timedelta(minutes=minutes))
            for minutes, found in by_minutes.items()
        )
        return Domain("queue_waiting", ">", 0) & old

    def _written_offset(self):
        """Say by how much its clock is wrong; nothing if that is less than a minute."""
        seconds = abs(self.clock_offset_s)
        if seconds < 60:
            return ""
        if seconds < 2 * 3600:
            number, unit = seconds // 60, self.env._("min")
        elif seconds < 2 * 86400:
            number, unit = seconds // 3600, self.env._("h")
        else:
            number, unit = seconds // 86400, self.env._("days")
        if self.clock_offset_s > 0:
            return self.env._("%(number)s %(unit)s behind", number=number, unit=unit)
        return self.env._("%(number)s %(unit)s ahead", number=number, unit=unit)
