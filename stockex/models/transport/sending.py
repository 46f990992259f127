"""The sender: one for a database, in whichever server process was woken first.

It chooses calls one after the other and makes each in a thread of its own. While a call is
on its way no transaction is open. A session lock of PostgreSQL keeps it the only one and
goes with its process, however that ends; what it was making then is taken over.
"""

import logging
import threading
import time

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect

from .errand import Errand, run
from .own_cursor import own_cursor, read_committed

_logger = logging.getLogger(__name__)

LOCK = (1937011307, 1)  # "stck"
THREADS = 16
POLL_S = 0.2
# Nothing due for so long: the sender ends, and the cron wakes another when needed.
LINGER_S = 20
# When the server stops, calls on their way get so long to end.
GRACE_S = 5
TRIES = 5

_senders: dict[str, "Sender"] = {}
_guard = threading.Lock()


def wake(dbname):
    """Have a sender at work on the database, in this process or already in another."""
    with _guard:
        sender = _senders.get(dbname)
        if sender is None or not sender.is_alive():
            sender = _senders[dbname] = Sender(dbname)
            sender.start()
        sender.look.set()


class Sender(threading.Thread):
    """Chooses calls and starts a thread for each."""

    def __init__(self, dbname):
        # Not a daemon: it sees the main thread end, and lets calls on their way end too.
        super().__init__(name=f"stockex.sender.{dbname}", daemon=False)
        self.dbname = dbname
        self.look = threading.Event()
        self._flights = set()

    def run(self):
        """Work until nothing is due for a while."""
        # The names that Odoo's logging looks for.
        threading.current_thread().dbname = self.dbname
        try:
            while self._work_alone() and not self._is_over():
                pass
        except psycopg2.Error:
            _logger.warning("The sender lost its database", exc_info=True)
        except Exception:
            _logger.exception("The sender failed; the next cron starts another")

    def _is_over(self):
        """Leave, unless somebody has just relied on this sender."""
        with _guard:
            if self.look.is_set() and _is_server_up():
                return False
            _senders.pop(self.dbname, None)
            return True

    def _work_alone(self):
        """Work as the only sender; return False if there is another."""
        with db_connect(self.dbname).cursor() as cr:
            cr.execute("SELECT pg_try_advisory_lock(%s, %s)", LOCK)
            [alone] = cr.fetchone()
            _end(cr)
            if not alone:
                return False
            try:
                self._work(cr)
            finally:
                self._let_flights_end()
                cr.rollback()
                cr.execute("SELECT pg_advisory_unlock(%s, %s)", LOCK)
                _end(cr)
        return True

    def _work(self, cr):
        in_env(self.dbname, lambda env: env["stockex.transport.sender"]._recover())
        busy_at = time.monotonic()
        while _is_server_up():
            self.look.clear()
            if self._start_next(cr) or self._flights:
                busy_at = time.monotonic()
            elif time.monotonic() - busy_at > LINGER_S:
                return
            else:
                self.look.wait(POLL_S)

    def _start_next(self, cr):
        """Start the next call; return whether there was one to start."""
        claimed = self._claim(cr) if len(self._flights) < THREADS else None
        if claimed:
            flight = Flight(self, *claimed)
            self._flights.add(flight)
            flight.start()
        elif self._flights:
            self.look.wait(POLL_S)
        return bool(claimed)

    def _claim(self, cr):
        read_committed(cr)
        env = api.Environment(cr, SUPERUSER_ID, {})
        claims = env["stockex.transport.claim"]
        claimed = claims._claim(cr, claims._now(), THREADS // 2)
        _end(cr)
        return claimed

    def _let_flights_end(self):
        deadline = time.monotonic() + GRACE_S
        for flight in list(self._flights):
            flight.join(max(deadline - time.monotonic(), 0))

    def landed(self, flight):
        """Take note that a call is over."""
        self._flights.discard(flight)
        self.look.set()


class Flight(threading.Thread):
    """One call on its way."""

    def __init__(self, sender, call_id, claim):
        super().__init__(name=f"stockex.call.{call_id}", daemon=True)
        self._sender = sender
        self._call_id = call_id
        self._claim = claim

    def run(self):
        """Read what to send, send it, note what came of it."""
        threading.current_thread().dbname = self._sender.dbname
        sent = False
        try:
            errand = self._with_call(lambda sender, call: sender._prepare(call))
            if errand is not None:
                sent = isinstance(errand, Errand)
                result = run(errand)
                self._with_call(lambda sender, call: sender._conclude(call, errand, result))
        except Exception:
            _logger.exception("Call %s was lost from sight", self._call_id)
            self._give_back(sent)
        finally:
            self._sender.landed(self)

    def _give_back(self, sent):
        """Let go of the call: what keeps its claim holds up its lane and its account."""
        try:
            self._with_call(lambda sender, call: sender._give_back(call, sent))
        except Exception:
            # The claim stays: the next sender takes the call over.
            _logger.exception("Call %s could not be given back", self._call_id)

    def _with_call(self, work):
        """Work on the call in a transaction of its own, if it is still ours."""

        def locked(env):
            env.cr.execute(
                "SELECT 1 FROM stockex_transport_call WHERE id = %s AND claim = %s FOR UPDATE",
                (self._call_id, self._claim),
            )
            if not env.cr.fetchone():
                _logger.warning("Call %s was taken over by another sender", self._call_id)
                return None
            call = env["stockex.transport.call"].browse(self._call_id)
            return work(env["stockex.transport.sender"], call)

        return in_env(self._sender.dbname, locked)


def in_env(dbname, work):
    """Run `work(env)` as superuser in a transaction of its own, again if others interfere."""
    registry = Registry(dbname).check_signaling()
    for left in reversed(range(TRIES)):
        try:
            with own_cursor(dbname) as cr:
                value = work(api.Environment(cr, SUPERUSER_ID, {}))
        except (psycopg2.errors.SerializationFailure, psycopg2.errors.DeadlockDetected):
            if not left:
                raise
            time.sleep(0.1)
        else:
            registry.signal_changes()
            return value
    return None


def _end(cr):
    """End the transaction of the sender's own cursor; its session, with the lock, goes on."""
    cr.commit()  # pylint: disable=invalid-commit


def _is_server_up():
    return threading.main_thread().is_alive()
