"""What the tests of notifications share: a clock to set, a user to tell, rows to compare."""

from contextlib import contextmanager
from datetime import UTC, datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo.tests import freeze_time

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..common import CountCase

PARIS = ZoneInfo("Europe/Paris")


class NotifyCase(CountCase):
    roles = ("karim", "carla", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What other tests or modules left waiting is not ours to release.
        cls.env["stockex.notification"].search([]).unlink()
        cls.inbox, cls.email, cls.activity = (
            cls.service_of(cls.company, code) for code in ("inbox", "email", "activity")
        )
        for user in (cls.karim, cls.carla, cls.sana):
            user.tz = "Europe/Paris"

    @classmethod
    def service_of(cls, company, code):
        services = cls.env["stockex.notify.service"]
        domain = [("company_id", "=", company.id), ("code", "=", code), ("shared", "=", False)]
        return services.search(domain) or services.create(
            {"name": code, "code": code, "company_id": company.id, "shared": False}
        )

    def setUp(self):
        super().setUp()
        # One clock a test, then moved: stopping another costs a look at every module.
        frozen = freeze_time(datetime.now(UTC).replace(tzinfo=None, microsecond=0))
        self.clock = frozen.start()
        self.addCleanup(frozen.stop)

    # --- Steps ---

    @classmethod
    def prefer(cls, user, only=None, **vals):
        """Set a user's preferences.

        :param only: services; all others of the user are switched off.
        """
        preference = cls.env["stockex.notify.preference"]._of(user)
        preference.write(vals)
        if only is not None:
            for line in preference.subscription_ids:
                line.wanted = line.service_id in only
        return preference

    def notify(self, users, subject="News", category="counts", **more):
        return self.env["stockex.notification"]._notify(
            users, category, subject, f"Text of {subject}", **more
        )

    def release(self):
        """Release until nothing is due."""
        count = 0
        while self.env["stockex.notify.release"]._release_batch():
            count += 1
            self.assertLess(count, 50)
        self.env.flush_all()

    @contextmanager
    def at(self, *moment, zone=PARIS):
        """Set the clock to a moment of a zone's clocks, and back afterwards."""
        with self.at_instant(datetime(*moment, tzinfo=zone)):
            yield

    @contextmanager
    def at_instant(self, instant):
        """Set the clock to an instant, and back afterwards."""
        before = self.clock()
        self.clock.move_to(instant.astimezone(UTC).replace(tzinfo=None))
        try:
            yield
        finally:
            self.clock.move_to(before)

    def local(self, instant, zone=PARIS):
        """Return "day hour:minute" of an instant on a zone's clocks."""
        if not instant:
            return None
        return f"{instant.replace(tzinfo=ZoneInfo('UTC')).astimezone(zone):%d %H:%M}"

    @contextmanager
    def posting(self, error=None):
        """Let mails leave and catch them; with an error, refuse them."""
        sent = []

        def send_email(_server, message, *_args, **_kwargs):
            if error:
                raise MailDeliveryException(error)
            sent.append(message)
            return message["Message-Id"]

        server = type(self.env["ir.mail_server"])
        with (
            patch.object(server, "send_email", send_email),
            patch.object(server, "_disable_send", lambda _server: False),
            patch.object(server, "_connect__", lambda *_args, **_kwargs: None),
        ):
            yield sent

    # --- What came of it ---

    def states(self, notifications):
        return [(row.state, row.why) for row in notifications]

    def all_of(self, user, **domain):
        return self.env["stockex.notification"].search([("user_id", "=", user.id)], order="id")
