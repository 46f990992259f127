from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .telling import RuleCase


@tagged("post_install", "-at_install")
class TestNotifyRule(RuleCase):
    # --- What a rule is for ---

    def test_only_its_event_its_company_and_its_conditions(self):
        self.rule.condition_ids = [
            Command.create({"field_name": "value", "operator": "far_from_zero", "value": "1 000"}),
            Command.create({"field_name": "currency", "operator": "equal", "value": "eur"}),
        ]
        self.add_other_company()
        foreign = self.env["stockex.count.session"].create(
            {
                "company_id": self.other_company.id,
                "scope": "locations",
                "location_ids": [Command.set(self.other_bin.ids)],
                "user_id": self.omar.id,
            }
        )
        self.posted(session="right")
        self.posted(session="small", value=-999.99)
        self.posted(session="dirham", currency="MAD")
        self.posted(foreign, session="foreign")
        self.emit("count.started", self.count_session, session="other event", lines=1)

        self.assertEqual([subject[:5] for subject, _who in self.run_rules()], ["right"])

    def test_a_rule_of_all_companies_tells_each_its_own(self):
        self.rule.write(
            {"company_id": False, "group_ids": self.env.ref("stockex.group_controller")}
        )
        self.add_other_company()
        foreign = self.env["stockex.count.session"].create(
            {
                "company_id": self.other_company.id,
                "scope": "locations",
                "location_ids": [Command.set(self.other_bin.ids)],
                "user_id": self.omar.id,
            }
        )
        self.posted(session="ours")
        self.posted(foreign, session="theirs")

        self.assertEqual([who for _subject, who in self.run_rules()], [["carla"], ["omar"]])

    def test_an_archived_rule_tells_nobody(self):
        self.rule.active = False
        self.posted()

        self.assertEqual(self.run_rules(), [])

    # --- Who ---

    def test_those_of_the_record_and_those_by_name_hear_once(self):
        self.carla.stockex_manager_id = self.anton
        self.rule.write(
            {
                "to_manager": True,
                "to_workers": True,
                "group_ids": [Command.set(self.env.ref("stockex.group_controller").ids)],
                "user_ids": [Command.set((self.carla | self.ada).ids)],
            }
        )
        self.rule.write({"event_name": "count.started", "template_id": self.started().id})
        self.emit("count.started", self.count_session, session="CNT/1", lines=3)

        # The suite administrator is a controller too, but holds every role: not told.
        self.assertEqual(self.run_rules(), [("Go: 3", ["ada", "anton", "carla", "karim", "lea"])])

    def test_controller_and_counters_hear_why_their_count_was_rejected(self):
        self.env.ref("stockex.notify_rule_count_rejected").active = True
        session = self.session(counters=self.karim | self.lea)
        self.count(session, {self.line(session, self.bolt): 60})
        session.action_review()
        self.run_rules()
        reject = self.env["stockex.count.reject"].with_user(self.anton)

        reject.create({"session_id": session.id, "reason": "Bin A again"}).action_reject()

        [(_subject, who)] = self.run_rules()
        self.assertEqual(who, ["carla", "karim", "lea"])
        self.assertIn(f"was rejected by {self.anton.login}: Bin A again", self.told[-1][2])

    def started(self):
        return self.make_template("count.started", "Go: {{ lines }}")

    def test_a_counter_does_not_learn_the_book_from_a_message(self):
        self.rule.write({"to_workers": True, "user_ids": [Command.set(self.lea.ids)]})
        self.posted()

        self.assertEqual([who for _subject, who in self.run_rules()], [["carla"]])

    def test_a_role_that_nobody_holds_by_itself_is_its_heirs(self):
        self.rule.write(
            {
                "to_responsible": False,
                "group_ids": [Command.set(self.env.ref("stockex.group_quality_manager").ids)],
            }
        )
        self.posted()

        self.assertEqual([who for _subject, who in self.run_rules()], [["sana"]])

    def test_who_left_or_works_elsewhere_hears_nothing(self):
        self.add_other_company()
        self.ada.active = False
        self.rule.write({"user_ids": [Command.set((self.omar | self.ada | self.anton).ids)]})
        self.posted()

        self.assertEqual([who for _subject, who in self.run_rules()], [["anton", "carla"]])

    def test_who_counted_can_be_left_out(self):
        self.rule.write({"user_ids": [Command.set(self.anton.ids)], "leave_out_doers": True})
        session = self.session(counters=self.karim | self.lea)
        self.count(session, {self.line(session, self.bolt): 60}, user=self.carla)
        self.run_rules()
        self.posted(session)

        self.assertEqual([who for _subject, who in self.run_rules()], [["anton"]])

    def test_each_reads_their_language_and_formats(self):
        self.rule.user_ids = self.anton
        self.anton.lang = "fr_FR"
        self.template.with_context(lang="fr_FR").subject = "{{ session }} : {{ value | money }}"
        self.posted()

        self.assertEqual(
            sorted(self.run_rules()),
            [("CNT/1 : -1\xa0234,50\xa0€", ["anton"]), ("CNT/1: -1,234.50\xa0€", ["carla"])],
        )

    def test_a_deleted_record_still_tells_those_by_name(self):
        self.rule.user_ids = self.anton
        session = self.draft()
        self.posted(session)
        session.sudo().unlink()

        self.assertEqual([who for _subject, who in self.run_rules()], [["anton"]])

    # --- Refusals ---

    def test_conditions_are_checked_on_save(self):
        for field, operator, value, words in (
            ("lines", "more", "3", "no field “Number of lines”"),
            ("value", "contains", "3", "cannot be compared"),
            ("value", "more", "", "say what"),
            ("value", "more", "a lot", "“a lot” is not a number"),
        ):
            with self.subTest(field=field, value=value):
                vals = {"field_name": field, "operator": operator, "value": value}
                with self.refused(words):
                    self.rule.condition_ids = [Command.create(vals)]
                self.assertFalse(self.rule.condition_ids)

    def test_another_event_needs_another_template_and_other_conditions(self):
        self.rule.condition_ids = [
            Command.create({"field_name": "failed", "operator": "more", "value": "0"})
        ]
        with self.refused("is for another event"):
            self.rule.event_name = "count.started"
        with self.refused("no field"):
            self.rule.write({"event_name": "count.started", "template_id": self.started().id})
        self.template.subject = "Posted"
        with self.refused("is used by “Posted”"):
            self.template.event_name = "count.approved"

    def test_a_rule_reaches_somebody(self):
        with self.refused("reaches nobody"):
            self.rule.to_responsible = False

    def test_services_are_of_the_rules_company(self):
        self.add_other_company()
        services = self.env["stockex.notify.service"]
        foreign = services.search([("company_id", "=", self.other_company.id)], limit=1)
        with self.refused("Dar Atlas"):
            self.rule.service_ids = foreign
        own = services.search([("company_id", "=", self.company.id)], limit=1)
        self.rule.service_ids = own
        self.posted()

        self.run_rules()

        self.assertEqual(self.told[0][3]["services"], own)

    def test_the_form_offers_what_fits_the_event(self):
        with Form(self.rule.with_user(self.sana)) as form:
            form.event_name = "variance.above_threshold"
            form.template_id = self.make_template("variance.above_threshold", "V")
            with form.condition_ids.new() as condition:
                condition.field_name = "value"
                self.assertIn("product", condition.fields_offered)
                self.assertNotIn("lines", condition.fields_offered)
                self.assertEqual(condition.operator, "equal")
                condition.operator = "at_least"
                condition.value = "5"
        self.assertEqual(self.rule.condition_ids.mapped("field_name"), ["value"])

    # --- Roles ---

    def test_only_the_suite_administrator_changes_rules(self):
        for user in (self.carla, self.anton):
            rule = self.rule.with_user(user)
            self.assertEqual(rule.name, "Posted")
            self.assertNotIn("last_error", rule.read()[0])
            self.assertTrue(rule.template_id.subject)
            with self.assertRaises(AccessError):
                rule.name = "Mine"
            with self.assertRaises(AccessError):
                rule.action_preview()
        for user in (self.karim, self.ada):
            with self.assertRaises(AccessError):
                self.rule.with_user(user).read(["name"])
        self.rule.with_user(self.sana).name = "Hers"
        self.assertEqual(self.rule.name, "Hers")

    def test_an_administrator_sees_no_rule_of_another_company(self):
        self.add_other_company()
        self.omar.group_ids += self.env.ref("stockex.group_suite_admin")

        seen = self.env["stockex.notify.rule"].with_user(self.omar).search([])

        self.assertNotIn(self.rule, seen)

    # --- Previews ---

    def test_the_preview_names_events_and_readers_and_sends_nothing(self):
        self.rule.condition_ids = [
            Command.create({"field_name": "posted", "operator": "at_least", "value": "2"})
        ]
        with self.at("2026-03-01 10:00"):
            self.posted(session="old")
        with self.at("2026-03-20 10:00"):
            self.posted(session="match")
            self.posted(session="small", posted=1)
        self.run_rules()
        with self.at("2026-04-01 10:00"):
            action = self.rule.with_user(self.sana).action_preview()

        preview = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((preview.event_count, preview.matched_count), (2, 1))
        self.assertEqual(preview.line_ids.subject, "match: -1,234.50\xa0€")
        self.assertEqual(self.logins(preview.line_ids.user_ids), ["carla"])
        self.assertEqual(self.heard(), [])

    def test_a_preview_is_its_makers_own(self):
        action = self.rule.with_user(self.sana).action_preview()
        other = self.make_user("sara", "stockex.group_suite_admin", self.company)

        with self.assertRaises(AccessError):
            self.env[action["res_model"]].browse(action["res_id"]).with_user(other).read()
