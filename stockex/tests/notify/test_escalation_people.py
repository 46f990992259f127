from odoo.tests import tagged

from .waiting import WaitCase


@tagged("post_install", "-at_install")
class TestEscalationPeople(WaitCase):
    """Absences, substitutes, managers, people who leave, rules that change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule(
            [
                {"sequence": 10, "hours": 8, "action": "remind"},
                {"sequence": 20, "hours": 8, "action": "manager"},
            ]
        )

    def away(self, user, start, end, substitute=None):
        user.write(
            {
                "out_of_office_from": start,
                "out_of_office_to": end,
                "stockex_substitute_id": substitute.id if substitute else False,
            }
        )

    # --- Absences ---

    def test_who_is_away_at_the_start_has_the_substitute_asked(self):
        self.away(self.anton, "2026-03-01 00:00", "2026-03-06 00:00", self.ada)

        wait = self.wait(self.submitted("2026-03-02 09:00"))

        self.assertEqual(self.logins(wait.user_ids), ["ada"])
        self.assertEqual(self.run_at("2026-03-03 09:00"), [("Reminder", ["ada"])])

    def test_who_leaves_meanwhile_has_the_substitute_asked(self):
        self.away(self.anton, "2026-03-02 12:00", "2026-03-06 00:00", self.ada)
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.assertEqual(self.logins(wait.user_ids), ["anton"])

        self.assertEqual(self.run_at("2026-03-02 11:59"), [])
        self.assertEqual(len(self.run_at("2026-03-02 12:00")), 1)
        self.assertEqual(self.logins(wait.user_ids), ["ada"])
        self.assertEqual(self.run_at("2026-03-02 12:05"), [])
        self.assertEqual(self.history(wait), [("ask", ["anton"]), ("away", ["ada"])])

    def test_substitutes_of_substitutes_are_found_and_circles_end(self):
        self.away(self.anton, "2026-03-01 00:00", "2026-03-09 00:00", self.ada)
        self.away(self.ada, "2026-03-01 00:00", "2026-03-09 00:00", self.sana)
        people = self.env["stockex.notify.people"]
        moment = self.instant("2026-03-02 09:00")
        self.assertEqual(people._stand_in(self.anton, moment), self.sana)

        self.away(self.ada, "2026-03-01 00:00", "2026-03-09 00:00", self.anton)

        self.assertEqual(people._stand_in(self.anton, moment), self.anton)
        self.assertEqual(people._stand_in(self.ada, moment), self.ada)

    def test_who_is_away_without_substitute_stays_asked(self):
        self.away(self.anton, "2026-03-01 00:00", False)

        wait = self.wait(self.submitted("2026-03-02 09:00"))

        self.assertEqual(self.logins(wait.user_ids), ["anton"])

    def test_a_manager_who_is_away_has_a_substitute_too(self):
        self.anton.stockex_manager_id = self.ada
        self.away(self.ada, "2026-03-01 00:00", "2026-03-09 00:00", self.sana)
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.run_at("2026-03-03 09:00")
        self.run_at("2026-03-04 09:00")

        self.assertEqual(self.logins(wait.user_ids), ["sana"])

    def test_a_step_can_name_the_substitute(self):
        self.anton.stockex_substitute_id = self.ada
        self.rule.step_ids[1].action = "substitute"
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.run_at("2026-03-03 09:00")
        self.run_at("2026-03-04 09:00")

        self.assertEqual(self.logins(wait.user_ids), ["ada"])

    # --- Nobody left ---

    def test_without_a_manager_the_administrators_get_it(self):
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.run_at("2026-03-03 09:00")

        self.assertEqual([who for _what, who in self.run_at("2026-03-04 09:00")], [["sana"]])
        self.assertEqual(self.history(wait)[-1], ("nobody", ["sana"]))

    def test_a_person_who_was_archived_or_deleted_is_replaced(self):
        gone = self.make_user("gaston", "stockex.group_approver", self.company)
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        self.assertEqual(self.logins(wait.user_ids), ["anton", "gaston"])
        gone.unlink()
        self.assertEqual(self.run_at("2026-03-02 10:00"), [])
        self.assertEqual(self.logins(wait.user_ids), ["anton"])
        self.anton.active = False

        self.assertEqual([who for _what, who in self.run_at("2026-03-02 11:00")], [["sana"]])
        self.assertEqual(self.logins(wait.user_ids), ["sana"])

    def test_a_step_whose_person_was_deleted_falls_to_the_administrators(self):
        gone = self.make_user("gaston", "stockex.group_approver", self.company)
        self.rule.step_ids[0].write({"action": "user", "user_id": gone.id})
        wait = self.wait(self.submitted("2026-03-02 09:00"))
        gone.unlink()

        self.run_at("2026-03-03 09:00")

        self.assertEqual(self.logins(wait.user_ids), ["sana"])
        self.assertEqual(wait.steps_taken, 1)

    def test_who_counted_is_not_asked_to_approve(self):
        self.anton.group_ids += self.env.ref("stockex.group_counter")
        session = self.session(counters=self.karim | self.anton)
        self.count(session, {self.line(session, self.bolt): 70}, user=self.anton)
        other = self.make_user("olga", "stockex.group_approver", self.company)

        wait = self.wait(self.submitted("2026-03-02 09:00", session))

        self.assertEqual(wait.user_ids, other)

    # --- The person's clock ---

    def test_steps_can_go_by_the_hours_of_the_person_asked(self):
        self.rule.clock = "person"
        self.own_hours(self.anton)
        wait = self.wait(self.submitted("2026-03-02 09:00"))

        # Mornings only: 2 hours on Monday, 4 on Tuesday, 2 on Wednesday.
        self.assertEqual(self.text(wait.next_at), "2026-03-04 09:00:00")
        self.assertEqual(self.text(wait.due_at), "2026-03-04 09:00:00")
        self.make_user("olga", "stockex.group_approver", self.company)
        both = self.wait(self.submitted("2026-03-02 09:00", self.session(self.bin_b)))
        self.assertEqual(self.text(both.next_at), "2026-03-03 09:00:00")
