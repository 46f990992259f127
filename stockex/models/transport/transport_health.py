from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...pure.transport.outcome import Kind
from ...pure.transport.schedule import rest_s

# The outcomes that say something about the account and not about one call.
ACCOUNTS_FAULT = {Kind.RETRY, Kind.UNAUTHORISED, Kind.UNKNOWN}


class TransportHealth(models.Model):
    """How an account is doing: the sender's own page on it.

    Apart from the account, which people edit: the sender writes here after every call.
    """

    _name = "stockex.transport.health"
    _description = "Health of an Account"
    _log_access = False

    account_model = fields.Char(required=True, readonly=True)
    account_id = fields.Many2oneReference(model_field="account_model", required=True, readonly=True)
    paused = fields.Boolean(readonly=True)
    rate_count = fields.Integer(readonly=True)
    rate_period_s = fields.Integer(readonly=True)
    resting_until = fields.Datetime(readonly=True)
    failing_since = fields.Datetime(readonly=True)
    failures = fields.Integer(readonly=True, help="In a row.")
    last_error = fields.Char(readonly=True)
    last_success_at = fields.Datetime(readonly=True)
    last_duration_s = fields.Float(readonly=True)

    _account = models.UniqueIndex("(account_model, account_id)")

    # --- Business ---

    @api.model
    def _follow(self, accounts):
        """Copy what the sender must know of accounts; one that is turned on starts afresh."""
        accounts.flush_recordset()
        for account in accounts:
            self.env.execute_query(
                SQL(
                    """INSERT INTO stockex_transport_health AS health
                              (account_model, account_id, paused, rate_count, rate_period_s,
                               failures)
                       VALUES (%s, %s, %s, %s, %s, 0)
                  ON CONFLICT (account_model, account_id) DO UPDATE
                          SET paused = EXCLUDED.paused,
                              rate_count = EXCLUDED.rate_count,
                              rate_period_s = EXCLUDED.rate_period_s,
                              failures = CASE WHEN health.paused THEN 0 ELSE health.failures END,
                              resting_until = CASE WHEN health.paused THEN NULL
                                                   ELSE health.resting_until END,
                              failing_since = CASE WHEN health.paused AND NOT EXCLUDED.paused
                                                   THEN NULL ELSE health.failing_since END
                    RETURNING id""",
                    account._name,
                    account.id,
                    not account.active,
                    account.rate_count,
                    account.rate_period_s,
                )
            )
        self.invalidate_model()

    @api.model
    def _note(self, account, outcome, now, duration_s):
        """Remember the outcome of a try."""
        if outcome.kind == Kind.DONE:
            change = SQL(
                """failures = 0, failing_since = NULL, resting_until = NULL, last_error = NULL,
                   last_success_at = %s, last_duration_s = %s""",
                now,
                duration_s,
            )
        else:
            change = SQL(
                """failing_since = COALESCE(failing_since, %s), last_error = %s,
                   last_duration_s = %s""",
                now,
                outcome.message,
                duration_s,
            )
            if outcome.kind in ACCOUNTS_FAULT:
                change = SQL("%s, failures = failures + 1", change)
        rows = self.env.execute_query(
            SQL(
                """UPDATE stockex_transport_health SET %s
                    WHERE account_model = %s AND account_id = %s RETURNING id, failures""",
                change,
                account._name,
                account.id,
            )
        )
        if rows and outcome.kind in ACCOUNTS_FAULT:
            self._rest(*rows[0], outcome, now)
        self.invalidate_model()
        account.invalidate_recordset()

    def _rest(self, health_id, failures, outcome, now):
        """Leave an account alone for a while, longer each time."""
        until = now + timedelta(seconds=rest_s(failures, outcome.retry_after_s))
        self.env.execute_query(
            SQL(
                """UPDATE stockex_transport_health
                      SET resting_until = GREATEST(resting_until, %s)
                    WHERE id = %s RETURNING id""",
                until,
                health_id,
            )
        )
