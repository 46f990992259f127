from datetime import timedelta

from pytz import utc

from odoo import api, models

HOUR = timedelta(hours=1)


class WorkingTime(models.AbstractModel):
    """Working hours of a company or a person, on Odoo's own calendars.

    Without a calendar, or with an empty one, the clock runs day and night.
    """

    _name = "stockex.working.time"
    _description = "Working Time"

    # --- Business ---

    @api.model
    def _after(self, start, hours, company, user=None):
        """Return the instant when so many working hours have passed.

        :param start: naive UTC, as Odoo stores instants; so is the result.
        :param user: on this person's calendar, if they have one of their own.
        """
        calendar, resource = self._calendar(company, user)
        if not calendar:
            return start + hours * HOUR
        planned = calendar.plan_hours(
            hours,
            utc.localize(start),
            compute_leaves=True,
            domain=self._leaves(company),
            resource=resource,
        )
        if not planned:
            return start + hours * HOUR
        naive = planned.astimezone(utc).replace(tzinfo=None)
        return (naive + timedelta(microseconds=500_000)).replace(microsecond=0)

    @api.model
    def _between(self, start, end, company, user=None):
        """Return how many working hours lie between two instants."""
        if end <= start:
            return 0.0
        calendar, resource = self._calendar(company, user)
        if not calendar:
            return (end - start) / HOUR
        intervals = calendar._work_intervals_batch(
            utc.localize(start),
            utc.localize(end),
            resources=resource,
            domain=self._leaves(company),
        )[resource.id]
        return sum((stop - begin) / HOUR for begin, stop, _meta in intervals)

    def _calendar(self, company, user):
        """Return a calendar and the resource whose own leaves count on it."""
        # sudo: working hours and leaves are read to plan, and shown to nobody.
        resources_sudo = user.sudo().resource_ids if user else self.env["resource.resource"].sudo()
        own_sudo = resources_sudo.filtered(
            lambda resource: resource.company_id == company and resource.calendar_id
        )[:1]
        # sudo: as above.
        calendar_sudo = own_sudo.calendar_id or company.sudo().resource_calendar_id
        if not calendar_sudo.attendance_ids and not calendar_sudo.flexible_hours:
            return calendar_sudo.browse(), own_sudo
        return calendar_sudo, own_sudo

    def _leaves(self, company):
        # Odoo takes every company's public holidays that name no calendar.
        return [("time_type", "=", "leave"), ("company_id", "in", [False, company.id])]
