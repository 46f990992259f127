"""A company in Paris and one in Casablanca, their calendars, a count that waits."""

from odoo import fields
from odoo.fields import Command

from .telling import NotifyCase

HALF_DAYS = (("morning", 8, 12), ("afternoon", 13, 17))


class EscalationCase(NotifyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.company.resource_calendar_id = cls.calendar("Paris", cls.company, "Europe/Paris")
        cls.other_company.resource_calendar_id = cls.calendar(
            "Casablanca", cls.other_company, "Africa/Casablanca"
        )

    @classmethod
    def calendar(cls, name, company, zone, mornings=False):
        """Make a calendar of five days, 8 to 12 and 13 to 17."""
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "company_id": company.id,
                "tz": zone,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": f"{day} {period}",
                            "dayofweek": str(day),
                            "day_period": period,
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                    for day in range(5)
                    for period, start, end in HALF_DAYS[: 1 if mornings else 2]
                ],
            }
        )

    @classmethod
    def holiday(cls, start, end, company=None):
        """Close a company between two instants, UTC."""
        company = company or cls.company
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Public holiday",
                "company_id": company.id,
                "calendar_id": company.resource_calendar_id.id,
                "date_from": start,
                "date_to": end,
            }
        )

    @classmethod
    def own_hours(cls, user):
        """Give a person the mornings of Paris as working hours."""
        return cls.env["resource.resource"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "calendar_id": cls.calendar("Own", cls.company, "Europe/Paris", mornings=True).id,
                "tz": "Europe/Paris",
            }
        )

    @staticmethod
    def instant(text):
        return fields.Datetime.to_datetime(text + (":00" if text.count(":") == 1 else ""))

    @staticmethod
    def text(instant):
        return fields.Datetime.to_string(instant)


class WaitCase(EscalationCase):
    """Counts that wait for their approval."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_b, 5)

    @classmethod
    def make_rule(cls, steps, **vals):
        return cls.env["stockex.escalation.rule"].create(
            {
                "name": "Approval",
                "kind": "count_review",
                "company_id": cls.company.id,
                "answer_hours": 16,
                "step_ids": [Command.create(step) for step in steps],
                **vals,
            }
        )

    def submitted(self, moment, session=None):
        """Have a count wait for its approval from an instant on."""
        with self.at(moment):
            session = session or self.session()
            if session.state == "counting":
                self.count(session, {self.line(session, self.bolt): 70})
                session.action_review()
            self.tell("count.submitted", session)
            self.run_rules()
        return session

    def tell(self, name, session, **payload):
        """Write an event and nothing else."""
        return self.env["stockex.event"].create(
            {
                "name": name,
                "res_model": session._name,
                "res_id": session.id,
                "payload": payload,
                "company_id": session.company_id.id,
                "time": fields.Datetime.now(),
            }
        )

    def wait(self, session):
        return self.env["stockex.escalation"].search(
            [("res_model", "=", session._name), ("res_id", "=", session.id)]
        )

    def run_at(self, moment):
        """Let the cron run at an instant; return (subject's first word, logins)."""
        self.told.clear()
        with self.at(moment):
            self.env["stockex.escalation"]._cron_run()
        return [(subject.split(" ")[0].strip(":"), who) for subject, who in self.heard()]

    def history(self, wait):
        return [(line.what, self.logins(line.user_ids)) for line in wait.history_ids]
