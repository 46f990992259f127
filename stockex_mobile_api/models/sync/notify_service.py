from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.stockex.notifiers import Trouble
from odoo.addons.stockex.notifiers.web_push import subject
from odoo.addons.stockex.pure.transport.outcome import Kind

FOUND = "handheld"
CODE = "web_push"
SCAN = "/stockex/scan"


class NotifyService(models.Model):
    """Reaches users on the handhelds that subscribed."""

    _inherit = "stockex.notify.service"

    _push_once = models.UniqueIndex(
        "(company_id) WHERE code = 'web_push'",
        "The company has this service already; it reaches every handheld.",
    )

    # --- Actions ---

    def action_renew_push_key(self):
        """Sign with another key, because the present one may be known to others."""
        self.check_access("write")
        self.env["stockex.push.key"]._renew()
        return self._say(
            True,
            self.env._(
                "There is a new key. Handhelds take messages again once the application is "
                "opened on them."
            ),
        )

    # --- What the company's services do ---

    @api.model
    def _built_in(self):
        return (*super()._built_in(), CODE)

    @api.model
    def _finders(self):
        return super()._finders() | {FOUND}

    @api.model
    def _find_recipients(self, finder, user):
        if finder != FOUND:
            return super()._find_recipients(finder, user)
        # sudo: where a user is reached is used, whoever causes the message.
        subscriptions_sudo = user.sudo().stockex_push_ids
        return [one._address() for one in subscriptions_sudo._live().sorted("id")]

    @api.model
    def _push_of(self, user):
        """Return the services that reach a user's handhelds."""
        return self.search([("code", "=", CODE), ("company_id", "in", user.company_ids.ids)])

    def _is_push(self):
        address = self._kind().address
        return bool(address) and address.found == FOUND

    # --- Sending ---

    def _delivered_at(self, recipient):
        if not self._is_push():
            return super()._delivered_at(recipient)
        subscription_sudo = self.env["stockex.sync.subscription"]._at(recipient)
        if not subscription_sudo:
            raise UserError(
                self.env._("“%(handheld)s” takes no messages any more.", handheld=recipient)
            )
        return subscription_sudo.target

    def _supplied_values(self):
        values = super()._supplied_values()
        if not self._is_push():
            return values
        return {
            **values,
            "private_key": self.env["stockex.push.key"]._private(),
            "subject": self._push_subject(),
        }

    def _push_subject(self):
        company = self.company_id
        # sudo: what a company tells push services of itself is public.
        company_sudo = company.sudo()
        site = company_sudo.website or self.get_base_url()
        return subject(email_normalize(company_sudo.email or "") or "", site)

    def _lacking(self, given):
        lacking = super()._lacking(given)
        if lacking or not self._is_push() or self._push_subject():
            return lacking
        return self.env._(
            "Give %(company)s an e-mail address or an https web site: push services want to "
            "know whom to write to.",
            company=self.company_id.name,
        )

    def _link_of(self, row):
        link = super()._link_of(row)
        return (self._handheld_link(row) or link) if self._is_push() else link

    def _handheld_link(self, row):
        """Return what the application shows of a message's record; empty if it does not."""
        if row.res_model == "stockex.sync.operation":
            return f"{SCAN}#queue"
        if row.res_model not in ("stockex.count.session", "stockex.count.line"):
            return ""
        record = self.env[row.res_model].browse(row.res_id).exists()
        session = record.session_id if row.res_model == "stockex.count.line" else record
        counts = session.state == "counting" and row.user_id in session.counter_ids
        return f"{SCAN}#count/{session.id}" if counts else ""

    def _carry_by_calls(self, notifications):
        if self._is_push():
            for model, rows in notifications.grouped("res_model").items():
                # One query for what the link of each would ask for by itself.
                if model == "stockex.count.session":
                    self.env[model].browse(rows.mapped("res_id")).exists().mapped("counter_ids")
        return super()._carry_by_calls(notifications)

    # --- Results ---

    def _is_receivers_own(self, call, outcome):
        # One maker's busy server, or one chatty phone, silences no other handheld.
        own = self._is_push() and outcome.kind == Kind.RETRY
        return own or super()._is_receivers_own(call, outcome)

    def _hint_texts(self):
        texts = super()._hint_texts()
        if len(self) != 1 or not self._is_push():
            return texts
        over = self.env._(
            "The browser on the handheld ended its subscription. Open the application on it: it "
            "subscribes again."
        )
        return {**texts, Trouble.ADDRESS: over}

    def _call_finished(self, call, outcome):
        result = super()._call_finished(call, outcome)
        if self._is_push():
            self._note_push(call, outcome)
        return result

    def _note_push(self, call, outcome):
        subscriptions = self.env["stockex.sync.subscription"]
        subscription_sudo = subscriptions._at(call.payload.get("recipient"))
        if outcome.hint == Trouble.ADDRESS:
            # That a browser is gone is no dead letter: nobody could do anything about it.
            call.write({"state": "skipped"})
            self._rows_of(call).write({"state": "skipped", "why": "no_address"})
            subscription_sudo.unlink()
        elif subscription_sudo:
            error = "" if outcome.kind == Kind.DONE else self._outcome_text(outcome)
            subscription_sudo._note(error=error)
