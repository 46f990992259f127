from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime


class TransportReplay(models.TransientModel):
    """Which dead letters of a span of time are tried again."""

    _name = "stockex.transport.replay"
    _description = "Retry Dead Letters"

    account_model = fields.Char(readonly=True)
    account_id = fields.Many2oneReference(model_field="account_model", readonly=True)
    account_name = fields.Char("Of the account", readonly=True)
    since = fields.Datetime(
        "From", required=True, default=lambda self: fields.Datetime.now() - timedelta(days=7)
    )
    until = fields.Datetime("To", required=True, default=fields.Datetime.now)
    count = fields.Integer("Dead letters", compute="_compute_count")

    @api.model
    def default_get(self, fields_list):
        """Begin at the oldest dead letter: what was given up a month ago is not overlooked."""
        found = super().default_get(fields_list)
        account = [
            (name, "=", self.env.context[f"default_{name}"])
            for name in ("account_model", "account_id")
            if self.env.context.get(f"default_{name}")
        ]
        oldest = self.env["stockex.transport.call"].search(
            [("state", "=", "dead"), *account], order="done_at, id", limit=1
        )
        if "since" in fields_list and oldest.done_at:
            found["since"] = min(oldest.done_at.replace(microsecond=0), found["since"])
        return found

    # --- Compute ---

    @api.depends("since", "until", "account_model", "account_id")
    def _compute_count(self):
        for replay in self:
            replay.count = self.env["stockex.transport.call"].search_count(replay._domain())

    # --- Actions ---

    def action_retry(self):
        """Try the dead letters again, the oldest first."""
        self.ensure_one()
        calls = self.env["stockex.transport.call"].search(self._domain(), order="id")
        if not calls:
            raise UserError(
                self.env._(
                    "No dead letter became one between %(since)s and %(until)s. Choose another "
                    "span of time.",
                    since=format_datetime(self.env, self.since),
                    until=format_datetime(self.env, self.until),
                )
            )
        calls.action_retry()
        return {"type": "ir.actions.act_window_close"}

    # --- Business ---

    def _domain(self):
        domain = [
            ("state", "=", "dead"),
            ("done_at", ">=", self.since),
            ("done_at", "<=", self.until),
        ]
        if self.account_model:
            domain += [
                ("account_model", "=", self.account_model),
                ("account_id", "=", self.account_id),
            ]
        return domain
