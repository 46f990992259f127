from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountScanning(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot(cls.milk, "LOT-42")
        cls.serial = cls.make_lot(cls.phone, "SN-0042")
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.milk, cls.bin_a, 4, lot=cls.lot)
        cls.stock(cls.phone, cls.bin_b, 1, lot=cls.serial)
        cls.open = cls.session(cls.bin_a | cls.bin_b)

    def scan(self, barcode, location=None, user=None):
        session = self.open.with_user(user or self.karim)
        return session.action_scan(barcode, location.id if location else False)

    def counted(self, product, location):
        return self.line(self.open, product, location).counted_quantity

    def test_a_location_tells_where_the_counter_stands(self):
        result = self.scan(self.bin_b.barcode)

        self.assertEqual(
            result,
            {
                "type": "location",
                "location_id": self.bin_b.id,
                "name": self.bin_b.complete_name,
            },
        )

    def test_a_product_counts_one_each_time(self):
        self.scan(self.bolt.barcode, self.bin_a)
        result = self.scan(f" {self.bolt.barcode} ", self.bin_a)

        line = self.line(self.open, self.bolt, self.bin_a)
        self.assertEqual(
            result,
            {
                "type": "line",
                "line_id": line.id,
                "product": "[SX-Bolt] Bolt",
                "location": self.bin_a.complete_name,
                "lot": False,
                "counted": 2.0,
                "uom": "Units",
                "unexpected": False,
            },
        )
        self.assertEqual(line.entry_ids.mapped("quantity"), [1, 1])

    def test_an_internal_reference_stands_for_its_product(self):
        self.scan("SX-Bolt", self.bin_a)

        self.assertEqual(self.counted(self.bolt, self.bin_a), 1)

    def test_a_packaging_counts_its_contents(self):
        unit = self.env.ref("uom.product_uom_unit")
        box = self.env["uom.uom"].create(
            {"name": "Box of 12", "relative_factor": 12, "relative_uom_id": unit.id}
        )
        self.bolt.product_tmpl_id.uom_ids = box
        self.env["product.uom"].create(
            {"product_id": self.bolt.id, "uom_id": box.id, "barcode": "3700000000994"}
        )

        self.scan("3700000000994", self.bin_a)
        self.scan(self.bolt.barcode, self.bin_a)

        self.assertEqual(self.counted(self.bolt, self.bin_a), 13)

    def test_a_lot_and_a_serial_number_stand_for_their_product(self):
        milk = self.scan("LOT-42", self.bin_a)
        phone = self.scan("SN-0042", self.bin_b)

        self.assertEqual((milk["lot"], milk["counted"]), ("LOT-42", 1))
        self.assertEqual((phone["lot"], phone["counted"]), ("SN-0042", 1))

    def test_a_gs1_code_names_product_lot_and_quantity(self):
        result = self.scan("010370000000002010LOT-42\x1d3703")

        self.assertEqual((result["lot"], result["counted"]), ("LOT-42", 3))
        self.assertEqual(self.counted(self.milk, self.bin_a), 3)

    def test_the_place_is_found_when_the_session_expects_the_goods_in_one_only(self):
        result = self.scan(self.bolt.barcode)

        self.assertEqual(result["location"], self.bin_a.complete_name)

    def test_the_place_is_asked_for_when_the_goods_are_nowhere_or_in_several(self):
        chair = self.make_product("Chair", barcode="3700000000051")
        self.find(self.open, self.bolt, self.bin_b, 1)

        with self.assert_refused("Scan the location first"):
            self.scan(chair.barcode)
        with self.assert_refused("Scan the location first"):
            self.scan(self.bolt.barcode)

    def test_an_unexpected_product_is_counted_where_the_counter_stands(self):
        chair = self.make_product("Chair", barcode="3700000000051")

        result = self.scan(chair.barcode, self.bin_b)

        self.assertTrue(result["unexpected"])
        self.assertEqual(self.counted(chair, self.bin_b), 1)

    def test_an_unknown_code_is_refused_by_its_name(self):
        for barcode in ("9999999999994", "", "   "):
            with self.subTest(barcode=barcode), self.assert_refused("known here"):
                self.scan(barcode, self.bin_a)

    def test_a_lot_number_of_two_products_is_ambiguous(self):
        self.make_lot(self.phone, "LOT-42")

        with self.assert_refused("LOT-42", "several products", "Milk", "Phone"):
            self.scan("LOT-42", self.bin_a)

    def test_a_reference_of_two_products_is_ambiguous(self):
        self.make_product("Nut", default_code=self.bolt.barcode)
        self.make_product("Washer", default_code="TWICE")
        self.make_product("Screw", default_code="TWICE")

        self.scan(self.bolt.barcode, self.bin_a)
        self.assertEqual(self.counted(self.bolt, self.bin_a), 1)
        with self.assert_refused("TWICE", "several products", "Screw", "Washer"):
            self.scan("TWICE", self.bin_a)

    def test_a_tracked_product_scanned_without_its_lot_is_refused(self):
        with self.assert_refused("Milk", "name the lot"):
            self.scan(self.milk.barcode, self.bin_a)

    def test_a_gs1_lot_that_nobody_knows_is_refused(self):
        with self.assert_refused("UNHEARD", "Milk"):
            self.scan("010370000000002010UNHEARD", self.bin_a)

    def test_a_serial_number_scanned_twice_is_refused(self):
        self.scan("SN-0042", self.bin_b)

        with self.assert_refused("SN-0042", "more than once"):
            self.scan("SN-0042", self.bin_a)

    def test_a_place_outside_the_session_is_refused(self):
        with self.assert_refused("C-01", "known here"):
            self.scan(self.bin_c.barcode)
        with self.assert_refused("C-01", "not part of"):
            self.scan(self.bolt.barcode, self.bin_c)

    def test_nobody_scans_into_a_session_of_others_or_a_closed_one(self):
        with self.assert_refused(error=AccessError):
            self.scan(self.bolt.barcode, self.bin_a, self.anton)
        self.scan(self.bolt.barcode, self.bin_a)
        self.open.action_review()
        with self.assert_refused("takes no counts"):
            self.scan(self.bin_a.barcode)
