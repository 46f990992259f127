import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

STATES = [("waiting", "Waiting"), ("done", "Done"), ("dead", "Dead letter"), ("skipped", "Skipped")]
BATCH = 1000
# Keys of payloads that say in brief what is told: of a message to people, of an event.
TOLD_BY = ("subject", "type")


class TransportCall(models.Model):
    """A call to an outside service: to be made, made, or given up.

    It is written in the transaction of the change that it tells of, and sent afterwards:
    what is rolled back is never sent, and what is committed is never lost.
    """

    _name = "stockex.transport.call"
    _inherit = ["stockex.transport.hint"]
    _description = "Outgoing Call"
    _order = "id desc"
    _rec_name = "account_name"

    account_model = fields.Char(required=True, readonly=True)
    account_id = fields.Many2oneReference(model_field="account_model", required=True, readonly=True)
    account_name = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    owner_id = fields.Many2one(
        "res.users", readonly=True, index=True, help="Sees the call besides the administrators."
    )
    family = fields.Char(default="default", required=True, readonly=True)
    lane = fields.Char(readonly=True, help="Calls of one account and lane keep their order.")
    payload = fields.Json(readonly=True)
    summary = fields.Char("What", compute="_compute_summary", help="What the call tells, in brief.")
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    event_id = fields.Many2one("stockex.event", readonly=True, index=True, ondelete="set null")
    idempotency_key = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: str(uuid.uuid4())
    )
    state = fields.Selection(STATES, default="waiting", required=True, readonly=True)
    due_at = fields.Datetime("Due", required=True, readonly=True, default=fields.Datetime.now)
    claim = fields.Char(readonly=True, copy=False, help="Set while the call is being made.")
    attempts = fields.Integer(readonly=True)
    attempt_ids = fields.One2many("stockex.transport.attempt", "call_id", readonly=True)
    last_status = fields.Integer(readonly=True, help="HTTP status; 0 without an answer.")
    error = fields.Char(readonly=True)
    hint = fields.Char(readonly=True)
    hint_text = fields.Char("What to do", compute="_compute_hint_text")
    reference = fields.Char(readonly=True, help="What the other side calls it.")
    done_at = fields.Datetime("Finished", readonly=True)

    _due = models.Index("(account_model, account_id, due_at, id) WHERE state = 'waiting'")
    _lane = models.Index(
        "(account_model, account_id, lane, id) WHERE state = 'waiting' AND lane IS NOT NULL"
    )
    _flying = models.Index("(account_model, account_id) WHERE claim IS NOT NULL")
    _account_state = models.Index("(account_model, account_id, state, id)")
    _old = models.Index("(state, done_at) WHERE state <> 'waiting'")
    _record = models.Index("(res_model, res_id)")

    # --- Compute ---

    @api.depends("account_name", "idempotency_key")
    def _compute_display_name(self):
        for call in self:
            call.display_name = f"{call.account_name} {(call.idempotency_key or '')[:8]}".strip()

    @api.depends("payload")
    def _compute_summary(self):
        for call in self:
            content = call.payload if isinstance(call.payload, dict) else {}
            found = next((content[key] for key in TOLD_BY if content.get(key)), False)
            call.summary = found and str(found)

    @api.depends("hint", "account_model")
    def _compute_hint_text(self):
        texts = {model: self._texts_of(model) for model in set(self.mapped("account_model"))}
        for call in self:
            call.hint_text = texts[call.account_model].get(call.hint, False)

    def _texts_of(self, model):
        """Return the hints of an account's model; of a model that is gone, the common ones."""
        account = self.env.get(model)
        return self._hint_texts() if account is None else account._hint_texts()

    # --- Actions ---

    def action_retry(self):
        """Try the calls again, at once and from the beginning of their schedule."""
        self._check_may_decide()
        for call in self:
            call._check_model_known(call.account_model)
        self._change({"state": "waiting", "attempts": 0, "due_at": fields.Datetime.now()})
        self.sudo()._wake()  # sudo: a cron's own trigger
        return True

    def action_skip(self):
        """Give the calls up; what waits behind them goes on."""
        self._check_may_decide()
        self._change({"state": "skipped", "done_at": fields.Datetime.now()})
        self.sudo()._wake()  # sudo: a cron's own trigger
        return True

    def action_open_account(self):
        """Open the account that the call goes to."""
        self.ensure_one()
        return self._open_form(self.account_model, self.account_id)

    def action_open_record(self):
        """Open the record that the call tells of."""
        self.ensure_one()
        return self._open_form(self.res_model, self.res_id)

    # --- Business ---

    @api.model
    def _post(self, vals_list):
        """Write calls into this transaction; they are made once it is committed."""
        calls = self.create(vals_list)
        if calls:
            self._wake()
        return calls

    @api.model
    def _wake(self):
        """Start the sender when this transaction is committed, once whatever it posts."""
        data = self.env.cr.precommit.data
        if "stockex.transport" not in data:
            data["stockex.transport"] = True
            cron = self.env.ref("stockex.transport_send_cron", raise_if_not_found=False)
            if cron:
                self.env.cr.precommit.add(cron._trigger)

    def _account(self):
        """Return the account; None if it is gone, or its addon."""
        self.ensure_one()
        accounts = self.env.get(self.account_model)
        return None if accounts is None else accounts.browse(self.account_id).exists() or None

    def _check_may_decide(self):
        """Refuse whoever may not change the accounts that the calls go to."""
        self.check_access("read")
        for model, calls in self.grouped("account_model").items():
            if model not in self.env:
                # Its addon was removed: what it left is for the administrator to clear up.
                allowed = self.env.su or self.env.user.has_group("stockex.group_suite_admin")
            else:
                accounts = self.env[model].browse(set(calls.mapped("account_id"))).exists()
                allowed = accounts.has_access("write")
            if not allowed:
                raise AccessError(
                    self.env._(
                        "Calls of “%(account)s” are retried or skipped by whoever may change "
                        "that account.",
                        account=calls[0].account_name,
                    )
                )

    def _change(self, vals):
        """Change calls that are neither done nor on their way."""
        self.lock_for_update()
        self.invalidate_recordset()
        for call in self:
            if call.state == "done" or call.claim:
                raise UserError(
                    self.env._(
                        "Call %(call)s is done or on its way: leave it out.",
                        call=call.display_name,
                    )
                )
        # sudo: calls are read-only for users; their right is checked by the caller.
        self_sudo = self.sudo()
        self_sudo.write({"done_at": False, "error": False, "hint": False, **vals})
        self_sudo._move_lane(fields.Datetime.now())

    def _move_lane(self, due_at):
        """Have what waits behind the calls wait as long as they do.

        Their turn is decided by their order alone; this spares the sender looking at
        every one of them each time.
        """
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                """UPDATE stockex_transport_call behind SET due_at = %s
                     FROM stockex_transport_call call
                    WHERE call.id = ANY(%s) AND call.lane IS NOT NULL
                      AND behind.account_model = call.account_model
                      AND behind.account_id = call.account_id AND behind.lane = call.lane
                      AND behind.state = 'waiting' AND behind.id > call.id
                RETURNING behind.id""",
                due_at,
                self.ids,
            )
        )
        self.invalidate_model(["due_at"])

    def _check_model_known(self, model):
        """Refuse what was part of an addon that was removed."""
        if not model or model not in self.env:
            raise UserError(
                self.env._(
                    "“%(account)s” does not exist any more, or what its call tells of: an addon "
                    "was removed. Skip the call.",
                    account=self.account_name,
                )
            )

    def _open_form(self, model, res_id):
        self._check_model_known(model)
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": res_id,
            "view_mode": "form",
        }

    # --- Cron ---

    @api.model
    def _cron_clean(self):
        """Delete what is done and old enough; dead letters stay longer, then go too."""
        parameters = self.env["ir.config_parameter"]
        days = int(parameters.get_param("stockex.transport_keep_days", 30))
        dead_days = int(parameters.get_param("stockex.transport_keep_dead_days", 365))
        now = fields.Datetime.now()
        old = [
            "|",
            *("&", ("state", "in", ("done", "skipped")), ("done_at", "<", now - timedelta(days))),
            *("&", ("state", "=", "dead"), ("done_at", "<", now - timedelta(dead_days))),
        ]
        while calls := self.search(old, limit=BATCH, order="id"):
            calls.unlink()
            if not self.env["ir.cron"]._commit_progress(len(calls)):
                break
