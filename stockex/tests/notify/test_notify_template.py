from odoo.exceptions import AccessError
from odoo.tests import tagged

from .telling import NotifyCase

POSTED = {"session": "<b>1</b>", "posted": 2, "failed": 0, "value": -1234.5, "currency": "EUR"}


@tagged("post_install", "-at_install")
class TestNotifyTemplate(NotifyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.count_session = cls.draft(title="Aisle A")
        cls.template = cls.env["stockex.notify.template"].create(
            {
                "name": "Posted",
                "event_name": "count.posted",
                "subject": "{{ reader }}: {{ record }}",
                "text": "{{ company }}, {{ time }}: {{ value | money }} {{ link }}",
                "html": "<p>{{ session }} {{ link }} <a href='{{ link }}'>here</a></p>",
            }
        )

    def event(self):
        with self.at("2026-07-01 22:30"):
            return self.emit("count.posted", self.count_session, **POSTED)

    def test_a_template_is_filled_in_for_its_reader(self):
        self.carla.write({"lang": "fr_FR", "tz": "Africa/Casablanca", "name": "Carla"})
        event = self.event()
        link = f"{self.count_session.get_base_url()}/mail/view"
        query = f"model=stockex.count.session&res_id={self.count_session.id}"

        subject, text, html = self.template._fill(event, self.carla)

        self.assertEqual(subject, f"Carla: {self.count_session.display_name}")
        self.assertEqual(text, f"Maison Dupont, 01/07/2026 23:30: -1\xa0234,50\xa0€ {link}?{query}")
        self.assertIn("&lt;b&gt;1&lt;/b&gt;", html)
        anchor = f'<a href="{link}?{query.replace("&", "&amp;")}"'
        self.assertEqual(html.count(anchor), 2)

    def test_an_amount_in_dirhams_reads_as_its_currency_does(self):
        event = self.emit("count.posted", self.count_session, **{**POSTED, "currency": "MAD"})
        self.template.text = "{{ value | money }}"
        symbol = self.env.ref("base.MAD").symbol

        self.assertIn(symbol, self.template._fill(event, self.carla)[1])

    def test_nothing_in_a_template_or_a_payload_is_run(self):
        event = self.emit("count.posted", self.count_session, **{**POSTED, "session": "{{ link }}"})
        self.template.text = "{{ session }} ${object.name} <t t-out='1'/> {% raw %}"

        self.assertEqual(
            self.template._fill(event, self.carla)[1],
            "{{ link }} ${object.name} <t t-out='1'/> {% raw %}",
        )

    def test_what_cannot_be_filled_in_is_refused_on_save(self):
        before = self.template.read(["subject", "text", "html"])
        for part, text, words in (
            ("subject", "{{ sesion }}", "Subject: the event has nothing called “sesion”"),
            ("text", "{{ env.cr }}", "nothing called “env.cr”"),
            ("text", "{{ session | money }}", "does not fit"),
            ("text", "{{ value | euros }}", "There are money, number"),
            ("text", "{{ value }", "no partner"),
            ("html", "<a href='{{ lnk }}'>x</a>", "nothing called “lnk”"),
        ):
            with self.subTest(text=text), self.refused(words):
                self.template[part] = text
        self.assertEqual(self.template.read(["subject", "text", "html"]), before)

    def test_a_translation_is_checked_too(self):
        with self.refused("montant"):
            self.template.update_field_translations("text", {"fr_FR": "{{ montant }}"})
        with self.refused("montant"):
            self.template.with_context(lang="fr_FR").subject = "{{ montant }}"

    def test_all_placeholders_of_the_event_are_listed(self):
        text = str(self.template.placeholder_help)

        for key in (*POSTED, "record", "link", "company", "reader", "time"):
            self.assertIn(f"{{{{ {key} }}}}", text)
        self.assertIn("| money", text)

    def test_the_preview_shows_the_last_event_as_somebody_reads_it(self):
        self.event()
        self.carla.write({"lang": "fr_FR", "tz": "Africa/Casablanca", "name": "Carla"})
        action = self.template.with_user(self.sana).action_preview()
        preview = self.env[action["res_model"]].with_user(self.sana).browse(action["res_id"])

        preview.user_id = self.carla

        self.assertEqual(preview.subject, f"Carla: {self.count_session.display_name}")
        self.assertIn("01/07/2026 23:30", preview.text)
        with self.assertRaises(AccessError):
            preview.with_user(self.carla).read(["text"])

    def test_the_preview_looks_for_events_of_the_administrators_companies_only(self):
        own = self.event()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        own.copy({"company_id": other.id})

        action = self.template.with_user(self.sana).action_preview()
        preview = self.env[action["res_model"]].with_user(self.sana).browse(action["res_id"])

        self.assertEqual(preview.event_id, own)
        self.assertIn(self.count_session.display_name, preview.subject)

    def test_a_preview_without_any_event_says_so(self):
        self.env["stockex.event"].search([("name", "=", "count.posted")]).unlink()
        action = self.template.with_user(self.sana).action_preview()
        preview = self.env[action["res_model"]].browse(action["res_id"])

        self.assertFalse(preview.event_id)
        self.assertFalse(preview.subject)

    def test_every_registered_event_has_a_rule_and_a_template_that_work(self):
        rules = self.env["stockex.notify.rule"].with_context(active_test=False)
        shipped = rules.search([("event_name", "!=", False)])
        names = {name for name, _label in self.env["stockex.notify.vocabulary"]._events()}

        self.assertEqual(set(shipped.mapped("event_name")), names)
        shipped.template_id._check_placeholders()

    def test_events_and_their_fields_have_names(self):
        vocabulary = self.env["stockex.notify.vocabulary"]
        for code, label in vocabulary._events() + vocabulary._fields_of_all():
            self.assertNotEqual(label, vocabulary._plain(code) if "." in code else code)

    def test_who_rejected_is_not_called_the_one_who_approved(self):
        templates = self.env["stockex.notify.template"]
        helps = {
            name: str(
                templates.search([("event_name", "=", name)], limit=1).placeholder_help
            ).replace("\n", " ")
            for name in ("count.approved", "count.rejected")
        }

        self.assertRegex(helps["count.approved"], r"{{ approver }}.*Approved by")
        self.assertRegex(helps["count.rejected"], r"{{ approver }}.*Rejected by")
        self.assertNotIn("Approved by", helps["count.rejected"])
        labels = dict(self.env["stockex.notify.vocabulary"]._fields_of_all())
        self.assertEqual(labels["approver"], "Approver")
