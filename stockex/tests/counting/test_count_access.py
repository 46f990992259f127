from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase

MODELS = ("stockex.count.session", "stockex.count.line", "stockex.count.entry")


@tagged("post_install", "-at_install")
class TestCountAccess(CountCase):
    roles = ("karim", "lea", "mona", "carla", "anton", "quentin", "ada", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.stranger = cls.make_user("stranger", "base.group_user", cls.company)
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.stock(cls.bolt, cls.bin_b, 5)
        cls.mine = cls.session(cls.bin_a, cls.karim | cls.lea)
        cls.theirs = cls.session(cls.bin_b, cls.mona)
        cls.my_line = cls.line(cls.mine, cls.bolt)
        cls.their_line = cls.line(cls.theirs, cls.bolt)
        cls.count(cls.mine, {cls.my_line: 6})
        cls.count(cls.mine, {cls.my_line: 1}, cls.lea)
        cls.count(cls.theirs, {cls.their_line: 5}, cls.mona)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def seen(self, user, model):
        return self.env[model].with_user(user).search([]).sudo()

    def test_a_counter_sees_the_sessions_he_is_in_and_their_lines(self):
        self.assertEqual(self.seen(self.karim, "stockex.count.session"), self.mine)
        self.assertEqual(self.seen(self.karim, "stockex.count.line"), self.my_line)
        self.assertEqual(self.seen(self.mona, "stockex.count.session"), self.theirs)
        self.assertEqual(self.seen(self.mona, "stockex.count.line"), self.their_line)

    def test_a_counter_sees_only_entries_of_his_own(self):
        entries = self.seen(self.karim, "stockex.count.entry")

        self.assertEqual(entries, self.my_line.entry_ids.filtered(lambda e: e.quantity == 6))

    def test_a_counter_sees_no_lines_before_and_after_the_counting(self):
        self.mine.action_review()
        self.env.invalidate_all()

        self.assertFalse(self.seen(self.karim, "stockex.count.line"))
        self.assertEqual(self.seen(self.karim, "stockex.count.session"), self.mine)
        with self.assertRaises(AccessError):
            self.my_line.with_user(self.karim).sudo(False).read(["counted_quantity"])

    def test_a_counter_cannot_reach_a_session_of_others(self):
        session = self.theirs.with_user(self.karim)
        for call in (
            lambda: session.read(["name"]),
            lambda: session._record_entries([]),
            lambda: session.action_record(
                [{"line_id": self.their_line.id, "quantity": 1, "uuid": "u"}]
            ),
            lambda: session.action_scan(self.bolt.barcode, self.bin_b.id),
            lambda: self.their_line.with_user(self.karim).sudo(False).write({"my_quantity": 1}),
            lambda: self.their_line.with_user(self.karim).sudo(False).action_count_zero(),
        ):
            with self.assert_refused(error=AccessError):
                call()

    def test_a_counter_changes_nothing_but_his_count_and_a_note(self):
        line = self.my_line.with_user(self.karim).sudo(False)
        line.write({"my_quantity": 5, "note": "damaged box"})
        self.assertEqual((self.my_line.counted_quantity, self.my_line.note), (6, "damaged box"))

        for vals in (
            {"state": "posted"},
            {"counted_quantity": 1},
            {"book_quantity": 1},
            {"difference": 0},
            {"verdict": "matched"},
            {"decision": "accepted"},
            {"recount": True},
            {"product_id": self.milk.id},
            {"my_quantity": 1, "state": "posted"},
        ):
            with self.subTest(vals=vals), self.assert_refused(error=AccessError):
                line.write(vals)
        for call in (line.unlink, line.copy, lambda: line.create({"session_id": self.mine.id})):
            with self.assert_refused(error=AccessError):
                call()

    def test_a_counter_writes_no_session(self):
        session = self.mine.with_user(self.karim)
        for vals in (
            {"state": "approved"},
            {"approver_id": self.karim.id},
            {"counter_ids": [(4, self.mona.id)]},
            {"line_ids": [(2, self.my_line.id)]},
            {"title": "mine"},
        ):
            with self.subTest(vals=vals), self.assert_refused(error=AccessError):
                session.write(vals)
        for call in (session.unlink, session.copy, lambda: session.create({})):
            with self.assert_refused(error=AccessError):
                call()

    def test_nobody_writes_a_line_but_a_count(self):
        for user in (self.carla, self.sana):
            line = self.my_line.with_user(user).sudo(False)
            for vals in ({"state": "posted"}, {"difference": 0}, {"decision": "accepted"}):
                with self.assert_refused(error=AccessError):
                    line.write(vals)
            with self.assert_refused(error=AccessError):
                line.unlink()
            with self.assert_refused(error=AccessError):
                line.create({"session_id": self.mine.id, "product_id": self.bolt.id})

    def test_who_looks_at_counts_reads_all_and_changes_nothing(self):
        for user in (self.ada, self.quentin, self.anton):
            with self.subTest(user=user.login):
                self.assertEqual(self.seen(user, "stockex.count.session"), self.theirs | self.mine)
                self.assertEqual(len(self.seen(user, "stockex.count.line")), 2)
                self.assertEqual(len(self.seen(user, "stockex.count.entry")), 3)
                line = self.my_line.with_user(user).sudo(False)
                self.assertEqual((line.book_quantity, line.difference), (7, 0))
                for record, vals in (
                    (line, {"note": "x"}),
                    (line, {"my_quantity": 1}),
                    (self.mine.with_user(user), {"title": "x"}),
                    (self.mine.with_user(user), {"state": "done"}),
                ):
                    with self.assert_refused(error=AccessError):
                        record.write(vals)
                with self.assert_refused(error=AccessError):
                    self.count(self.mine, {self.my_line: 1}, user)

    def test_a_colleague_without_a_role_sees_nothing(self):
        for model in (*MODELS, "stockex.count.claim", "stockex.event"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.stranger).search([])

    def test_another_company_sees_nothing_and_steps_nowhere(self):
        for model in MODELS:
            self.assertFalse(self.seen(self.omar, model))
        session = self.mine.with_user(self.omar)
        for step in ("action_review", "action_cancel", "action_zero_uncounted"):
            with self.assert_refused(error=AccessError):
                getattr(session, step)()
        with self.assert_refused(error=AccessError):
            session.write({"title": "x"})
        with self.assert_refused(error=AccessError):
            self.my_line.with_user(self.omar).sudo(False).action_recount()
        with self.assert_refused(error=AccessError):
            self.my_line.with_user(self.omar).sudo(False).read(["product_id"])

    def test_a_controller_cannot_make_a_count_in_another_company(self):
        for vals in (
            {"company_id": self.company.id},
            {"company_id": self.company.id, "warehouse_id": self.warehouse.id},
        ):
            with self.assert_refused(error=AccessError):
                self.env["stockex.count.session"].with_user(self.omar).create(vals)

    def test_the_dialogs_are_for_their_roles(self):
        add, reverse = (
            self.env[model] for model in ("stockex.count.add.line", "stockex.count.reverse")
        )
        with self.assert_refused(error=AccessError):
            reverse.with_user(self.carla).create({"session_id": self.mine.id, "reason": "x"})
        with self.assert_refused(error=AccessError):
            add.with_user(self.ada).create({"session_id": self.mine.id})
        foreign = add.with_user(self.mona).create(
            {
                "session_id": self.mine.id,
                "product_id": self.bolt.id,
                "location_id": self.bin_a.id,
            }
        )
        with self.assert_refused(error=AccessError):
            foreign.action_add()

    def test_a_counter_has_no_role_of_odoos_stock(self):
        for group in ("stock.group_stock_user", "sales_team.group_sale_salesman"):
            self.assertFalse(self.karim.has_group(group))
