from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import ROLES
from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestNotifyService(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.phone = cls.make_service("SMS of the shop", "sms")

    def of_company(self, company):
        return self.services.search([("company_id", "=", company.id)])

    # --- What each company has ---

    def test_a_new_company_has_the_services_that_need_no_set_up(self):
        services = self.of_company(self.other_company)

        self.assertEqual(services.mapped("code")[:3], ["inbox", "email", "activity"])
        self.assertEqual(set(services[:3].mapped("state")), {"ready"})

    def test_a_built_in_service_that_was_switched_off_stays_off(self):
        inbox = self.of_company(self.other_company).filtered(lambda one: one.code == "inbox")
        inbox.active = False

        made = self.services._ensure_built_in(self.other_company)

        self.assertFalse(made)
        self.assertFalse(inbox.active)

    def test_a_second_service_to_every_users_inbox_is_refused(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_service("Inbox again", "inbox")

    def test_two_services_of_one_company_have_two_names(self):
        self.make_service("SMS of the shop", "sms", self.other_company)

        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_service("sms of the SHOP", "telegram")

    # --- Whom it reaches ---

    def test_a_service_to_a_person_is_not_shared_unless_asked(self):
        self.assertFalse(self.phone.shared)
        self.assertEqual(self.phone.address_label, "Mobile number")
        self.assertTrue(self.phone.needs_address)

    def test_what_reaches_a_channel_only_is_shared(self):
        self.assertTrue(self.make_service("Stock channel", "discord").shared)

        with self.assertRaisesRegex(ValidationError, "“Direct” reaches a channel, not a person"):
            self.make_service("Direct", "discord", vals={"shared": False})

    def test_what_reaches_persons_only_cannot_be_shared(self):
        with self.assertRaisesRegex(ValidationError, "“Tasks” reaches each user alone"):
            self.make_service("Tasks", "activity", vals={"shared": True})

    def test_the_address_of_a_shared_service_is_checked_in_plain_words(self):
        with self.assertRaisesRegex(
            ValidationError, r"“0612345678” is no Mobile number for “Duty”.*\+33 6 12 34 56 78"
        ):
            self.make_service("Duty", "sms", vals={"shared": True, "address": "0612345678"})

    def test_a_service_begins_with_the_rate_that_the_other_side_takes(self):
        group = self.make_service("Group", "telegram", vals={"shared": True})
        own = self.make_service("Slow", "telegram", vals={"rate_count": 3, "rate_period_s": 7})

        self.assertEqual((self.telegram.rate_count, self.telegram.rate_period_s), (30, 1))
        self.assertEqual((group.rate_count, group.rate_period_s), (20, 60))
        self.assertEqual((own.rate_count, own.rate_period_s), (3, 7))

    def test_a_service_made_in_the_form_begins_with_that_rate_too(self):
        with Form(self.services.with_user(self.sana)) as form:
            form.code = "telegram"
            self.assertEqual((form.rate_count, form.rate_period_s), (30, 1))
            form.shared = True
            form.address = "-100123"
            self.assertEqual((form.rate_count, form.rate_period_s), (20, 60))
            form.rate_count = 5
        service = form.save()

        self.assertEqual((service.rate_count, service.rate_period_s), (5, 60))

        with Form(service) as form:
            form.shared = False

        self.assertEqual((service.rate_count, service.rate_period_s), (5, 60))

    def test_a_kind_without_a_limit_takes_none_of_the_kind_before(self):
        with Form(self.services.with_user(self.sana)) as form:
            form.code = "telegram"
            form.code = "webhook"
            self.assertEqual((form.rate_count, form.rate_period_s), (0, 60))

    def test_the_form_asks_what_the_kind_needs(self):
        with Form(self.services.with_user(self.sana)) as form:
            form.code = "twilio"
            self.assertEqual(form.name, "Twilio (SMS)")
            self.assertIn("Account SID", [line["label"] for line in form.credential_ids._records])
            form.code = "email"
            self.assertEqual(form.name, "E-mail")
            self.assertEqual(len(form.credential_ids), 0)
            form.name = "Warehouse mailbox"
            form.shared = True
            form.address = "warehouse@example.com"

        self.assertEqual(form.record.company_id, self.company)
        self.assertFalse(form.record.credential_ids)

    def test_the_help_says_each_step_and_where_to_read_more(self):
        text = str(self.telegram.help_html)

        self.assertEqual(text.count("<li>"), 3)
        self.assertIn("@BotFather", text)
        self.assertIn('href="https://core.telegram.org/', text)

    # --- What stays ---

    def test_a_service_keeps_its_kind_and_its_company(self):
        for change in ({"code": "email"}, {"company_id": self.other_company.id}):
            with self.assertRaisesRegex(UserError, "keeps its kind and its company"):
                self.phone.write(change)

        self.phone.write({"code": "sms", "company_id": self.company.id, "name": "Phones"})
        self.assertEqual(
            (self.phone.code, self.phone.company_id, self.phone.name),
            ("sms", self.company, "Phones"),
        )

    def test_a_copy_has_a_name_of_its_own_and_no_credential(self):
        copied = self.telegram.copy()

        self.assertEqual(copied.name, "Bot (copy)")
        self.assertEqual(copied.credential_ids.mapped("name"), ["token"])
        self.assertEqual(copied.state, "incomplete")
        self.assertEqual(self.telegram.state, "ready")

    # --- Who may ---

    def test_only_the_suite_administrator_changes_services(self):
        for login in ROLES:
            service = self.phone.with_user(getattr(self, login))
            self.assertEqual(service.name, "SMS of the shop")
            if login == "sana":
                service.write({"sequence": 20})
                continue
            for use in (
                lambda one=service: one.write({"name": "Mine"}),
                lambda one=service: one.create({"name": "Mine", "code": "sms"}),
                lambda one=service: one.unlink(),
                lambda one=service: one.action_test(),
                lambda one=service: one.read(["address"]),
                lambda one=service: one.read(["base_url"]),
                lambda one=service: one.read(["last_error"]),
                lambda one=service: one.read(["state_text"]),
            ):
                with self.assertRaises(AccessError):
                    use()
        self.assertEqual((self.phone.name, self.phone.sequence), ("SMS of the shop", 20))

    def test_every_user_may_choose_a_service_by_its_name(self):
        services = self.services.with_user(self.karim)

        found = services.name_search("SMS of")
        [values] = services.browse(self.phone.id).web_read(
            {"display_name": {}, "code": {}, "needs_address": {}, "state": {}}
        )

        self.assertEqual([name for _id, name in found], ["SMS of the shop"])
        self.assertEqual(values["code"], "sms")

    def test_another_companys_service_is_out_of_reach(self):
        theirs = self.make_service("Theirs", "sms", self.other_company)

        self.assertNotIn(theirs, self.services.with_user(self.sana).search([]))
        for use in (
            lambda: theirs.with_user(self.sana).write({"name": "Ours"}),
            lambda: theirs.with_user(self.sana).action_test(),
            lambda: theirs.with_user(self.karim).read(["name"]),
        ):
            with self.assertRaises(AccessError):
                use()

        self.assertEqual(theirs.name, "Theirs")
