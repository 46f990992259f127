import time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...pure.transport.bucket import take
from .own_cursor import own_cursor

# A person waits this long for a token; the sender's calls wait in their table.
PATIENCE_S = 3.0


class TransportBucket(models.Model):
    """The token bucket of an account's family of calls, shared by all workers.

    Unlogged: a crash of the database leaves full buckets, and nothing else is lost.
    """

    _name = "stockex.transport.bucket"
    _description = "Token Bucket"
    _log_access = False

    account_model = fields.Char(required=True, readonly=True)
    account_id = fields.Many2oneReference(model_field="account_model", required=True, readonly=True)
    family = fields.Char(required=True, readonly=True)
    free_at = fields.Float(digits=False, readonly=True, help="Seconds since 1970.")

    _key = models.UniqueIndex("(account_model, account_id, family)")

    def init(self):
        self.env.cr.execute(
            "SELECT relpersistence FROM pg_class WHERE oid = 'stockex_transport_bucket'::regclass"
        )
        if self.env.cr.fetchone() != ("u",):
            self.env.cr.execute("ALTER TABLE stockex_transport_bucket SET UNLOGGED")

    # --- Business ---

    @api.model
    def _take(self, cr, account, family, rate, now):
        """Take a token if there is one.

        :param account: (model, id).
        :param rate: (count, period in seconds).
        :param now: seconds since 1970.
        :return: seconds to wait; 0 if the token was taken.
        """
        cr.execute(
            SQL(
                """INSERT INTO stockex_transport_bucket (account_model, account_id, family, free_at)
                   VALUES (%s, %s, %s, 0) ON CONFLICT DO NOTHING""",
                *account,
                family,
            )
        )
        key = SQL("account_model = %s AND account_id = %s AND family = %s", *account, family)
        cr.execute(SQL("SELECT free_at FROM stockex_transport_bucket WHERE %s FOR UPDATE", key))
        [free_at] = cr.fetchone()
        if free_at > now + rate[1]:
            # No bucket of this rate: an older, slower one left it, or a clock that was set back.
            free_at = 0.0
        if now < free_at:
            return free_at - now
        free_at = take(free_at, now, *rate)
        cr.execute(SQL("UPDATE stockex_transport_bucket SET free_at = %s WHERE %s", free_at, key))
        return 0.0

    @api.model
    def _take_or_refuse(self, account, family):
        """Take a token for a call that a person waits for.

        :raise UserError: if there is none for some seconds.
        """
        if not account.rate_count:
            return
        rate = (account.rate_count, account.rate_period_s)
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with own_cursor(self.env.cr.dbname) as cr:
                wait_s = self._take(cr, (account._name, account.id), family, rate, time.time())
            if not wait_s:
                return
            if time.monotonic() + wait_s > deadline:
                raise UserError(
                    self.env._(
                        "“%(account)s” takes %(count)s calls in %(period)s seconds, and they are "
                        "used up. Try again in %(wait)s seconds.",
                        account=account.display_name,
                        count=account.rate_count,
                        period=account.rate_period_s,
                        wait=round(wait_s) + 1,
                    )
                )
            time.sleep(wait_s)
