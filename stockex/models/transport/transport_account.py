from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...pure.transport.outcome import classify, unanswered
from ...pure.transport.schedule import DEFAULT
from . import http

FOLLOWED = {"active", "rate_count", "rate_period_s"}


class TransportAccount(models.AbstractModel):
    """Whom the suite calls, and how: what every account of an outside service has.

    A concrete account says what to send (`_prepare_request`) and what an answer means
    (`_read_answer`); when, how often and how safely is the transport's business.
    """

    _name = "stockex.transport.account"
    _inherit = ["stockex.secret.owner", "stockex.transport.hint"]
    _description = "Account of an Outside Service"

    # Whether the other side knows a repeated call by its key. If not, a call that may have
    # arrived is never repeated without a person.
    _repeats_safely = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)
    base_url = fields.Char("Address")
    timeout_s = fields.Integer(
        "Time limit (s)", default=15, required=True, help="For a whole call, in seconds: 1 to 60."
    )
    rate_count = fields.Integer("Most calls", help="In the period; 0 means no limit.")
    rate_period_s = fields.Integer("Period (s)", default=60, required=True)
    allow_private = fields.Boolean(
        "Allow private addresses",
        copy=False,
        help="Let this account reach addresses of the own network. Only a suite administrator "
        "may set it: what is reached there trusts this server.",
    )
    resting_until = fields.Datetime(compute="_compute_health")
    failing_since = fields.Datetime(compute="_compute_health", search="_search_failing_since")
    last_error = fields.Char(compute="_compute_health")
    last_success_at = fields.Datetime("Last success", compute="_compute_health")
    dead_count = fields.Integer("Dead letters", compute="_compute_call_counts")
    waiting_count = fields.Integer("Waiting calls", compute="_compute_call_counts")

    _timeout_range = models.Constraint(
        "CHECK (timeout_s BETWEEN 1 AND 60)", "The time limit is 1 to 60 seconds."
    )
    _rate_range = models.Constraint(
        "CHECK (rate_count >= 0 AND rate_period_s > 0)",
        "The most calls cannot be negative, and the period is at least a second.",
    )

    # --- Compute ---

    def _compute_health(self):
        # sudo: whoever reads the account may know how it is doing.
        health_sudo = self.env["stockex.transport.health"].sudo()
        found_sudo = health_sudo.search(
            [("account_model", "=", self._name), ("account_id", "in", self.ids)]
        )
        by_account = {row.account_id: row for row in found_sudo}
        for account in self:
            row = by_account.get(account.id, health_sudo)
            account.resting_until = row.resting_until
            account.failing_since = row.failing_since
            account.last_error = row.last_error
            account.last_success_at = row.last_success_at

    def _search_failing_since(self, operator, value):
        # sudo: as in _compute_health; the search itself keeps to the user's accounts.
        health_sudo = self.env["stockex.transport.health"].sudo()
        found_sudo = health_sudo.search(
            [("account_model", "=", self._name), ("failing_since", operator, value)]
        )
        return [("id", "in", found_sudo.mapped("account_id"))]

    def _compute_call_counts(self):
        counts = {
            (account_id, state): count
            for account_id, state, count in self._calls_sudo()._read_group(
                [
                    ("account_model", "=", self._name),
                    ("account_id", "in", self.ids),
                    ("state", "in", ("waiting", "dead")),
                ],
                ["account_id", "state"],
                ["__count"],
            )
        }
        for account in self:
            account.dead_count = counts.get((account.id, "dead"), 0)
            account.waiting_count = counts.get((account.id, "waiting"), 0)

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        self._check_private(vals_list)
        accounts = super().create(vals_list)
        # sudo: the sender's own table.
        self.env["stockex.transport.health"].sudo()._follow(accounts)
        return accounts

    def write(self, vals):
        self._check_private([vals])
        self._check_private_kept(vals)
        result = super().write(vals)
        if FOLLOWED & vals.keys():
            # sudo: the sender's own table.
            self.env["stockex.transport.health"].sudo()._follow(self)
            self._calls_sudo()._wake()
        return result

    def unlink(self):
        owned = [("account_model", "=", self._name), ("account_id", "in", self.ids)]
        calls_sudo = self._calls_sudo().search([*owned, ("state", "in", ("waiting", "dead"))])
        # sudo: what belongs to the account goes with it; the right to it is checked below.
        health_sudo = self.env["stockex.transport.health"].sudo().search(owned)
        # sudo: as above.
        bucket_sudo = self.env["stockex.transport.bucket"].sudo().search(owned)
        result = super().unlink()
        calls_sudo.write({"state": "skipped", "error": self.env._("The account was deleted.")})
        health_sudo.unlink()
        bucket_sudo.unlink()
        return result

    # --- Actions ---

    def action_open_calls(self):
        """Show what was sent, what waits and what could not be sent."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.transport_call_action")
        action["domain"] = [("account_model", "=", self._name), ("account_id", "=", self.id)]
        action["context"] = {}
        return action

    # --- For a concrete account to override ---

    def _prepare_request(self, call):
        """Return the `Request` that a call stands for.

        :raise UserError: if the account is not set up; the call becomes a dead letter.
        """
        raise NotImplementedError

    def _read_answer(self, call, answer):
        """Return the `Outcome` that an `Answer` means."""
        return classify(answer, fields.Datetime.now())

    def _read_failure(self, call, failure):
        """Return the `Outcome` of a call without an answer."""
        return unanswered(
            failure.hint,
            failure.message,
            sent=failure.sent,
            repeats_safely=self._repeats_safely,
        )

    def _retry_delays(self, call):
        """Return the waits between the tries of a call, in seconds."""
        return DEFAULT

    def _is_trial(self, call):
        """Tell whether a person only tries something: its failure says nothing yet."""
        return False

    def _is_receivers_own(self, call, outcome):
        """Tell whether a failure is one receiver's, and says nothing of the account.

        So it is where an account's calls go to many servers.
        """
        return False

    def _try_failed(self, call, outcome):
        """React to a try that did not succeed, in the transaction that notes it."""

    def _call_finished(self, call, outcome):
        """React to a call that is done or dead, in the transaction that notes it."""

    # --- Business ---

    def _post_calls(self, vals_list):
        """Have calls made once this transaction is committed.

        :param vals_list: values of `stockex.transport.call`: payload, lane, family,
            res_model, res_id, event_id, owner_id, due_at.
        """
        self.ensure_one()
        # sudo: users only read calls; the business step that posts one is their right.
        calls_sudo = self._calls_sudo()
        return calls_sudo._post([{**self._prepare_call_vals(), **vals} for vals in vals_list])

    def _prepare_call_vals(self):
        return {
            "account_model": self._name,
            "account_id": self.id,
            "account_name": self.display_name,
            "company_id": self.company_id.id,
        }

    def _ask(self, request):
        """Make a call at once and return its `Answer`, whatever its status.

        :raise UserError: if there is none.
        """
        self.ensure_one()
        # sudo: the account's own bucket.
        self.env["stockex.transport.bucket"].sudo()._take_or_refuse(self, request.family)
        try:
            return http.send(request, **self._line())
        except http.Unanswered as failure:
            raise UserError(
                self.env._(
                    "“%(account)s” could not be reached (%(error)s). %(hint)s",
                    account=self.display_name,
                    error=failure.message,
                    hint=self._hint_texts().get(failure.hint, ""),
                )
            ) from failure

    def _line(self):
        """Return how to reach the other side, for `http.send`."""
        return {
            "base_url": self.base_url or "",
            "timeout_s": self.timeout_s,
            "allow_private": self.allow_private,
        }

    def _check_private(self, vals_list):
        if self.env.su or self.env.user.has_group("stockex.group_suite_admin"):
            return
        if any(vals.get("allow_private") for vals in vals_list):
            raise AccessError(
                self.env._("Only a suite administrator may allow private addresses. Ask one.")
            )

    def _check_private_kept(self, vals):
        """Private addresses are allowed for the place that was looked at, not for any."""
        if self.env.su or self.env.user.has_group("stockex.group_suite_admin"):
            return
        for account in self if "base_url" in vals and vals.get("allow_private", True) else ():
            if account.allow_private and account.base_url != vals["base_url"]:
                raise AccessError(
                    self.env._(
                        "Only a suite administrator may change the address of “%(account)s”: it "
                        "may reach private ones. Ask one, or give that up first.",
                        account=account.display_name,
                    )
                )

    def _calls_sudo(self):
        # sudo: counts and rows of accounts that the caller may read.
        return self.env["stockex.transport.call"].sudo()
