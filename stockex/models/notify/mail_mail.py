from odoo import fields, models


class MailMail(models.Model):
    """Brings its own plain text if it has one, and tells what became of it."""

    _inherit = "mail.mail"

    stockex_text = fields.Text("Plain text", help="Shown by programs that show no formatting.")

    # --- Business ---

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        results = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        if self.stockex_text:
            for result in results:
                result["body_alternative"] = self.stockex_text
        return results

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        failed = self.filtered(lambda mail: failure_type or mail.state == "exception")
        error = failure_reason or failed[:1].failure_reason or failure_type
        internal = self.env["stockex.notify.internal"]
        for name in ("stockex.notification", "stockex.notify.digest"):
            # sudo: what became of a mail is written by the mail queue, whoever runs it.
            records_sudo = self.env[name].sudo()
            waiting_sudo = records_sudo.search(
                [("mail_id", "in", self.ids), ("state", "in", ("waiting", "failed"))]
            )
            lost_sudo = waiting_sudo.filtered(lambda row: row.mail_id in failed)
            internal._fail(lost_sudo, error)
            internal._done(waiting_sudo - lost_sudo)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
