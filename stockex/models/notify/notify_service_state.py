from odoo import api, fields, models
from odoo.tools import format_datetime

from .notify_service import ADMIN


class NotifyServiceState(models.Model):
    """Says whether a service is ready, and if not, why, in plain words."""

    _inherit = "stockex.notify.service"

    state = fields.Selection(
        [
            ("ready", "Ready"),
            ("incomplete", "Needs credentials"),
            ("failing", "Failing"),
            ("resting", "Resting"),
        ],
        compute="_compute_state",
        search="_search_state",
        compute_sudo=True,
    )
    state_text = fields.Char(
        "What that means", compute="_compute_state", compute_sudo=True, groups=ADMIN
    )

    # --- Compute ---

    @api.depends("code", "shared", "address", "active", "credential_ids.plain")
    @api.depends_context("lang", "tz")
    def _compute_state(self):
        now = fields.Datetime.now()
        given, failing = self._given(), self._failing()
        for service in self:
            lacking = service._lacking(given.get(service._origin.id, set())) if service.code else ""
            service.state = "incomplete" if lacking else service._health(now, failing)
            service.state_text = lacking or service._health_text(service.state)

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: of a short list, which ones are in a state that everybody may see.
        services_sudo = self.sudo().with_context(active_test=False).search([("code", "!=", False)])
        return [("id", "in", services_sudo.filtered(lambda one: one.state in value).ids)]

    # --- Business ---

    def _given(self):
        """Return {service id: names of the credentials that have a value}."""
        given = {}
        for credential in self.credential_ids:
            if credential.is_set:
                given.setdefault(credential.service_id._origin.id, set()).add(credential.name)
        return given

    def _lacking(self, given):
        """Return what is still to be entered, as a sentence; empty if nothing is."""
        kind = self._kind()
        missing = kind.missing(given, shared=self.shared)
        if missing:
            labels = "; ".join(self.env._(one.label) for one in missing)
            if self.can_choose_sharing and not self.shared and not kind.missing(given, shared=True):
                return self.env._(
                    "Enter what is missing: %(labels)s. What you entered is enough for one "
                    "address for everybody: then switch “Shared” on instead.",
                    labels=labels,
                )
            return self.env._("Enter what is missing: %(labels)s.", labels=labels)
        if self.shared and not self.address and kind.wants_address(given, shared=True):
            return self.env._(
                "Enter the shared address: %(label)s.", label=self.env._(kind.address.label)
            )
        return ""

    def _failing(self):
        """Return the ids of services that fail themselves: a refused reader is no fault."""
        # sudo: the sender's own table; only how a service does is told of it.
        health_sudo = self.env["stockex.transport.health"].sudo()
        found_sudo = health_sudo.search(
            [
                ("account_model", "=", self._name),
                ("account_id", "in", self.ids),
                ("failures", ">", 0),
            ]
        )
        return set(found_sudo.mapped("account_id"))

    def _health(self, now, failing):
        if self.resting_until and self.resting_until > now:
            return "resting"
        return "failing" if self._origin.id in failing else "ready"

    def _health_text(self, state):
        if state == "resting":
            return self.env._(
                "It failed (%(error)s) and is left alone until %(until)s. Nothing "
                "is lost: messages wait. A test tries at once.",
                error=self.last_error or "",
                until=format_datetime(self.env, self.resting_until),
            )
        if state == "failing":
            return self.env._(
                "Failing since %(since)s: %(error)s. Messages that can be repeated wait.",
                since=format_datetime(self.env, self.failing_since),
                error=self.last_error or "",
            )
        return self.env._("Messages go out.")
