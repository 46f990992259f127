import json

from odoo.tests import tagged

from odoo.addons.bus.models.ir_websocket import IrWebsocket

from ..common import CountCase

CHANNEL = "stockex.count.session_%s"


@tagged("post_install", "-at_install")
class TestCountLive(CountCase):
    roles = ("karim", "lea", "mona", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.bolt, cls.bin_b, 9)
        cls.open = cls.session(cls.bin_a | cls.bin_b)
        cls.first = cls.line(cls.open, cls.bolt, cls.bin_a)
        cls.second = cls.line(cls.open, cls.bolt, cls.bin_b)
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def told(self):
        """Return the messages that a commit would send to the session's channel."""
        before = self.env["bus.bus"].search([], order="id desc", limit=1).id or 0
        self.env.cr.precommit.run()
        found = self.env["bus.bus"].search([("id", ">", before)], order="id")
        channel = [self.env.cr.dbname, "stockex.count.session", self.open.id]
        sent = [json.loads(row.message) for row in found if json.loads(row.channel) == channel]
        return [message["payload"] for message in sent]

    def channels(self, user, *asked):
        websocket = self.env(user=user)["ir.websocket"]
        # What Odoo adds of its own needs a request; what others add is theirs.
        self.patch(IrWebsocket, "_build_bus_channel_list", lambda _self, found: found)
        found = websocket._build_bus_channel_list(list(asked))
        return [one for one in found if isinstance(one, str) or one == self.open]

    def test_a_batch_tells_its_lines_and_nothing_of_the_book(self):
        self.count(self.open, {self.first: 6543, self.second: 8})

        self.assertEqual(
            self.told(),
            [
                {
                    "session_id": self.open.id,
                    "line_ids": [self.first.id, self.second.id],
                    "many": False,
                }
            ],
        )

    def test_a_recount_and_an_undo_are_told_too(self):
        self.count(self.open, {self.first: 6})
        self.told()

        self.open.with_user(self.karim).action_undo()
        undone = self.told()
        self.count(self.open, {self.second: 6})
        self.told()
        self.second.with_user(self.carla).action_recount()
        recounted = self.told()

        self.assertEqual([one["line_ids"] for one in undone], [[self.first.id]])
        self.assertIn([self.second.id], [one["line_ids"] for one in recounted])

    def test_an_entry_sent_again_tells_nothing(self):
        item = {"line_id": self.first.id, "quantity": 1, "uuid": "again"}
        session = self.open.with_user(self.karim)
        session._record_entries([item])
        self.told()

        session._record_entries([item])

        self.assertEqual(self.told(), [])

    def test_a_very_large_batch_names_no_line_but_says_so(self):
        self.open._tell_changes(list(range(1, 502)))

        [payload] = self.told()
        self.assertEqual((payload["line_ids"], payload["many"]), ([], True))

    def test_a_new_state_is_told(self):
        self.count(self.open, {self.first: 7})
        self.told()

        self.open.with_user(self.carla).action_review()

        self.assertIn({"session_id": self.open.id, "line_ids": [], "many": False}, self.told())

    def test_only_those_who_may_read_the_session_hear_it(self):
        asked = CHANNEL % self.open.id

        self.assertEqual(self.channels(self.karim, asked), [self.open])
        self.assertEqual(self.channels(self.carla, asked), [self.open])
        self.assertEqual(self.channels(self.anton, asked), [self.open])
        self.assertEqual(self.channels(self.mona, asked), [])

    def test_a_stranger_and_another_company_hear_nothing(self):
        self.add_other_company()
        stranger = self.make_user("tom", "base.group_user", self.company)
        asked = CHANNEL % self.open.id

        self.assertEqual(self.channels(self.omar, asked), [])
        self.assertEqual(self.channels(stranger, asked), [])
        self.assertEqual(self.channels(self.env.ref("base.public_user"), asked), [])

    def test_a_session_that_is_gone_or_no_number_is_no_channel(self):
        gone = CHANNEL % 999999999

        self.assertEqual(self.channels(self.karim, gone, "mine"), ["mine"])
        self.assertEqual(
            self.channels(self.karim, "stockex.count.session_1x"), ["stockex.count.session_1x"]
        )
