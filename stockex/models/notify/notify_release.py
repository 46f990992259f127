import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...pure.notify.delivery import quiet_end
from .instants import aware, naive

_logger = logging.getLogger(__name__)

USERS_A_BATCH = 50
MESSAGES_A_BATCH = 1000
# A call that has waited for longer did not get through at once.
PATIENCE = timedelta(minutes=1)
# How often the cron looks.
LOOK_EVERY = timedelta(minutes=5)
# Least time for another batch; the next run goes on.
SECONDS_A_BATCH = 10


class NotifyRelease(models.AbstractModel):
    """Hands what is due to the services, and what is held to the digests.

    A batch is one transaction: it claims users, plans their messages anew by what they
    wish now, and writes mails and outgoing calls together with the new states. Killed or
    run twice at once, nothing is lost and nothing goes twice.
    """

    _name = "stockex.notify.release"
    _description = "Release of Notifications"

    @api.model
    def _cron_release(self):
        """Release everything that is due, batch by batch."""
        while done := self._release_batch():
            if self.env["ir.cron"]._commit_progress(done) < SECONDS_A_BATCH:
                # sudo: the cron wakes itself for what is left.
                self.env.ref("stockex.notify_release_cron").sudo()._trigger()
                return
        # Last and by itself: the sender may be at the same calls, and then wins.
        self.env["ir.cron"]._commit_progress()
        self._hold_slow_calls()

    @api.model
    def _release_batch(self):
        """Release some of what is due; return how many messages and digests that were."""
        # sudo: messages of all users.
        notifications_sudo = self.env["stockex.notification"].sudo()
        now = notifications_sudo._now()
        notifications_sudo.flush_model()
        preferences, shared_sudo = self._claim(now)
        due_sudo = notifications_sudo.search(
            [*self._due_domain(now), ("user_id", "in", preferences.user_id.ids)],
            order="id",
            limit=MESSAGES_A_BATCH,
        )
        self._hand_over(self._settle(preferences, due_sudo, now) | shared_sudo, now)
        digests = self.env["stockex.notify.digest"]._make(preferences.user_id, now)
        return len(due_sudo) + len(shared_sudo) + len(digests)

    def _due_domain(self, now):
        return [("state", "=", "waiting"), ("released_at", "=", False), ("due_at", "<=", now)]

    def _claim(self, now):
        """Lock users with something due, and due messages of shared services.

        It is the first statement of its transaction: whoever comes second sees what the
        first has done, or leaves it alone.
        """
        rows = self.env.execute_query(
            SQL(
                """WITH users AS (
                       SELECT preference.id
                         FROM stockex_notify_preference preference
                        WHERE user_id IN (
                              SELECT user_id FROM stockex_notification
                               WHERE released_at IS NULL AND digest_id IS NULL
                                 AND due_at <= %(now)s AND state IN ('waiting', 'digest'))
                     ORDER BY id LIMIT %(users)s
                          FOR UPDATE SKIP LOCKED),
                   shared AS (
                       SELECT id FROM stockex_notification
                        WHERE user_id IS NULL AND released_at IS NULL AND digest_id IS NULL
                          AND due_at <= %(now)s AND state = 'waiting'
                     ORDER BY id LIMIT %(messages)s
                          FOR UPDATE SKIP LOCKED)
                   SELECT 'user', id FROM users UNION ALL SELECT 'shared', id FROM shared""",
                now=now,
                users=USERS_A_BATCH,
                messages=MESSAGES_A_BATCH,
            )
        )
        # sudo: the cron works for all users.
        preferences_sudo = self.env["stockex.notify.preference"].sudo()
        # sudo: as above.
        notifications_sudo = self.env["stockex.notification"].sudo()
        return (
            preferences_sudo.browse([number for kind, number in rows if kind == "user"]),
            notifications_sudo.browse([number for kind, number in rows if kind == "shared"]),
        )

    def _settle(self, preferences, due_sudo, now):
        """Plan what is due anew; return what goes out now."""
        planning = self.env["stockex.notify.planning"]
        gone_sudo = due_sudo.filtered(lambda row: not row.user_id.active)
        gone_sudo.write({"state": "skipped", "why": "archived"})
        left_sudo = (due_sudo - gone_sudo).filtered(
            lambda row: row.company_id not in row.user_id.company_ids
        )
        left_sudo.write({"state": "skipped", "why": "no_access"})
        by_user = (due_sudo - gone_sudo - left_sudo).grouped("user_id")
        sent = planning._sent_today(preferences, now)
        send_sudo = due_sudo.browse()
        for preference in preferences:
            rows_sudo = by_user.get(preference.user_id, due_sudo.browse())
            count = sent.get(preference.user_id, 0)
            send_sudo |= planning._settle(preference, rows_sudo, now, count)
        return send_sudo

    def _hand_over(self, notifications, now):
        """Give each service its messages; one that cannot take them holds up no other."""
        notifications.write({"released_at": now, "error": False})
        for service, rows in notifications.sorted("id").grouped("service_id").items():
            self._give(service, rows)

    def _give(self, service, rows):
        """Give a service its messages in one go, by halves if that fails."""
        if not service.active:
            self.env["stockex.notify.internal"]._fail(
                rows, self.env._("The service is archived or gone. Activate it, then retry.")
            )
            return
        try:
            with self.env.cr.savepoint():
                service._carry(rows)
            return
        except OperationalError:
            # Another transaction was faster; the whole batch is for the next run.
            raise
        except Exception as error:
            text = str(error)
            if not isinstance(error, UserError):
                _logger.exception("Service %s cannot take messages", service.id)
                text = f"{type(error).__name__}: {error}"[:500]
            if len(rows) == 1:
                self.env["stockex.notify.internal"]._fail(rows, text)
                return
        half = len(rows) // 2
        self._give(service, rows[:half])
        self._give(service, rows[half:])

    # --- Calls that did not get through ---

    @api.model
    def _hold_slow_calls(self):
        """Put off what has been waiting for longer than a call takes, if need be."""
        # sudo: messages of all users.
        notifications_sudo = self.env["stockex.notification"].sudo()
        slow_sudo = notifications_sudo.search(
            [
                ("state", "=", "waiting"),
                ("call_id.state", "=", "waiting"),
                ("released_at", "<", notifications_sudo._now() - PATIENCE),
                ("user_id", "!=", False),
            ],
            limit=MESSAGES_A_BATCH,
        )
        free = slow_sudo.call_id.try_lock_for_update(allow_referencing=True)
        # They may go out until the next look, which judges them by then.
        until = notifications_sudo._now() + LOOK_EVERY
        self._hold_calls(slow_sudo.filtered(lambda row: row.call_id in free), until)

    @api.model
    def _hold_calls(self, notifications, until=None):
        """Put off calls that would go out in their user's quiet hours until these end.

        A service that is down is tried again and again; what it has not taken by the
        evening waits for the morning like everything else.
        """
        waiting = notifications.filtered(
            lambda row: (
                row.user_id
                and row.why not in ("urgent", "test")
                and row.call_id.state == "waiting"
                and not row.call_id.claim
            )
        )
        for preference in self.env["stockex.notify.preference"]._of(waiting.user_id):
            wishes = preference._wishes()
            for row in waiting.filtered(lambda one, user=preference.user_id: one.user_id == user):
                due_at = max(row.call_id.due_at, until or row.call_id.due_at)
                end = naive(quiet_end(wishes, aware(due_at)))
                if end > due_at:
                    row.call_id.write({"due_at": end})
                    row.write({"why": "quiet_hours", "due_at": end})

    @api.model
    def _repeat(self, notifications):
        """Send these now, to where their users are reached now: a person asked for it."""
        now = notifications._now()
        notifications.write(
            {"state": "waiting", "due_at": now, "released_at": False, "sent_at": False}
        )
        self.env["stockex.notify.planning"]._find_addresses(notifications)
        self._hand_over(notifications.filtered(lambda row: row.state == "waiting"), now)
