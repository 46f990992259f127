from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiPlaces(ApiCase):
    roles = ("karim", "carla")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = cls.env["stockex.region"].create({"name": "South", "code": "S"})
        cls.warehouse.stockex_region_id = cls.region
        cls.depot = cls.env["stock.warehouse"].create(
            {
                "name": "Depot",
                "code": "DEP",
                "company_id": cls.company.id,
                "stockex_parent_id": cls.warehouse.id,
            }
        )
        cls.shelf = cls.make_bin("Shelf", cls.bin_a)

    def setUp(self):
        super().setUp()
        self.reader = self.key(self.carla, "locations:read")

    def link(self, record):
        return {"id": record.id, "name": record.display_name}

    def moment(self, value):
        return value.replace(microsecond=0).isoformat() + "Z"

    def found(self, path, **params):
        return [one["id"] for one in self.walk(path, self.reader, **params)]

    def test_a_location_is_shown_with_what_is_around_it(self):
        for user in (self.carla, self.karim):
            shown = self.get(f"/locations/{self.shelf.id}", self.key(user, "locations:read"))

            self.assertEqual(
                shown,
                {
                    "id": self.shelf.id,
                    "name": "Shelf",
                    "full_name": self.shelf.complete_name,
                    "barcode": self.shelf.barcode,
                    "usage": "internal",
                    "parent": self.link(self.bin_a),
                    "warehouse": self.link(self.warehouse),
                    "company": {"id": self.company.id, "name": "Maison Dupont"},
                    "active": True,
                    "created_at": self.moment(self.shelf.create_date),
                    "updated_at": self.moment(self.shelf.write_date),
                },
            )

    def test_locations_are_found_by_what_they_are_and_where(self):
        stock = self.warehouse.lot_stock_id
        bins = self.bin_a | self.bin_b | self.bin_c
        for params, expected in (
            ({"barcode": self.bin_b.barcode}, self.bin_b.ids),
            ({"search": "b-01", "warehouse_id": self.warehouse.id}, self.bin_b.ids),
            ({"search": self.bin_b.barcode}, self.bin_b.ids),
            ({"parent_id": stock.id}, bins.ids),
            ({"within_id": self.bin_a.id}, (self.bin_a | self.shelf).ids),
            ({"within_id": stock.id, "usage": "internal,view"}, (stock | bins | self.shelf).ids),
            ({"within_id": stock.id, "usage": "view"}, []),
            ({"within_id": stock.id, "archived": "true"}, []),
            ({"warehouse_id": self.depot.id, "barcode": self.bin_a.barcode}, []),
        ):
            with self.subTest(params=params):
                self.assertEqual(self.found("/locations", limit=2, **params), expected)
        self.shelf.active = False
        self.assertEqual(self.found("/locations", archived="true", search="Shelf"), self.shelf.ids)
        names = [
            one["full_name"] for one in self.walk("/locations", self.reader, sort="-full_name")
        ]
        self.assertEqual(names, sorted(names, key=self.collated, reverse=True))

    def collated(self, name):
        self.env.cr.execute("SELECT count(*) FROM stock_location WHERE complete_name < %s", (name,))
        return self.env.cr.fetchone()[0]

    def test_a_warehouse_is_shown_with_its_region_and_dependents(self):
        shown = self.get(f"/warehouses/{self.warehouse.id}", self.reader)

        self.assertEqual(
            shown,
            {
                "id": self.warehouse.id,
                "name": self.warehouse.name,
                "code": self.warehouse.code,
                "company": {"id": self.company.id, "name": "Maison Dupont"},
                "region": {"id": self.region.id, "name": "South"},
                "parent": None,
                "dependent_ids": self.depot.ids,
                "stock_location": self.link(self.warehouse.lot_stock_id),
                "active": True,
                "created_at": self.moment(self.warehouse.create_date),
                "updated_at": self.moment(self.warehouse.write_date),
            },
        )
        depot = self.get(f"/warehouses/{self.depot.id}", self.reader, fields="parent,region")
        self.assertEqual(depot, {"parent": self.link(self.warehouse), "region": None})

    def test_warehouses_are_found_by_name_region_and_parent(self):
        for params, expected in (
            ({}, (self.warehouse | self.depot).ids),
            ({"sort": "-name", "limit": 1, "search": "depot"}, self.depot.ids),
            ({"search": "DEP"}, self.depot.ids),
            ({"region_id": self.region.id}, self.warehouse.ids),
            ({"parent_id": self.warehouse.id}, self.depot.ids),
            ({"archived": "true"}, []),
        ):
            with self.subTest(params=params):
                self.assertEqual(self.found("/warehouses", **params), expected)

    def test_another_companys_places_are_not_there(self):
        self.add_other_company()
        theirs = self.make_warehouse(self.other_company)

        for path in (f"/warehouses/{theirs.id}", f"/locations/{self.other_bin.id}"):
            self.assert_problem(self.call("GET", path, self.reader), 404, "not_found")
        self.assertNotIn(theirs.id, self.found("/warehouses"))
        self.assertNotIn(self.other_bin.id, self.found("/locations"))
        self.assertEqual(self.found("/locations", company_id=self.other_company.id), [])

    def test_their_scope_is_needed(self):
        other = self.key(self.carla, "products:read", "stock:read")

        for path in (
            "/locations",
            f"/locations/{self.bin_a.id}",
            "/warehouses",
            f"/warehouses/{self.warehouse.id}",
        ):
            self.assert_problem(self.call("GET", path, other), 403, "scope_missing")

    def test_what_was_read_is_not_sent_again(self):
        path = f"/locations/{self.bin_a.id}"
        etag = self.call("GET", path, self.reader).headers["ETag"]

        same = self.call("GET", path, self.reader, headers={"If-None-Match": etag})

        self.assertEqual((same.status_code, same.content), (304, b""))
