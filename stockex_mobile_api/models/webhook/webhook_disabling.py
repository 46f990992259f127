from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.stockex.pure.transport.mask import place_of
from odoo.addons.stockex.pure.transport.outcome import Hint


class WebhookDisabling(models.Model):
    """An endpoint that cannot be reached: turned off, told to its owner, turned on again."""

    _inherit = "stockex.webhook.endpoint"

    # --- Actions ---

    def action_enable(self):
        """Turn endpoints on again; what waited is sent."""
        self.write({"active": True, "disabled_reason": False})
        self.activity_feedback(["mail.mail_activity_data_warning"])
        return True

    def action_disable(self):
        """Turn endpoints off; events are no longer kept for them."""
        self.write({"active": False, "disabled_reason": self.env._("By hand.")})
        return True

    def action_replay(self):
        """Choose the dead letters to try again by their time."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.transport_replay_action")
        action["context"] = {
            "default_account_model": self._name,
            "default_account_id": self.id,
            "default_account_name": self.name,
        }
        return action

    # --- The account's part ---

    def _try_failed(self, call, outcome):
        """Turn the endpoint off if the receiver says so, or has failed for days."""
        if not self.active or self._is_trial(call):
            return
        limit = fields.Datetime.now() - timedelta(days=self.disable_after_days)
        gone = outcome.hint == Hint.GONE
        if gone or (self.failing_since and self.failing_since <= limit):
            # In the language of whoever reads it.
            self.with_context(lang=self.owner_id.lang)._turn_off(outcome, gone)

    # --- Business ---

    def _turn_off(self, outcome, gone):
        reason = (
            self.env._("The receiver wants no more messages (410).")
            if gone
            else self.env._("Nothing but failures for %(days)s days.", days=self.disable_after_days)
        )
        since = fields.Datetime.to_string(self.failing_since)
        self.write({"active": False, "disabled_reason": reason})
        body = self.env._(
            "The webhook endpoint “%(endpoint)s” (%(place)s) was disabled: %(reason)s It has "
            "failed since %(since)s (UTC), last with: %(error)s. %(count)s messages wait for it; "
            "later events are not kept. Have the receiver repaired, then open the endpoint and "
            "choose “Enable”: what waits is sent, and dead letters can be retried there.",
            endpoint=self.name,
            place=place_of(self.base_url),
            reason=reason,
            since=since,
            error=outcome.message,
            count=self.waiting_count,
        )
        subject = self.env._("Webhook endpoint “%(endpoint)s” disabled", endpoint=self.name)
        self.message_notify(partner_ids=self.owner_id.partner_id.ids, subject=subject, body=body)
        self.message_post(subject=subject, body=body)
        # The message above is its only mail.
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_warning", user_id=self.owner_id.id, summary=subject, note=body
        )

    def _hand_over_calls(self):
        """Have the calls seen by the endpoint's present owner."""
        self.flush_recordset()
        for table in ("stockex_transport_call", "stockex_transport_attempt"):
            call_id = SQL("rows.call_id" if table.endswith("attempt") else "rows.id")
            self.env.cr.execute(
                SQL(
                    """UPDATE %(table)s rows SET owner_id = endpoint.owner_id
                         FROM stockex_transport_call call
                         JOIN stockex_webhook_endpoint endpoint ON endpoint.id = call.account_id
                        WHERE call.id = %(call)s AND call.account_model = %(model)s
                          AND call.account_id = ANY(%(ids)s)""",
                    table=SQL.identifier(table),
                    call=call_id,
                    model=self._name,
                    ids=self.ids,
                )
            )
        self.env["stockex.transport.call"].invalidate_model(["owner_id"])
        self.env["stockex.transport.attempt"].invalidate_model(["owner_id"])
