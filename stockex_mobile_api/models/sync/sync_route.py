from datetime import date, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...pure.sync.route import blame, day_bounds, local_day, per_hour, short_names, walk

ACTION = "stockex_mobile_api.sync_route_action"


class SyncRoute(models.AbstractModel):
    """A counter's day, for whoever leads counts: where they were, when, and how fast."""

    _name = "stockex.sync.route"
    _description = "Route of the Day"

    # --- Business ---

    # rpc: the page of the route reads it; the reader's role is checked.
    @api.model
    def route(self, user_id=None, day=None, session_id=None):
        """Return a day's route; what is left open is chosen by what was counted last.

        :param day: `YYYY-MM-DD`, a day in the reader's time zone.
        :param session_id: leave out what was counted in other sessions.
        """
        self._check_reader()
        session = self._session(session_id)
        day = self._day(user_id, day, session)
        start, end = day_bounds(day, self._zone())
        rows = self.env["stockex.sync.route.rows"]
        counts = rows._filters(self.env.companies, session_id=session.id)
        people = rows._people(counts, start, end)
        user = self._user(user_id or (people[0][0] if people else None))
        walked = self._walked(user, session, start, end)
        return {
            "user": {"id": user.id, "name": user.name} if user else None,
            "day": day.isoformat(),
            "zone": self._zone().key,
            "start": fields.Datetime.to_string(start),
            "end": fields.Datetime.to_string(end),
            "session": {"id": session.id, "name": session.display_name} if session else None,
            "people": self._named_people(people),
            "last_day": self._last_day(user, session) if user and not walked["stops"] else None,
            **walked,
        }

    @api.model
    def _open(self, user=None, session=None, moment=None):
        """Return the action that shows the route of a user, a session or both."""
        action = self.env["ir.actions.actions"]._for_xml_id(ACTION)
        action["params"] = {
            "user_id": user.id if user else None,
            "session_id": session.id if session else None,
            "day": local_day(moment, self._zone()).isoformat() if moment else None,
        }
        return action

    # --- What is asked for ---

    @api.model
    def _check_reader(self):
        if not self.env.user.has_group("stockex.group_controller"):
            raise AccessError(self.env._("Only a stock controller follows how people count."))

    @api.model
    def _zone(self):
        try:
            return ZoneInfo(self.env.context.get("tz") or self.env.user.tz or "UTC")
        except (KeyError, ValueError, OSError):
            return ZoneInfo("UTC")

    @api.model
    def _session(self, session_id):
        sessions = self.env["stockex.count.session"]
        return sessions.search([("id", "=", _number(session_id))]) if session_id else sessions

    @api.model
    def _user(self, user_id):
        # sudo: the name of somebody who works in one of the reader's companies.
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        return users_sudo.search(
            [
                ("id", "=", _number(user_id)),
                ("company_ids", "in", self.env.companies.ids),
            ]
        )

    @api.model
    def _day(self, user_id, day, session):
        if day:
            try:
                found = date.fromisoformat(day)
            except (TypeError, ValueError):
                found = date.min
            if not 2000 <= found.year <= 2100:
                raise UserError(self.env._("“%(day)s” is no day: choose one.", day=day))
            return found
        last = self._last_at(_number(user_id), session)
        return local_day(last or fields.Datetime.now(), self._zone())

    @api.model
    def _last_at(self, user_id, session):
        rows = self.env["stockex.sync.route.rows"]
        return rows._last_at(rows._filters(self.env.companies, user_id, session.id))

    @api.model
    def _last_day(self, user, session):
        last = self._last_at(user.id, session)
        return local_day(last, self._zone()).isoformat() if last else None

    # --- What there is ---

    @api.model
    def _named_people(self, people):
        # sudo: as in `_user`.
        users_sudo = self.env["res.users"].sudo().browse([user_id for user_id, _count in people])
        counts = dict(people)
        return [
            {"id": user.id, "name": user.name, "entries": counts[user.id]} for user in users_sudo
        ]

    @api.model
    def _walked(self, user, session, start, end):
        rows = self.env["stockex.sync.route.rows"]
        of = (self.env.companies, user.id or 0, start, end, session.id)
        filters = rows._filters(self.env.companies, user.id or -1, session.id)
        marks, session_ids = rows._marks(filters, start, end)
        faults = rows._faults(*of)
        stops, gaps = walk(marks)
        blame(stops, faults)
        places = rows._places(session_ids, user.id) if session_ids else []
        positions = rows._positions(*of)
        names = self._names(
            {stop.location for stop in stops}
            | {place for place, _lines in places}
            | {row[4] for row in positions if row[4]}
        )
        return {
            "stops": [self._shown_stop(stop, names) for stop in stops],
            "gaps": [
                {**_span(gap.start, gap.end), "seconds": _seconds(gap.end - gap.start)}
                for gap in gaps
            ],
            "places": [{"id": place, "lines": lines, **names[place]} for place, lines in places],
            "positions": [
                {
                    "at": fields.Datetime.to_string(at),
                    "lat": float(latitude),
                    "lon": float(longitude),
                    "accuracy": float(accuracy or 0),
                    "name": names[place]["name"] if place else None,
                }
                for at, latitude, longitude, accuracy, place in positions
            ],
            "totals": self._totals(stops, gaps, faults),
        }

    @api.model
    def _names(self, ids):
        # sudo: the names of locations in which the reader's people count.
        places_sudo = self.env["stock.location"].sudo().browse(sorted(ids))
        paths = {place.id: place.complete_name for place in places_sudo}
        return {
            place: {"name": paths[place], "short": short, "aisle": aisle}
            for place, (short, aisle) in short_names(paths).items()
        }

    @api.model
    def _shown_stop(self, stop, names):
        return {
            "location": stop.location,
            **names[stop.location],
            **_span(stop.start, stop.end),
            "seconds": _seconds(stop.worked),
            "gap_s": _seconds(stop.gap),
            "entries": stop.entries,
            "lines": len(stop.lines),
            "again": len(stop.again),
            "conflicts": stop.conflicts,
            "rejected": stop.rejected,
            "per_hour": per_hour(len(stop.lines), stop.worked),
        }

    @api.model
    def _totals(self, stops, gaps, faults):
        lines = set().union(*(stop.lines for stop in stops))
        worked = sum((stop.worked for stop in stops), timedelta(0))
        return {
            "entries": sum(stop.entries for stop in stops),
            "lines": len(lines),
            "locations": len({stop.location for stop in stops}),
            "seconds": _seconds(worked),
            "per_hour": per_hour(len(lines), worked),
            "gaps": len(gaps),
            "gap_s": sum(_seconds(gap.end - gap.start) for gap in gaps),
            "again": len(set().union(*(stop.again for stop in stops))),
            "conflicts": sum(fault.is_conflict for fault in faults),
            "rejected": sum(not fault.is_conflict for fault in faults),
        }


def _number(value):
    """Return an id that a database can hold; 0, which is nobody's, for what is none."""
    is_id = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
    return value if is_id else 0


def _span(start, end):
    return {"start": fields.Datetime.to_string(start), "end": fields.Datetime.to_string(end)}


def _seconds(duration):
    return int(duration.total_seconds())
