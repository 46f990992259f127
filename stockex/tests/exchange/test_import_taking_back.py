from odoo.tests import tagged

from ..common import CountCase
from .files import HEAD, check, counted, xlsx


@tagged("post_install", "-at_install")
class TestImportTakingBack(CountCase):
    """What an import that is given up leaves: what was there before, exactly."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 12)
        cls.session_1 = cls.session(cls.bin_a | cls.bin_b)
        cls.bolts = cls.line(cls.session_1, cls.bolt)
        cls.count(cls.session_1, {cls.bolts: 5}, user=cls.carla)

    def imported(self, quantity, note=None):
        rows = [("SX-Bolt", "A-01", None, quantity, note)]
        record = check(self.session_1, xlsx(rows, (*HEAD, "Note")))
        record.allow_again = True
        record.action_import()
        return record

    def take_back(self, record):
        engine = record._engine()
        engine.env["stockex.import.applying"]._take_back(engine)
        self.env.invalidate_all()

    def now(self):
        return counted(self.session_1)[("Bolt", "A-01", "")]

    def test_two_imports_given_up_leave_the_count_before_both(self):
        for order in ((0, 1), (1, 0)):
            with self.subTest(order=order):
                records = [self.imported(7), self.imported(8)]
                self.assertEqual(self.now(), 8)

                for place in order:
                    self.take_back(records[place])

                self.assertEqual(self.now(), 5)

    def test_a_correction_after_the_import_stays_and_undoing_it_shows_what_was_before(self):
        record = self.imported(7)
        self.count(self.session_1, {self.bolts: 9}, user=self.carla)

        self.take_back(record)
        self.assertEqual(self.now(), 9)
        self.session_1.with_user(self.carla).action_undo()
        self.env.invalidate_all()

        self.assertEqual(self.now(), 5)

    def test_a_note_is_written_once_every_row_counts(self):
        self.bolts.with_user(self.carla).note = "mine"
        record = check(
            self.session_1, xlsx([("SX-Bolt", "A-01", None, 7, "theirs")], (*HEAD, "Note"))
        )
        applying = record._engine().env["stockex.import.applying"]
        record._engine().state = "importing"
        applying._apply_next(record._engine())
        self.take_back(record)
        record._engine().state = "cancelled"
        self.assertEqual((self.bolts.note, self.now()), ("mine", 5))

        self.imported(7, "theirs")

        self.assertEqual(self.bolts.note, "theirs")

    def test_one_file_at_a_time_is_imported_into_a_count(self):
        first, second = (
            check(self.session_1, xlsx([("SX-Bolt", "A-01", None, n)])) for n in (7, 8)
        )
        first._engine().state = "importing"

        with self.assert_refused("is being imported"):
            second.action_import()

        self.assertEqual(second.state, "checked")

    def test_defaults_say_nothing_that_only_the_flow_says(self):
        imports = self.env["stockex.import"].with_user(self.carla)

        record = imports.with_context(
            default_state="done", default_user_id=self.anton.id, default_imported_count=99
        ).create({"session_id": self.session_1.id})

        self.assertRecordValues(
            record, [{"state": "draft", "user_id": self.carla.id, "imported_count": 0}]
        )
