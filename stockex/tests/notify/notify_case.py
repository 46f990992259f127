"""What the tests of notifications share: a clock to set, a user to tell, rows to compare."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from odoo.tests import freeze_time

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
        """Stop the clock at a moment of a zone's clocks."""
        instant = datetime(*moment, tzinfo=zone).astimezone(ZoneInfo("UTC"))
        with freeze_time(instant.replace(tzinfo=None)):
            yield

    def local(self, instant, zone=PARIS):
        """Return "day hour:minute" of an instant on a zone's clocks."""
        if not instant:
            return None
        return f"{instant.replace(tzinfo=ZoneInfo('UTC')).astimezone(zone):%d %H:%M}"

    # --- What came of it ---

    def states(self, notifications):
        return [(row.state, row.why) for row in notifications]

    def all_of(self, user, **domain):
        return self.env["stockex.notification"].search([("user_id", "=", user.id)], order="id")
