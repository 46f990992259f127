from unittest.mock import patch

from odoo.tests import tagged

from .calls_case import DOWN, TAKEN, CallsCase

RELEASE = "odoo.addons.stockex.models.notify.notify_release"


@tagged("post_install", "-at_install")
class TestNotifyHeld(CallsCase):
    """What is held must hold up nothing else, and not for ever."""

    def test_what_the_night_holds_back_does_not_hold_back_the_critical(self):
        self.prefer(self.karim, quiet_hours=True, quiet_from=22, quiet_to=7)
        self.answer = DOWN
        _inbox, held = self.told(self.karim, 2026, 5, 4, 21, 59, 58)
        self.assertEqual(self.local(held.call_id.due_at), "05 07:00")
        self.sent.clear()
        self.answer = TAKEN
        with self.at(2026, 5, 4, 23, 30):
            self.env["stockex.transport.health"].search([]).write({"resting_until": False})

            critical = self.notify(self.karim, "Fire", severity="critical")
            self.send()

        self.assertEqual(set(critical.mapped("state")), {"sent"})
        self.assertEqual([request.json["chat_id"] for request in self.sent], ["11"])
        self.assertEqual(held.state, "waiting")

    def test_messages_of_a_deleted_service_wait_for_nothing(self):
        self.answer = DOWN
        inbox, telegram = self.told(self.karim)
        self.assertEqual(telegram.state, "waiting")

        self.telegram.unlink()

        self.assertEqual((inbox.state, telegram.state), ("sent", "failed"))
        self.assertIn("was deleted", telegram.error)
        self.assertEqual(telegram.call_id.state, "skipped")

    def test_a_service_with_a_fault_of_its_own_fails_alone(self):
        with self.at(2026, 5, 4, 12):
            rows = self.notify(self.karim) | self.notify(self.carla)
            with (
                patch.object(
                    type(self.telegram), "_prepare_message_call_vals", side_effect=KeyError("x")
                ),
                self.assertLogs(RELEASE, "ERROR"),
            ):
                self.release()

        states = {(row.service_id.code, row.state) for row in rows}
        self.assertEqual(states, {("inbox", "sent"), ("telegram", "failed")})
        self.assertEqual(rows.filtered("error").mapped("error"), ["KeyError: 'x'"] * 2)

    def test_who_has_left_a_company_hears_no_more_of_it(self):
        self.add_other_company()
        self.karim.company_ids |= self.other_company
        self.prefer(self.karim, quiet_hours=True, quiet_from=22, quiet_to=7)
        with self.at(2026, 5, 4, 23):
            waiting = self.notify(self.karim, "Secret A")
            self.prefer(self.karim, quiet_hours=False, frequency="daily", digest_hour=8)
            digest = self.notify(self.karim, "Secret B")
            self.prefer(self.karim, frequency="at_once", quiet_hours=True)
        self.assertEqual(set(digest.mapped("state")), {"digest"})
        self.karim.write({"company_id": self.other_company.id})
        self.karim.company_ids = self.other_company

        with self.at(2026, 5, 6, 9):
            self.send()

        rows = waiting | digest
        self.assertEqual(set(self.states(rows)), {("skipped", "no_access")})
        self.assertFalse(rows.digest_id)
        self.assertFalse(self.sent)

    def test_a_subject_is_one_line(self):
        with self.at(2026, 5, 4, 12):
            rows = self.notify(self.karim, "Count\r\nBcc: all@example.com\rA", services=self.email)
            self.prefer(self.karim, only=self.email)
            rows |= self.notify(self.karim, "Count\r\nBcc: all@example.com\rA")
            with self.posting() as mails:
                self.release()
                rows.mail_id.send()

        self.assertEqual(set(rows.mapped("subject")), {"Count Bcc: all@example.com A"})
        self.assertEqual(
            [str(mail["Subject"]) for mail in mails], ["Count Bcc: all@example.com A"] * len(mails)
        )
        self.assertEqual(set(rows.mapped("state")), {"sent"})
