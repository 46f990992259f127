from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.stockex.pure.transport.outcome import Hint, Kind, Outcome, classify
from odoo.addons.stockex.pure.transport.request import Request
from odoo.addons.stockex.pure.transport.schedule import STANDARD_WEBHOOKS
from odoo.addons.stockex.pure.transport.signature import signature_headers

from ...pure.webhook.address import address_fault
from ...pure.webhook.message import TESTED, body_of


class WebhookEndpoint(models.Model):
    """An address that is told of events as they happen, in the Standard Webhooks way."""

    _name = "stockex.webhook.endpoint"
    _description = "Webhook Endpoint"
    _inherit = ["stockex.transport.account", "mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    base_url = fields.Char("URL", required=True, tracking=True)
    active = fields.Boolean(tracking=True)
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        tracking=True,
        help="The endpoint is told of what this user may read, and they hear of its failures.",
    )
    event_ids = fields.Many2many(
        "stockex.webhook.event", string="Events", help="All events if empty."
    )
    overlap_hours = fields.Integer(
        "Old secret stays valid (h)",
        default=24,
        required=True,
        help="After a new secret is made, messages are signed with both for so many hours.",
    )
    old_secret_until = fields.Datetime("Old secret valid until", readonly=True, copy=False)
    disable_after_days = fields.Integer(
        "Disable after (days)",
        default=5,
        required=True,
        help="After so many days of nothing but failures.",
    )
    disabled_reason = fields.Char(readonly=True, copy=False)
    health = fields.Selection(
        [("new", "Not used yet"), ("good", "Good"), ("failing", "Failing"), ("off", "Disabled")],
        compute="_compute_health_state",
    )

    _overlap_range = models.Constraint(
        "CHECK (overlap_hours BETWEEN 0 AND 720)", "The old secret stays valid for 0 to 720 hours."
    )
    _disable_range = models.Constraint(
        "CHECK (disable_after_days BETWEEN 1 AND 30)",
        "An endpoint is disabled after 1 to 30 days of failures.",
    )

    # --- Compute ---

    @api.depends("active", "failing_since", "last_success_at")
    def _compute_health_state(self):
        for endpoint in self:
            if not endpoint.active:
                endpoint.health = "off"
            elif endpoint.failing_since:
                endpoint.health = "failing"
            else:
                endpoint.health = "good" if endpoint.last_success_at else "new"

    # --- Constraints ---

    @api.constrains("base_url", "allow_private")
    def _check_address(self):
        for endpoint in self:
            fault = address_fault(endpoint.base_url, allow_http=endpoint.allow_private)
            if fault:
                raise ValidationError(endpoint._fault_text(fault))

    def _fault_text(self, fault):
        return {
            "malformed": self.env._(
                "“%(url)s” is no address of the form https://host/path.", url=self.base_url
            ),
            "credentials": self.env._(
                "Leave user and password out of the address of “%(endpoint)s”: messages are "
                "signed, and an address is shown to others.",
                endpoint=self.name,
            ),
            "fragment": self.env._(
                "Leave out what follows # in the address of “%(endpoint)s”: it is never sent.",
                endpoint=self.name,
            ),
            "not_https": self.env._(
                "The address of “%(endpoint)s” must begin with https://, or others on the way "
                "read along. Within the own network a suite administrator may allow http.",
                endpoint=self.name,
            ),
        }[fault]

    @api.constrains("owner_id", "company_id")
    def _check_owner(self):
        for endpoint in self:
            # sudo: who is in which company is no secret of the endpoint's owner.
            owner_sudo = endpoint.owner_id.sudo()
            if not owner_sudo.has_group("stockex.group_controller"):
                raise ValidationError(
                    self.env._(
                        "“%(user)s” is no stock controller and cannot own the endpoint "
                        "“%(endpoint)s”. Choose another owner.",
                        user=owner_sudo.name,
                        endpoint=endpoint.name,
                    )
                )
            if endpoint.company_id not in owner_sudo.company_ids:
                raise ValidationError(
                    self.env._(
                        "“%(user)s” does not work in %(company)s and cannot own the endpoint "
                        "“%(endpoint)s”. Choose another owner or company.",
                        user=owner_sudo.name,
                        company=endpoint.company_id.name,
                        endpoint=endpoint.name,
                    )
                )

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        endpoints = super().create(vals_list)
        for endpoint in endpoints:
            endpoint._make_secret()
        return endpoints

    def write(self, vals):
        self._check_owner_kept(vals)
        result = super().write(vals)
        if "owner_id" in vals:
            self._hand_over_calls()
        return result

    def _check_owner_kept(self, vals):
        """An endpoint tells what its owner may read: nobody lends themselves those rights."""
        if self.env.su or self.env.user.has_group("stockex.group_suite_admin"):
            return
        if "owner_id" in vals and any(one.owner_id.id != vals["owner_id"] for one in self):
            raise AccessError(
                self.env._(
                    "Only a suite administrator may give “%(endpoint)s” another owner: it tells "
                    "what its owner may read. Ask one.",
                    endpoint=self[:1].name,
                )
            )

    # --- The account's part ---

    def _prepare_request(self, call):
        body = body_of(call.payload)
        now = self.env["stockex.transport.claim"]._now()
        timestamp = int((now - fields.Datetime.to_datetime("1970-01-01")).total_seconds())
        return Request(
            "POST",
            "",
            headers={
                "Content-Type": "application/json",
                **signature_headers(
                    self._signing_secrets(now), call.idempotency_key, timestamp, body
                ),
            },
            body=body,
        )

    def _read_answer(self, call, answer):
        outcome = classify(answer, fields.Datetime.now())
        if outcome.kind == Kind.DONE or outcome.hint == Hint.GONE:
            return outcome
        # Whatever else the receiver says, the standard has us come back.
        return Outcome(
            Kind.RETRY, outcome.message, outcome.retry_after_s, outcome.reference, outcome.hint
        )

    def _is_trial(self, call):
        return call.payload["type"] == TESTED

    def _retry_delays(self, call):
        return () if self._is_trial(call) else STANDARD_WEBHOOKS

    def _hint_texts(self):
        return {
            **super()._hint_texts(),
            Hint.UNAUTHORISED: self.env._(
                "The receiver does not accept the signature. Enter the endpoint's present secret "
                "there, or make a new one, then retry."
            ),
            Hint.GONE: self.env._(
                "The receiver wants no more messages, so the endpoint was disabled. If that is a "
                "mistake, have the receiver repaired, enable the endpoint, then retry."
            ),
        }
