from odoo import models


class SmsSms(models.Model):
    """Tells notifications what became of their text messages."""

    _inherit = "sms.sms"

    # --- Business ---

    def _handle_call_result_hook(self, results):
        result = super()._handle_call_result_hook(results)
        # sudo: what became of a text message is written by its queue, whoever runs it.
        notifications_sudo = self.env["stockex.notification"].sudo()
        waiting_sudo = notifications_sudo.search(
            [("sms_uuid", "in", self.mapped("uuid")), ("state", "in", ("waiting", "failed"))]
        )
        by_uuid = waiting_sudo.grouped("sms_uuid")
        internal = self.env["stockex.notify.internal"]
        kinds = dict(self._fields["failure_type"]._description_selection(self.env))
        for state, messages in (
            self.filtered(lambda one: one.uuid in by_uuid)
            .grouped(lambda one: (one.state == "error", one.failure_type))
            .items()
        ):
            rows = waiting_sudo.filtered(lambda row, of=messages: row.sms_uuid in of.mapped("uuid"))
            if state[0]:
                internal._fail(rows, kinds.get(state[1], state[1]))
            else:
                internal._done(rows)
        return result
