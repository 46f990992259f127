from odoo.tests import tagged

from odoo.addons.stockex.notifiers.web_push import topic

from .push_case import PushCase

GONE = (410, {})


@tagged("post_install", "-at_install")
class TestPushTelling(PushCase):
    """From what happens to what a handheld shows."""

    def test_a_message_reaches_each_of_a_users_handhelds_once(self):
        self.subscribe()
        first = self.browsers.pop(self.karim)
        self.devices.pop(self.karim)
        self.subscribe()

        rows = self.tell(subject="Aisle 4")

        self.assertEqual(rows.mapped("state"), ["sent", "sent"])
        self.assertEqual(len(set(rows.mapped("address"))), 2)
        self.assertEqual(len(self.sent), 2)
        for browser in (first, self.browser()):
            [request] = [one for one in self.sent if one.url == browser.endpoint]
            shown = browser.opens(request)
            self.assertEqual((shown["title"], shown["text"]), ("Aisle 4", "Text of Aisle 4"))
        self.assertTrue(all(self.of().mapped("last_success_at")))

    def test_who_has_no_handheld_misses_nothing(self):
        self.assertFalse(self.tell())
        preference = self.env["stockex.notify.preference"]._of(self.karim)
        line = preference.subscription_ids.filtered(lambda one: one.service_id == self.service)
        self.assertTrue(line.wanted)
        self.assertEqual(line.reached_at, "")

    def test_who_does_not_want_it_is_not_told_and_keeps_the_handheld(self):
        self.subscribe()
        preference = self.env["stockex.notify.preference"]._of(self.karim)
        line = preference.subscription_ids.filtered(lambda one: one.service_id == self.service)
        self.assertIn(self.of().device_id.name, line.reached_at)

        line.wanted = False

        self.assertFalse(self.tell())
        self.assertFalse(self.sent)
        self.subscribe()
        self.assertFalse(line.wanted)

    def test_started_and_sent_back_counts_open_on_the_handheld(self):
        self.subscribe()
        self.subscribe(self.lea)
        session = self.begun(counters=self.karim)
        self.deliver()
        line = self.line(session, self.bolt)
        self.count(session, {line: 5})
        session.with_user(self.carla).action_review()
        session.with_user(self.carla)._reopen(line)
        self.deliver()

        shown = self.told()

        self.assertEqual(
            [one["title"] for one in shown],
            [f"You can count: {session.display_name}", f"Count again: {session.display_name}"],
        )
        self.assertEqual({one["url"] for one in shown}, {f"/stockex/scan#count/{session.id}"})
        about = topic(f"stockex.count.session,{session.id}")
        self.assertEqual({one["tag"] for one in shown}, {about})
        self.assertEqual(
            [(one.headers["Urgency"], one.headers["Topic"]) for one in self.sent],
            [("normal", about), ("high", about)],
        )
        self.assertFalse(self.told(self.lea))

    def test_an_approver_hears_of_what_waits_and_opens_the_office(self):
        self.subscribe(self.anton)
        session = self.begun()
        self.count(session, {self.line(session, self.bolt): 5})
        session.with_user(self.carla).action_review()
        self.deliver()

        [shown] = self.told(self.anton)

        self.assertEqual(shown["title"], f"To approve: {session.display_name}")
        self.assertIn(f"/mail/view?model=stockex.count.session&res_id={session.id}", shown["url"])

    def test_a_counter_hears_what_a_controller_decided_and_not_their_own(self):
        self.subscribe()
        self.open = self.begun()
        line = self.line(self.open, self.bolt)
        for decide in ("action_keep_mine", "action_dismiss"):
            op = self.set(line, 3)
            self.count(self.open, {line: 5}, self.lea)
            self.assertEqual(self.one(op)["status"], "conflict")
            getattr(self.row(op).with_user(self.carla), decide)()
        own = self.set(line, 4)
        self.count(self.open, {line: 6}, self.lea)
        self.one(own)
        self.one(self.op("resolve", of=own["op"], choice="mine"))
        self.deliver()

        shown = [one for one in self.told() if one["title"].startswith("Decided")]

        self.assertEqual(len(shown), 2)
        self.assertEqual({one["url"] for one in shown}, {"/stockex/scan#queue"})
        self.assertIn(f"{self.carla.login} has decided", shown[0]["text"])
        events = self.env["stockex.event"].search([("name", "=", "conflict.decided")])
        self.assertEqual(sorted(one.payload["choice"] for one in events), ["dismissed", "mine"])

    def test_no_figure_of_the_book_reaches_a_blind_counter(self):
        self.subscribe()
        rule = self.env.ref("stockex.notify_rule_variance")
        rule.to_workers = True
        session = self.begun()
        line = self.line(session, self.bolt)
        self.company.stockex_variance_alert_amount = 1
        self.count(session, {line: 1})
        session.with_user(self.carla).action_review()
        self.deliver()

        alerts = self.env["stockex.event"].search([("name", "=", "variance.above_threshold")])
        self.assertEqual([one.payload["difference"] for one in alerts], [-7653])
        texts = " ".join(f"{one['title']} {one['text']}" for one in self.told())

        self.assertIn("You can count", texts)
        for figure in ("7654", "7,654", "7653", "76530", "76,530"):
            self.assertNotIn(figure, texts)

    def test_each_reads_in_their_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("stockex.notify_template_count_started")
        template.with_context(lang="fr_FR").subject = "À compter : {{ record }}"
        self.karim.lang = "fr_FR"
        self.subscribe()
        self.subscribe(self.lea)
        self.begun()
        self.deliver()

        self.assertTrue(self.told()[0]["title"].startswith("À compter : "))
        self.assertTrue(self.told(self.lea)[0]["title"].startswith("You can count: "))

    # --- What push services answer ---

    def test_a_browser_that_is_gone_is_forgotten_and_is_no_dead_letter(self):
        self.subscribe()
        for status in (404, 410):
            self.answer = (status, {})
            [row] = self.tell()

            self.assertEqual((row.state, row.why), ("skipped", "no_address"))
            self.assertEqual(row.call_id.state, "skipped")
            self.assertFalse(self.of())
            self.assertEqual((self.service.state, self.service.dead_count), ("ready", 0))
            self.assertIs(self.hello()["push_on"], False)
            self.subscribe()

    def test_a_push_service_that_is_busy_is_asked_again_when_it_says(self):
        self.subscribe()
        self.answer = (429, {"retry-after": "600"})
        [row] = self.tell()

        self.assertEqual((row.state, row.call_id.state), ("waiting", "waiting"))
        wait = row.call_id.due_at - row.call_id.attempt_ids.time
        self.assertGreaterEqual(wait.total_seconds(), 600)
        self.assertTrue(self.of())
        self.answer = (201, {})
        row.call_id.due_at = self.env["stockex.transport.claim"]._now()
        self.deliver()
        self.assertEqual((row.state, row.call_id.attempts), ("sent", 2))
        self.assertEqual(self.of().failures, 0)

    def test_one_busy_push_service_holds_up_no_other_handheld(self):
        self.subscribe()
        self.subscribe(self.lea)
        self.busy = self.browser().endpoint

        self.tell(self.karim)
        [row] = self.tell(self.lea)

        self.assertEqual(row.state, "sent")
        self.assertEqual(self.service.state, "ready")
        self.assertEqual((self.of().failures, self.of(self.lea).failures), (0, 0))

    def test_a_signature_that_is_refused_is_the_accounts_own_fault(self):
        self.subscribe()
        self.answer = (403, {})
        [row] = self.tell()

        self.assertEqual((row.state, row.call_id.hint), ("failed", "unauthorised"))
        self.assertIn(self.service.state, ("failing", "resting"))

    def test_what_is_refused_is_kept_with_its_reason(self):
        self.subscribe()
        self.answer = (413, {})
        [row] = self.tell()

        self.assertEqual((row.state, row.call_id.state), ("failed", "dead"))
        self.assertEqual(row.call_id.hint, "too_large")
        self.assertEqual((self.of().failures, self.of().last_error[:8]), (1, "HTTP 413"))

    def test_what_waits_for_a_handheld_that_is_shut_out_is_never_sent(self):
        self.subscribe()
        self.answer = (503, {})
        [row] = self.tell()
        self.assertEqual(row.call_id.state, "waiting")

        self.of().device_id.action_revoke()
        row.call_id.due_at = self.env["stockex.transport.claim"]._now()
        self.sent.clear()
        self.deliver()

        self.assertFalse(self.sent)
        self.assertEqual((row.state, row.why), ("skipped", "no_address"))
        self.assertEqual(row.call_id.state, "skipped")

    def test_a_race_with_the_end_of_a_subscription_sends_nothing(self):
        self.subscribe()
        self.answer = (503, {})
        [row] = self.tell()
        # As if the sender had read the call before it ended.
        self.env.cr.execute("DELETE FROM stockex_sync_subscription")
        self.env.invalidate_all()
        row.call_id.due_at = self.env["stockex.transport.claim"]._now()
        self.sent.clear()
        self.deliver()

        self.assertFalse(self.sent)
        self.assertEqual((row.state, row.call_id.state), ("failed", "dead"))
        self.assertIn("takes no messages any more", row.call_id.error)

    def test_what_went_out_shows_neither_key_nor_text(self):
        self.subscribe()
        [row] = self.tell(subject="Aisle 4")

        kept = row.call_id.attempt_ids.request

        self.assertNotIn("eyJ", kept)
        self.assertNotIn("Aisle", kept)
        self.assertNotIn(self.env["stockex.push.key"]._private(), kept)

    # --- The service's form ---

    def test_a_company_without_an_address_is_told_what_is_missing(self):
        self.company.email = False
        self.company.website = False
        self.env["ir.config_parameter"].set_param("web.base.url", "http://localhost:8069")
        self.service.invalidate_recordset()

        self.assertEqual(self.service.state, "incomplete")
        self.assertIn("Maison Dupont", self.service.with_user(self.sana).state_text)
        self.subscribe()
        [row] = self.tell()
        self.assertEqual((row.state, row.call_id.hint), ("failed", "not_set_up"))
        self.assertFalse(self.sent)

    def test_a_test_goes_to_ones_own_handheld(self):
        own = self.service.with_user(self.sana)
        with self.assert_refused("Notify this device"):
            own.action_test()
        self.subscribe(self.sana)

        action = own.action_test()

        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(self.told(self.sana)[0]["title"], "Test from Stockex")

    def test_a_user_tests_from_the_preferences(self):
        preference = self.env["stockex.notify.preference"].with_user(self.karim)
        own = preference._of(self.karim).with_user(self.karim)
        line = own.subscription_ids.filtered(lambda one: one.service_name == self.service.name)
        lacking = line.action_test()
        self.subscribe()

        done = line.action_test()

        self.assertIn("Notify this device", lacking["params"]["message"])
        self.assertEqual(done["params"]["type"], "success")
        self.assertEqual(len(self.told()), 1)

    def test_each_company_has_the_service_once(self):
        self.add_other_company()
        services = self.env["stockex.notify.service"].search(
            [("code", "=", "web_push"), ("company_id", "=", self.other_company.id)]
        )

        self.assertEqual(len(services), 1)
        self.assertFalse(services.credential_ids)
        self.assertIn("web_push", dict(services._selection_code()))
