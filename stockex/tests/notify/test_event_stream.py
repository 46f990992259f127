from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.notify.event import HORIZON
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

    def numbered(self, *xids):
        """Add one event for each transaction number; return them in that order."""
        facts = {"name": "count.started", "company_id": self.env.company.id, "payload": {}}
        time = "2026-03-02 09:00:00"
        events = self.env["stockex.event"].create([{**facts, "time": time} for _xid in xids])
        self.env.flush_all()
        for event, xid in zip(events, xids, strict=True):
            self.env.cr.execute(
                "UPDATE stockex_event SET xid = %s::text::xid8 WHERE id = %s", [str(xid), event.id]
            )
        return events

    def test_the_stream_goes_by_numbers_and_not_by_digits(self):
        late, early, middle = self.numbered(1000, 99, 101)
        stream = self.env["stockex.event"]

        first, position = stream._read_after((98, 0), 2)
        rest, _position = stream._read_after(position, 1)

        self.assertEqual((first, rest), (early + middle, late))

    def horizon(self):
        """Return the horizon as another connection sees it now."""
        with db_connect(self.env.cr.dbname).cursor() as cr:
            [(xid,)] = self.env(cr=cr).execute_query(SQL("SELECT %s::text", HORIZON))
        return int(xid)

    def test_only_open_transactions_of_this_database_hold_the_stream_up(self):
        with db_connect(self.env.cr.dbname).cursor() as own:
            own.execute("SELECT pg_current_xact_id()::text")
            [mine] = own.fetchone()
            self.assertLessEqual(self.horizon(), int(mine))
        with db_connect("postgres", allow_uri=True).cursor() as foreign:
            foreign.execute("SELECT pg_current_xact_id()::text")
            [theirs] = foreign.fetchone()
            with db_connect(self.env.cr.dbname).cursor() as own:
                own.execute("SELECT pg_current_xact_id()::text")
                [later] = own.fetchone()
                # This test's own transaction is older than both.
                self.env.cr.execute("SELECT pg_current_xact_id_if_assigned()::text")
                [oldest] = self.env.cr.fetchone()
                self.assertLess(int(theirs), int(later))
                self.assertNotEqual(self.horizon(), int(theirs))
                self.assertEqual(self.horizon(), min(int(later), int(oldest or later)))

    def test_events_of_a_restored_backup_are_the_past(self):
        restored = self.numbered(2**60)
        self.assertNotIn(restored, self.env["stockex.event"]._read_after(limit=10**6)[0])

        self.env["stockex.event"]._gc_restored()

        self.assertEqual(self.env["stockex.event"]._read_after()[0][0], restored)

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
