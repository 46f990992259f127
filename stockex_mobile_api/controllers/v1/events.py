from odoo import http
from odoo.http import request

from odoo.addons.stockex.pure.notify import registry

from ...pure.v1 import events as shapes
from .errors import ApiError
from .resource import Resource
from .routing import api

# How many events a request looks through for those that it shows.
BATCH = 500
LOOKED_THROUGH = 2000
ABOUT = (
    "Ask again and again with `after`: nothing is told twice and nothing is left out, also of "
    "what is written at the same moment. Events of records that the key's owner may not read "
    "are left out. What `payload` holds:\n\n"
)


def about():
    """Write what each event holds, also those of addons that were loaded after this one."""
    return ABOUT + shapes.describe({name: registry.schema(name) for name in registry.names()})


class Events(Resource, http.Controller):
    @api(
        *("GET", "/events"),
        summary="Follow what happens",
        description=about,
        tag="Events",
        scope="events:read",
        query=shapes.EventQuery,
        response=shapes.EventPage,
        refusals={409: "`after` is of another database, or the database was restored."},
    )
    def list_events(self, query):
        events = request.env["stockex.event"]
        events.check_access("read")
        self._check_names(query.name)
        if query.after == shapes.NOW:
            return {"data": [], "next": events._write_sequence(events._last()), "more": False}
        position = events._read_sequence(query.after) if query.after else None
        found, position, more = self._look(events, position, query)
        shown = found._shown()
        last = shown[-1]["sequence"] if position is None and shown else None
        return {
            "data": shown,
            "next": last or events._write_sequence(position),
            "more": more,
        }

    def _look(self, events, position, query):
        """Look for events to show.

        :return: events, where to go on (None: after the last of them), more to come.
        """
        found = events
        start = position
        for _batch in range(LOOKED_THROUGH // BATCH):
            batch, position = events._read_after(start, BATCH)
            wanted = batch._filtered_access("read")
            if query.name:
                wanted = wanted.filtered(lambda event: event.name in query.name)
            found |= wanted._readable()
            if len(found) > query.limit:
                return found[: query.limit], None, True
            if len(batch) < BATCH:
                return found, position or start, False
            start = position
        return found, position, True

    def _check_names(self, names):
        unknown = sorted(set(names or ()) - set(registry.names()))
        if unknown:
            detail = request.env._(
                "There is no event named %(names)s. The document lists those that there are.",
                names=", ".join(unknown[:5]),
            )
            raise ApiError(409, "unknown_event", detail)
