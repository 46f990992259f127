import logging
import time
from collections import defaultdict

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 200
# How long one run looks for more before it gives the worker back.
RUN_S = 20
# An event waits for transactions that began before its own; nearly all are short.
PAUSE_S = 0.1

_logger = logging.getLogger(__name__)


class LiveRelay(models.Model):
    """Where the live stream is: every event up to here was sent to those who listen."""

    _name = "stockex.live.relay"
    _description = "Live Relay"
    _log_access = False

    xid = fields.Char(readonly=True)
    event_id = fields.Integer(readonly=True)

    # --- Business ---

    @api.model
    def _cron_relay(self):
        """Send new events to those who listen, until there are none."""
        until = time.monotonic() + RUN_S
        while True:
            sent, waiting = self._relay_batch()
            self.env["ir.cron"]._commit_progress(sent, remaining=waiting)
            if not waiting or time.monotonic() > until:
                return
            if not sent:
                time.sleep(PAUSE_S)

    @api.model
    def _relay_batch(self):
        """Send one batch.

        :return: how many events were passed, and whether there may be more.
        """
        relay = self._locked()
        if relay is None:
            return 0, 0
        subscriptions = self.env["stockex.live.subscription"]._end_refused()
        if not subscriptions:
            # Nobody listens: the next one begins at its own beginning.
            relay.write({"xid": False, "event_id": 0})
            return 0, 0
        if not relay.xid:
            return 0, 0
        stream = self.env["stockex.event"]
        if int(relay.xid) > stream._next_xid():
            # The database was restored into a new server, whose numbers begin anew.
            relay.write({"xid": "1", "event_id": 0})
        position = (int(relay.xid), relay.event_id)
        events, after = stream._read_after(position, BATCH)
        if events:
            self._send(subscriptions, events)
            relay.write({"xid": str(after[0]), "event_id": after[1]})
        return len(events), int(self._is_behind(after))

    @api.model
    def _begin(self):
        """Have the stream run from now on; return where it is."""
        position = self.env["stockex.event"]._last() or (0, 0)
        self.env.execute_query(
            SQL(
                """UPDATE stockex_live_relay SET xid = %s, event_id = %s
                    WHERE xid IS NULL RETURNING id""",
                str(position[0]),
                position[1],
            )
        )
        return position

    @api.model
    def _wake(self):
        """Have the stream looked after, if somebody listens."""
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL("SELECT 1 FROM stockex_live_subscription WHERE expires_at > %s LIMIT 1", now)
        )
        if rows:
            self.env.ref("stockex_mobile_api.live_relay_cron")._trigger()

    # --- Helpers ---

    @api.model
    def _locked(self):
        """Return the one record, ours until the transaction ends; None if another has it."""
        rows = self.env.execute_query(
            SQL("SELECT id FROM stockex_live_relay ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED")
        )
        return self.browse(rows[0]) if rows else None

    @api.model
    def _is_behind(self, position):
        rows = self.env.execute_query(
            SQL(
                "SELECT 1 FROM stockex_event WHERE (xid, id) > (%s::text::xid8, %s) LIMIT 1",
                str(position[0]),
                position[1],
            )
        )
        return bool(rows)

    @api.model
    def _send(self, subscriptions, events):
        """Send each listener what their user may read, in order."""
        listeners = defaultdict(self.env["stockex.live.subscription"].browse)
        for subscription in subscriptions:
            key = (subscription.user_id.id, tuple(subscription.company_ids or ()))
            listeners[key] |= subscription
        bus = self.env["bus.bus"]
        for (user_id, companies), group in listeners.items():
            shown = self._shown_to(group, events, user_id, companies)
            for subscription in group.exists():
                heard = [one for one in shown if subscription._hears(one["name"])]
                if heard:
                    bus._sendone(subscription, "stockex.events", {"events": heard})

    @api.model
    def _shown_to(self, group, events, user_id, companies):
        """Return the events that a user may read; those who listen in vain hear no more."""
        rights = {"allowed_company_ids": list(companies)}
        try:
            with self.env.cr.savepoint():
                own = events.with_user(user_id).with_context(**rights)
                return own._readable()._shown()
        except psycopg2.OperationalError:
            # Nobody's fault: the whole batch is tried again.
            raise
        except Exception:
            # One who cannot be told must not keep the others from hearing.
            _logger.exception("live subscriptions %s of user %s ended", group.ids, user_id)
            group.unlink()
            return []
