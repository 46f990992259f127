from odoo import api, models

# What is made in bulk needs no note in its chatter that it was made.
QUIET = {"tracking_disable": True, "mail_create_nolog": True}


class ImportCreating(models.AbstractModel):
    """Makes the products, locations and lots that rows name and nobody has yet.

    Only the import itself calls it, never the check; as superuser, after the import
    checked the person and the options that allow it.
    """

    _name = "stockex.import.creating"
    _description = "Creating what Rows Name"

    # --- Business ---

    @api.model
    def _create_missing(self, record, rows):
        """Fill in the ids of what the rows create; an earlier chunk may have made it."""
        self._products(record, [row for row in rows if "product" in row["creates"]])
        self._locations(record, [row for row in rows if "location" in row["creates"]])
        self._lots(record, [row for row in rows if "lot" in row["creates"]])

    @api.model
    def _products(self, record, rows):
        if not rows:
            return
        finder = self.env["stockex.import.products"]
        index = finder._index(rows)
        missing, made = {}, {}
        for row in rows:
            name = row["creates"]["product"]
            product, _unit, _fault = finder._find(index, row["values"], record.company_id)
            if product:
                made[name] = product
            else:
                # What one row leaves out, another may say.
                first = missing.setdefault(name, {**row, "values": {}})
                first["values"] = row["values"] | first["values"]
        products = self.env["product.product"].with_context(**QUIET)
        units = self.env["stockex.import.goods"]._units()
        categories = self._categories(list(missing.values()))
        created = products.with_company(record.company_id).create(
            [self._prepare_product(row, units, categories) for row in missing.values()]
        )
        made.update(zip(missing, created, strict=True))
        for row in rows:
            row["product_id"] = made[row["creates"]["product"]].id

    @api.model
    def _prepare_product(self, row, units, categories):
        values = row["values"]
        text = row["creates"]["product"]
        barcode = values.get("barcode")
        # Rows by barcode alone share the code that another row gives, maybe further down.
        code = values.get("code") or (barcode and barcode != text and text)
        vals = {
            "name": values.get("name") or text,
            "default_code": code or False,
            "barcode": barcode or False,
            "is_storable": True,
            "tracking": "lot" if values.get("lot") else "none",
            "standard_price": values.get("cost") or 0.0,
        }
        if values.get("uom"):
            goods = self.env["stockex.import.goods"]
            vals["uom_id"] = goods._unit({"units": units}, values["uom"]).id
        if values.get("category"):
            vals["categ_id"] = categories[values["category"].casefold()]
        return vals

    @api.model
    def _categories(self, rows):
        """Return {name in lower case: category id}, with those that the rows name."""
        found = self.env["stockex.import.goods"]._categories()
        for row in rows:
            name = row["values"].get("category")
            if name and name.casefold() not in found:
                category = self.env["product.category"].create({"name": name})
                found[name.casefold()] = category.id
        return found

    @api.model
    def _locations(self, record, rows):
        """Make the locations and those above them; the session then covers them, too."""
        if not rows:
            return
        by_name = {}
        stocks = (
            self.env["stock.warehouse"]
            .search([("company_id", "=", record.company_id.id)])
            .lot_stock_id
        )
        for name in {row["creates"]["location"] for row in rows}:
            stock = next(one for one in stocks if name.startswith(f"{one.complete_name}/"))
            by_name[name] = self._location(stock, name[len(stock.complete_name) + 1 :].split("/"))
        session = record.session_id
        claimed = self.env["stockex.count.claim"].search([("session_id", "=", session.id)])
        made = self.env["stock.location"].union(*by_name.values())
        unclaimed = made - claimed.location_id
        if unclaimed and not session.allow_overlap:
            self.env["stockex.count.build"]._claim(session, unclaimed)
        for row in rows:
            row["location_id"] = by_name[row["creates"]["location"]].id

    @api.model
    def _location(self, parent, names):
        """Return the location below a parent along some names; make what is missing."""
        locations = self.env["stock.location"]
        for name in names:
            found = locations.search(
                [("location_id", "=", parent.id), ("name", "=ilike", _literal(name))], limit=1
            )
            parent = found or locations.create(
                {
                    "name": name,
                    "location_id": parent.id,
                    "usage": "internal",
                    "company_id": parent.company_id.id,
                }
            )
        return parent

    @api.model
    def _lots(self, record, rows):
        if not rows:
            return
        lots = self.env["stock.lot"].with_context(**QUIET)
        found = self.env["stockex.import.goods"]._lots(
            {row["creates"]["lot"] for row in rows}, record.company_id
        )
        missing = {}
        for row in rows:
            name = row["creates"]["lot"]
            if row["product_id"] not in found[name]:
                missing.setdefault((row["product_id"], name), row)
        created = lots.create(
            [self._prepare_lot(record, *key, row) for key, row in missing.items()]
        )
        for (product, name), lot in zip(missing, created, strict=True):
            found[name][product] = lot.id
        for row in rows:
            row["lot_id"] = found[row["creates"]["lot"]][row["product_id"]]

    @api.model
    def _prepare_lot(self, record, product_id, name, row):
        vals = {"name": name, "product_id": product_id, "company_id": record.company_id.id}
        product = self.env["product.product"].browse(product_id)
        if row["values"].get("expiry") and product.use_expiration_date:
            vals["expiration_date"] = row["values"]["expiry"]
        return vals


def _literal(text):
    """Escape what `=ilike` takes for a wildcard."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
