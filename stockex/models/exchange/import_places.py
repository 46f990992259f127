from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


class ImportPlaces(models.AbstractModel):
    """Finds the locations that rows name: by barcode, full name, or a name that is unique."""

    _name = "stockex.import.places"
    _description = "Location Finding"

    # --- Business ---

    @api.model
    def _index(self, session, rows):
        """Read what some rows may mean with their places, in three queries for all."""
        inside = self.env["stockex.count.build"]._locations(session)
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "=", session.company_id.id)]
        )
        roots = session._scope_roots()
        covered = warehouses.filtered(
            lambda house: any(
                house.lot_stock_id.parent_path.startswith(root.parent_path) for root in roots
            )
        )
        index = {
            "inside": set(inside.ids),
            "only": inside.id if len(inside) == 1 else False,
            "warehouses": {
                text.casefold(): house for house in warehouses for text in (house.name, house.code)
            },
            "own": covered if len(covered) == 1 else warehouses.browse(),
            "covered": covered,
            "session": session.display_name,
        }
        texts = set()
        for row in rows:
            texts.update(self._texts(index, row["values"]))
        index["found"] = self._read(session, texts)
        return index

    @api.model
    def _read(self, session, texts):
        """Return {text in lower case: locations whose barcode, full name or name it is}.

        Those that hold no stock are read, too: their names are taken.
        """
        self.env["stock.location"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id, parent_path, lower(barcode), lower(complete_name), lower(name)
                     FROM stock_location
                    WHERE company_id = %(company)s AND active
                      AND (lower(barcode) = ANY(%(texts)s)
                           OR lower(complete_name) = ANY(%(texts)s)
                           OR lower(name) = ANY(%(texts)s))""",
                company=session.company_id.id,
                texts=[text.lower() for text in texts],
            )
        )
        found = {name: defaultdict(list) for name in ("barcode", "complete_name", "name")}
        for location, path, *names in rows:
            for name, text in zip(found, names, strict=True):
                found[name][text].append((location, path))
        return found

    @api.model
    def _texts(self, index, values):
        """Return the texts by which the place of a row may be known, the best first."""
        house = self._warehouse(index, values)
        parts = [values[name] for name in ("location", "aisle", "rack") if values.get(name)]
        texts = ["/".join(parts)] if parts else []
        if house:
            full = "/".join([house.lot_stock_id.complete_name, *parts])
            texts.insert(0 if values.get("warehouse") else 1, full)
        return texts

    @api.model
    def _warehouse(self, index, values):
        text = values.get("warehouse")
        if text:
            return index["warehouses"].get(text.casefold())
        return index["own"] or None

    @api.model
    def _find(self, index, values, create):
        """Find the place of a row.

        :return: (location id, full name of the location to create, fault).
        """
        if values.get("warehouse") and not self._warehouse(index, values):
            return False, None, {"code": "warehouse_unknown", "value": values["warehouse"]}
        names = [values[name] for name in ("location", "aisle", "rack") if values.get(name)]
        if not names and not values.get("warehouse"):
            if index["only"]:
                return index["only"], None, None
            return False, None, {"code": "location_missing"}
        shown = "/".join(names) or values["warehouse"]
        named = values.get("warehouse") and self._warehouse(index, values)
        location, fault = self._known(index, self._texts(index, values), named)
        if location or fault:
            return location, None, fault and {**fault, "value": shown}
        if not create:
            return False, None, {"code": "location_unknown", "value": shown}
        return self._to_create(index, values, names)

    @api.model
    def _known(self, index, texts, named):
        """Return (location, fault); of a warehouse that the row names only its own count."""
        above = named.view_location_id.parent_path if named else ""
        scope = named.name if named else index["session"]
        for text in texts:
            for name in ("barcode", "complete_name", "name"):
                found = index["found"][name].get(text.lower(), [])
                own = [
                    location
                    for location, path in found
                    if location in index["inside"] and path.startswith(above)
                ]
                if len(own) == 1:
                    return own[0], None
                if len(own) > 1:
                    return False, {"code": "location_ambiguous"}
                # Another warehouse may have a bin of the same name.
                if found and name != "name":
                    return False, {"code": "location_outside", "session": scope}
        elsewhere = any(
            path.startswith(above)
            for text in texts
            for _location, path in index["found"]["name"].get(text.lower(), [])
        )
        if elsewhere:
            return False, {"code": "location_outside", "session": index["session"]}
        return False, None

    @api.model
    def _to_create(self, index, values, names):
        shown = "/".join(names)
        house, fault = self._house(index, values, shown)
        if fault:
            return False, None, {**fault, "value": shown}
        stock = house.lot_stock_id.complete_name
        if shown.casefold().startswith(f"{stock.casefold()}/"):
            shown = shown[len(stock) + 1 :]
        parts = [part.strip() for part in shown.split("/")]
        if not all(parts):
            return False, None, {"code": "location_name_bad", "value": shown}
        return False, "/".join([stock, *parts]), None

    @api.model
    def _house(self, index, values, shown):
        """Return (warehouse in which a location is to be created, fault).

        A full name says it, then the row, then the session if it has but one.
        """
        house = self._warehouse(index, values)
        written = next(
            (
                one
                for one in index["warehouses"].values()
                if shown.casefold().startswith(f"{one.lot_stock_id.complete_name.casefold()}/")
            ),
            None,
        )
        if written and values.get("warehouse") and written != house:
            return None, {"code": "location_outside", "session": house.name}
        house = written or house
        if not house and len(index["covered"]) > 1:
            return None, {"code": "warehouse_missing"}
        if not house or house not in index["covered"]:
            return None, {"code": "location_outside", "session": index["session"]}
        return house, None
