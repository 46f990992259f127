import uuid
from datetime import UTC, datetime

from odoo import api, models
from odoo.tools import SQL

# How many calls of one account may be on their way at once, if all is well with it.
PARALLEL = 4
# An account whose last call took longer gets one at a time.
SLOW_S = 5.0
EPOCH = datetime(1970, 1, 1)


class TransportClaim(models.AbstractModel):
    """Chooses the call to make next.

    One call at a time for an account that fails, is slow or was never reached, and no more
    than half of the threads for all of those together: a dead service leaves the others
    alone. Of one lane only the oldest waiting call can be chosen.
    """

    _name = "stockex.transport.claim"
    _description = "Claiming of Calls"

    # --- Business ---

    @api.model
    def _now(self):
        """Return the present as the database keeps it, to the microsecond."""
        return datetime.now(UTC).replace(tzinfo=None)

    @api.model
    def _claim(self, cr, now, doubtful_limit):
        """Claim one call that is due.

        To be called first in a transaction, at READ COMMITTED, and committed at once.

        :param now: naive UTC, to the microsecond.
        :return: (id of the call, claim), or None if nothing is due.
        """
        cr.execute(self._choice(now, doubtful_limit))
        row = cr.fetchone()
        if not row:
            return None
        call_id, model, account_id, family, count, period_s = row
        if count:
            # Chosen because there is a token; nobody else takes from it in between,
            # save a person's own call, after which this one waits its turn.
            bucket = self.env["stockex.transport.bucket"]
            rate = (count, period_s)
            if bucket._take(cr, (model, account_id), family, rate, _seconds(now)):
                return None
        claim = uuid.uuid4().hex
        cr.execute(
            SQL("UPDATE stockex_transport_call SET claim = %s WHERE id = %s", claim, call_id)
        )
        return call_id, claim

    @api.model
    def _choice(self, now, doubtful_limit):
        return SQL(
            """
            WITH flying AS MATERIALIZED (
                SELECT account_model, account_id, COUNT(*) AS count
                  FROM stockex_transport_call WHERE claim IS NOT NULL
              GROUP BY account_model, account_id),
            account AS MATERIALIZED (
                SELECT health.*, COALESCE(flying.count, 0) AS flying,
                       health.failures > 0 OR health.last_success_at IS NULL
                       OR health.last_duration_s > %(slow)s AS doubtful
                  FROM stockex_transport_health health
             LEFT JOIN flying USING (account_model, account_id)),
            ready AS MATERIALIZED (
                SELECT * FROM account
                 WHERE NOT paused AND (resting_until IS NULL OR resting_until <= %(now)s)
                   AND CASE WHEN doubtful THEN flying = 0 AND %(doubtful_limit)s > (
                                SELECT COALESCE(SUM(flying), 0) FROM account WHERE doubtful)
                            ELSE flying < %(parallel)s END
              ORDER BY random())
            SELECT call.id, ready.account_model, ready.account_id, call.family,
                   ready.rate_count, ready.rate_period_s
              FROM ready CROSS JOIN LATERAL (%(first_due)s) call
             LIMIT 1""",
            slow=SLOW_S,
            now=now,
            doubtful_limit=doubtful_limit,
            parallel=PARALLEL,
            first_due=self._first_due(now),
        )

    @api.model
    def _first_due(self, now):
        """Return the SQL of the first due call of `ready`'s account."""
        return SQL(
            """SELECT due.id, due.family FROM stockex_transport_call due
                WHERE due.account_model = ready.account_model
                  AND due.account_id = ready.account_id
                  AND due.state = 'waiting' AND due.due_at <= %s AND due.claim IS NULL
                  AND (ready.rate_count = 0 OR NOT EXISTS (
                        SELECT 1 FROM stockex_transport_bucket bucket
                         WHERE bucket.account_model = due.account_model
                           AND bucket.account_id = due.account_id
                           AND bucket.family = due.family AND bucket.free_at > %s
                           AND bucket.free_at <= %s + ready.rate_period_s))
                  AND (due.lane IS NULL OR NOT EXISTS (
                        SELECT 1 FROM stockex_transport_call earlier
                         WHERE earlier.account_model = due.account_model
                           AND earlier.account_id = due.account_id
                           AND earlier.lane = due.lane AND earlier.state = 'waiting'
                           AND earlier.id < due.id))
             ORDER BY due.due_at, due.id LIMIT 1 FOR UPDATE SKIP LOCKED""",
            now,
            _seconds(now),
            _seconds(now),
        )

    @api.model
    def _next_due_at(self, cr):
        """Return when the next call of an account that is not paused can be due; None if never."""
        cr.execute(
            """SELECT MIN(GREATEST(call.due_at, health.resting_until))
                 FROM stockex_transport_health health
           CROSS JOIN LATERAL (
                   SELECT due_at FROM stockex_transport_call due
                    WHERE due.account_model = health.account_model
                      AND due.account_id = health.account_id AND due.state = 'waiting'
                 ORDER BY due_at LIMIT 1) call
                WHERE NOT health.paused"""
        )
        return cr.fetchone()[0]


def _seconds(now):
    """Return a naive UTC instant in seconds since 1970."""
    return (now - EPOCH).total_seconds()
