from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..common import ROLES
from .service_case import SIGNING, TOKEN, ServiceCase

NEW_TOKEN = "123456789:AAanother-s3cret-another"


@tagged("post_install", "-at_install")
class TestNotifyCredential(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.telegram.credential_ids
        cls.twilio = cls.make_service("Texts", "twilio")
        for login in ROLES:
            getattr(cls, login).group_ids += cls.env.ref("base.group_allow_export")

    def dump(self):
        """Everything that the database holds of services, as text."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT ROW_TO_JSON(s)::text FROM stockex_notify_service s
                   UNION ALL SELECT ROW_TO_JSON(c)::text FROM stockex_notify_credential c
                   UNION ALL SELECT ROW_TO_JSON(k)::text FROM stockex_secret k"""
            )
        )
        return "".join(row[0] for row in rows)

    # --- What is asked and kept ---

    def test_each_service_has_a_line_for_what_its_adapter_asks(self):
        self.assertEqual(
            self.twilio.credential_ids.mapped("name"),
            ["account_sid", "auth_token", "api_key", "sender"],
        )
        self.assertEqual(
            self.twilio.credential_ids.mapped("is_secret"), [False, True, False, False]
        )

    def test_what_is_no_secret_is_shown_and_what_is_one_never(self):
        self.set_credentials(
            self.twilio, account_sid="AC" + "1" * 32, auth_token="t0k", sender="+33644603000"
        )

        values = {line.name: line.value for line in self.twilio.credential_ids}
        is_set = {line.name: line.is_set for line in self.twilio.credential_ids}

        self.assertEqual(
            values,
            {
                "account_sid": "AC" + "1" * 32,
                "auth_token": False,
                "api_key": False,
                "sender": "+33644603000",
            },
        )
        self.assertEqual(
            is_set, {"account_sid": True, "auth_token": True, "api_key": False, "sender": True}
        )

    def test_the_database_holds_no_secret_in_clear(self):
        self.assertNotIn("s3cret", self.dump())
        self.assertEqual(self.telegram._credential_values(), {"token": TOKEN})

    def test_a_service_is_ready_when_nothing_is_missing(self):
        self.assertEqual(self.twilio.state, "incomplete")
        self.assertEqual(
            self.twilio.state_text,
            "Enter what is missing: Account SID; Auth token, or secret of the API key; Sender.",
        )

        self.set_credentials(
            self.twilio, account_sid="AC" + "1" * 32, auth_token="t0k", sender="+33644603000"
        )

        self.assertEqual((self.twilio.state, self.twilio.state_text), ("ready", "Messages go out."))

    def test_a_channels_webhook_alone_leads_to_the_switch_that_makes_it_enough(self):
        hook = "https://hooks.slack.com/services/T0/B0/s3cret"
        slack = self.make_service("Team", "slack", webhook_url=hook)

        self.assertEqual(slack.state, "incomplete")
        self.assertEqual(
            slack.state_text,
            "Enter what is missing: Bot token. What you entered is enough for one address for "
            "everybody: then switch “Shared” on instead.",
        )
        with Form(slack.with_user(self.sana)) as form:
            form.shared = True
            # Before it is saved, too, the form knows what was entered.
            self.assertEqual(form.state, "ready")

        self.assertEqual((slack.state, slack.state_text), ("ready", "Messages go out."))

    def test_services_are_found_by_their_state(self):
        incomplete = self.services.search(
            [("state", "=", "incomplete"), ("company_id", "=", self.company.id)]
        )
        ready = self.services.search(
            [("state", "in", ["ready"]), ("company_id", "=", self.company.id)]
        )

        self.assertIn(self.twilio, incomplete)
        self.assertNotIn(self.telegram, incomplete)
        self.assertIn(self.telegram, ready)
        self.assertNotIn(self.twilio, ready)

    def test_a_shared_service_also_needs_its_address(self):
        group = self.make_service("Group", "telegram", vals={"shared": True}, token=TOKEN)
        self.assertEqual(group.state_text, "Enter the shared address: Chat ID.")

        group.address = "-1001234567890"

        self.assertEqual(group.state, "ready")

    # --- Faults ---

    def test_a_value_of_the_wrong_form_is_refused_without_repeating_it(self):
        with self.assertRaises(ValidationError) as caught:
            self.set_credentials(self.telegram, token="no-bot-token-s3cret")

        self.assertEqual(
            str(caught.exception),
            "This is no “Bot token” for “Bot”. It looks like “123456789:AA…”.",
        )
        self.assertEqual(self.telegram._credential_values(), {"token": TOKEN})

    def test_an_unencrypted_address_needs_the_leave_for_private_ones(self):
        hook = self.make_service("Hook", "webhook", secret=SIGNING)
        with self.assertRaisesRegex(ValidationError, "This is no “Address” for “Hook”"):
            self.set_credentials(hook, url="http://10.0.0.7/in")
        self.assertEqual(hook.state, "incomplete")

        hook.allow_private = True
        self.set_credentials(hook, url="http://10.0.0.7/in")

        self.assertEqual(hook.state, "ready")

    def test_a_credential_that_the_adapter_does_not_know_is_refused(self):
        with self.assertRaises(ValidationError) as caught:
            self.env["stockex.notify.credential"].create(
                {"service_id": self.telegram.id, "name": "pigeon", "value": "x"}
            )

        self.assertIn("“Bot” knows no credential “pigeon”", str(caught.exception))
        self.assertEqual(self.telegram.credential_ids, self.line)

    def test_blanks_around_a_pasted_value_do_not_matter(self):
        self.set_credentials(self.telegram, token=f"  {NEW_TOKEN}\n")

        self.assertEqual(self.telegram._credential_values(), {"token": NEW_TOKEN})

    def test_an_emptied_input_leaves_the_secret_and_empties_the_rest(self):
        self.set_credentials(self.twilio, auth_token="t0k", sender="+33644603000")

        self.set_credentials(self.twilio, auth_token=False, sender=False)

        self.assertEqual(self.twilio._credential_values(), {"auth_token": "t0k"})

    # --- Rotation ---

    def test_a_new_value_replaces_the_old_at_once(self):
        self.set_credentials(self.telegram, token=NEW_TOKEN)

        self.assertEqual(self.telegram._credential_values(), {"token": NEW_TOKEN})
        self.assertEqual(self.telegram._secret_values(), [NEW_TOKEN])

    def test_an_optional_secret_can_be_removed_and_a_missing_one_stops_sending(self):
        hook = self.make_service("Hook", "webhook", secret=SIGNING, url="https://example.com/in")
        self.set_credentials(hook, previous_secret=SIGNING)
        before = hook.credential_ids.filtered(lambda one: one.name == "previous_secret")

        before.with_user(self.sana).action_clear()

        self.assertFalse(before.is_set)
        self.assertEqual(set(hook._credential_values()), {"url", "secret"})
        hook.credential_ids.filtered(lambda one: one.name == "secret").action_clear()
        with self.assertRaisesRegex(
            UserError, "“Hook” cannot send yet. Enter what is missing: Signing secret."
        ):
            hook._request({"subject": "A", "text": "B", "key": "k"})

    # --- Nobody reads it ---

    def test_no_field_gives_a_secret_back_not_even_when_it_is_saved(self):
        service = self.telegram.with_user(self.sana)

        [saved] = service.web_save(
            {"credential_ids": [[1, self.line.id, {"value": NEW_TOKEN}]]},
            {"credential_ids": {"fields": {"name": {}, "value": {}, "is_set": {}}}},
        )
        exported = service.export_data(["name", "credential_ids/value"])["datas"]

        self.assertEqual(
            saved["credential_ids"],
            [{"id": self.line.id, "name": "token", "value": False, "is_set": True}],
        )
        self.assertEqual(exported, [["Bot", ""]])
        self.assertEqual(self.telegram._credential_values(), {"token": NEW_TOKEN})
        self.assertNotIn("s3cret", str(service.read()) + str(service.credential_ids.read()))

    def test_the_stored_column_is_nobodys(self):
        line = self.line.with_user(self.sana)

        for reading in (
            lambda: line.read(["plain"]),
            lambda: line.export_data(["plain"]),
            lambda: line.search([("plain", "=like", "g%")]),
            lambda: line.write({"plain": "x"}),
        ):
            with self.assertRaises(AccessError):
                reading()

    def test_whoever_is_no_suite_administrator_sees_no_credential(self):
        for login in ROLES:
            if login == "sana":
                continue
            user = getattr(self, login)
            line, service = self.line.with_user(user), self.telegram.with_user(user)
            for use in (
                lambda s=service: s.read(["credential_ids"]),
                lambda s=service: s.web_read({"credential_ids": {"fields": {"value": {}}}}),
                lambda s=service: s.export_data(["credential_ids/value"]),
                lambda x=line: x.read(["name"]),
                lambda x=line: x.search([]),
                lambda x=line: x.write({"value": NEW_TOKEN}),
                lambda x=line: x.action_clear(),
                lambda x=line: x.unlink(),
            ):
                with self.assertRaises(AccessError):
                    use()
            self.assertNotIn("s3cret", str(service.read(["name", "code", "state"])))
        self.assertEqual(self.telegram._credential_values(), {"token": TOKEN})

    def test_another_companys_credential_is_out_of_reach(self):
        theirs = self.make_service("Theirs", "telegram", self.other_company, token=TOKEN)
        line = theirs.credential_ids

        for use in (
            lambda: line.with_user(self.sana).read(["name"]),
            lambda: line.with_user(self.sana).write({"value": NEW_TOKEN}),
            lambda: line.with_user(self.sana).action_clear(),
        ):
            with self.assertRaises(AccessError):
                use()

        self.assertEqual(theirs._credential_values(), {"token": TOKEN})

    # --- Gone with the service, and in a copy of the database ---

    def test_secrets_go_with_their_service(self):
        secrets = self.env["stockex.secret"].search(
            [("res_model", "=", self.telegram._name), ("res_id", "=", self.telegram.id)]
        )
        self.assertEqual(len(secrets), 1)

        self.telegram.unlink()

        self.assertFalse(secrets.exists())

    def test_a_neutralized_copy_sends_nothing(self):
        self.env.flush_all()
        for query in get_neutralization_queries(["stockex"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()

        self.assertFalse(self.telegram.active)
        self.assertEqual(self.telegram.state, "incomplete")
        kept = self.services.search([("company_id", "=", self.company.id)])
        self.assertEqual(set(kept.mapped("code")), {"inbox", "email", "activity"})
