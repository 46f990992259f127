from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CountCase


@tagged("post_install", "-at_install")
class TestEventStream(CountCase):
    def test_a_sequence_leads_back_to_its_place_and_no_other_text_does(self):
        events = self.env["stockex.event"]

        text = events._write_sequence((123, 7))

        self.assertEqual(events._read_sequence(text), (123, 7))
        for wrong in ("", "x", text + "0" * 9, "00000000-1-1"):
            with self.assertRaises(UserError):
                events._read_sequence(wrong)

    def test_a_sequence_from_after_a_restored_backup_is_refused(self):
        events = self.env["stockex.event"]

        with self.assertRaisesRegex(UserError, "restored"):
            events._read_sequence(events._write_sequence((2**60, 1)))

    def test_a_done_move_tells_its_products_and_places_once(self):
        self.stock(self.bolt, self.bin_a, 5)
        before = self.env["stockex.event"].search([])

        moves = self.move(self.bolt, self.bin_a, self.bin_b, 2)

        event = self.env["stockex.event"].search([]) - before
        self.assertEqual((event.name, event.res_id), ("stock.changed", moves.id))
        self.assertEqual(
            event.payload,
            {
                "products": self.bolt.ids,
                "locations": (self.bin_a | self.bin_b).ids,
                "complete": True,
            },
        )
        self.assertEqual(event._shown()[0]["record_id"], moves.id)
