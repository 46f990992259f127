from datetime import UTC, datetime, time
from json import dumps
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL

from ..counting.count_checker import CLOCK_SKEW

RESOLVE_CHUNK = 2_000
COLUMNS = {
    "id": "int[]",
    "state": "text[]",
    "code": "text[]",
    "faults": "text[]",
    "key": "text[]",
    "serial_key": "text[]",
    "creates": "text[]",
    "product_id": "int[]",
    "location_id": "int[]",
    "lot_id": "int[]",
    "package_id": "int[]",
    "owner_id": "int[]",
    "reason_id": "int[]",
    "quantity": "numeric[]",
    "counted_at": "timestamp[]",
}
JSON = ("faults", "creates")


class ImportResolver(models.AbstractModel):
    """Says what staged rows mean in the session: products, places, lots, quantities.

    Called as superuser by the import, which checked the person; no query is per row.
    """

    _name = "stockex.import.resolver"
    _description = "Row Resolving"

    # --- Business ---

    @api.model
    def _resolve_next(self, record):
        """Resolve the next rows of an import.

        :return: number of rows resolved; 0 if none was left.
        """
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT id, number, values FROM stockex_import_row
                    WHERE import_id = %s AND state = 'new' ORDER BY number LIMIT %s""",
                record.id,
                RESOLVE_CHUNK,
            )
        )
        if rows:
            context = self._context(record, rows)
            self._write([self._resolved(context, row) for row in rows])
        return len(rows)

    @api.model
    def _context(self, record, rows):
        session = record.session_id
        zone = self.env.context.get("tz") or self.env.user.tz or "UTC"
        return {
            "record": record,
            "session": session,
            "company": session.company_id,
            "products": self.env["stockex.import.products"]._index(rows),
            "places": self.env["stockex.import.places"]._index(session, rows),
            "goods": self.env["stockex.import.goods"]._index(session, rows),
            "digits": self.env["decimal.precision"].precision_get("Product Unit"),
            "zone": ZoneInfo(zone),
            "now": fields.Datetime.now(),
        }

    @api.model
    def _resolved(self, context, row):
        """Return the columns of a row: what it means, or its faults."""
        values, faults = row["values"], []
        found = {"id": row["id"], "creates": {}}
        product = self._product(context, values, found, faults)
        self._place(context, values, found, faults)
        self._owner(context, values, found, faults)
        self._people(context, values, found, faults)
        if product is not None:
            self._lot(context, values, found, faults, product)
            self.env["stockex.import.measuring"]._measure(context, values, found, faults, product)
        self._package(context, values, found, faults)
        if faults:
            return {
                "id": row["id"],
                "state": "refused",
                "code": faults[0]["code"],
                "faults": faults,
            }
        return {**found, "state": "ok", **self._keys(values, found, product)}

    @api.model
    def _product(self, context, values, found, faults):
        """Find the product; a dict like one stands for a product to be created.

        :return: None if there is none and none will be.
        """
        finder = self.env["stockex.import.products"]
        product, unit, fault = finder._find(context["products"], values, context["company"])
        text = values.get("code") or values.get("barcode") or values.get("name")
        if fault:
            faults.append(fault)
            return None
        if product:
            found["product_id"] = product.id
            return {
                "id": product.id,
                "name": product.display_name if faults else product.name,
                "tracking": product.tracking,
                "uom": product.uom_id,
                "unit": unit,
            }
        if not context["record"].create_products:
            faults.append({"code": "product_unknown", "value": text})
            return None
        category = values.get("category")
        if category and category.casefold() not in context["goods"]["categories"]:
            found["creates"]["category"] = category
        found["creates"]["product"] = text
        return {
            "id": False,
            "name": values.get("name") or text,
            "tracking": "lot" if values.get("lot") else "none",
            "uom": None,
            "unit": None,
        }

    @api.model
    def _place(self, context, values, found, faults):
        finder = self.env["stockex.import.places"]
        create = context["record"].create_locations
        location, new, fault = finder._find(context["places"], values, create)
        if fault:
            faults.append(fault)
        if new:
            found["creates"]["location"] = new
        found["location_id"] = location or None

    @api.model
    def _lot(self, context, values, found, faults, product):
        name = values.get("lot")
        if not name:
            return
        if product["tracking"] == "none":
            faults.append({"code": "lot_untracked", "value": name, "product": product["name"]})
            return
        known = context["goods"]["lots"].get(name, {})
        found["lot_id"] = known.get(product["id"])
        if found["lot_id"]:
            return
        if context["record"].create_lots:
            found["creates"]["lot"] = name
            return
        code = "lot_other_product" if known else "lot_unknown"
        faults.append({"code": code, "value": name, "product": product["name"]})

    @api.model
    def _package(self, context, values, found, faults):
        name = values.get("package")
        if not name:
            return
        named = context["goods"]["packages"].get(name, [])
        place = found.get("location_id")
        packages = [one for one in named if one.location_id and one.location_id.id == place]
        packages = packages or [one for one in named if not one.location_id]
        if len(packages) == 1:
            found["package_id"] = packages[0].id
        elif packages:
            faults.append({"code": "package_ambiguous", "value": name})
        else:
            code = "package_elsewhere" if named else "package_unknown"
            faults.append({"code": code, "value": name})

    @api.model
    def _owner(self, context, values, found, faults):
        name = values.get("owner")
        if not name:
            return
        owners = context["goods"]["owners"].get(name, [])
        if len(owners) == 1:
            found["owner_id"] = owners[0].id
        else:
            code = "owner_ambiguous" if owners else "owner_unknown"
            faults.append({"code": code, "value": name})

    @api.model
    def _people(self, context, values, found, faults):
        goods, session = context["goods"], context["session"]
        reason, counter = values.get("reason"), values.get("counted_by")
        if reason:
            found["reason_id"] = goods["reasons"].get(reason.casefold())
            if not found["reason_id"]:
                faults.append({"code": "reason_unknown", "value": reason})
        # Our own export names everybody who counted a line.
        for name in counter.split(", ") if counter else ():
            if name.casefold() not in goods["counters"]:
                fault = {"code": "counter_unknown", "value": name}
                faults.append({**fault, "session": session.display_name})
        # An opening stock is what is there now, whenever somebody wrote it down.
        if values.get("counted_at") and session.kind != "initial":
            self._instant(context, values["counted_at"], found, faults)

    @api.model
    def _instant(self, context, text, found, faults):
        at = datetime.fromisoformat(text)
        local = at if at.tzinfo else at.replace(tzinfo=context["zone"])
        at = local.astimezone(UTC).replace(tzinfo=None)
        started = context["session"].started_at or context["now"]
        if (
            local.time() == time()
            and local.date() == started.replace(tzinfo=UTC).astimezone(context["zone"]).date()
        ):
            return  # a day without a time: the day on which counting began
        if at > context["now"] + CLOCK_SKEW:
            faults.append({"code": "in_the_future", "value": text})
        elif at < started - CLOCK_SKEW:
            faults.append({"code": "before_start", "value": text})
        found["counted_at"] = at

    @api.model
    def _keys(self, values, found, product):
        """Return what tells rows of the same goods, and of the same serial number."""
        creates = found["creates"]
        goods = product["id"] or f"+{creates['product']}"
        lot = found.get("lot_id") or (f"+{creates['lot']}" if "lot" in creates else 0)
        place = found["location_id"] or f"+{creates['location'].casefold()}"
        more = [found.get("package_id") or 0, found.get("owner_id") or 0]
        return {
            "key": "|".join(map(str, [goods, place, lot, *more])),
            "serial_key": f"{goods}|{lot}" if found.get("is_serial") else None,
            "creates": creates or None,
        }

    @api.model
    def _write(self, rows):
        columns = {
            name: [
                (dumps(row[name]) if name in JSON else row[name])
                if row.get(name) is not None
                else None
                for row in rows
            ]
            for name in COLUMNS
        }
        names = [name for name in COLUMNS if name != "id"]
        self.env.execute_query(
            SQL(
                "UPDATE stockex_import_row r SET %s FROM unnest(%s) AS t(%s)"
                # The second condition, or PostgreSQL reads the whole table for each chunk.
                " WHERE r.id = t.id AND r.id = ANY(%s) RETURNING r.id",
                SQL(", ").join(
                    SQL("%s = t.%s", SQL.identifier(name), SQL.identifier(name))
                    if name not in JSON
                    else SQL("%s = t.%s::jsonb", SQL.identifier(name), SQL.identifier(name))
                    for name in names
                ),
                SQL(", ").join(SQL("%s::" + kind, columns[name]) for name, kind in COLUMNS.items()),
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                columns["id"],
            )
        )
