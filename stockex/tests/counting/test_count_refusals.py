import uuid

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...exceptions import CountRefused
from ..common import CountCase


@tagged("post_install", "-at_install")
class TestCountRefusals(CountCase):
    """Bad input: each with its own message, and nothing of it is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.lot = cls.make_lot(cls.milk, "L1")
        cls.serial = cls.make_lot(cls.phone, "SN1")
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.milk, cls.bin_a, 4, lot=cls.lot)
        cls.stock(cls.phone, cls.bin_a, 1, lot=cls.serial)
        cls.open = cls.session(cls.bin_a | cls.bin_b)
        cls.bolts = cls.line(cls.open, cls.bolt)

    def refuse_count(self, quantity, *words, line=None):
        with self.assert_refused(*words, error=CountRefused):
            self.count(self.open, {line or self.bolts: quantity})

    def refuse_find(self, product, *words, quantity=1.0, location=None, **item):
        place = self.bin_a if location is None else location
        with self.assert_refused(*words, error=CountRefused):
            self.find(self.open, product, place, quantity, **item)

    def test_a_negative_count_is_refused(self):
        self.refuse_count(-1, "Bolt", "-1", "negative")

    def test_an_absurd_count_is_refused(self):
        self.refuse_count(3700000000017, "Bolt", "more than anybody can count", "barcode")
        self.refuse_count(10_000_001, "more than anybody can count")

    def test_a_count_that_is_not_a_number_is_refused(self):
        for quantity in (float("nan"), float("inf"), float("-inf")):
            with self.subTest(quantity=quantity):
                self.refuse_count(quantity, "Bolt", "not a number")

    def test_what_a_client_sends_instead_of_a_number_is_refused(self):
        for quantity in ("seven", None, [7], {}):
            with (
                self.subTest(quantity=quantity),
                self.assert_refused("cannot be read", error=CountRefused),
            ):
                self.open.with_user(self.karim).action_record(
                    [{"line_id": self.bolts.id, "quantity": quantity, "uuid": "u"}]
                )

    def test_what_a_client_sends_instead_of_an_id_is_refused(self):
        for line in ("seven", [7], 2**40, -1, True):
            with (
                self.subTest(line=line),
                self.assert_refused("cannot be read", "no id", error=CountRefused),
            ):
                self.open.with_user(self.karim).action_record(
                    [{"line_id": line, "quantity": 1, "uuid": "u"}]
                )

    def test_an_entry_without_its_own_number_is_refused(self):
        for item in ({}, {"uuid": ""}, {"uuid": None}):
            with (
                self.subTest(item=item),
                self.assert_refused("cannot be read", "uuid", error=CountRefused),
            ):
                self.open.with_user(self.karim).action_record(
                    [{"line_id": self.bolts.id, "quantity": 1, **item}]
                )

    def test_too_many_decimals_for_the_unit_are_refused(self):
        self.refuse_count(1.005, "Bolt", "1.005", "too many decimals", "Units", "2 at most")

    def test_a_lot_tracked_product_without_its_lot_is_refused(self):
        self.refuse_find(self.milk, "Milk", "tracked", "name the lot")

    def test_a_serial_number_counted_twice_on_one_line_is_refused(self):
        line = self.line(self.open, self.phone)
        self.refuse_count(2, "SN1", "a serial number exists once", line=line)

        self.count(self.open, {line: 1}, mode="add")
        with self.assert_refused("SN1", "counted more than once", error=CountRefused):
            self.count(self.open, {line: 1}, self.lea, mode="add")

    def test_a_fraction_of_a_serial_number_is_refused(self):
        self.refuse_count(0.5, "SN1", "0.5", line=self.line(self.open, self.phone))

    def test_a_serial_number_in_two_places_is_refused(self):
        self.count(self.open, {self.line(self.open, self.phone): 1})

        self.refuse_find(
            self.phone, "SN1", "more than once", "A-01", "B-01",
            location=self.bin_b, lot_id=self.serial.id,
        )  # fmt: skip

    def test_a_serial_number_moves_after_its_old_place_is_corrected(self):
        line = self.line(self.open, self.phone)
        self.count(self.open, {line: 1})
        self.count(self.open, {line: 0})

        self.find(self.open, self.phone, self.bin_b, 1, lot_id=self.serial.id)

        self.assertEqual(line.difference, -1)

    def test_a_product_of_another_company_is_refused(self):
        theirs = self.make_product("Tajine", company_id=self.other_company.id)
        self.refuse_find(theirs, f"“{theirs.id}”", "another company")

    def test_a_lot_of_another_company_is_refused(self):
        theirs = self.make_lot(self.milk, "L-MA")
        theirs.company_id = self.other_company
        self.refuse_find(self.milk, f"“{theirs.id}”", "another company", lot_id=theirs.id)

    def test_an_archived_product_is_refused(self):
        old = self.make_product("Fax")
        old.active = False
        self.refuse_find(old, "Fax", "archived")

    def test_products_that_are_not_kept_in_stock_are_refused(self):
        service = self.make_product("Repair", type="service", is_storable=False)
        consumable = self.make_product("Glue", type="consu", is_storable=False)
        self.refuse_find(service, "Repair", "not kept in stock")
        self.refuse_find(consumable, "Glue", "not kept in stock")

    def test_a_lot_of_another_product_is_refused(self):
        self.refuse_find(self.phone, "belongs to another product", lot_id=self.lot.id)

    def test_what_is_gone_is_refused(self):
        gone = 2_000_000_000
        with self.assert_refused("no product", error=CountRefused):
            self.open.with_user(self.karim)._record_entries(
                [{"product_id": gone, "location_id": self.bin_a.id, "quantity": 1, "uuid": "u"}]
            )
        self.refuse_find(self.bolt, "not a package", package_id=gone)
        self.refuse_find(self.bolt, "gone", owner_id=gone)
        self.refuse_find(self.milk, "lot", lot_id=gone)
        self.refuse_find(self.bolt, "not part of", location=self.bin_a.browse(gone))

    def test_an_entry_without_a_location_is_refused(self):
        self.refuse_find(self.bolt, "Bolt", "which location", location=self.env["stock.location"])

    def test_a_location_outside_the_session_is_refused(self):
        self.refuse_find(self.bolt, "C-01", "not part of", location=self.bin_c)
        self.refuse_find(
            self.bolt, f"“{self.other_bin.id}”", "not part of", location=self.other_bin
        )
        self.refuse_find(self.bolt, "not part of", location=self.customers)

    def test_a_line_of_another_session_is_refused(self):
        other = self.session(self.bin_a, allow_overlap=True)
        line = self.line(other, self.bolt)

        self.refuse_count(1, "not in", "reload", line=line)
        self.refuse_count(1, "not in", line=line.browse(2_000_000_000))

    def test_one_bad_item_of_twenty_and_none_is_recorded(self):
        items = [
            {"line_id": self.bolts.id, "quantity": 1, "uuid": str(uuid.uuid4())}
            for _count in range(19)
        ]
        bad = {
            "product_id": self.bolt.id,
            "location_id": self.bin_b.id,
            "quantity": -3,
            "uuid": str(uuid.uuid4()),
        }

        with self.assert_refused("Bolt", "B-01", "-3", error=CountRefused):
            self.open.with_user(self.karim)._record_entries([*items[:10], bad, *items[10:]])

    def test_every_bad_item_of_a_batch_is_named_at_once(self):
        milk = self.line(self.open, self.milk)
        with self.assert_refused("Bolt", "negative", "Milk", "decimals", error=CountRefused):
            self.count(self.open, {self.bolts: -1, milk: 0.001})

    def test_an_empty_list_records_nothing(self):
        before = self.footprint()

        result = self.open.with_user(self.karim).action_record([])

        self.assertEqual(result, [])
        self.assertEqual(self.footprint(), before)

    def test_a_count_in_the_future_or_before_the_start_is_refused(self):
        self.env.flush_all()
        session = self.open.with_user(self.karim)
        for instant, words in (
            ("2999-01-01T08:00:00", "in the future"),
            ("2001-01-01T08:00:00", "before the session started"),
            ("yesterday", "cannot be read"),
        ):
            item = {"line_id": self.bolts.id, "quantity": 1, "uuid": "u"}
            with (
                self.subTest(instant=instant),
                self.assert_refused(words, error=CountRefused),
            ):
                session.action_record([{**item, "counted_at": instant}])

    def test_a_session_that_is_not_counting_takes_nothing(self):
        self.count(self.open, {self.bolts: 7})
        self.open.action_review()
        self.refuse_count(1, self.open.name, "takes no counts", "Review")

        self.open.with_user(self.anton).action_approve()
        self.refuse_count(1, "takes no counts", "Approved")

        self.open.with_user(self.carla).action_post()
        self.refuse_count(1, "takes no counts", "Done")

    def test_a_draft_and_a_cancelled_session_take_nothing(self):
        draft = self.draft(self.bin_c)
        with self.assert_refused("takes no counts", "Draft", error=CountRefused):
            self.find(draft, self.bolt, self.bin_c, 1)
        self.open.action_cancel()
        self.refuse_count(1, "takes no counts", "Cancelled")

    def test_somebody_who_is_no_counter_of_the_session_cannot_count(self):
        self.open.counter_ids -= self.lea
        self.env.flush_all()

        with self.assert_refused(error=AccessError):
            self.count(self.open, {self.bolts: 1}, self.lea)
        with self.assert_refused("not a counter", error=AccessError):
            self.count(self.open, {self.bolts: 1}, self.anton)

    def test_another_companys_controller_cannot_count_here(self):
        with self.assert_refused(error=AccessError):
            self.count(self.open, {self.bolts: 1}, self.omar)
        with self.assert_refused(error=UserError):
            self.find(self.open, self.bolt, self.bin_a, 1, self.omar)
