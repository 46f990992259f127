from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import CountCase

BOOK_FIELDS = (
    *("accuracy_value", "shortage_value", "surplus_value", "counted_value"),
    "gross_variance_value",
)


@tagged("post_install", "-at_install")
class TestCountSeeing(CountCase):
    """What a session shows of itself while it is counted and after."""

    roles = ("karim", "lea", "carla", "anton", "quentin", "ada")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nut = cls.make_product("Nut", 4.0)
        cls.stock(cls.bolt, cls.bin_a, 100)
        cls.stock(cls.nut, cls.bin_a, 50)
        cls.stock(cls.bolt, cls.bin_b, 20)
        cls.stock(cls.nut, cls.bin_b, 10)

    def counted(self):
        """Count 10 bolts too few (-100), 5 nuts too many (+20), 20 bolts right; leave one out."""
        session = self.session(self.bin_a | self.bin_b)
        self.count(
            session,
            {
                self.line(session, self.bolt, self.bin_a): 90,
                self.line(session, self.nut, self.bin_a): 55,
                self.line(session, self.bolt, self.bin_b): 20,
            },
        )
        return session

    def test_shortages_and_surpluses_are_never_netted(self):
        session = self.counted()

        self.assertEqual(session.shortage_value, 100)
        self.assertEqual(session.surplus_value, 20)
        self.assertEqual(session.gross_variance_value, 120)
        self.assertEqual(session.net_variance_value, -80)
        self.assertEqual(session.counted_value, 1320)
        # Of 1000 + 200 + 200 that were counted, 120 were not as the book said.
        self.assertAlmostEqual(session.accuracy_value, 1 - 120 / 1400)
        self.assertAlmostEqual(session.accuracy, 1 / 3)

    def test_the_gross_value_of_a_line_follows_each_entry(self):
        session = self.session(self.bin_a)
        line = self.line(session, self.bolt)
        self.assertEqual(line.gross_value, 0)

        for quantity, value, gross in ((90, -100, 100), (103, 30, 30), (100, 0, 0)):
            self.count(session, {line: quantity})

            self.assertEqual((line.difference_value, line.gross_value), (value, gross))
            self.assertEqual(self._stored(line), [(gross,)])

    def _stored(self, line):
        self.env.flush_all()
        self.env.cr.execute("SELECT gross_value FROM stockex_count_line WHERE id = %s", [line.id])
        return self.env.cr.fetchall()

    def test_a_reversal_has_its_gross_value_too(self):
        session = self.counted()
        self.post(session)
        reversal = session.with_user(self.anton)._reverse(
            session.sudo().line_ids.filtered(lambda line: line.state == "posted"), "Wrong rack"
        )

        values = sorted(reversal.sudo().line_ids.mapped("gross_value"))

        self.assertEqual(values, [20, 100])

    def test_the_expected_end_follows_the_speed_since_the_start(self):
        session = self.counted()
        session.sudo().started_at = datetime(2026, 11, 21, 8)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stockex_count_line SET last_entry_at = '2026-11-21 09:00'"
            " WHERE session_id = %s AND state = 'counted'",
            [session.id],
        )
        self.env.invalidate_all()

        with freeze_time("2026-11-21 09:10:30"):
            session = session.with_user(self.carla)
            # Three lines in an hour; the one that is left takes twenty minutes.
            self.assertEqual(session.lines_per_hour, 3)
            self.assertEqual(session.expected_end, datetime(2026, 11, 21, 9, 30))

    def test_the_speed_is_that_of_the_last_hundred_lines(self):
        for number in range(101):
            self.stock(self.make_product(f"P{number}"), self.bin_c, 1)
        self.stock(self.bolt, self.bin_c, 1)
        session = self.session(self.bin_c)
        lines = session.sudo().line_ids
        self.count(session, dict.fromkeys(lines[:101], 1))
        session.sudo().started_at = datetime(2026, 11, 20, 8)
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE stockex_count_line SET last_entry_at = CASE WHEN id = %s
                      THEN timestamp '2026-11-21 08:00' ELSE timestamp '2026-11-21 10:00' END
                WHERE id = ANY(%s)""",
            [lines[0].id, lines[:101].ids],
        )
        self.env.invalidate_all()

        # The first line, of the day before in spirit, no longer matters.
        self.assertEqual(session.lines_per_hour, 50)

    def test_nothing_is_told_of_a_count_that_nobody_began_or_that_is_over(self):
        untouched = self.session(self.bin_c, allow_overlap=True)
        over = self.counted()
        over.action_review()

        for session in (self.draft(self.bin_a), untouched, over):
            self.assertEqual(session.lines_per_hour, 0)
            self.assertFalse(session.expected_end)

    def test_a_counter_sees_the_end_and_nothing_of_the_worth(self):
        session = self.counted().with_user(self.karim)

        self.assertIn("expected_end", session.fields_get())
        for name in BOOK_FIELDS:
            self.assertNotIn(name, session.fields_get())
            with self.assertRaises(AccessError):
                session.read([name])
        with self.assertRaises(AccessError):
            session.line_ids.read(["gross_value"])
        with self.assertRaises(AccessError):
            session.line_ids._read_group([], [], ["gross_value:sum"])
        with self.assertRaises(AccessError):
            session.action_open_variances()

    def test_the_variances_are_summed_by_reason_and_category(self):
        session = self.counted()
        reason = self.env["stockex.count.reason"].create({"name": "Gone"})
        self.line(session, self.bolt, self.bin_a).reason_id = reason
        for user in (self.carla, self.anton, self.quentin, self.ada):
            action = session.with_user(user).action_open_variances()
            lines = self.env["stockex.count.line"].with_user(user)

            groups = lines.formatted_read_group(
                action["domain"], ["reason_id"], ["difference_value:sum", "gross_value:sum"]
            )

            self.assertEqual(
                [
                    (
                        group["reason_id"] and group["reason_id"][0],
                        group["difference_value:sum"],
                        group["gross_value:sum"],
                    )
                    for group in groups
                ],
                [(reason.id, -100, 100), (False, 20, 20)],
            )
            self.assertTrue(lines.fields_get(["category_id"])["category_id"]["groupable"])

    def test_a_list_of_sessions_costs_no_query_each(self):
        sessions = self.env["stockex.count.session"]
        for _number in range(6):
            sessions |= self.session(self.bin_a, allow_overlap=True)
        names = ["expected_end", "lines_per_hour", "accuracy_value", "counted_value", "progress"]
        counts = []
        for some in (sessions[:1], sessions):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.carla).read(names)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0])
