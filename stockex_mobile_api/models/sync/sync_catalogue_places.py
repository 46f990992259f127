from odoo import api, models
from odoo.fields import Domain

from .sync_catalogue import VERSION

USAGES = ("internal", "transit")
# Slices that change when a count or a zone becomes the user's, or ends.
BY_TASK = ("locations", "lines", "lots", "packages")


class SyncCataloguePlaces(models.AbstractModel):
    """Every location of the user's companies, and which of them are theirs to count.

    Whose a location is changes with counts and zones, not with its own row: a version names
    those that it was made with, and only what belongs to the others comes again.
    """

    _inherit = "stockex.sync.catalogue"

    # --- Business ---

    @api.model
    def _condition(self, name):
        return f"~{'.'.join(self._tasks())}" if name in BY_TASK else super()._condition(name)

    @api.model
    def _changed(self, name, since):
        changed = super()._changed(name, since)
        if name not in BY_TASK:
            return changed
        differing = self._differing(since)
        if differing is None:
            return []
        if name == "locations":
            return ["|", ("id", "in", self._places_of(differing).ids), *changed]
        if name == "lines":
            return Domain.OR([Domain(changed), self._lines_of(differing)])
        # Few, and which of them are somebody's depends on their places.
        return [] if differing else changed

    @api.model
    def _gone(self, name, since, changed):
        if name == "lines":
            differing = self._differing(since)
            left = self._lines_of(differing or ()) & ~Domain(self._my_lines())
            return self.env["stockex.count.line"].search(left).ids
        if name == "locations":
            gone = [
                ("write_date", ">=", self._instant(since)),
                ("company_id", "in", self.env.companies.ids),
                *("|", ("active", "=", False), ("usage", "not in", USAGES)),
            ]
            return self.env["stock.location"].with_context(active_test=False).search(gone).ids
        return super()._gone(name, since, changed)

    @api.model
    def _differing(self, since):
        """Return the tasks that began or ended since a version, None if it does not tell."""
        known = VERSION.fullmatch(since)[2]
        return None if known is None else set(filter(None, known.split("."))) ^ set(self._tasks())

    # --- Tasks ---

    @api.model
    def _tasks(self):
        """Return what gives the user something to count: sessions as s1, zones as z1."""
        sessions = self._my_sessions()
        zones = self._my_zones(sessions)
        whole = sessions - zones.session_id
        return [f"s{session.id}" for session in whole] + [f"z{zone.id}" for zone in zones]

    @api.model
    def _ids_of(self, tasks):
        """Return the ids of sessions and those of zones among tasks."""
        ids = {"s": [], "z": []}
        for task in tasks:
            if task[0] in ids and task[1:].isdecimal():
                ids[task[0]].append(int(task[1:10]))
        return ids["s"], ids["z"]

    @api.model
    def _places_of(self, tasks):
        """Return the locations of the sessions that tasks belong to, also of ended ones."""
        sessions, zones = self._ids_of(tasks)
        found = self.env["stockex.count.session"].browse(sessions).exists()
        found |= self.env["stockex.count.zone"].browse(zones).exists().session_id
        build = self.env["stockex.count.build"]
        # One query a session: what changed hands since the last time are one or two.
        return self.env["stock.location"].union(*[build._locations(session) for session in found])

    @api.model
    def _lines_of(self, tasks):
        sessions, zones = self._ids_of(tasks)
        return Domain("session_id", "in", sessions) | Domain("zone_id", "in", zones)

    @api.model
    def _scopes(self):
        """Return [(session, ids of its locations, ids of those that the user counts)]."""
        build = self.env["stockex.count.build"]
        sessions = self._my_sessions()
        mine = self._my_zones(sessions)
        scopes = []
        for session in sessions:
            ids = build._locations(session).ids
            own = mine.filtered(lambda zone, session=session: zone.session_id == session)
            zones = session.zone_ids._zone_of_locations(ids) if own else {}
            walked = [one for one in ids if zones.get(one) in own.ids] if own else ids
            scopes.append((session, frozenset(ids), frozenset(walked)))
        return scopes

    @api.model
    def _my_places(self):
        """Return the locations in which the user counts."""
        walked = frozenset().union(*[own for _session, _all, own in self._scopes()])
        return self.env["stock.location"].browse(sorted(walked))

    # --- The slice ---

    def _locations(self):
        return self.env["stock.location"], [
            ("usage", "in", USAGES),
            ("company_id", "in", self.env.companies.ids),
        ]

    def _locations_rows(self, places):
        scopes = self._scopes()
        rows = []
        for place in places:
            mine = [session.id for session, _all, own in scopes if place.id in own]
            rows.append(
                {
                    "id": place.id,
                    "name": place.complete_name,
                    "barcode": place.barcode or None,
                    "company": place.company_id.id,
                    "mine": bool(mine),
                    "sessions": mine,
                    "others": [
                        session.id
                        for session, ids, own in scopes
                        if place.id in ids and place.id not in own
                    ],
                }
            )
        return rows
