import logging
import random
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ...pure.transport.excerpt import answer_excerpt, request_excerpt
from ...pure.transport.outcome import Hint, Kind, Outcome
from ...pure.transport.request import Request
from ...pure.transport.schedule import next_delay_s
from . import http
from .errand import Errand, Result, run
from .sending import wake

_logger = logging.getLogger(__name__)
_rng = random.SystemRandom()
# In a test's transaction: more would be a call that never ends.
MOST_AT_ONCE = 1000


class TransportSender(models.AbstractModel):
    """Makes calls: before, the request from the account; after, what its answer means."""

    _name = "stockex.transport.sender"
    _description = "Sending of Calls"

    # --- Cron ---

    @api.model
    def _cron_send(self):
        """Have this server's sender look at the calls; it works on after the cron.

        A cron holds a transaction open while it runs, and readers of the stream of events
        wait for open transactions: a slow receiver would hold them up.
        """
        wake(self.env.cr.dbname)

    # --- Business ---

    @api.model
    def _send_due(self):
        """Make all calls that are due, in this transaction: for tests and for the shell."""
        claims = self.env["stockex.transport.claim"]
        calls = self.env["stockex.transport.call"]
        for _number in range(MOST_AT_ONCE):
            self.env.flush_all()
            claimed = claims._claim(self.env.cr, claims._now(), 1)
            self.env.invalidate_all()
            if not claimed:
                break
            calls |= self._send_one(calls.browse(claimed[0]))
        return calls

    @api.model
    def _send_one(self, call):
        """Make one call in this transaction."""
        errand = self._prepare(call)
        self._conclude(call, errand, run(errand))
        return call

    @api.model
    def _prepare(self, call):
        """Return the `Errand` that a call stands for, or the `Outcome` if there is none."""
        account = call._account()
        if account is None:
            return Outcome(Kind.REJECTED, "the account is gone", hint=Hint.NOT_SET_UP)
        account = account.with_company(account.company_id)
        try:
            with self.env.cr.savepoint():
                request = account._prepare_request(call)
                return Errand(request, account._line(), tuple(account._secret_values()))
        except UserError as error:
            return Outcome(Kind.REJECTED, str(error), hint=Hint.NOT_SET_UP)
        except Exception as error:
            _logger.exception("Call %s cannot be prepared", call.id)
            return Outcome(Kind.REJECTED, type(error).__name__, hint=Hint.OURS)

    @api.model
    def _conclude(self, call, errand, result):
        """Note what came of a call and decide what happens to it next."""
        account = call._account()
        outcome = errand if isinstance(errand, Outcome) else self._read(account, call, result)
        outcome = outcome.shown(() if isinstance(errand, Outcome) else errand.secrets)
        now = self.env["stockex.transport.claim"]._now()
        self._note_attempt(call, errand, result, outcome, now)
        self._note_state(call, outcome, result, now)
        if account is None:
            return
        says_nothing = outcome.kind != Kind.DONE and (
            account._is_trial(call) or account._is_receivers_own(call, outcome)
        )
        if not isinstance(errand, Outcome) and not says_nothing:
            self.env["stockex.transport.health"]._note(account, outcome, now, result.duration_s)
        if outcome.kind != Kind.DONE:
            self._react(call, account._try_failed, outcome)
        if call.state != "waiting":
            self._react(call, account._call_finished, outcome)

    def _react(self, call, reaction, outcome):
        """Let the account react; what was sent stays sent, whatever comes of that."""
        try:
            with self.env.cr.savepoint():
                reaction(call, outcome)
        except Exception:
            _logger.exception("The account of call %s cannot react to it", call.id)

    def _read(self, account, call, result):
        if account is None:
            return Outcome(Kind.REJECTED, "the account is gone", hint=Hint.NOT_SET_UP)
        try:
            with self.env.cr.savepoint():
                if result.answer is None:
                    return account._read_failure(call, result.failure)
                return account._read_answer(call, result.answer)
        except Exception as error:
            # The other side answered; whether it did what was asked, nobody can read.
            _logger.exception("The answer to call %s cannot be read", call.id)
            return Outcome(Kind.UNKNOWN, type(error).__name__, hint=Hint.UNKNOWN_EFFECT)

    def _note_attempt(self, call, errand, result, outcome, now):
        vals = {
            "call_id": call.id,
            "company_id": call.company_id.id,
            "owner_id": call.owner_id.id,
            "time": now,
            "kind": outcome.kind.value,
            "error": outcome.message or False,
        }
        if isinstance(errand, Errand):
            base_url = errand.line["base_url"]
            sent = request_excerpt(errand.request, http.absolute(errand.request, base_url))
            vals["request"] = sent.masked(errand.secrets)
        if result.answer is not None:
            vals["answer"] = answer_excerpt(result.answer).masked(errand.secrets)
        vals["status"] = result.answer.status if result.answer else 0
        vals["duration_s"] = result.duration_s
        self.env["stockex.transport.attempt"].create(vals)

    def _note_state(self, call, outcome, result, now):
        tries = call.attempts + 1
        vals = {
            "claim": False,
            "attempts": tries,
            "last_status": result.answer.status if result.answer else 0,
            "error": outcome.message or False,
            "hint": outcome.hint or False,
            "reference": outcome.reference or call.reference,
        }
        delay_s = self._delay_s(call, outcome, tries)
        if outcome.kind == Kind.DONE:
            vals.update(state="done", done_at=now)
        elif delay_s is None:
            vals.update(state="dead", done_at=now)
        else:
            vals["due_at"] = now + timedelta(seconds=delay_s)
        call.write(vals)
        if call.lane and (tries > 1 or delay_s is not None):
            call._move_lane(vals.get("due_at", now))

    def _delay_s(self, call, outcome, tries):
        account = call._account()
        if outcome.kind != Kind.RETRY or account is None:
            return None
        delays = account._retry_delays(call)
        return next_delay_s(delays, tries, outcome.retry_after_s, _rng)

    @api.model
    def _give_back(self, call, sent):
        """Let go of a call that this server could not conclude, and say so.

        :param sent: whether the other side may have received it.
        """
        account = call._account()
        repeats = not sent or account is None or account._repeats_safely
        kind, hint = (Kind.RETRY, Hint.OURS) if repeats else (Kind.UNKNOWN, Hint.UNKNOWN_EFFECT)
        outcome = Outcome(kind, "this server failed", hint=hint)
        self._note_state(call, outcome, Result(), self.env["stockex.transport.claim"]._now())
        if account is not None and call.state != "waiting":
            self._react(call, account._call_finished, outcome)

    @api.model
    def _recover(self):
        """Take over the calls that a sender was making when it died."""
        calls = self.env["stockex.transport.call"].search([("claim", "!=", False)])
        for call in calls:
            account = call._account()
            if account is None or account._repeats_safely:
                call.claim = False
            else:
                failure = http.Unanswered(Hint.NO_ANSWER, "the server was stopped", sent=True)
                errand = Errand(Request("", ""), account._line(), ())
                self._conclude(call, errand, Result(failure=failure))
        return calls
