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
        """Return {text in lower case: locations whose barcode, full name or name it is}."""
        self.env["stock.location"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id, lower(barcode), lower(complete_name), lower(name)
                     FROM stock_location
                    WHERE company_id = %(company)s AND active
                      AND usage IN ('internal', 'transit')
                      AND (lower(barcode) = ANY(%(texts)s)
                           OR lower(complete_name) = ANY(%(texts)s)
                           OR lower(name) = ANY(%(texts)s))""",
                company=session.company_id.id,
                texts=[text.lower() for text in texts],
            )
        )
        found = {name: defaultdict(list) for name in ("barcode", "complete_name", "name")}
        for location, *names in rows:
            for name, text in zip(found, names, strict=True):
                found[name][text].append(location)
        return found

    @api.model
    def _texts(self, index, values):
        """Return the texts by which the place of a row may be known, the best first."""
        house = self._warehouse(index, values)
        parts = [values[name] for name in ("location", "aisle", "rack") if values.get(name)]
        texts = ["/".join(parts)] if parts else []
        if house:
            stock = house.lot_stock_id.complete_name
            texts.insert(0, "/".join([stock, *parts]))
            if parts:
                texts.insert(0, "/".join(parts))
        return list(dict.fromkeys(texts))

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
        location, fault = self._known(index, self._texts(index, values))
        if location or fault:
            return location, None, fault and {**fault, "value": shown}
        if not create:
            return False, None, {"code": "location_unknown", "value": shown}
        return self._to_create(index, values, names)

    @api.model
    def _known(self, index, texts):
        for text in texts:
            for name in ("barcode", "complete_name", "name"):
                found = index["found"][name].get(text.lower(), [])
                own = [location for location in found if location in index["inside"]]
                if len(own) == 1:
                    return own[0], None
                if len(own) > 1:
                    return False, {"code": "location_ambiguous"}
                # Another warehouse may have a bin of the same name.
                if found and name != "name":
                    return False, {"code": "location_outside", "session": index["session"]}
        elsewhere = any(index["found"]["name"].get(text.lower()) for text in texts)
        if elsewhere:
            return False, {"code": "location_outside", "session": index["session"]}
        return False, None

    @api.model
    def _to_create(self, index, values, names):
        house = self._warehouse(index, values) or index["covered"][:1]
        shown = "/".join(names)
        if not house or house not in index["covered"]:
            fault = {"code": "location_outside", "value": shown, "session": index["session"]}
            return False, None, fault
        stock = house.lot_stock_id.complete_name
        if shown.casefold().startswith(f"{stock.casefold()}/"):
            shown = shown[len(stock) + 1 :]
        parts = [part.strip() for part in shown.split("/")]
        if not all(parts):
            return False, None, {"code": "location_name_bad", "value": shown}
        return False, "/".join([stock, *parts]), None
