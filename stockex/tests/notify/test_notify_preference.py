from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .notify_case import NotifyCase


@tagged("post_install", "-at_install")
class TestNotifyPreference(NotifyCase):
    """Everybody sets their own, and nobody anybody else's."""

    def mine(self, user):
        action = self.env["stockex.notify.preference"].with_user(user).action_open_mine()
        self.assertEqual(
            (action["view_mode"], action["res_model"]), ("form", "stockex.notify.preference")
        )
        return self.env["stockex.notify.preference"].with_user(user).browse(action["res_id"])

    def test_a_counter_opens_their_own_and_the_same_again(self):
        preference = self.mine(self.karim)

        self.assertEqual((preference.user_id, preference.is_mine), (self.karim, True))
        self.assertEqual(self.mine(self.karim), preference)
        self.assertEqual(
            (preference.frequency, preference.digest_hour, preference.most_per_day),
            ("at_once", 8.0, 0),
        )
        self.assertEqual((preference.quiet_hours, preference.critical_at_once), (False, True))
        wanted = {line.service_name: line.wanted for line in preference.subscription_ids}
        # An addon above may have services that need no set-up either.
        own = {self.inbox.name: True, self.email.name: True, self.activity.name: False}
        self.assertEqual({name: wanted[name] for name in own}, own)

    def test_a_counter_changes_their_own_on_the_form(self):
        preference = self.mine(self.karim)
        with Form(preference) as form:
            form.frequency = "weekly"
            form.digest_weekday = "4"
            form.quiet_hours = True
            form.quiet_from = 21.5
            form.tz = "Africa/Casablanca"
            form.most_per_day = 10
            with form.subscription_ids.edit(1) as line:
                line.wanted = not line.wanted

        self.assertEqual((preference.quiet_from, preference.most_per_day), (21.5, 10))
        self.assertEqual(self.karim.tz, "Africa/Casablanca")
        wishes = preference.sudo()._wishes()
        self.assertEqual((str(wishes.frequency), wishes.digest_weekday), ("weekly", 4))
        self.assertEqual((wishes.quiet, str(wishes.zone)), ((1290, 420), "Africa/Casablanca"))

    def test_nobody_changes_or_sees_anothers(self):
        other = self.mine(self.carla)
        as_karim = other.with_user(self.karim)
        for step in (
            lambda: as_karim.read(["frequency"]),
            lambda: as_karim.write({"most_per_day": 1}),
            lambda: as_karim.subscription_ids.write({"wanted": False}),
            lambda: as_karim.subscription_ids[:1].action_test(),  # noqa: PLW0108 - reading is refused
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                step()
        self.assertFalse(other.sudo().most_per_day)

    def test_the_administrator_sees_all_and_changes_only_their_own(self):
        other = self.mine(self.karim).with_user(self.sana)

        self.assertEqual((other.frequency, other.is_mine), ("at_once", False))
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            other.frequency = "daily"
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            other.subscription_ids.write({"wanted": False})
        self.mine(self.sana).frequency = "daily"
        self.assertEqual(self.mine(self.sana).frequency, "daily")

    def test_preferences_and_their_services_stay_with_their_user(self):
        preference = self.mine(self.karim)

        with self.assertRaises(AccessError):
            preference.user_id = self.carla
        with self.assertRaises(AccessError):
            preference.subscription_ids[0].service_id = self.activity
        self.assertEqual(preference.user_id, self.karim)

    def test_impossible_hours_and_counts_are_refused(self):
        preference = self.mine(self.karim)
        for vals in (
            {"digest_hour": 24},
            {"quiet_from": -1},
            {"most_per_day": -1},
            {"quiet_hours": True, "quiet_from": 8, "quiet_to": 8},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                preference.write(vals)
                self.env.flush_all()
            self.env.invalidate_all()
        self.assertEqual((preference.digest_hour, preference.quiet_from), (8.0, 22.0))

    def test_an_address_that_is_none_is_refused(self):
        line = self.mine(self.karim).subscription_ids.filtered(
            lambda line: line.service_id == self.email
        )

        with self.assertRaises(ValidationError) as caught:
            line.address = "karim at work"
        self.assertIn("karim at work", str(caught.exception))

        line.address = "karim@work.example"
        self.assertEqual(line.reached_at, "karim@work.example")
        line.address = False
        self.assertEqual(line.reached_at, self.karim.email)

    def test_a_new_service_and_a_new_company_appear_in_the_list(self):
        preference = self.mine(self.karim)
        sms = self.service_of(self.company, "sms")
        self.add_other_company()
        self.karim.company_ids |= self.other_company
        self.env["stockex.notify.service"]._ensure_built_in(self.other_company)

        self.mine(self.karim)

        services = preference.sudo().subscription_ids.service_id
        self.assertIn(sms, services)
        self.assertEqual(services.company_id, self.company | self.other_company)

    def test_first_use_by_two_at_once_is_one_row(self):
        preferences = self.env["stockex.notify.preference"]
        first = preferences._of(self.karim)

        preferences._insert(self.karim)

        self.assertEqual(preferences.search_count([("user_id", "=", self.karim.id)]), 1)
        self.assertEqual(preferences._of(self.karim), first)

    def test_a_zone_that_is_no_more_counts_as_utc(self):
        preference = self.mine(self.karim).sudo()
        self.env.cr.execute(
            "UPDATE res_partner SET tz = 'Mars/Olympus' WHERE id = %s", (self.karim.partner_id.id,)
        )
        self.env.invalidate_all()

        self.assertEqual(str(preference._zone()), "UTC")

    def test_the_next_digest_is_told(self):
        preference = self.mine(self.karim)
        preference.write({"digest_hour": 23.0, "quiet_hours": True})
        with self.at(2026, 5, 4, 12):
            preference.invalidate_recordset()
            self.assertEqual(self.local(preference.next_digest_at), "05 07:00")

    def test_what_the_company_decides_is_told(self):
        preference = self.mine(self.karim)
        self.assertEqual(preference.critical_decided, "")
        self.company.stockex_notify_critical = "always"
        preference.invalidate_recordset()
        self.assertIn("at once", preference.critical_decided)

    # --- The test button ---

    def test_the_test_button_sends_for_real_and_tells_each_result(self):
        preference = self.mine(self.karim)
        preference.write({"quiet_hours": True, "quiet_from": 0, "quiet_to": 23.9})

        with self.posting() as sent:
            result = preference.action_test()

        self.assertEqual(result["params"]["type"], "success")
        self.assertEqual([message["Subject"] for message in sent], ["Test message from Stockex"])
        self.assertIn(f"{self.inbox.name}: sent", result["params"]["message"])
        self.assertIn(f"{self.email.name}: sent to {self.karim.email}", result["params"]["message"])
        rows = self.all_of(self.karim)
        self.assertEqual(self.states(rows), [("sent", "test")] * 2)
        told = self.env["mail.message"].search([("subject", "=", "Test message from Stockex")])
        self.assertIn(self.karim.partner_id, told.partner_ids)

    def test_a_test_that_fails_says_why(self):
        line = self.mine(self.karim).subscription_ids.filtered(
            lambda line: line.service_id == self.inbox
        )
        internal = type(self.env["stockex.notify.internal"])
        with patch.object(internal, "_carry_inbox", side_effect=UserError("no inbox today")):
            result = line.action_test()

        self.assertEqual((result["params"]["type"], result["params"]["sticky"]), ("danger", True))
        self.assertIn("no inbox today", result["params"]["message"])
        self.assertEqual(self.states(self.all_of(self.karim)), [("failed", "test")])

    def test_a_test_without_address_or_service_says_what_is_missing(self):
        self.karim.email = False
        preference = self.mine(self.karim)
        email = preference.subscription_ids.filtered(lambda line: line.service_id == self.email)
        self.assertIn("no address", email.action_test()["params"]["message"])

        preference.subscription_ids.write({"wanted": False})
        with self.assertRaises(UserError) as caught:
            preference.action_test()
        self.assertIn("Switch one on", str(caught.exception))

    def test_tests_do_not_count_for_the_most_a_day(self):
        preference = self.mine(self.karim)
        preference.most_per_day = 1
        preference.action_test()

        rows = self.notify(self.karim)
        self.release()

        self.assertEqual({row.state for row in rows if row.service_id == self.inbox}, {"sent"})
