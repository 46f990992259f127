import json
from base64 import b64decode
from datetime import datetime, timedelta

from odoo.tests import tagged

from ...controllers.v1.products import PRODUCTS, SORTS
from ...pure.v1.cursor import Position, query_mark, write_cursor
from ...pure.v1.products import ProductQuery
from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiLists(ApiCase):
    """Filters, order and pages, by the example of products."""

    roles = ("carla",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.env["product.category"].create({"name": "Kitchen"})
        cls.child = cls.env["product.category"].create(
            {"name": "Kettles", "parent_id": cls.parent.id}
        )
        cls.kettles = cls.env["product.product"].create(
            [
                {
                    "name": f"Kettle {number % 3}",
                    "default_code": f"KET-{number}",
                    "categ_id": cls.child.id,
                    "barcode": f"40000000000{number:02}",
                }
                for number in range(10)
            ]
        )

    def setUp(self):
        super().setUp()
        self.reader = self.key(self.carla, "products:read")

    def found(self, **params):
        return [one["id"] for one in self.walk("/products", self.reader, **params)]

    def touch(self, *seconds):
        """Say when each kettle was last changed, in seconds after an instant."""
        self.env.flush_all()
        for kettle, second in zip(self.kettles, seconds, strict=True):
            moment = datetime(2026, 1, 1) + timedelta(seconds=second)
            self.env.cr.execute(
                "UPDATE product_product SET write_date = %s WHERE id = %s", (moment, kettle.id)
            )
        self.env.invalidate_all()

    # --- Filters ---

    def test_filters_find_what_they_name(self):
        first, ids = self.kettles[0], self.kettles.ids
        for params, expected in (
            ({"search": "kettle 1"}, ids[1::3]),
            ({"search": "KET-7"}, [ids[7]]),
            ({"search": "4000000000003"}, [ids[3]]),
            ({"barcode": "4000000000004"}, [ids[4]]),
            ({"barcode": "400000000000"}, []),
            ({"reference": "KET-1"}, [ids[1]]),
            ({"category_id": self.parent.id}, ids),
            ({"category_id": self.child.id, "reference": "KET-2"}, [ids[2]]),
            ({"category_id": 2**31 - 1}, []),
            ({"reference": "SX-Milk", "tracking": "lot,serial"}, self.milk.ids),
            ({"reference": "SX-Milk", "tracking": "none"}, []),
            ({"reference": "SX-Milk", "type": "consu"}, self.milk.ids),
            ({"reference": "SX-Milk", "is_storable": "false"}, []),
            ({"reference": "KET-1", "archived": "true"}, []),
            ({"category_id": self.parent.id, "company_id": self.company.id}, []),
        ):
            with self.subTest(params=params):
                self.assertEqual(self.found(**params), expected)
        first.company_id = self.company
        self.assertEqual(self.found(reference="KET-0", company_id=self.company.id), first.ids)

    def test_signs_that_mean_anything_to_a_database_mean_themselves(self):
        names = ("50% wool", "50x wool", "a_b", "axb", "c\\d")
        for name in names:
            self.make_product(name, default_code=False)
        self.make_product("Code", default_code=False, barcode="E_5%")

        for search, expected in (
            ("50%", ["50% wool"]),
            ("a_b", ["a_b"]),
            ("\\", ["c\\d"]),
            ("E_5%", ["Code"]),
        ):
            with self.subTest(search=search):
                found = self.walk("/products", self.reader, search=search)
                self.assertEqual([one["name"] for one in found], expected)

    def test_only_what_changed_since_is_found(self):
        self.touch(*range(10))
        found = self.found(category_id=self.parent.id, updated_since="2026-01-01T01:00:07+01:00")

        self.assertEqual(found, self.kettles.ids[7:])

    def test_what_a_list_does_not_take_is_named(self):
        for params, place in (
            ({"limit": "0"}, "query.limit"),
            ({"limit": "201"}, "query.limit"),
            ({"limit": "1e1"}, "query.limit"),
            ({"sort": "standard_price"}, "query.sort"),
            ({"search": "a\x00b"}, "query.search"),
            ({"search": "x" * 201}, "query.search"),
            ({"category_id": "99999999999999999999"}, "query.category_id"),
            ({"updated_since": "2026-01-01T00:00:00"}, "query.updated_since"),
            ({"updated_since": "yesterday"}, "query.updated_since"),
            ({"archived": "maybe"}, "query.archived"),
            ({"colour": "red"}, "query.colour"),
        ):
            with self.subTest(params=str(params)[:60]):
                response = self.call("GET", "/products", self.reader, params=params)
                self.assert_faults(response, place)

    # --- Order and pages ---

    def test_pages_of_any_size_show_all_once_in_order(self):
        ids = self.kettles.ids
        by_name = [*ids[0::3], *ids[1::3], *ids[2::3]]
        turned = [*ids[2::3][::-1], *ids[1::3][::-1], *ids[0::3][::-1]]
        for sort, expected in (
            (None, ids),
            ("id", ids),
            ("-id", ids[::-1]),
            ("name", by_name),
            ("-name", turned),
        ):
            for limit in (1, 3, 10, 200):
                with self.subTest(sort=sort, limit=limit):
                    asked = {"category_id": self.parent.id, "limit": limit}
                    found = self.found(**asked, **({"sort": sort} if sort else {}))
                    self.assertEqual(found, expected)

    def test_instants_within_one_second_keep_their_order_over_pages(self):
        self.touch(0.9, 0.1, 0.5, 0.5, 0.5000004, 1.2, 0.3, 1.2, 0.0, 2)
        order = [8, 1, 6, 2, 3, 4, 0, 5, 7, 9]
        expected = [self.kettles.ids[index] for index in order]
        for limit in (1, 2, 4):
            with self.subTest(limit=limit):
                asked = {"category_id": self.parent.id, "limit": limit}
                self.assertEqual(self.found(**asked, sort="updated_at"), expected)
                self.assertEqual(
                    self.found(**asked, sort="-updated_at", fields="id"),
                    sorted(expected, key=lambda one: (-self.moment(one), -one)),
                )

    def moment(self, product_id):
        return self.env["product.product"].browse(product_id).write_date.timestamp()

    def test_what_is_added_meanwhile_neither_repeats_nor_hides_anything(self):
        found, cursor, number = [], None, 0
        while True:
            asked = {"category_id": self.parent.id, "limit": 2, "fields": "id"}
            page = self.get(
                "/products", self.reader, **asked, **({"cursor": cursor} if cursor else {})
            )
            found += [one["id"] for one in page["data"]]
            cursor = page["next_cursor"]
            if not cursor:
                break
            if number < 3:
                self.make_product(f"Added {number}", categ_id=self.child.id)
            number += 1

        self.assertEqual(len(found), len(set(found)))
        self.assertEqual(found[:10], self.kettles.ids)
        self.assertEqual(len(found), 13)

    def test_a_cursor_that_holds_half_a_sign_is_refused(self):
        page = self.get("/products", self.reader, sort="name", limit=1)
        mark = json.loads(b64decode(page["next_cursor"] + "=="))[0]
        cursor = write_cursor(Position("\ud800", 1), mark)

        response = self.call("GET", f"/products?sort=name&limit=1&cursor={cursor}", self.reader)

        self.assert_problem(response, 409, "cursor_invalid")

    def test_a_cursor_of_another_query_or_of_nobody_is_refused(self):
        cursor = self.get("/products", self.reader, limit=2)["next_cursor"]
        other = self.get("/units", self.reader, limit=1)["next_cursor"]
        for params in (
            {"cursor": cursor, "limit": 2, "search": "Kettle"},
            {"cursor": cursor, "limit": 2, "sort": "-id"},
            {"cursor": "%00"},
            {"cursor": "bm9uc2Vuc2U"},
            {"cursor": cursor[:-3]},
            {"cursor": other + "A"},
        ):
            with self.subTest(params=str(params)[:60]):
                response = self.call("GET", "/products", self.reader, params=params)
                self.assert_problem(response, 409, "cursor_invalid")
        page = self.get("/products", self.reader, limit=3, cursor=cursor)
        self.assertEqual(len(page["data"]), 3)

    def test_a_forged_position_is_refused_before_it_is_asked_for(self):
        for sort, value in (("updated_at", "soon"), ("updated_at", None), ("name", 7)):
            query = ProductQuery(sort=sort)
            mark = query_mark(query.model_dump(mode="json", exclude={"cursor", "limit", "fields"}))
            cursor = write_cursor(Position(value, 1), mark)
            with self.subTest(sort=sort, value=value):
                response = self.call(
                    "GET", "/products", self.reader, params={"sort": sort, "cursor": cursor}
                )
                self.assert_problem(response, 409, "cursor_invalid")

    # --- Cost ---

    def test_a_page_costs_the_same_whatever_its_size(self):
        env = self.env(user=self.carla)
        counts = []
        for limit in (2, 10):
            query = ProductQuery(limit=limit, category_id=self.parent.id)
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                domain = [("categ_id", "child_of", self.parent.id)]
                page = PRODUCTS.page(env, query, domain, SORTS)
                counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(page["data"]), limit)

        self.assertEqual(counts[1], counts[3], counts)
        self.assertLess(counts[1], 16)

    def test_lean_fields_cost_one_read(self):
        env = self.env(user=self.carla)
        query = ProductQuery(fields=["id", "name", "reference", "barcode"])
        for _warm in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            PRODUCTS.page(env, query, [("id", "in", self.kettles.ids)], SORTS)
            count = self.env.cr.sql_log_count - before

        # The list, the products, their templates, and the company that the rules ask for.
        self.assertEqual(count, 4)

    # --- Tables ---

    def test_categories_and_units_are_listed(self):
        categories = {one["id"]: one for one in self.walk("/product-categories", self.reader)}
        units = {one["id"]: one for one in self.walk("/units", self.reader, limit=2)}

        self.assertEqual(
            categories[self.child.id],
            {
                "id": self.child.id,
                "name": "Kitchen / Kettles",
                "parent": {"id": self.parent.id, "name": "Kitchen"},
            },
        )
        pack = self.env.ref("uom.product_uom_pack_6")
        unit = self.env.ref("uom.product_uom_unit")
        self.assertEqual(
            units[pack.id],
            {
                "id": pack.id,
                "name": "Pack of 6",
                "factor": 6.0,
                "reference_unit": {"id": unit.id, "name": "Units"},
            },
        )
        self.assertEqual(len(units), self.env["uom.uom"].search_count([]))

    def test_categories_and_units_are_searched_by_name(self):
        pack = self.env.ref("uom.product_uom_pack_6")
        for path, search, wanted in (
            ("/product-categories", "kitchen / kett", self.child),
            ("/product-categories", "Kettl_s", self.child[:0]),
            ("/units", "ack of 6", pack),
            ("/units", "nobody", pack[:0]),
        ):
            with self.subTest(path=path, search=search):
                found = self.walk(path, self.reader, search=search)
                self.assertEqual([one["id"] for one in found], wanted.ids)
