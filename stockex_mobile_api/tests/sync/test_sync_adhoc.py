import uuid

from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncAdhoc(SyncCase):
    """A counter counts where they stand, without being asked to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stock(cls.bolt, cls.bin_a, 7)

    def begin(self, location=None, name=None, **vals):
        location = location or self.bin_a
        name = name or f"local:{uuid.uuid4()}"
        return self.op("adhoc", name, location=location.id, **vals)

    def bolts(self, name, quantity, **vals):
        return self.op(
            "count", name, product=self.bolt.id, location=self.bin_a.id, quantity=quantity, **vals
        )

    def test_a_count_made_without_a_network_is_all_there(self):
        begin = self.begin(at=self.now(3600))
        name = begin["session"]
        ops = [begin, self.bolts(name, 3, at=self.now(3500)), self.bolts(name, 4, at=self.now(9))]

        answers = self.push(*ops)

        self.assertEqual([one["status"] for one in answers], ["applied"] * 3, answers)
        session = self.env["stockex.count.session"].browse(answers[0]["session"])
        self.assertEqual({one["session"] for one in answers}, {session.id})
        self.assertEqual((session.state, session.kind), ("counting", "spot"))
        self.assertEqual((session.counter_ids, session.location_ids), (self.karim, self.bin_a))
        self.assertEqual(session.company_id, self.company)
        self.assertEqual(session.started_at, self.row(begin).corrected_at)
        [line] = session.line_ids
        self.assertEqual((line.counted_quantity, line.verdict), (7, "matched"))
        later = self.one(self.bolts(name, 1))
        self.assertEqual((later["status"], later["session"]), ("applied", session.id))
        self.post(session)
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 8)

    def test_sent_twice_it_is_begun_once(self):
        begin = self.begin()
        first = self.one(begin)
        again = self.one(begin)
        other = self.one({**self.begin(name=begin["session"])})

        self.assert_answer(again, "duplicate")
        self.assert_answer(other, "duplicate", "already_begun")
        self.assertEqual({first["session"], again["session"], other["session"]}, {first["session"]})
        self.assertEqual(self.env["stockex.count.session"].search_count([]), 1)

    def test_somebody_elses_local_name_is_not_ours(self):
        begin = self.begin()
        self.one(begin)

        answer = self.one(self.bolts(begin["session"], 1), user=self.lea)

        self.assert_answer(answer, "rejected", "session_unknown")

    def test_it_is_begun_where_another_count_goes_on(self):
        self.open = self.begun()

        answer = self.one(self.begin())

        self.assert_answer(answer, "applied")
        self.assertNotEqual(answer["session"], self.open.id)

    def test_an_empty_location_is_counted_too(self):
        begin = self.begin(self.bin_b)
        here = {"product": self.bolt.id, "location": self.bin_b.id, "quantity": 2}

        answers = self.push(begin, self.op("count", begin["session"], **here))

        self.assertEqual([one["status"] for one in answers], ["applied", "applied"])

    def test_who_reviews_it(self):
        def controller_of(**vals):
            answer = self.one(self.begin(**vals))
            return self.env["stockex.count.session"].browse(answer["session"]).user_id

        self.assertFalse(controller_of())
        before = self.begun(self.bin_c)
        self.stock(self.bolt, self.bin_c, 1)
        before = self.begun(self.bin_c, allow_overlap=True)
        self.assertEqual(before.user_id, self.carla)
        self.assertEqual(controller_of(), self.carla)
        chief = self.make_user("chief", "stockex.group_controller", self.company)
        self.company.stockex_handheld_adhoc_controller_id = chief
        self.assertEqual(controller_of(), chief)

    def test_a_company_may_not_want_it(self):
        self.company.stockex_handheld_adhoc = False
        begin = self.begin()

        self.assert_rejected(begin, "adhoc_forbidden", "ask a controller")

        count = self.bolts(begin["session"], 3)
        self.assert_rejected(count, "session_unknown")
        self.assertEqual(self.row(count).product_id, self.bolt)
        self.assertFalse(self.hello()["settings"]["adhoc"])

    def test_its_counter_says_it_is_finished_without_knowing_its_zone(self):
        begin = self.begin()
        done = self.op("zone_done", begin["session"])

        answers = self.push(begin, self.bolts(begin["session"], 7), done)

        self.assertEqual([one["status"] for one in answers], ["applied"] * 3, answers)
        session = self.env["stockex.count.session"].browse(answers[0]["session"])
        [zone] = session.zone_ids
        self.assertEqual((zone.location_ids, zone.counter_ids), (self.bin_a, self.karim))
        self.assertEqual((zone.done_by_id, zone.done_at), (self.karim, self.row(done).corrected_at))
        self.assertEqual((zone.line_count, zone.counted_count), (1, 1))

    def test_a_count_without_zones_of_ours_is_not_said_finished(self):
        self.open = self.begun()

        self.assert_rejected(self.op("zone_done"), "zone_unknown")

    def test_only_counters_and_only_where_goods_of_theirs_lie(self):
        accountant = self.make_user("ada", "stockex.group_accountant", self.company)
        self.assert_answer(self.one(self.begin(), user=accountant), "rejected", "adhoc_forbidden")
        self.assertFalse(self.hello(accountant)["settings"]["adhoc"])
        for location in (self.other_bin, self.customers, self.bin_a.location_id.location_id):
            self.assert_rejected(self.begin(location), "location_unknown")
        gone = self.begin() | {"location": 2**31 - 1}
        self.assert_rejected(gone, "location_unknown")
        self.bin_c.active = False
        self.assert_rejected(self.begin(self.bin_c), "location_unknown")
        self.assertFalse(self.env["stockex.count.session"].search([]))
