from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...exceptions import CountRefused
from .race import begin_again_if_taken

KEY_FIELDS = ("product_id", "location_id", "lot_id", "package_id", "owner_id")
LINE_COLUMNS = (*KEY_FIELDS, "zone_id", "unit_cost")


class CountLocator(models.AbstractModel):
    """Finds the line that an entry is about, or makes one for an unexpected find.

    Called as superuser by `_record_entries`, which checked the person: counters may read
    neither lots and packages nor what the book says of a line.
    """

    _name = "stockex.count.locator"
    _description = "Count Line Finding"

    # --- Business ---

    @api.model
    def _lines_for(self, session, items):
        """Return the line of each item, in the order of the items."""
        by_id = self._lines_by_id(session, items)
        keys = [self._item_key(item) for item in items if not item.get("line_id")]
        by_key = self._lines_by_key(session, keys)
        missing = list(dict.fromkeys(key for key in keys if key not in by_key))
        if missing:
            self._check_new(session, missing, items)
            zones = session.zone_ids._zone_of_locations([key[1] for key in missing])
            vals_list = [self._line_vals(session, key, missing, zones) for key in missing]
            with begin_again_if_taken():
                created = self._insert_lines(vals_list)
            by_key.update(zip(missing, created, strict=True))
        return [
            by_id[item["line_id"]] if item.get("line_id") else by_key[self._item_key(item)]
            for item in items
        ]

    @api.model
    def _item_key(self, item):
        return tuple(item.get(name) or False for name in KEY_FIELDS)

    @api.model
    def _lines_by_id(self, session, items):
        ids = [item["line_id"] for item in items if item.get("line_id")]
        lines = self.env["stockex.count.line"].browse(ids).exists()
        own = lines.filtered(lambda line: line.session_id == session)
        if set(ids) - set(own.ids):
            text = self.env._(
                "One of the lines is not in “%(session)s”: reload the list.",
                session=session.display_name,
            )
            foreign = set(ids) - set(own.ids)
            wrong = {item["uuid"]: text for item in items if item.get("line_id") in foreign}
            raise CountRefused(text, wrong)
        return {line.id: line for line in own}

    @api.model
    def _lines_by_key(self, session, keys):
        if not keys:
            return {}
        found = self.env["stockex.count.line"].search(
            [
                ("session_id", "=", session.id),
                ("product_id", "in", [key[0] for key in keys]),
                ("location_id", "in", [key[1] for key in keys]),
            ]
        )
        return {line._key_of(): line for line in found}

    @api.model
    def _check_new(self, session, keys, items):
        """Refuse keys that cannot be in this session, with every item that has one of them."""
        try:
            self._check_keys(session, keys)
        except CountRefused as refused:
            wrong = {key: self._key_fault(session, key) for key in keys}
            faults = {
                item["uuid"]: wrong[self._item_key(item)]
                for item in items
                if not item.get("line_id") and wrong.get(self._item_key(item))
            }
            raise CountRefused(str(refused), faults) from refused

    @api.model
    def _key_fault(self, session, key):
        """Return why one key cannot be in this session; empty if it can."""
        try:
            self._check_keys(session, [key])
        except CountRefused as refused:
            return str(refused)
        return ""

    @api.model
    def _called(self, record):
        """Name a record to who counts; what another company has is told by its number only."""
        if record.company_id and record.company_id not in self.env.companies:
            return record.id
        return record.display_name

    @api.model
    def _check_keys(self, session, keys):
        """Refuse products, places and lots that cannot be in this session."""
        columns = {
            name: {key[index] for key in keys if key[index]}
            for index, name in enumerate(KEY_FIELDS)
        }
        products = self.env["product.product"].browse(columns["product_id"]).exists()
        if len(products) != len(columns["product_id"]) or any(not key[0] for key in keys):
            raise CountRefused(self.env._("An entry names no product, or one that is gone."))
        for product in products:
            self._check_product(session, product)
        if any(not key[1] for key in keys):
            raise CountRefused(
                self.env._(
                    "“%(product)s”: say in which location you found it.",
                    product=products[0].display_name,
                )
            )
        self._check_locations(session, columns["location_id"])
        self._check_lots(session, keys)
        self._check_packages(session, keys)
        owners = self.env["res.partner"].browse(columns["owner_id"])
        ours = (session.company_id, session.company_id.browse())
        if owners != owners.exists().filtered(lambda owner: owner.company_id in ours):
            raise CountRefused(self.env._("An entry names an owner that is gone."))

    @api.model
    def _check_locations(self, session, location_ids):
        locations = self.env["stock.location"].browse(location_ids)
        outside = locations - self.env["stockex.count.build"]._locations(session)
        if outside:
            raise CountRefused(
                self.env._(
                    "“%(location)s” is not part of “%(session)s”.",
                    location=self._called(outside.exists()[:1]) or outside[0].id,
                    session=session.display_name,
                )
            )

    @api.model
    def _check_packages(self, session, keys):
        """Refuse packages that are gone, another company's or in another place."""
        packages = self.env["stock.package"].browse({key[3] for key in keys if key[3]})
        known = {package.id: package for package in packages.exists()}
        for key in keys:
            package = known.get(key[3])
            if key[3] and (
                not package
                or (package.company_id and package.company_id != session.company_id)
                or (package.location_id and package.location_id.id != key[1])
            ):
                raise CountRefused(
                    self.env._(
                        "“%(package)s” is not a package of that location: count its "
                        "contents as loose, or scan the right location.",
                        package=self._called(package) if package else key[3],
                    )
                )

    @api.model
    def _check_product(self, session, product):
        if not product.active:
            reason = self.env._(
                "“%(product)s” is archived: unarchive it before counting it.",
                product=product.display_name,
            )
        elif not product.is_storable:
            reason = self.env._(
                "“%(product)s” is not kept in stock: tick “Track Inventory” on it first.",
                product=product.display_name,
            )
        elif product.company_id and product.company_id != session.company_id:
            reason = self.env._(
                "“%(product)s” belongs to another company than “%(session)s”.",
                product=self._called(product),
                session=session.display_name,
            )
        else:
            return
        raise CountRefused(reason)

    @api.model
    def _check_lots(self, session, keys):
        lots = self.env["stock.lot"].browse([key[2] for key in keys if key[2]])
        by_id = {lot.id: lot for lot in lots.exists()}
        for key in keys:
            lot = by_id.get(key[2])
            if key[2] and (not lot or lot.product_id.id != key[0]):
                raise CountRefused(self.env._("A lot or serial number belongs to another product."))
            if lot and lot.company_id and lot.company_id != session.company_id:
                raise CountRefused(
                    self.env._(
                        "“%(lot)s” belongs to another company than “%(session)s”.",
                        lot=self._called(lot),
                        session=session.display_name,
                    )
                )

    @api.model
    def _line_vals(self, session, key, keys, zones):
        """Return the values of the line for one of several new keys."""
        company = session.company_id
        product = self.env["product.product"].browse(key[0]).with_company(company)
        product = product.with_prefetch([other[0] for other in keys])
        lot = self.env["stock.lot"].browse(key[2] or []).with_company(company)
        lot = lot.with_prefetch([other[2] for other in keys if other[2]])
        owned = not key[4] or key[4] == company.partner_id.id
        cost = lot.standard_price if lot and product.lot_valuated else product.standard_price
        return {
            **dict(zip(KEY_FIELDS, key, strict=True)),
            "session_id": session.id,
            "company_id": company.id,
            "zone_id": zones.get(key[1]),
            "is_unexpected": session.kind != "initial",
            "unit_cost": cost if owned else 0.0,
        }

    @api.model
    def _insert_lines(self, vals_list):
        """Store new lines by one statement; the ORM takes twenty times as long."""
        lines = self.env["stockex.count.line"]
        columns = [[vals[name] or None for vals in vals_list] for name in LINE_COLUMNS]
        first = vals_list[0]
        found = self.env.execute_query(
            SQL(
                """INSERT INTO stockex_count_line (
                        session_id, company_id, sequence, state, recount, recount_round,
                        out_of_tolerance, is_unexpected, product_id, location_id, lot_id,
                        package_id, owner_id, zone_id, unit_cost,
                        create_uid, create_date, write_uid, write_date)
                   SELECT %(session)s, %(company)s, 0, 'pending', FALSE, 0, FALSE,
                          %(unexpected)s, t.product_id, t.location_id, t.lot_id,
                          t.package_id, t.owner_id, t.zone_id, COALESCE(t.unit_cost, 0),
                          %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM unnest(%(columns)s)
                          AS t(product_id, location_id, lot_id, package_id, owner_id, zone_id,
                               unit_cost)
                RETURNING id, product_id, location_id, lot_id, package_id, owner_id""",
                session=first["session_id"],
                company=first["company_id"],
                unexpected=first["is_unexpected"],
                uid=self.env.uid,
                columns=SQL(
                    "%s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::float[]",
                    *columns,
                ),
            )
        )
        ids = {tuple(value or False for value in key): line for line, *key in found}
        lines.session_id.browse(first["session_id"]).invalidate_recordset()
        keys = [tuple(vals[name] or False for name in KEY_FIELDS) for vals in vals_list]
        return lines.browse([ids[key] for key in keys])

    @api.model
    def _lot(self, session, product, name, create=False):
        """Return the lot of a product by its number.

        :raise UserError: if it is unknown and may not be made.
        """
        lots = self.env["stock.lot"]
        company = session.company_id
        lot = lots.search(
            [
                ("product_id", "=", product.id),
                ("name", "=", name),
                ("company_id", "in", (False, company.id)),
            ],
            limit=1,
        )
        if not lot and create:
            lot = lots.create({"product_id": product.id, "name": name, "company_id": company.id})
        if not lot:
            raise UserError(
                self.env._(
                    "“%(lot)s” is not a lot or serial number of “%(product)s”.",
                    lot=name,
                    product=product.display_name,
                )
            )
        return lot
