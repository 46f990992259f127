import logging
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...pure.notify.registry import is_for_people

_logger = logging.getLogger(__name__)

BATCH = 100
# After a long standstill, or under imported history, nobody wants news this old.
STALE_AFTER = timedelta(days=7)


class Telling(NamedTuple):
    """What one rule says of one event, before it is handed over."""

    rule: models.BaseModel
    event: models.BaseModel
    messages: list


class NotifyPending(models.Model):
    """An event that the rules have not seen yet, or that could not be handled."""

    _name = "stockex.notify.pending"
    _description = "Event Waiting for Its Rules"
    _order = "id"
    _log_access = False
    _rec_name = "event_id"

    event_id = fields.Many2one("stockex.event", required=True, readonly=True, ondelete="cascade")
    rule_id = fields.Many2one(
        "stockex.notify.rule",
        "Broken rule",
        readonly=True,
        ondelete="cascade",
        help="The rule that could not handle the event. Empty while no rule has seen it, and if "
        "no wait for an answer could begin or end with it.",
    )
    error = fields.Char("What went wrong", readonly=True)
    company_id = fields.Many2one(related="event_id.company_id")
    event_name = fields.Char(related="event_id.name", string="Event name")
    time = fields.Datetime(related="event_id.time")
    payload = fields.Json(related="event_id.payload")

    _once = models.UniqueIndex("(event_id, COALESCE(rule_id, 0))")
    _of_rule = models.Index("(rule_id) WHERE rule_id IS NOT NULL")

    # --- Actions ---

    def action_retry(self):
        """Have broken events handled again, by what broke."""
        self.check_access("write")
        # sudo: rules send to people whom the administrator may not read.
        pending_sudo = self.sudo().exists().filtered("error")
        tried_sudo = pending_sudo.event_id
        rules_sudo = pending_sudo.rule_id
        for rule_sudo, rows_sudo in pending_sudo.grouped("rule_id").items():
            events_sudo = rows_sudo.event_id.sorted("id")
            rows_sudo.unlink()
            if rule_sudo:
                pending_sudo._apply(rule_sudo, events_sudo)
            else:
                pending_sudo._follow(events_sudo)
        broken_sudo = pending_sudo.search(
            [
                ("event_id", "in", tried_sudo.ids),
                ("rule_id", "in", [*rules_sudo.ids, False]),
                ("error", "!=", False),
            ],
            limit=1,
        )
        if broken_sudo:
            raise UserError(broken_sudo._still_broken())
        return True

    def _still_broken(self):
        if self.rule_id:
            return self.env._(
                "“%(rule)s” still cannot handle the event: %(error)s",
                rule=self.rule_id.name,
                error=self.error,
            )
        return self.env._(
            "No wait could begin or end with “%(event)s”: %(error)s",
            event=self.event_name,
            error=self.error,
        )

    # --- Business ---

    @api.model
    def _enqueue(self, events):
        """Put events in the queue and wake its reader: one statement for a batch.

        Through the ORM the two would cost an insert each, in every business step.
        """
        events = events.filtered(lambda event: is_for_people(event.name))
        if not events:
            return
        cron = "stockex.notify_pending_cron"
        # sudo: which record an id stands for is no secret.
        cron_id = self.env["ir.model.data"].sudo()._xmlid_to_res_id(cron)
        insert = SQL(
            "INSERT INTO stockex_notify_pending (event_id) SELECT unnest(%s)"
            " ON CONFLICT DO NOTHING",
            events.ids,
        )
        if not cron_id:
            self.env.cr.execute(insert)
            return
        self.env.cr.execute(
            SQL(
                """WITH pending AS (%s RETURNING id)
                   INSERT INTO ir_cron_trigger (cron_id, call_at, create_date, write_date)
                   SELECT %s, %s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'""",
                insert,
                cron_id,
                fields.Datetime.now(),
            )
        )
        self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)

    @api.model
    def _cron_apply(self):
        """Apply the rules to the events in the queue, a batch a transaction."""
        progress = self.env["ir.cron"]
        while events := self._claim():
            done = len(events)
            self._handle(events)
            if not progress._commit_progress(done, remaining=self._left()):
                break

    @api.model
    def _claim(self):
        """Take a batch out of the queue; what another reader holds is left to it."""
        rows = self.env.execute_query(
            SQL(
                """DELETE FROM stockex_notify_pending WHERE id IN (
                       SELECT id FROM stockex_notify_pending
                        WHERE rule_id IS NULL AND error IS NULL
                        ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
                RETURNING event_id""",
                BATCH,
            )
        )
        self.invalidate_model()
        return self.env["stockex.event"].browse(sorted(row[0] for row in rows))

    @api.model
    def _left(self):
        return self.search_count([("rule_id", "=", False), ("error", "=", False)], limit=10 * BATCH)

    @api.model
    def _handle(self, events):
        """Do with events whatever the company has set up."""
        fresh = events.filtered(lambda event: event.time >= fields.Datetime.now() - STALE_AFTER)
        rules = self.env["stockex.notify.rule"].search(
            [("event_name", "in", list(set(fresh.mapped("name"))))]
        )
        self._apply(rules, fresh)
        self._follow(fresh)

    @api.model
    def _follow(self, events):
        """Have waits begin and end; an event that cannot be followed stops no other."""
        try:
            with self.env.cr.savepoint():
                self.env["stockex.escalation"]._follow(events)
            return
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - kept with its event, and shown
            if len(events) == 1:
                self._keep_broken(self.env["stockex.notify.rule"], events, error)
                return
        self.env.invalidate_all()
        for event in events.sorted("id"):
            self._follow(event)

    @api.model
    def _apply(self, rules, events):
        """Apply rules; what one cannot handle stays in the queue under its name.

        Readers hear of one event after the other, as they happened; those of one name that
        follow each other go together.
        """
        events = events.sorted("id")
        composed = [
            telling
            for rule in rules
            for telling in self._compose(
                rule, events.filtered(lambda event, name=rule.event_name: event.name == name)
            )
        ]
        # Odoo's own would join all of one name, wherever they stand.
        # pylint: disable-next=bad-builtin-groupby
        runs = groupby(events, key=lambda event: event.name)
        turn = {event: number for number, (_name, run) in enumerate(runs) for event in run}
        self._post(sorted(composed, key=lambda telling: turn[telling.event]))

    @api.model
    def _compose(self, rule, events):
        """Return the tellings of one rule."""
        if not events:
            return []
        try:
            with self.env.cr.savepoint():
                pairs = rule._compose(events.filtered(rule._is_for))
            return [Telling(rule, *pair) for pair in pairs]
        except OperationalError:
            # Another transaction was faster; the whole batch is for the next run.
            raise
        except Exception as error:  # noqa: BLE001 - kept with its event, and shown
            if len(events) == 1:
                self._keep_broken(rule, events, error)
                return []
        # One of them breaks the rule: the others must not suffer for it.
        half = len(events) // 2
        return self._compose(rule, events[:half]) + self._compose(rule, events[half:])

    @api.model
    def _post(self, tellings):
        """Hand tellings over, in their order, in one go if all can be."""
        if not tellings:
            return
        try:
            with self.env.cr.savepoint():
                self.env["stockex.notify.telling"]._post(
                    [message for telling in tellings for message in telling.messages]
                )
            return
        except OperationalError:
            # As above.
            raise
        except Exception as error:  # noqa: BLE001 - kept with its event, and shown
            if len(tellings) == 1:
                self._keep_broken(tellings[0].rule, tellings[0].event, error)
                return
        half = len(tellings) // 2
        self._post(tellings[:half])
        self._post(tellings[half:])

    @api.model
    def _keep_broken(self, rule, event, error):
        if not isinstance(error, UserError):
            _logger.warning("rule %s, event %s", rule.id or "-", event.id, exc_info=error)
        text = str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
        self.env.invalidate_all()
        self.create({"event_id": event.id, "rule_id": rule.id, "error": text[:500]})
