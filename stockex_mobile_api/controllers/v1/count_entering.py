from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ...pure.v1 import count_lines as shapes
from .counts import COUNTS
from .reader import Reader
from .resource import Resource, domain_of, naive, parts_of
from .routing import api

NAMES = {"user": "user_id", "unit": "uom_id"}
ENTRIES = Reader(
    "stockex.count.entry",
    shapes.Entry,
    NAMES,
    computed={"line_id": lambda entries: {entry.id: entry.line_id.id for entry in entries}},
)
FILTERS = {"line_id": ("line_id", "="), "user_id": ("user_id", "="), "live": ("is_live", "=")}
IDS = ("line_id", "product_id", "location_id", "lot_id", "package_id", "owner_id")
TAG = "Count lines"


class CountEntering(Resource, http.Controller):
    @api(
        *("GET", "/counts/{count_id}/entries"),
        summary="List who counted what, when",
        description="Counters see their own.",
        tag=TAG,
        scope="counts:read",
        query=shapes.EntryQuery,
        response=shapes.EntryPage,
    )
    def list_count_entries(self, count_id, query):
        count = COUNTS.find(request.env, count_id)
        domain = [("session_id", "=", count.id), *domain_of(query, FILTERS)]
        return ENTRIES.page(request.env, query, domain)

    @api(
        *("POST", "/counts/{count_id}/entries"),
        summary="Send what was counted",
        description="Up to 1,000 entries; each is taken or refused by itself, and one that "
        "was sent before counts once.",
        tag=TAG,
        scope="counts:write",
        body=shapes.EntryBatch,
        response=shapes.EntryResults,
    )
    def create_count_entries(self, count_id, body):
        count = COUNTS.find(request.env, count_id)
        # Who may not count at all, or where nothing is counted, is told once.
        count._check_counter()
        count._check_counting()
        results = self._record(count, list(body.entries))
        return {"results": [results[number] for number in range(len(body.entries))]}

    def _record(self, count, items):
        """Record all at once if all can be; else without the ones that cannot.

        :return: {number in the batch: result}.
        """
        own, foreign = count._known_entries([item.uuid for item in items])
        results, fresh = {}, {}
        for number, item in enumerate(items):
            if item.uuid in foreign:
                detail = request.env._("This uuid belongs to something else. Take a new one.")
                results[number] = {"uuid": item.uuid, "status": "refused", "detail": detail}
            elif item.uuid in own or item.uuid in fresh:
                results[number] = {"uuid": item.uuid, "status": "duplicate"}
            else:
                fresh[item.uuid] = (number, item)
        return results | self._record_part(count, list(fresh.values()))

    def _record_part(self, count, numbered):
        if not numbered:
            return {}
        try:
            with request.env.cr.savepoint():
                count._record_entries([_entry(item) for _number, item in numbered])
        except (UserError, AccessError) as error:
            return self._record_without(count, numbered, error)
        shown = count._read_entered([item.uuid for _number, item in numbered])
        return {
            number: {"uuid": item.uuid, "status": "recorded", **shown[item.uuid]}
            for number, item in numbered
        }

    def _record_without(self, count, numbered, error):
        """Refuse the entries that a batch failed for, and record the others."""
        if len(numbered) == 1:
            faults = {numbered[0][1].uuid: str(error)}
        else:
            faults = getattr(error, "faults", {})
        results = {
            number: {"uuid": item.uuid, "status": "refused", "detail": faults[item.uuid]}
            for number, item in numbered
            if item.uuid in faults
        }
        rest = [one for one in numbered if one[0] not in results]
        for part in [rest] if results else parts_of(rest):
            results |= self._record_part(count, part)
        return results

    @api(
        *("POST", "/counts/{count_id}/scan"),
        summary="Scan a code",
        description="Any barcode or GS1 string: a location says where to count, a product, "
        "packaging, lot or serial number is counted.",
        tag=TAG,
        scope="counts:write",
        body=shapes.Scan,
        response=shapes.ScanResult,
        refusals={404: "No such count, or a code that stands for nothing known here."},
    )
    def scan_count(self, count_id, body):
        count = COUNTS.find(request.env, count_id)
        found = count.action_scan(body.barcode, body.location_id or False)
        if found["type"] == "location":
            place = {"id": found["location_id"], "name": found["name"]}
            return {"type": "location", "location": place}
        return {
            "type": "line",
            "line": {"id": found["line_id"], "name": found["product"]},
            "product": found["product"],
            "lot": found["lot"] or None,
            "counted_quantity": found["counted"],
            "unit": found["uom"],
            "is_unexpected": found["unexpected"],
        }


def _entry(item):
    found = {name: getattr(item, name) for name in IDS if getattr(item, name)}
    found |= {"uuid": item.uuid, "quantity": item.quantity, "mode": item.mode}
    if item.unit_id:
        found["uom_id"] = item.unit_id
    if item.counted_at:
        found["counted_at"] = naive(item.counted_at)
    return found | {"device": item.device or "api"}
