from datetime import datetime

from odoo.tests import tagged

from ...controllers.v1.lots import LOTS
from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiLots(ApiCase):
    roles = ("karim", "carla", "quentin")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk.write(
            {"use_expiration_date": True, "expiration_time": 30, "use_time": 5}
            | {"removal_time": 3, "alert_time": 10}
        )
        cls.lot = cls.make_lot(cls.milk, "L-1")
        cls.lot.expiration_date = datetime(2026, 3, 30, 12)
        cls.other = cls.make_lot(cls.milk, "L-2")
        cls.other.expiration_date = datetime(2030, 1, 1)
        cls.serial = cls.make_lot(cls.phone, "SN-1")
        cls.stock(cls.milk, cls.bin_a, 7654, lot=cls.lot)
        cls.stock(cls.milk, cls.bin_b, 6, lot=cls.lot)

    def setUp(self):
        super().setUp()
        scopes = ("lots:read", "lots:write", "stock:read")
        self.writer = self.key(self.quentin, *scopes)
        self.path = f"/lots/{self.lot.id}"

    def link(self, record):
        return {"id": record.id, "name": record.display_name}

    def found(self, **params):
        return [one["id"] for one in self.walk("/lots", self.writer, **params)]

    # --- Reading ---

    def test_a_lot_is_shown_with_its_dates_and_where_it_is(self):
        shown = self.get(self.path, self.writer)

        self.assertEqual(
            shown,
            {
                "id": self.lot.id,
                "name": "L-1",
                "reference": None,
                "product": self.link(self.milk),
                "company": None,
                "expires_at": "2026-03-30T12:00:00Z",
                "best_before_at": self.instant(self.lot.use_date),
                "removal_at": self.instant(self.lot.removal_date),
                "alert_at": self.instant(self.lot.alert_date),
                "is_expired": self.lot.product_expiry_alert,
                "quantity": 7660.0,
                "unit": self.link(self.milk.uom_id),
                "created_at": self.instant(self.lot.create_date),
                "updated_at": self.instant(self.lot.write_date),
                "locations": [
                    {"location": self.link(self.bin_a), "quantity": 7654.0},
                    {"location": self.link(self.bin_b), "quantity": 6.0},
                ],
            },
        )

    def instant(self, value):
        return value.replace(microsecond=0).isoformat() + "Z" if value else None

    def test_without_the_scope_of_the_stock_no_figure_is_told(self):
        key = self.key(self.quentin, "lots:read")

        one, page = self.call("GET", self.path, key), self.call("GET", "/lots", key)

        self.assertEqual((one.json()["quantity"], one.json()["locations"]), (None, None))
        for response in (one, page):
            self.assertNotIn("765", response.text)
            self.assertNotIn("766", response.text)

    def test_a_counter_learns_nothing_of_lots(self):
        key = self.key(self.karim)
        for method, path, body in (
            ("GET", "/lots", None),
            ("GET", f"/lots?search={self.lot.name}&fields=quantity", None),
            ("POST", "/lots", {"name": "L-9", "product_id": self.milk.id}),
        ):
            self.assert_problem(self.call(method, path, key, body), 403, "forbidden")
        for method, body in (("GET", None), ("PATCH", {"name": "X"})):
            self.assert_problem(self.call(method, self.path, key, body), 404, "not_found")
        self.assertEqual(self.lot.name, "L-1")

    def test_lots_are_found_by_number_product_and_expiry(self):
        for params, expected in (
            ({"product_id": self.milk.id}, (self.lot | self.other).ids),
            ({"search": "l-"}, (self.lot | self.other).ids),
            ({"search": "SN"}, self.serial.ids),
            ({"expiring_before": "2026-03-30T12:00:00Z"}, []),
            ({"expiring_before": "2026-03-30T14:00:01+02:00"}, self.lot.ids),
            ({"expiring_before": "2031-01-01T00:00:00Z"}, (self.lot | self.other).ids),
            ({"product_id": self.milk.id, "sort": "-name"}, (self.other | self.lot).ids),
            ({"reference": "none"}, []),
        ):
            with self.subTest(params=params):
                self.assertEqual(self.found(limit=1, **params), expected)
        page = self.get("/lots", self.writer, product_id=self.milk.id, fields="name,quantity")
        self.assertEqual(
            page["data"], [{"name": "L-1", "quantity": 7660.0}, {"name": "L-2", "quantity": 0.0}]
        )

    def test_another_companys_lot_is_not_found(self):
        self.add_other_company()
        vals = {"name": "L-9", "product_id": self.milk.id, "company_id": self.other_company.id}
        theirs = self.env["stock.lot"].create(vals)
        self.stock(self.milk, self.other_bin, 1000, lot=self.lot)

        for method, body in (("GET", None), ("PATCH", {"name": "Ours"})):
            response = self.call(method, f"/lots/{theirs.id}", self.writer, body)
            self.assert_problem(response, 404, "not_found")
        self.assertEqual(self.found(search="L-9"), [])
        self.assertEqual(theirs.name, "L-9")
        self.assertEqual(self.get(self.path, self.writer)["quantity"], 7660.0)

    def test_a_page_costs_the_same_whatever_its_size(self):
        env = self.env(user=self.quentin)
        lots = env["stock.lot"].create(
            [{"name": f"N-{number}", "product_id": self.milk.id} for number in range(20)]
        )
        counts = []
        for records in (lots[:2], lots[:2], lots):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with self.as_request():
                shown = LOTS.show(records)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual(len(shown), 20)
        self.assertEqual(counts[1], counts[2], counts)

    # --- Writing ---

    def test_a_lot_is_created_with_the_dates_of_its_product(self):
        sent = {"name": "L-3", "product_id": self.milk.id, "expires_at": "2026-06-30T00:00:00Z"}
        response = self.call("POST", "/lots", self.writer, sent)

        shown = self.body(response, 201)
        self.assertTrue(response.headers["Location"].endswith(f"/lots/{shown['id']}"))
        self.assertEqual(
            [shown[name] for name in ("name", "expires_at", "best_before_at", "removal_at")],
            ["L-3", "2026-06-30T00:00:00Z", "2026-06-25T00:00:00Z", "2026-06-27T00:00:00Z"],
        )
        self.assertEqual((shown["quantity"], shown["locations"]), (0.0, []))
        self.assertEqual(self.env["stock.lot"].browse(shown["id"]).create_uid, self.quentin)

    def test_a_lot_that_cannot_be_is_refused(self):
        before = self.footprint()
        for body, code, word in (
            ({"name": "L-1", "product_id": self.milk.id}, "refused", "unique"),
            ({"name": "L-9", "product_id": self.bolt.id}, "not_tracked", "Bolt"),
            ({"name": "L-9", "product_id": 2**31 - 1}, "unknown_reference", "product_id"),
        ):
            with self.subTest(body=body):
                self.assert_problem(self.call("POST", "/lots", self.writer, body), 409, code, word)
        for body, place in (
            ({"product_id": self.milk.id}, "body.name"),
            ({"name": "L-9"}, "body.product_id"),
            ({"name": "a\x00", "product_id": self.milk.id}, "body.name"),
            ({"name": "x" * 201, "product_id": self.milk.id}, "body.name"),
            ({"name": "L-9", "product_id": 2**31}, "body.product_id"),
            ({"name": "L-9", "product_id": self.milk.id, "quantity": 3}, "body.quantity"),
        ):
            with self.subTest(place=place):
                self.assert_faults(self.call("POST", "/lots", self.writer, body), place)
        self.assertEqual(self.footprint(), before)

    def test_what_does_not_expire_takes_no_dates(self):
        self.milk.use_expiration_date = False
        plain = {"name": "L-5", "product_id": self.milk.id}
        before = self.footprint()

        for name in ("expires_at", "best_before_at", "removal_at", "alert_at"):
            date = {name: "2026-06-30T00:00:00Z"}
            with self.subTest(name):
                made = self.call("POST", "/lots", self.writer, plain | date)
                self.assert_problem(made, 409, "no_expiry", "Milk")
                changed = self.call("PATCH", self.path, self.writer, date)
                self.assert_problem(changed, 409, "no_expiry", "Milk")

        self.assertEqual(self.footprint(), before)
        shown = self.send("POST", "/lots", self.writer, plain | {"expires_at": None}, 201)
        self.assertIsNone(shown["expires_at"])

    def test_a_name_of_spaces_is_no_name(self):
        before = self.footprint()

        body = {"name": "   ", "product_id": self.milk.id}
        self.assert_faults(self.call("POST", "/lots", self.writer, body), "body.name")

        self.assertEqual(self.footprint(), before)

    def test_a_lot_changes_if_nobody_else_changed_it(self):
        etag = self.call("GET", self.path, self.writer).headers["ETag"]
        send = {"reference": "MAKER-1", "alert_at": None}
        shown = self.body(self.call("PATCH", self.path, self.writer, send, {"If-Match": etag}))
        self.assertEqual((shown["reference"], shown["alert_at"]), ("MAKER-1", None))

        late = self.call("PATCH", self.path, self.writer, {"name": "L-7"}, {"If-Match": etag})

        self.assert_problem(late, 412, "changed", "L-1")
        self.assertEqual(self.lot.name, "L-1")
        for body in ({"product_id": self.bolt.id}, {"company_id": 1}, {"quantity": 1}):
            response = self.call("PATCH", self.path, self.writer, body)
            self.assert_faults(response, f"body.{next(iter(body))}")

    def test_its_other_dates_move_with_its_expiry_unless_they_are_sent(self):
        sent = {"name": "L-4", "product_id": self.milk.id, "expires_at": "2026-06-30T00:00:00Z"}
        path = f"/lots/{self.send('POST', '/lots', self.writer, sent, 201)['id']}"
        dates = ("expires_at", "best_before_at", "removal_at")

        shown = self.send("PATCH", path, self.writer, {"expires_at": "2026-07-10T06:00:00+06:00"})
        self.assertEqual(
            [shown[name] for name in dates],
            ["2026-07-10T00:00:00Z", "2026-07-05T00:00:00Z", "2026-07-07T00:00:00Z"],
        )

        sent = {"expires_at": "2026-07-11T00:00:00Z", "best_before_at": "2026-07-01T00:00:00Z"}
        shown = self.send("PATCH", path, self.writer, sent)
        self.assertEqual(
            [shown[name] for name in dates],
            ["2026-07-11T00:00:00Z", "2026-07-01T00:00:00Z", "2026-07-08T00:00:00Z"],
        )

    def test_their_scopes_are_needed(self):
        reader = self.key(self.quentin, "lots:read")
        stranger = self.key(self.quentin, "products:read", "stock:read")

        response = self.call("PATCH", self.path, reader, {"name": "X"})
        self.assert_problem(response, 403, "scope_missing")
        response = self.call("POST", "/lots", reader, {"name": "X", "product_id": self.milk.id})
        self.assert_problem(response, 403, "scope_missing")
        for path in ("/lots", self.path):
            self.assert_problem(self.call("GET", path, stranger), 403, "scope_missing")
        self.assertEqual(self.lot.name, "L-1")
