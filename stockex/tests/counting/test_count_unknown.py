import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...exceptions import BarcodeUnknown, CountRefused
from ..common import CountCase

KEEP = "stockex.count.keep.unknown"
UNKNOWN = "stockex.count.unknown"
BARCODE = "4006381333931"


@tagged("post_install", "-at_install")
class TestCountUnknown(CountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.open = cls.session()
        cls.kettle = cls.make_product("Kettle", 20.0)

    def keep(self, user=None, **vals):
        wizard = (
            self.env[KEEP]
            .with_user(user or self.karim)
            .create(
                {
                    "session_id": self.open.id,
                    "barcode": BARCODE,
                    "location_id": self.bin_a.id,
                    "quantity": 3,
                    **vals,
                }
            )
        )
        wizard.action_keep()
        return self.env[UNKNOWN].search([("session_id", "=", self.open.id)], order="id desc")[:1]

    def link(self, unknown, product=None, **vals):
        decided = unknown.with_user(self.carla)
        decided.write({"product_id": (product or self.kettle).id, **vals})
        decided.action_link()

    def test_a_scan_that_nobody_knows_says_so_to_the_client(self):
        with self.assert_refused(BARCODE, error=BarcodeUnknown):
            try:
                self.open.with_user(self.karim).action_scan(BARCODE)
            except BarcodeUnknown as error:
                self.assertEqual(error.context, {"stockex_unknown_barcode": BARCODE})
                raise

    def test_a_find_is_kept_with_its_photo(self):
        out = io.BytesIO()
        Image.new("RGB", (20, 20), "red").save(out, "PNG")

        unknown = self.keep(note="blue, no label", photo=base64.b64encode(out.getvalue()))

        self.assertRecordValues(
            unknown,
            [
                {
                    "barcode": BARCODE,
                    "quantity": 3,
                    "note": "blue, no label",
                    "user_id": self.karim.id,
                    "location_id": self.bin_a.id,
                    "state": "open",
                }
            ],
        )
        self.assertEqual(len(unknown.photo_ids), 1)
        self.assertEqual(self.open.unknown_count, 1)

    def test_a_find_that_cannot_be_is_refused(self):
        for vals, words in (
            ({"quantity": 0}, ("how many",)),
            ({"quantity": -2}, ("how many",)),
            ({"location_id": self.bin_b.id}, ("B-01", "not part")),
            ({"photo": base64.b64encode(b"text")}, ("cannot be read",)),
        ):
            with self.assert_refused(*words):
                self.keep(**vals)
        self.assertFalse(self.env[UNKNOWN].search([("session_id", "=", self.open.id)]))

    def test_a_stranger_and_a_closed_count_keep_nothing(self):
        stranger = self.make_user("tom", "stockex.group_counter", self.company)
        with self.assert_refused(error=AccessError):
            self.keep(user=stranger)
        self.count(self.open, {self.line(self.open, self.bolt): 7})
        self.open.with_user(self.carla).action_review()
        with self.assert_refused("takes no counts", error=CountRefused):
            self.keep()

    def test_linking_counts_it_as_the_finder_at_the_time_of_the_find(self):
        unknown = self.keep()

        self.link(unknown)

        line = self.line(self.open, self.kettle)
        entry = line.entry_ids
        self.assertEqual((entry.quantity, entry.user_id), (3, self.karim))
        self.assertEqual(entry.counted_at, unknown.found_at)
        self.assertEqual((line.is_unexpected, line.counted_quantity), (True, 3))
        self.assertEqual((unknown.state, unknown.line_id), ("linked", line))
        self.assertEqual(unknown.decided_by_id, self.carla)
        self.assertEqual(self.kettle.barcode, BARCODE)

    def test_linking_in_review_reads_the_book_of_the_time_of_the_find(self):
        unknown = self.keep()
        self.move(self.kettle, self.suppliers, self.bin_a, 5)
        self.count(self.open, {self.line(self.open, self.bolt): 7})
        self.open.with_user(self.carla).action_review()

        self.link(unknown)

        line = self.line(self.open, self.kettle)
        self.assertEqual((line.counted_quantity, line.book_at_count, line.difference), (3, 0, 3))

    def test_a_barcode_is_not_stored_over_another_nor_twice(self):
        other = self.make_product("Toaster", 5.0, barcode="5000000000012")
        self.link(self.keep(), other)
        self.assertEqual(other.barcode, "5000000000012")

        self.link(self.keep(), store_barcode=False)
        self.assertFalse(self.kettle.barcode)

        third = self.make_product("Mixer", 5.0)
        self.link(self.keep(barcode="5000000000012"), third)
        self.assertFalse(third.barcode)

    def test_a_tracked_product_needs_its_lot(self):
        unknown = self.keep(barcode=False, note="carton of milk")
        with self.assert_refused("Milk", "lot or serial", error=CountRefused):
            self.link(unknown, self.milk)

        self.link(unknown, self.milk, lot_name="LOT-NEW")

        self.assertEqual(unknown.lot_id.name, "LOT-NEW")
        self.assertEqual(self.line(self.open, self.milk).counted_quantity, 3)

    def test_nothing_is_linked_without_a_product_or_twice(self):
        unknown = self.keep()
        with self.assert_refused(BARCODE, "choose its product"):
            unknown.with_user(self.carla).action_link()
        self.link(unknown)
        with self.assert_refused("decided already"):
            unknown.with_user(self.carla).action_link()
        with self.assert_refused("decided already"):
            unknown.with_user(self.carla).write({"product_id": self.bolt.id})

    def test_dismissing_needs_the_reason(self):
        unknown = self.keep()
        with self.assert_refused(BARCODE, "Why dismissed"):
            unknown.with_user(self.carla).action_dismiss()

        unknown.with_user(self.carla).resolution = "Empty packaging"
        unknown.with_user(self.carla).action_dismiss()

        self.assertEqual((unknown.state, unknown.decided_by_id), ("dismissed", self.carla))
        self.assertEqual(self.open.unknown_count, 0)
        self.assertFalse(self.line(self.open, self.kettle))

    def test_closing_warns_and_approval_waits(self):
        unknown = self.keep()
        self.count(self.open, {self.line(self.open, self.bolt): 7})

        told = self.open.with_user(self.carla).action_review()

        self.assertEqual(told["params"]["type"], "warning")
        self.assertIn("unidentified finds (1)", told["params"]["message"])
        self.assertEqual(self.open.state, "review")
        with self.assert_refused("unidentified", self.open.name):
            self.open.with_user(self.anton).action_approve()
        unknown.with_user(self.carla).write({"resolution": "Not stock"})
        unknown.with_user(self.carla).action_dismiss()
        self.open.with_user(self.anton).action_approve()
        self.assertEqual(self.open.state, "approved")

    def test_only_a_controller_decides(self):
        unknown = self.keep()

        for user in (self.karim, self.anton):
            with self.assert_refused(error=AccessError):
                unknown.with_user(user).action_dismiss()
            with self.assert_refused(error=AccessError):
                unknown.with_user(user).write({"resolution": "x"})
        with self.assert_refused("cannot be changed", error=UserError):
            unknown.with_user(self.carla).write({"quantity": 9})

    def test_a_counter_sees_only_their_own_finds(self):
        unknown = self.keep()

        self.assertEqual(self.env[UNKNOWN].with_user(self.karim).search([]), unknown)
        self.assertFalse(self.env[UNKNOWN].with_user(self.lea).search([]))

    def test_the_dialog_opens_for_a_counter(self):
        dialog = self.env[KEEP].with_user(self.karim)
        form = Form(dialog.with_context(default_session_id=self.open.id))
        form.location_id = self.bin_a
        form.barcode = BARCODE
        form.quantity = 2
        form.save().action_keep()

        self.assertEqual(self.open.unknown_count, 1)

    def test_undo_takes_back_ones_own_count_not_what_was_linked(self):
        unknown = self.keep()
        bolts = self.line(self.open, self.bolt)
        self.count(self.open, {bolts: 7})
        self.link(unknown)

        taken = self.open.with_user(self.karim).action_undo()

        self.assertEqual(taken["line_id"], bolts.id)
        self.assertEqual(bolts.state, "pending")
        self.assertEqual(self.line(self.open, self.kettle).counted_quantity, 3)

    def test_a_find_does_not_stand_for_a_demanded_recount(self):
        unknown = self.keep(quantity=2)
        bolts = self.line(self.open, self.bolt)
        self.count(self.open, {bolts: 5})
        bolts.with_user(self.carla).action_recount()

        with self.assert_refused("to be counted again", "Bolt"):
            self.link(unknown, self.bolt)

        self.assertEqual((bolts.state, bolts.recount), ("pending", True))
        self.assertEqual(unknown.state, "open")

    def test_nobody_takes_the_name_of_a_linked_find(self):
        unknown = self.keep()
        item = {
            "line_id": self.line(self.open, self.bolt).id,
            "quantity": 1,
            "uuid": f"unknown-{unknown.id}",
        }
        with self.assert_refused("unknown-", error=CountRefused):
            self.open.with_user(self.lea).action_record([item])
        with self.assert_refused("too long", error=CountRefused):
            self.open.with_user(self.lea).action_record([{**item, "uuid": "x" * 20_000}])

    def test_of_a_gs1_code_only_the_product_is_kept_as_its_barcode(self):
        tea = self.make_product("Tea", 4.0, tracking="lot")
        unknown = self.keep(barcode=f"01{BARCODE.zfill(14)}10LOT1")

        self.link(unknown, tea, lot_name="LOT1")

        self.assertEqual(tea.barcode, BARCODE)
        told = self.open.with_user(self.karim).action_scan(
            f"01{BARCODE.zfill(14)}10LOT1", self.bin_a.id
        )
        self.assertEqual((told["lot"], told["counted"]), ("LOT1", 4))

    def test_a_barcode_typed_as_a_quantity_is_refused_at_once(self):
        with self.assert_refused("more than anybody can count"):
            self.keep(quantity=float(BARCODE))

    def test_a_scan_that_makes_no_sense_is_refused_in_words(self):
        scan = self.open.with_user(self.karim).action_scan
        for barcode, place in ((BARCODE, "abc"), (5, False), ("\x00", False), (None, -1)):
            with (
                self.subTest(barcode=barcode, place=place),
                self.assert_refused(error=CountRefused),
            ):
                scan(barcode, place)
