import re
from datetime import UTC, datetime, timedelta

from odoo import api, fields, models

from ...exceptions import HandheldRefused

SLICES = ("sessions", "locations", "lines", "products", "lots", "packages")
MOST_ROWS = 2000
# A row carries the time at which its transaction began: one that commits late is older than
# the version it is missing from.
OVERLAP = timedelta(minutes=10)
# When a slice was read and, after a tilde, what else it depended on then.
VERSION = re.compile(r"(\d{1,13})(?:~([a-z\d.]{0,4000}))?")
CURSOR = re.compile(r"(.{1,4020}):(\d{1,10})")


class SyncCatalogue(models.AbstractModel):
    """What a handheld keeps of the world: slice by slice, and only what changed.

    Nothing of the book is in it, as a blind counter reads all of it.
    """

    _name = "stockex.sync.catalogue"
    _description = "Handheld Catalogue"

    # --- Business ---

    @api.model
    def _serve(self, sent):
        """Give a registered handheld a page of a slice.

        :param sent: the arguments of the call: ``slice``, ``since``, ``after``, ``limit``.
        :raise HandheldRefused: if the handheld is unknown or shut out, or nothing such is there.
        """
        self.env["stockex.sync.device"]._known(sent)
        limit = sent.get("limit", MOST_ROWS)
        if not isinstance(limit, int) or isinstance(limit, bool) or not 0 < limit <= MOST_ROWS:
            raise HandheldRefused(
                self.env._("A page has 1 to %(most)s rows.", most=MOST_ROWS), "invalid"
            )
        words = {name: sent.get(name) for name in ("slice", "since", "after")}
        for name, value in words.items():
            if not isinstance(value, str | None):
                raise HandheldRefused(self.env._("“%(name)s” is no text.", name=name), "invalid")
        return self._page(words["slice"], words["since"], words["after"], limit)

    @api.model
    def _page(self, name, since=None, after=None, limit=MOST_ROWS):
        """Return one page of a slice.

        :param name: one of `SLICES`.
        :param since: the version of the slice that the device has, None if it has none.
        :param after: `next` of the page before.
        :return: ``rows``; ``gone``, ids that left since; ``next``; ``version``, good when
            the last page came; ``total``, how many the whole slice has.
        :raise HandheldRefused: for a slice, version or cursor that is none.
        """
        if name not in SLICES:
            raise HandheldRefused(self.env._("There is no slice “%(name)s”.", name=name), "invalid")
        # sudo: counters read products, lots and places of their counts through this alone.
        catalogue_sudo = self.sudo()
        version, last = catalogue_sudo._position(name, after)
        changed = catalogue_sudo._changed(name, since) if since else []
        query_sudo = getattr(catalogue_sudo, f"_{name}")()
        page = self._cut(query_sudo, changed, last, limit)
        rows = getattr(catalogue_sudo, f"_{name}_rows")(page["records"])
        return {
            "rows": rows,
            "gone": catalogue_sudo._gone(name, since, changed) if since and not after else [],
            "next": f"{version}:{page['records'].ids[-1]}" if page["more"] else None,
            "version": version,
            "total": page["total"],
        }

    # --- Cutting ---

    @api.model
    def _position(self, name, after):
        """Return the version that a device gets with the last page, and the last id it has."""
        if not after:
            now = datetime.now(UTC) - OVERLAP
            return str(int(now.timestamp() * 1000)) + self._condition(name), 0
        match = CURSOR.fullmatch(after)
        if not match or not VERSION.fullmatch(match[1]):
            raise HandheldRefused(
                self.env._("The page after “%(after)s” is none.", after=after), "invalid"
            )
        return match[1], int(match[2])

    @api.model
    def _condition(self, _name):
        """Return what a slice depends on beside its own records, as part of its version."""
        return ""

    @api.model
    def _instant(self, since):
        match = VERSION.fullmatch(since)
        if not match:
            raise HandheldRefused(self.env._("“%(since)s” is no version.", since=since), "invalid")
        return datetime.fromtimestamp(int(match[1]) / 1000, UTC).replace(tzinfo=None)

    @api.model
    def _changed(self, name, since):
        """Return the domain of what a device that has a version must get again."""
        if name == "sessions":
            # How far a count is changes without its own row; there are few of them.
            return []
        changed = [("write_date", ">=", self._instant(since))]
        return ["|", *self._changed_parts(changed), *changed] if name == "products" else changed

    @api.model
    def _changed_parts(self, changed):
        """Return the domain of products whose name, unit or boxes changed: rows of their own.

        Asked for beforehand: as conditions on the parts, each page would join them all.
        """
        templates = self.env["product.template"].with_context(active_test=False)
        boxes = self.env["product.uom"].search(changed, order="id")
        parts = templates.search(changed, order="id").ids, boxes.product_id.ids
        return ["|", ("product_tmpl_id", "in", parts[0]), ("id", "in", parts[1])]

    @api.model
    def _cut(self, query, changed, last, limit):
        """Return the next records of ``(model, domain)`` in the order of their ids."""
        model, domain = query
        found = model.search([*domain, *changed, ("id", ">", last)], order="id", limit=limit + 1)
        return {
            "records": found[:limit],
            "more": len(found) > limit,
            "total": model.search_count(domain),
        }

    @api.model
    def _gone(self, name, _since, changed):
        """Return ids that a device with a version has and should forget.

        :param changed: the domain of what changed since that version: asked for once.
        """
        if name != "products":
            return []
        gone = [
            *changed,
            *("|", ("active", "=", False), ("is_storable", "=", False)),
        ]
        return self.env["product.product"].with_context(active_test=False).search(gone).ids

    # --- Which ---

    @api.model
    def _my_sessions(self):
        """Return the open sessions in which the user counts, or which they control."""
        mine = ["|", ("counter_ids", "in", self.env.uid), ("user_id", "=", self.env.uid)]
        return self.env["stockex.count.session"].search(
            [("state", "=", "counting"), ("company_id", "in", self.env.companies.ids), *mine],
            order="id",
        )

    @api.model
    def _my_zones(self, sessions):
        """Return the zones to count in, for the sessions that give the user some."""
        return sessions.zone_ids.filtered(lambda zone: self.env.user in zone.counter_ids)

    @api.model
    def _my_lines(self):
        """Return the domain of the lines to count: of the user's zones, or of all."""
        sessions = self._my_sessions()
        zones = self._my_zones(sessions)
        whole = sessions - zones.session_id
        return ["|", ("session_id", "in", whole.ids), ("zone_id", "in", zones.ids)]

    def _sessions(self):
        return self.env["stockex.count.session"], [("id", "in", self._my_sessions().ids)]

    def _lines(self):
        return self.env["stockex.count.line"], self._my_lines()

    def _products(self):
        companies = (False, *self.env.companies.ids)
        return self.env["product.product"], [
            ("is_storable", "=", True),
            ("company_id", "in", companies),
        ]

    def _lots(self):
        """Return the lots in the counters' places, expected or not."""
        quants = self.env["stock.quant"]._search(
            [("location_id", "in", self._my_places().ids), ("lot_id", "!=", False)]
        )
        lines = self._on_my_lines("lot_id")
        return self.env["stock.lot"], [
            *("|", ("id", "in", quants.subselect("lot_id")), ("id", "in", lines))
        ]

    def _packages(self):
        places = self._my_places()
        lines = self._on_my_lines("package_id")
        return self.env["stock.package"], [
            *("|", ("id", "in", lines), ("location_id", "in", places.ids))
        ]

    def _on_my_lines(self, name):
        """Return what stands on the lines to count, for the database: each page asks for it."""
        lines = self.env["stockex.count.line"]
        return lines._search([*self._my_lines(), (name, "!=", False)]).subselect(name)

    # --- Rows ---

    def _sessions_rows(self, sessions):
        mine = self._my_zones(sessions)
        return [
            {
                "id": session.id,
                "name": session.name,
                "title": session.title or None,
                "kind": session.kind,
                "state": session.state,
                "controller": session.user_id.name,
                "zones": [
                    {
                        "id": zone.id,
                        "name": zone.name,
                        "mine": zone in mine,
                        "locations": zone.location_ids.ids,
                        "lines": zone.line_count,
                        "counted": zone.counted_count,
                        "done": bool(zone.done_at),
                    }
                    for zone in session.zone_ids
                ],
                "lines": session.line_count,
                "counted": session.counted_count,
            }
            for session in sessions
        ]

    def _lines_rows(self, lines):
        return lines._read_for_handheld()

    def _lots_rows(self, lots):
        return [
            {
                "id": lot.id,
                "product": lot.product_id.id,
                "name": lot.name,
                "expires": fields.Datetime.to_string(lot.expiration_date) or None,
            }
            for lot in lots
        ]

    def _packages_rows(self, packages):
        return [
            {
                "id": package.id,
                "name": package.name,
                "location": package.location_id.id or None,
            }
            for package in packages
        ]
