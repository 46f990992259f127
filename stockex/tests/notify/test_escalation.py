from odoo.fields import Command
from odoo.tests import tagged

from .waiting import EscalationCase


@tagged("post_install", "-at_install")
class TestWorkingTime(EscalationCase):
    """Exact instants, on Odoo's own calendars."""

    def after(self, start, hours, company=None, user=None):
        working = self.env["stockex.working.time"]
        return self.text(working._after(self.instant(start), hours, company or self.company, user))

    def between(self, start, end, company=None):
        working = self.env["stockex.working.time"]
        return working._between(self.instant(start), self.instant(end), company or self.company)

    def test_a_week_end_does_not_count(self):
        # Friday 27 February 2026, 15:00 in Paris: 2 hours on Friday, 6 on Monday (8-12, 13-15).
        self.assertEqual(self.after("2026-02-27 14:00", 8), "2026-03-02 14:00:00")
        self.assertEqual(self.between("2026-02-27 14:00", "2026-03-02 14:00"), 8.0)

    def test_a_public_holiday_does_not_count(self):
        # Friday 1 May 2026 is a holiday between Thursday and the week-end; Paris is UTC+2.
        self.holiday("2026-04-30 22:00", "2026-05-01 21:59:59")

        self.assertEqual(self.after("2026-04-30 14:00", 4), "2026-05-04 09:00:00")
        self.assertEqual(self.between("2026-04-30 14:00", "2026-05-04 09:00"), 4.0)

    def test_a_holiday_of_another_company_counts_as_work_here(self):
        self.holiday("2026-04-30 22:00", "2026-05-01 21:59:59", self.other_company)

        self.assertEqual(self.after("2026-04-30 14:00", 4), "2026-05-01 09:00:00")

    def test_the_clock_change_of_paris_shifts_no_office_hour(self):
        # Sunday 29 March 2026: 16:00 is 15:00 UTC before it and 14:00 UTC after it.
        self.assertEqual(self.after("2026-03-27 15:00", 2), "2026-03-30 07:00:00")
        self.assertEqual(self.after("2026-10-23 14:00", 2), "2026-10-26 08:00:00")
        self.assertEqual(self.between("2026-03-27 15:00", "2026-03-30 07:00"), 2.0)

    def test_ramadan_moves_the_clock_of_casablanca(self):
        # UTC+1, and UTC+0 from Sunday 15 February to Sunday 22 March 2026.
        morocco = self.other_company

        self.assertEqual(self.after("2026-02-13 15:00", 2, morocco), "2026-02-16 09:00:00")
        self.assertEqual(self.after("2026-03-20 16:00", 2, morocco), "2026-03-23 08:00:00")

    def test_night_and_lunch_do_not_count(self):
        # Tuesday: 22:00 to Wednesday 9:00, and 11:30 to 13:30 over the lunch hour.
        self.assertEqual(self.after("2026-03-03 21:00", 1), "2026-03-04 08:00:00")
        self.assertEqual(self.after("2026-03-03 10:30", 1), "2026-03-03 12:30:00")

    def test_a_person_has_hours_and_leaves_of_their_own(self):
        resource = self.own_hours(self.anton)
        self.assertEqual(self.after("2026-03-02 10:00", 4, user=self.anton), "2026-03-03 10:00:00")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": resource.id,
                "calendar_id": resource.calendar_id.id,
                "date_from": "2026-03-02 23:00",
                "date_to": "2026-03-03 22:59:59",
            }
        )
        self.assertEqual(self.after("2026-03-02 10:00", 4, user=self.anton), "2026-03-04 10:00:00")
        self.assertEqual(self.after("2026-03-02 10:00", 4), "2026-03-02 15:00:00")

    def test_without_a_calendar_the_clock_runs_day_and_night(self):
        self.company.resource_calendar_id = False
        self.assertEqual(self.after("2026-02-27 14:00", 48), "2026-03-01 14:00:00")
        self.assertEqual(self.between("2026-02-27 14:00", "2026-03-01 14:00"), 48.0)

        empty = self.calendar("Empty", self.company, "Europe/Paris")
        empty.attendance_ids = [Command.clear()]
        self.company.resource_calendar_id = empty
        self.assertEqual(self.after("2026-02-27 14:00", 48), "2026-03-01 14:00:00")

    def test_part_of_an_hour_lands_on_a_whole_second(self):
        self.assertEqual(self.after("2026-03-02 07:00", 1 / 3), "2026-03-02 07:20:00")

    def test_no_time_passes_backwards(self):
        self.assertEqual(self.between("2026-03-02 14:00", "2026-03-02 10:00"), 0.0)
