import uuid

from odoo.fields import Command
from odoo.tests import tagged

from ...exceptions import HandheldRefused
from .lookup_case import LookupCase

NOBODYS_ID = 2**31 - 1


@tagged("post_install", "-at_install")
class TestSyncLookup(LookupCase):
    """What a code, a name or an id stands for, and for whom."""

    roles = ("karim", "lea", "carla")

    def test_a_code_of_any_kind_is_found_by_a_counter_and_by_a_controller(self):
        self.phone.barcode = "036000291452"
        serial = self.make_lot(self.phone, "SN-7")
        self.bin_a.barcode = "BIN-A"
        pallet = self.env["stock.package"].create({"name": "106141411234567897"})
        product, lot = ("product", self.bolt.id), ("lot", self.lot.id)
        cases = (
            ("3700000000013", product),
            (" 3700000000013\r\n", product),
            ("03700000000013", product),
            ("BLT", product),
            ("PACK-50", product),
            ("0036000291452", ("product", self.phone.id)),
            ("L-1", lot),
            ("SN-7", ("lot", serial.id)),
            ("BIN-A", ("location", self.bin_a.id)),
            ("PK-9", ("package", self.package.id)),
            ("0103700000000013", product),
            ("010370000000002010L-1", lot),
            ("00106141411234567897", ("package", pallet.id)),
        )
        for user in (self.karim, self.carla):
            for code, expected in cases:
                with self.subTest(code=code, user=user.name):
                    self.assertEqual(self.found(user, code=code), [expected])

    def test_what_the_application_read_in_a_code_is_found(self):
        serial = self.make_lot(self.phone, "SN-7")
        self.phone.barcode = "036000291452"
        self.bin_a.barcode = "4149501101020016"
        pallet = self.env["stock.package"].create({"name": "106141411234567897"})
        link = "https://id.example.org/01/03700000000020/10/L-1"
        cases = (
            ({"gtin": "03700000000020", "lot": "L-1"}, ("lot", self.lot.id)),
            ({"gtin": "03700000000020", "lot": "NEW"}, ("product", self.milk.id)),
            ({"gtin": "03700000000020"}, ("product", self.milk.id)),
            ({"gtin": "00036000291452", "serial": "SN-7", "lot": "B"}, ("lot", serial.id)),
            ({"gtin": "03700000000013", "lot": "L-1"}, ("product", self.bolt.id)),
            ({"serial": "SN-7"}, ("lot", serial.id)),
            ({"gln": "9501101020016"}, ("location", self.bin_a.id)),
            ({"sscc": "106141411234567897"}, ("package", pallet.id)),
            ({"sscc": "1", "gtin": "03700000000020"}, ("product", self.milk.id)),
        )
        for label, expected in cases:
            with self.subTest(label=label):
                self.assertEqual(self.found(code=link, gs1=label), [expected])
        self.assertEqual(self.ask(code=link, gs1={"gtin": "05012345678900"})["status"], "unknown")
        self.assertEqual(self.ask(code=link, gs1={})["status"], "unknown")

    def test_a_plain_code_stands_before_what_can_be_read_in_it(self):
        plain = self.make_product("Plain", barcode="0103700000000013")

        found = self.found(code="0103700000000013", gs1={"gtin": "03700000000013"})

        self.assertEqual(found, [("product", plain.id)])

    def test_a_packaging_tells_what_is_in_it(self):
        self.assertEqual(self.card(code="PACK-50")["pack"], {"name": "Box of 50", "quantity": 50.0})
        self.assertNotIn("pack", self.card(code="BLT"))

    def test_each_id_is_found(self):
        for kind, record in (
            ("product", self.bolt),
            ("lot", self.lot),
            ("location", self.bin_a),
            ("package", self.package),
        ):
            for user in (self.karim, self.carla):
                with self.subTest(kind=kind, user=user.name):
                    self.assertEqual(self.found(user, **{kind: record.id}), [(kind, record.id)])

    def test_several_matches_are_offered_to_choose_from(self):
        ham = self.make_product("Ham", tracking="lot", default_code="HAM")
        other = self.make_lot(ham, "L-1")
        self.bin_a.barcode = "L-1"

        answer = self.ask(code="L-1")

        self.assertEqual((answer["status"], answer["card"], answer["more"]), ("several", None, 0))
        self.assertEqual(
            answer["matches"],
            [
                {
                    "kind": "location",
                    "id": self.bin_a.id,
                    "name": self.bin_a.complete_name,
                    "detail": None,
                },
                {"kind": "lot", "id": self.lot.id, "name": "L-1", "detail": "Milk"},
                {"kind": "lot", "id": other.id, "name": "L-1", "detail": "Ham"},
            ],
        )

    # --- Names ---

    def test_a_typed_name_is_looked_for_and_a_scanned_one_is_not(self):
        self.make_product("Blue steel bolt", default_code="BSB")

        names = [row["name"] for row in self.ask(code="bolt", typed=True)["matches"]]
        self.assertEqual(sorted(names), ["Blue steel bolt", "Bolt"])
        self.assertEqual(self.card(code="steel  BLUE", typed=True)["name"], "Blue steel bolt")
        self.assertEqual(self.card(code="A-01", typed=True)["id"], self.bin_a.id)
        self.assertEqual(self.ask(code="bolt")["status"], "unknown")
        self.assertEqual(self.ask(code="b", typed=True)["status"], "unknown")
        self.assertEqual(self.ask(code="%%", typed=True)["status"], "unknown")
        self.assertEqual(self.ask(code="B_lt", typed=True)["status"], "unknown")

    def test_of_many_names_the_first_are_offered_and_the_others_numbered(self):
        self.env["product.product"].create(
            [{"name": f"Gadget {index:02}", "is_storable": True} for index in range(27)]
        )

        answer = self.ask(code="gadget", typed=True)

        self.assertEqual((len(answer["matches"]), answer["more"]), (20, 7))

    # --- Companies ---

    def test_what_another_company_has_is_unknown_exactly_like_what_nobody_knows(self):
        self.other_bin.barcode = "THEIR-BIN"
        pack = self.env["uom.uom"].create(
            {"name": "Foreign box", "relative_factor": 2, "relative_uom_id": self.box.id}
        )
        self.env["product.uom"].create(
            {"product_id": self.theirs.id, "uom_id": pack.id, "barcode": "THEIR-PACK"}
        )
        secrets = (
            *("3700000000099", "03700000000099", "SX-Foreign", "THEIR-LOT", "THEIR-BIN"),
            *("THEIR-PK", "THEIR-PACK", "0103700000000099"),
        )
        label = {"gtin": "03700000000099", "lot": "THEIR-LOT"}
        for user in (self.karim, self.carla):
            nobodys = self.said(self.ask(user, code=self.never_seen()))
            self.assertEqual(
                {**nobodys, "blind": None},
                {"status": "unknown", "card": None, "matches": [], "more": 0, "blind": None},
            )
            for typed in (False, True):
                for code in secrets:
                    with self.subTest(code=code, user=user.name, typed=typed):
                        self.assertEqual(self.said(self.ask(user, code=code, typed=typed)), nobodys)
            self.assertEqual(self.said(self.ask(user, code="-", gs1=label)), nobodys)
            self.assertEqual(self.said(self.ask(user, code="Foreign", typed=True)), nobodys)
            for kind, record in (
                ("product", self.theirs),
                ("lot", self.their_lot),
                ("location", self.other_bin),
                ("package", self.their_package),
            ):
                with self.subTest(kind=kind, user=user.name):
                    self.assertEqual(self.said(self.ask(user, **{kind: record.id})), nobodys)
                    self.assertEqual(self.said(self.ask(user, **{kind: NOBODYS_ID})), nobodys)

    def test_who_works_in_both_companies_finds_both(self):
        for user in (self.karim, self.carla):
            user.company_ids = [Command.link(self.other_company.id)]

            self.assertEqual(self.found(user, code="3700000000099"), [("product", self.theirs.id)])
            self.assertEqual(self.found(user, code="THEIR-LOT"), [("lot", self.their_lot.id)])

    # --- Out of use ---

    def test_what_was_taken_out_of_use_is_found_and_said_to_be(self):
        self.bolt.action_archive()
        (self.bin_c).action_archive()

        card = self.card(code="3700000000013")
        self.assertEqual((card["id"], card["active"]), (self.bolt.id, False))
        self.assertIs(self.card(product=self.bolt.id)["active"], False)
        place = self.card(location=self.bin_c.id)
        self.assertEqual((place["active"], place["can_count"]), (False, False))
        self.assertIs(self.card(code="SX-Milk")["active"], True)

    def test_what_is_in_use_stands_before_what_is_not(self):
        self.make_product("Old", default_code="BLT").action_archive()

        self.assertEqual(self.found(code="BLT"), [("product", self.bolt.id)])

    # --- Refusals ---

    def test_nonsense_is_refused_with_a_sentence(self):
        for question in (
            {},
            {"code": ""},
            {"code": "   "},
            {"code": "\x1d"},
            {"code": "a\x00b"},
            {"code": "x" * 501},
            {"code": "\ud800"},
            {"code": 5},
            {"product": "1 OR 1=1"},
            {"product": True},
            {"lot": -1},
            {"location": 2**31},
            {"product": 1, "lot": 1},
            {"code": "BLT", "gs1": {"lot": "\x00"}},
        ):
            with self.subTest(question=question), self.assertRaises(HandheldRefused) as caught:
                self.ask(**question)
            self.assertEqual(caught.exception.code, "invalid")
            self.assertIn("cannot be looked up", str(caught.exception))

    def test_signs_of_every_kind_are_looked_for_as_they_are(self):
        for code in ("'; DROP TABLE x; --", "%", "_", "\\", "]C1", "\x1da", "é𝄞", "x" * 500):
            for typed in (False, True):
                with self.subTest(code=code):
                    self.assertEqual(self.ask(code=code, typed=typed)["status"], "unknown")

    def test_a_handheld_that_is_not_registered_or_was_shut_out_is_told_nothing(self):
        lookup = self.env(user=self.karim)["stockex.sync.lookup"]
        call = {"device": str(uuid.uuid4()), "protocol": 1, "code": "BLT"}
        with self.assertRaises(HandheldRefused) as caught:
            lookup._serve(call)
        self.assertEqual(caught.exception.code, "device_unknown")
        self.hello()
        device = self.env["stockex.sync.device"].search([("uuid", "=", self.device())])
        device.action_revoke()
        with self.assertRaises(HandheldRefused) as caught:
            lookup._serve({**call, "device": self.device()})
        self.assertEqual(caught.exception.code, "device_revoked")
        with self.assertRaises(HandheldRefused) as caught:
            lookup._serve({**call, "protocol": 0})
        self.assertEqual(caught.exception.code, "app_too_old")
