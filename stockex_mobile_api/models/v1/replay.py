import hashlib

from odoo import api, fields, models
from odoo.tools import SQL

from ...exceptions import KeyReused

KEPT_HOURS = 24


class ApiReplay(models.Model):
    """The answer to a POST that carried an `Idempotency-Key`: the same request gets it again.

    The row commits with what the request did, or not at all: a request that failed may be
    sent again under its key.
    """

    _name = "stockex.api.replay"
    _description = "Answered API Request"
    _log_access = False

    subject = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char(required=True, readonly=True)
    status = fields.Integer(readonly=True)
    body = fields.Text(readonly=True)
    time = fields.Datetime(required=True, readonly=True, index=True)

    _subject_key = models.UniqueIndex("(subject, key)")

    # --- Business ---

    @api.model
    def _begin(self, subject, key, request):
        """Claim a key for a request.

        Two requests at once under one key: the second waits for the first's end; PostgreSQL
        then has it repeated, and it finds the answer.

        :param request: method, path with query, and body.
        :return: `(status, body)` if it is answered already, else None.
        :raise KeyReused: if the key was used for another request.
        """
        digest = hashlib.sha256()
        for part in request:
            data = part if isinstance(part, bytes) else part.encode()
            digest.update(b"%d:" % len(data) + data)
        fingerprint = digest.hexdigest()
        made = self.env.execute_query(
            SQL(
                """INSERT INTO stockex_api_replay (subject, key, fingerprint, time)
                   VALUES (%s, %s, %s, now() AT TIME ZONE 'UTC')
                   ON CONFLICT DO NOTHING RETURNING id""",
                subject,
                key,
                fingerprint,
            )
        )
        if made:
            return None
        rows = self.env.execute_query(
            SQL(
                """SELECT fingerprint, status, body FROM stockex_api_replay
                    WHERE subject = %s AND key = %s""",
                subject,
                key,
            )
        )
        found, status, body = rows[0]
        if found != fingerprint:
            raise KeyReused(
                self.env._(
                    "The Idempotency-Key “%(key)s” was used for another request. Take a new "
                    "key for a new request.",
                    key=key,
                )
            )
        return status, body

    @api.model
    def _finish(self, subject, key, status, body):
        """Keep the answer with what the request did.

        :param body: None if it may not be kept: it holds a secret.
        """
        self.env.execute_query(
            SQL(
                """UPDATE stockex_api_replay SET status = %s, body = %s
                    WHERE subject = %s AND key = %s RETURNING id""",
                status,
                None if body is None else body.decode(),
                subject,
                key,
            )
        )

    @api.autovacuum
    def _gc_replays(self):
        """Forget what was answered more than a day ago, a batch at a time."""
        rows = self.env.execute_query(
            SQL(
                """DELETE FROM stockex_api_replay WHERE id IN (
                       SELECT id FROM stockex_api_replay
                        WHERE time < (now() AT TIME ZONE 'UTC') - %s * interval '1 hour'
                        LIMIT 10000)
                   RETURNING id""",
                KEPT_HOURS,
            )
        )
        return len(rows), len(rows) == 10000
