from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .telling import POSTED, RuleCase

READERS = 5


@tagged("post_install", "-at_install")
class TestNotifyMany(RuleCase):
    """Rules and the release cost statements by reader and batch, not by event or message."""

    catching = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["stockex.notification"].search([]).unlink()
        cls.readers = cls.env["res.users"].union(
            *(
                cls.make_user(f"reader{number}", "stockex.group_approver", cls.company)
                for number in range(READERS)
            )
        )
        cls.rule.write({"to_responsible": False, "user_ids": [Command.set(cls.readers.ids)]})
        services = cls.env["stockex.notify.service"].search(
            [
                ("company_id", "=", cls.company.id),
                ("code", "in", ("inbox", "email", "activity")),
                ("shared", "=", False),
            ]
        )
        for line in cls.env["stockex.notify.preference"]._of(cls.readers).subscription_ids:
            line.wanted = line.service_id in services
        cls.env.flush_all()

    # --- Steps ---

    def post(self, count):
        """Post counts, each of its own record."""
        sessions = self.env["stockex.count.session"].concat(
            *(self.count_session.copy() for _number in range(count))
        )
        self.env["stockex.notify.pending"].search([]).unlink()
        payloads = {
            session.id: POSTED | {"session": f"CNT/{number}"}
            for number, session in enumerate(sessions)
        }
        return self.env["stockex.event"]._emit("count.posted", sessions, payloads)

    def cost(self, step):
        """Return the statements of a step that begins with nothing in memory."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def release(self):
        release = self.env["stockex.notify.release"]
        while release._release_batch():
            self.env.flush_all()

    # --- Rules ---

    def test_rules_cost_by_reader_and_batch(self):
        self.post(1)
        one = self.cost(self.env["stockex.notify.pending"]._cron_apply)
        events = self.post(200)

        many = self.cost(self.env["stockex.notify.pending"]._cron_apply)

        rows = self.env["stockex.notification"].search([("event_id", "in", events.ids)])
        self.assertEqual(len(rows), 200 * READERS * 3)
        self.assertLess(one, 90)
        self.assertLess(many, 150)

    def test_names_that_alternate_cost_no_more(self):
        template = self.make_template("count.cancelled", "{{ record }} off")
        self.make_rule(
            event_name="count.cancelled",
            template_id=template.id,
            user_ids=[Command.set(self.readers.ids)],
        )
        self.post(1)
        for number in range(40):
            self.posted(session=f"CNT/{number}")
            self.emit("count.cancelled", self.count_session, session="CNT")

        many = self.cost(self.env["stockex.notify.pending"]._cron_apply)

        self.assertLess(many, 150)
        rows = self.env["stockex.notification"].search(
            [("user_id", "=", self.readers[0].id)], order="id"
        )
        self.assertEqual(len(rows), 81 * 3)
        self.assertEqual(rows.event_id.sorted("id"), rows.event_id)

    def test_one_telling_that_cannot_be_written_stops_no_other(self):
        events = self.post(5)
        planning = type(self.env["stockex.notify.planning"])
        make = planning._make
        reason = "Not this one."

        def make_some(planning, occasions):
            if any(vals["subject"].startswith("CNT/3:") for _u, _c, vals, _s in occasions):
                raise UserError(reason)
            return make(planning, occasions)

        with patch.object(planning, "_make", make_some):
            self.env["stockex.notify.pending"]._cron_apply()

        rows = self.env["stockex.notification"].search([], order="id")
        self.assertEqual(len(rows), 4 * READERS * 3)
        subjects = list(dict.fromkeys(subject[:5] for subject in rows.mapped("subject")))
        self.assertEqual(subjects, ["CNT/0", "CNT/1", "CNT/2", "CNT/4"])
        broken = self.env["stockex.notify.pending"].search([("rule_id", "=", self.rule.id)])
        self.assertEqual((broken.event_id, broken.error), (events[3], reason))

    def test_of_many_records_each_reader_hears_only_of_those_they_may_read(self):
        mine, hers = self.draft(counters=self.karim), self.draft(counters=self.lea)

        rows = self.env["stockex.notification"]._notify_all(
            [
                {
                    "users": self.karim | self.lea,
                    "category": "counts",
                    "subject": record.display_name,
                    "text": "x",
                    "record": record,
                }
                for record in (mine, hers)
            ]
        )

        heard = {(row.user_id, row.res_id) for row in rows if row.why != "no_access"}
        able = {
            (user, record.id)
            for user in (self.karim, self.lea)
            for record in (mine, hers)
            if record.with_user(user).has_access("read")
        }
        self.assertEqual(heard, able)
        self.assertEqual(heard, {(self.karim, mine.id), (self.lea, hers.id)})
        unheard = rows.filtered(lambda row: row.why == "no_access")
        self.assertEqual(unheard.mapped("state"), ["skipped", "skipped"])

    # --- Release ---

    def test_a_release_costs_by_reader_and_batch(self):
        self.post(1)
        self.env["stockex.notify.pending"]._cron_apply()
        one = self.cost(self.release)
        self.post(67)
        self.env["stockex.notify.pending"]._cron_apply()

        many = self.cost(self.release)

        rows = self.env["stockex.notification"].search([])
        self.assertEqual(len(rows), 68 * READERS * 3)
        by_mail = rows.filtered("mail_id")
        self.assertEqual(len(by_mail.mail_id), 68 * READERS)
        self.assertEqual(set((rows - by_mail).mapped("state")), {"sent"})
        self.assertLess(one, 150)
        self.assertLess(many, 250)

    def test_open_browsers_get_every_message_in_its_order(self):
        self.post(3)
        self.env["stockex.notify.pending"]._cron_apply()
        told = []

        def sendone(_bus, target, kind, message):
            if kind == "mail.message/inbox":
                told.append((target, message))

        with patch.object(type(self.env["bus.bus"]), "_sendone", sendone):
            self.release()

        for reader in self.readers:
            own = [message for target, message in told if target == reader.partner_id]
            messages = self.env["mail.message"].browse([one["message_id"] for one in own])
            self.assertEqual(
                [subject[:5] for subject in messages.mapped("subject")], ["CNT/0", "CNT/1", "CNT/2"]
            )
            self.assertEqual(messages.partner_ids, reader.partner_id)
            known = own[0]["store_data"]["mail.message"]
            self.assertEqual({one["id"] for one in known}, set(messages.ids))
            self.assertTrue(all(one["needaction"] for one in known))
            self.assertEqual([one["store_data"] for one in own[1:]], [{}, {}])

    def test_answers_go_where_odoo_sends_them(self):
        inboxes = self.env["stockex.notify.inbox"]
        root = self.env.ref("base.partner_root")
        record = {"model": self.count_session._name, "res_id": self.count_session.id}
        domain = self.env["mail.alias.domain"].create({"name": "stock.example"})
        self.company.alias_domain_id = domain
        vals_list = [{"body": "x", "author_id": root.id, **more} for more in (record, {})]

        ours = inboxes._with_reply_to(vals_list, root)

        messages = self.env["mail.message"].create([dict(vals) for vals in vals_list])
        self.assertIn("@stock.example", messages[0].reply_to)
        self.assertEqual(ours[0]["reply_to"], messages[0].reply_to)
        self.assertNotIn("reply_to", ours[1])

    def test_readers_of_one_text_share_its_page_and_no_other(self):
        self.readers[0].lang = "fr_FR"
        self.post(2)
        self.env["stockex.notify.pending"]._cron_apply()
        mails = type(self.env["stockex.notify.mail"])
        written, render = [], mails._render_message

        def count(mail, *args):
            written.append(args[0].subject)
            return render(mail, *args)

        with patch.object(mails, "_render_message", count):
            self.release()

        # Two events, each in two languages.
        self.assertEqual(len(written), 4)
        rows = self.env["stockex.notification"].search([("mail_id", "!=", False)])
        self.assertEqual(len(rows), 2 * READERS)
        for row in rows:
            self.assertIn(row.subject, row.mail_id.body_html)
            lang = "fr-FR" if row.user_id == self.readers[0] else "en-US"
            self.assertIn(f'lang="{lang}"', row.mail_id.body_html)
