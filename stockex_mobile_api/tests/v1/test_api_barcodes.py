from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestApiBarcodes(ApiCase):
    roles = ("karim", "carla")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls.bolt.uom_id
        cls.box = cls.env["uom.uom"].create(
            {"name": "Box of 12", "relative_factor": 12, "relative_uom_id": cls.unit.id}
        )
        cls.env["product.uom"].create(
            {"product_id": cls.bolt.id, "uom_id": cls.box.id, "barcode": "3700000000990"}
        )
        cls.lot = cls.make_lot(cls.milk, "LOT/42")
        cls.serial = cls.make_lot(cls.phone, "SN-0042")
        cls.pallet = cls.env["stock.package"].create({"name": "PAL-1"})

    def setUp(self):
        super().setUp()
        scopes = ("products:read", "lots:read", "locations:read")
        self.reader = self.key(self.carla, *scopes)

    def link(self, record):
        return {"id": record.id, "name": record.display_name}

    def match(self, kind, **values):
        names = ("product", "quantity", "unit", "packaging", "lot", "location", "package")
        return {"type": kind} | dict.fromkeys(names) | values

    def goods(self, kind, product, quantity=1.0, **values):
        unit = self.link(product.uom_id)
        return self.match(kind, product=self.link(product), quantity=quantity, unit=unit, **values)

    def test_a_code_stands_for_what_carries_it(self):
        box = self.goods("packaging", self.bolt, 12.0, packaging=self.link(self.box))
        for code, expected in (
            ("3700000000013", self.goods("product", self.bolt)),
            ("SX-Bolt", self.goods("product", self.bolt)),
            ("3700000000990", box),
            ("LOT/42", self.goods("lot", self.milk, lot=self.link(self.lot))),
            ("SN-0042", self.goods("serial", self.phone, lot=self.link(self.serial))),
            (self.bin_b.barcode, self.match("location", location=self.link(self.bin_b))),
            ("PAL-1", self.match("package", package=self.link(self.pallet))),
        ):
            with self.subTest(code=code):
                expected = {"code": code, "matches": [expected], "gs1": []}
                self.assertEqual(self.get("/barcodes", self.reader, code=code), expected)
                path = f"/barcodes/{code.replace('/', '%2F')}"
                self.assertEqual(self.get(path, self.reader), expected)

    def test_a_gs1_code_is_taken_apart(self):
        code = "]C1010370000000002010LOT/42\x1d17260331\x1d3703"
        quoted = code.replace("/", "%2F").replace("\x1d", "%1D").replace("]", "%5D")
        expected = {
            "code": code,
            "matches": [self.goods("product", self.milk, 3.0, lot=self.link(self.lot))],
            "gs1": [
                {"ai": "01", "type": "product", "value": "03700000000020"},
                {"ai": "10", "type": "lot", "value": "LOT/42"},
                {"ai": "17", "type": "expiration_date", "value": "2026-03-31"},
                {"ai": "37", "type": "quantity", "value": 3},
            ],
        }

        self.assertEqual(self.get("/barcodes", self.reader, code=code), expected)
        self.assertEqual(self.get(f"/barcodes/{quoted}", self.reader), expected)

    def test_a_gs1_code_of_unknown_goods_still_says_what_it_says(self):
        found = self.get("/barcodes", self.reader, code="010400000000000610NEW")

        self.assertEqual(found["matches"], [])
        self.assertEqual([part["value"] for part in found["gs1"]], ["04000000000006", "NEW"])

    def test_a_gs1_code_of_a_packaging_counts_its_contents(self):
        found = self.get("/barcodes", self.reader, code="01037000000009903702")

        packaging = self.link(self.box)
        self.assertEqual(
            found["matches"], [self.goods("packaging", self.bolt, 24.0, packaging=packaging)]
        )

    def test_a_code_of_several_things_names_them_all(self):
        twin = self.make_lot(self.phone, "LOT/42")

        found = self.get("/barcodes", self.reader, code="LOT/42")

        self.assertEqual(
            [(match["type"], match["lot"]["id"]) for match in found["matches"]],
            [("lot", self.lot.id), ("serial", twin.id)],
        )

    def test_what_stands_for_nothing_is_not_found(self):
        for code in ("nothing", "3700000000099", "3799", "   ", "%", "]C1", "\x1d", "9" * 200):
            with self.subTest(code=code):
                response = self.call("GET", "/barcodes", self.reader, params={"code": code})
                self.assert_problem(response, 404, "not_found")
        for params in ({}, {"code": ""}, {"code": "a\x00b"}, {"code": "x" * 201}):
            with self.subTest(params=params):
                response = self.call("GET", "/barcodes", self.reader, params=params)
                self.assert_faults(response, "query.code")
        for code in ("a%00b", "x" * 201, "a%2F%2Fb", "%2Fa", "..%2Fx", "%0A"):
            response = self.call("GET", f"/barcodes/{code}", self.reader)
            self.assert_problem(response, 404, "not_found")

    def test_a_key_sees_only_what_its_scopes_cover(self):
        narrow = self.key(self.carla, "products:read")

        for code in ("LOT/42", "SN-0042", "PAL-1", self.bin_b.barcode):
            response = self.call("GET", "/barcodes", narrow, params={"code": code})
            self.assert_problem(response, 404, "not_found")
        found = self.get("/barcodes", narrow, code="010370000000002010LOT/42")
        self.assertEqual(found["matches"], [self.goods("product", self.milk)])
        other = self.key(self.carla, "lots:read", "locations:read")
        response = self.call("GET", "/barcodes", other, params={"code": "SX-Bolt"})
        self.assert_problem(response, 403, "scope_missing")

    def test_a_counter_finds_goods_and_places_but_no_lots(self):
        key = self.key(self.karim)

        self.assertEqual(
            self.get("/barcodes", key, code="SX-Bolt")["matches"],
            [self.goods("product", self.bolt)],
        )
        self.assertEqual(
            self.get("/barcodes", key, code=self.bin_b.barcode)["matches"][0]["type"], "location"
        )
        response = self.call("GET", "/barcodes", key, params={"code": "LOT/42"})
        self.assert_problem(response, 404, "not_found")
        found = self.get("/barcodes", key, code="010370000000002010LOT/42")
        self.assertEqual(found["matches"][0]["lot"], None)

    def test_another_companys_things_are_not_found(self):
        self.add_other_company()
        company = {"company_id": self.other_company.id}
        self.make_product("Tagine", barcode="4000000000006", **company)
        self.env["stock.lot"].create({"name": "T-1", "product_id": self.milk.id, **company})

        for code in ("4000000000006", "SX-Tagine", "T-1", self.other_bin.barcode):
            with self.subTest(code=code):
                response = self.call("GET", "/barcodes", self.reader, params={"code": code})
                self.assert_problem(response, 404, "not_found")
