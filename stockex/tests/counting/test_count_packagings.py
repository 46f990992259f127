import math
import uuid

from odoo.tests import tagged

from ...exceptions import CountRefused
from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountPackagings(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls.bolt.uom_id
        cls.box = cls.env["uom.uom"].create(
            {"name": "Box of 6", "relative_uom_id": cls.unit.id, "relative_factor": 6}
        )
        cls.env["uom.uom"].create(
            {"name": "Pallet", "relative_uom_id": cls.box.id, "relative_factor": 20}
        )
        cls.kilo = cls.env.ref("uom.product_uom_kgm")
        cls.gram = cls.env.ref("uom.product_uom_gram")
        cls.bolt.uom_ids = cls.box
        cls.flour = cls.make_product("Flour", 1.0, uom_id=cls.kilo.id)
        cls.stock(cls.bolt, cls.bin_a, 4321)
        cls.stock(cls.flour, cls.bin_a, 10)
        cls.open = cls.session()
        cls.line_of_bolts = cls.line(cls.open, cls.bolt)

    def send(self, **item):
        return self.open.with_user(self.karim).action_record(
            [{"line_id": self.line_of_bolts.id, "uuid": str(uuid.uuid4()), "mode": "set", **item}]
        )

    def parts(self, *pairs):
        return [{"uom_id": unit.id, "quantity": quantity} for unit, quantity in pairs]

    def test_boxes_and_loose_pieces_are_one_entry_that_keeps_what_was_typed(self):
        [told] = self.send(parts=self.parts((self.box, 12), (self.unit, 3)))

        self.assertEqual((told["counted"], self.line_of_bolts.counted_quantity), (75, 75))
        entry = self.line_of_bolts.entry_ids
        self.assertEqual(entry.quantity, 75)
        self.assertEqual(entry.typed_as, "12 × Box of 6 + 3 × Units")
        self.assertEqual(
            entry.parts,
            [
                {"uom_id": self.box.id, "unit": "Box of 6", "quantity": 12},
                {"uom_id": self.unit.id, "unit": "Units", "quantity": 3},
            ],
        )

    def test_a_quantity_in_another_unit_is_converted(self):
        self.send(quantity=2, uom_id=self.box.id)
        flour = self.line(self.open, self.flour)
        self.count(self.open, {flour: 1250}, uom_id=self.gram.id)

        self.assertEqual(self.line_of_bolts.counted_quantity, 12)
        self.assertEqual(flour.counted_quantity, 1.25)
        self.assertEqual(flour.entry_ids.typed_as, "1250 × g")

    def test_a_plain_count_keeps_no_parts(self):
        self.send(quantity=5)

        self.assertFalse(self.line_of_bolts.entry_ids.parts)
        self.assertFalse(self.line_of_bolts.entry_ids.typed_as)

    def test_a_unit_of_something_else_is_refused(self):
        with self.assert_refused("Bolt", "Units", "kg", error=CountRefused):
            self.send(quantity=2, uom_id=self.kilo.id)
        with self.assert_refused("Bolt", error=CountRefused):
            self.send(parts=self.parts((self.box, 1), (self.kilo, 1)))
        with self.assert_refused("Bolt", "99999999", error=CountRefused):
            self.send(quantity=2, uom_id=99999999)

    def test_a_part_that_is_no_count_is_refused(self):
        for quantity in (-1, math.nan, math.inf):
            with self.assert_refused("Bolt", "Box of 6", error=CountRefused):
                self.send(parts=self.parts((self.box, quantity), (self.unit, 100)))
        for parts in ("12", [{"uom_id": self.box.id}], [{"quantity": 2}], [None], 7):
            with self.assert_refused("cannot be read", error=CountRefused):
                self.send(parts=parts)

    def test_boxes_of_more_than_anybody_counts_are_refused(self):
        with self.assert_refused("more than anybody can count", error=CountRefused):
            self.send(parts=self.parts((self.box, 9_000_000)))

    def test_the_units_of_a_line_are_its_own_then_packagings_then_the_others(self):
        found = self.line_of_bolts.with_user(self.karim).action_units()

        names = [unit["name"] for unit in found["units"]]
        self.assertEqual(names[:2], ["Units", "Box of 6"])
        self.assertIn("Pallet", names[2:])
        self.assertNotIn("kg", names)
        self.assertEqual([unit["factor"] for unit in found["units"]][:2], [1, 6])
        self.assertNotIn("4321", str(found))

    def test_a_tracked_serial_cannot_come_in_boxes(self):
        serial = self.make_lot(self.phone, "SN-7")
        self.find(self.open, self.phone, self.bin_a, 1, lot_id=serial.id)
        line = self.line(self.open, self.phone)

        with self.assert_refused("exists once", error=CountRefused):
            self.send(line_id=line.id, quantity=1, uom_id=self.box.id)

    def test_what_the_products_unit_cannot_hold_is_refused_not_cut(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        egg = self.make_product("Egg", 3.0, uom_id=dozen.id)
        line = self.find(self.open, egg, self.bin_a, 0)

        with self.assert_refused("too many decimals", error=CountRefused):
            self.send(line_id=line.id, parts=self.parts((self.unit, 1)))
        self.send(line_id=line.id, parts=self.parts((self.unit, 6)))

        self.assertEqual(line.counted_quantity, 0.5)
