import os
from datetime import UTC
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sms.tools.sms_api import SmsApi

from ...models.transport import http
from ...models.transport.key_ring import VARIABLE
from ...pure.transport.request import Answer
from .fortnight import CASABLANCA, by_hand, happenings, moments, utc
from .notify_case import NotifyCase

# (what, [(moment, how many messages, severity, category)], what becomes of the last)
CASES = [
    ("noon", [((2026, 2, 10, 12, 0), 1)], ("sent", "10.02. 12:00")),
    ("last minute before", [((2026, 2, 10, 21, 59), 1)], ("sent", "10.02. 21:59")),
    ("first quiet minute", [((2026, 2, 10, 22, 0), 1)], ("sent", "11.02. 07:00")),
    ("after midnight", [((2026, 2, 11, 0, 30), 1)], ("sent", "11.02. 07:00")),
    ("last quiet minute", [((2026, 2, 11, 6, 59), 1)], ("sent", "11.02. 07:00")),
    ("first minute after", [((2026, 2, 11, 7, 0), 1)], ("sent", "11.02. 07:00")),
    ("night of the change", [((2026, 2, 14, 23, 0), 1)], ("sent", "15.02. 07:00")),
    ("after the change", [((2026, 2, 15, 2, 30), 1)], ("sent", "15.02. 07:00")),
    ("end of Ramadan", [((2026, 3, 21, 23, 0), 1)], ("sent", "22.03. 07:00")),
    (
        "the tenth",
        [((2026, 2, 10, 9, 0), 9), ((2026, 2, 10, 12, 0), 1)],
        ("sent", "10.02. 12:00"),
    ),
    (
        "the eleventh",
        [((2026, 2, 10, 9, 0), 10), ((2026, 2, 10, 12, 0), 1)],
        ("digest", "11.02. 08:00"),
    ),
    (
        "too many of a night",
        [((2026, 2, 10, 23, 0), 11), ((2026, 2, 11, 7, 0), 0)],
        ("digest", "11.02. 08:00"),
    ),
    (
        "the eleventh as the digest goes",
        [((2026, 2, 10, 7, 30), 10), ((2026, 2, 10, 8, 0), 1)],
        ("digest", "11.02. 08:00"),
    ),
    (
        "a new day",
        [((2026, 2, 10, 9, 0), 12), ((2026, 2, 11, 9, 0), 1)],
        ("sent", "11.02. 09:00"),
    ),
    ("critical at night", [((2026, 2, 10, 3, 0), 1, "critical")], ("sent", "10.02. 03:00")),
    (
        "critical beyond the most",
        [((2026, 2, 10, 9, 0), 10), ((2026, 2, 10, 12, 0), 1, "critical")],
        ("sent", "10.02. 12:00"),
    ),
    ("muted", [((2026, 2, 10, 12, 0), 1, "critical", "approvals")], ("muted", None)),
]


class RolledBackError(Exception):
    """Ends one story without leaving a trace for the next."""


@tagged("post_install", "-at_install")
class TestNotifyFortnight(NotifyCase):
    """A user in Casablanca gets exactly what their preferences say, on four services.

    Quiet from 22 to 7, at most ten a day, the rest in the digest of 8 o'clock. Morocco
    sets its clocks back an hour for Ramadan, on 15 February 2026, and forward again on 22
    March.
    """

    roles = ("karim", "carla", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        changed = patch.dict(os.environ, {VARIABLE: Fernet.generate_key().decode()})
        changed.start()
        cls.addClassCleanup(changed.stop)
        telegram = cls.env["stockex.notify.service"].create(
            {"name": "Bot", "code": "telegram", "company_id": cls.company.id}
        )
        telegram.credential_ids.filtered(
            lambda one: one.name == "token"
        ).value = "123456789:AAtelegram-s3cret-s3cret"
        cls.services = {
            "inbox": cls.inbox,
            "email": cls.email,
            "sms": cls.service_of(cls.company, "sms"),
            "telegram": telegram,
        }
        cls.carla.write({"tz": "Africa/Casablanca", "phone": "+212612345678"})
        preference = cls.prefer(
            cls.carla,
            quiet_hours=True,
            quiet_from=22,
            quiet_to=7,
            most_per_day=10,
            digest_hour=8,
            muted_category_ids=[Command.set(cls.env.ref("stockex.notify_category_approvals").ids)],
        )
        line = preference.subscription_ids.filtered(lambda one: one.service_id == telegram)
        line.address = "4242"

    def setUp(self):
        super().setUp()
        self.calls = []

        def send(request, **_line):
            self.calls.append(request)
            return Answer(200, {}, b'{"ok": true, "result": {"message_id": 7}}', 0.01)

        def text(_api, messages, *_args, **_kwargs):
            numbers = [number for one in messages for number in one["numbers"]]
            return [{"uuid": number["uuid"], "state": "success"} for number in numbers]

        for stood_in in (
            patch.object(http, "send", send),
            patch.object(SmsApi, "_send_sms_batch", text),
        ):
            stood_in.start()
            self.addCleanup(stood_in.stop)

    # --- The suite at work ---

    def tell(self, one):
        return self.notify(
            self.carla,
            f"Happening {one.number}",
            category=one.category,
            severity=one.severity,
            services=self.env["stockex.notify.service"].union(
                *(self.services[code] for code in one.services)
            ),
        )

    def work(self):
        """Do what the crons do."""
        self.release()
        if self.env["stockex.transport.call"].search_count([("state", "=", "waiting")]):
            self.env["stockex.transport.sender"]._send_due()
        self.env["sms.sms"].search([("state", "=", "outgoing")]).send()
        waiting = (
            self.env["stockex.notification"]
            .search([("mail_id", "!=", False), ("state", "=", "waiting")])
            .mail_id
            | self.env["stockex.notify.digest"].search([("state", "=", "waiting")]).mail_id
        )
        if waiting:
            with self.posting():
                waiting.send()

    def live(self, stream, start):
        """Let the fortnight pass; return {number: its rows}."""
        rows = {}
        for now in moments(stream, start):
            with self.at_instant(now):
                for one in stream:
                    if one.at == now:
                        rows[one.number] = self.tell(one)
                self.work()
        return rows

    def became(self, rows):
        """Return (what, when) of the rows of one happening; all must agree."""
        kinds = {
            ("sent", row.sent_at.replace(tzinfo=UTC))
            if row.state == "sent"
            else ("digest", row.digest_id.period_to.replace(tzinfo=UTC))
            if row.state == "digest" and row.digest_id.state == "sent"
            else (row.why if row.state == "skipped" else row.state, None)
            for row in rows
        }
        self.assertEqual(len(kinds), 1, rows.mapped("subject"))
        return kinds.pop()

    def compare(self, stream, start):
        rows = self.live(stream, start)
        expected = by_hand(stream, start, muted={"approvals"})
        found = {number: self.became(of) for number, of in rows.items()}

        self.assertEqual(len(found), len(stream))
        for number, (what, when) in expected.items():
            one = stream[number]
            self.assertEqual(found[number], (what, when), f"{one} {when}")
            if what == "sent":
                reached = tuple(sorted(row.service_id.code for row in rows[number]))
                self.assertEqual(reached, one.services)
        on_telegram = [one.number for one in stream if "telegram" in one.services]
        sent = [number for number in on_telegram if expected[number][0] == "sent"]
        self.assertEqual(len(self.calls), len(sent))
        return expected

    def test_the_fortnight_in_which_the_clocks_go_back(self):
        start = utc(2026, 2, 9)
        expected = self.compare(happenings(4, start), start)

        kinds = [what for what, _when in expected.values()]
        self.assertGreater(min(kinds.count(kind) for kind in ("sent", "digest", "muted")), 10)

    def test_the_fortnight_in_which_the_clocks_go_forward(self):
        start = utc(2026, 3, 15)
        self.compare(happenings(5, start), start)

    # --- By hand ---

    def story(self, *steps):
        """Play [(moment, how many, severity, category)]; return what became of the last."""
        last = None
        for moment, count, severity, category in steps:
            with self.at_instant(utc(*moment)):
                for number in range(count):
                    last = self.notify(
                        self.carla,
                        f"{moment} {number}",
                        category=category,
                        severity=severity,
                        services=self.inbox,
                    )
                self.work()
        if not last.released_at and last.due_at and last.state in ("waiting", "digest"):
            with self.at_instant(last.due_at.replace(tzinfo=UTC)):
                self.work()
        what, when = self.became(last)
        return what, when and f"{when.astimezone(CASABLANCA):%d.%m. %H:%M}"

    def test_key_cases(self):
        for name, steps, expected in CASES:
            with self.subTest(name):
                found = None
                try:
                    with self.env.cr.savepoint():
                        found = self.story(*(_filled(*step) for step in steps))
                        raise RolledBackError
                except RolledBackError:
                    self.env.invalidate_all()
                self.assertEqual(found, expected)

    def test_the_hours_of_the_change_are_those_of_the_new_clock(self):
        # 7 in the morning is 6 UTC before the change, 7 UTC from it on.
        self.assertEqual(utc(2026, 2, 14, 7).hour, 6)
        self.assertEqual(utc(2026, 2, 15, 7).hour, 7)
        with self.at_instant(utc(2026, 2, 14, 23)):
            row = self.notify(self.carla, services=self.inbox)

        self.assertEqual(row.due_at.hour, 7)


def _filled(moment, count, severity="info", category="counts"):
    return moment, count, severity, category
