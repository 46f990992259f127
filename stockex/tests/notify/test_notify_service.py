from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import ROLES, CountCase


@tagged("post_install", "-at_install")
class TestNotifyService(CountCase):
    roles = tuple(ROLES)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.services = cls.env["stockex.notify.service"]
        cls.phone = cls.make_service("SMS of the shop", "sms")

    @classmethod
    def make_service(cls, name, code, company=None, **vals):
        return cls.env["stockex.notify.service"].create(
            {"name": name, "code": code, "company_id": (company or cls.company).id, **vals}
        )

    def of_company(self, company):
        return self.services.search([("company_id", "=", company.id)])

    # --- What each company has ---

    def test_a_new_company_has_the_services_that_need_no_set_up(self):
        codes = self.of_company(self.other_company).mapped("code")

        self.assertEqual(codes, ["inbox", "email", "activity"])

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
            self.make_service("sms of the SHOP", "email", shared=True, address="a@example.com")

    # --- Whom it reaches ---

    def test_a_service_to_a_person_is_not_shared_unless_asked(self):
        self.assertFalse(self.phone.shared)
        self.assertEqual(self.phone.address_label, "Mobile number")
        self.assertTrue(self.phone.needs_address)

    def test_what_reaches_persons_only_cannot_be_shared(self):
        with self.assertRaisesRegex(ValidationError, "“Tasks” reaches each user alone"):
            self.make_service("Tasks", "activity", shared=True)

    def test_the_address_of_a_shared_service_is_checked_in_plain_words(self):
        with self.assertRaisesRegex(
            ValidationError, r"“0612345678” is no Mobile number for “Duty”.*\+33 6 12 34 56 78"
        ):
            self.make_service("Duty", "sms", shared=True, address="0612345678")

    def test_the_form_fills_in_what_the_kind_says(self):
        with Form(self.services.with_user(self.sana)) as form:
            form.code = "email"
            self.assertEqual(form.name, "E-mail")
            form.name = "Warehouse mailbox"
            form.shared = True
            form.address = "warehouse@example.com"

        self.assertEqual(form.record.company_id, self.company)

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
                lambda one=service: one.read(["address"]),
            ):
                with self.assertRaises(AccessError):
                    use()
        self.assertEqual((self.phone.name, self.phone.sequence), ("SMS of the shop", 20))

    def test_another_companys_service_is_out_of_reach(self):
        theirs = self.make_service("Theirs", "sms", self.other_company)

        self.assertNotIn(theirs, self.services.with_user(self.sana).search([]))
        with self.assertRaises(AccessError):
            theirs.with_user(self.sana).write({"name": "Ours"})
        with self.assertRaises(AccessError):
            theirs.with_user(self.karim).read(["name"])

        self.assertEqual(theirs.name, "Theirs")
