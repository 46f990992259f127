from odoo import api, models
from odoo.tools import (
    email_normalize,
    format_datetime,
    formataddr,
    is_html_empty,
    plaintext2html,
)

PREFERENCES_PATH = "stockex-my-notification-preferences"


class NotifyMail(models.AbstractModel):
    """Writes the mails of notifications and digests, in the reader's language."""

    _name = "stockex.notify.mail"
    _description = "Mails of Notifications"

    @api.model
    def _prepare_vals(self, company, address, subject, html, text, name=""):
        """Return what a mail in Odoo's queue needs.

        :param text: what programs show that show no formatting.
        """
        # A company without an address has none that a mail server would take.
        sender = company if company.email else self._machine()
        return {
            "subject": subject,
            "body_html": html,
            "stockex_text": text,
            "email_from": sender.email_formatted,
            "email_to": formataddr((name, address)) if name else address,
            "auto_delete": True,
            # Out-of-office replies to a machine help nobody.
            "headers": repr(
                {"X-Auto-Response-Suppress": "OOF", "Auto-Submitted": "auto-generated"}
            ),
        }

    def _machine(self):
        """Return Odoo's own contact, without asking for each mail whether it is there."""
        data = self.env["ir.model.data"]
        return self.env["res.partner"].browse(data._xmlid_to_res_id("base.partner_root"))

    @api.model
    def _prepare_digest_vals(self, digest):
        """Return what the mail of a digest needs."""
        user = digest.user_id
        address = self._address_of(user)
        return self._prepare_vals(
            digest.company_id, address, digest.subject, digest.html, digest.text, user.name
        )

    @api.model
    def _address_of(self, user):
        """Return where a user gets mail; empty if nowhere."""
        return email_normalize(user.email or "") or ""

    @api.model
    def _render_messages(self, notifications):
        """Return (html, text) of each message; what reads the same is written once."""
        written, pages = {}, []
        for row in notifications:
            lang = row.user_id.lang or row.company_id.partner_id.lang
            own = self.with_context(lang=lang)
            link, why = own._link(row), own._why(row)
            same = (lang, row.company_id, row.category_id, row.severity, link, why)
            same += (row.subject, row.text, row.html)
            if same not in written:
                written[same] = own._render_message(row, link, why)
            pages.append(written[same])
        return pages

    def _render_message(self, notification, link, why):
        """Return (html, text) of one message, in the language of the context."""
        body = (
            plaintext2html(notification.text or "")
            if is_html_empty(notification.html)
            else notification.html
        )
        html = self._render(
            "stockex.notify_mail_message",
            notification.company_id,
            self.env.context["lang"],
            {
                "notification": notification,
                "body": body,
                "link": link,
                "link_label": self.env._("Open"),
                "why": why,
            },
        )
        lines = [notification.subject, "", notification._plain()]
        lines += ["", self.env._("Open: %(link)s", link=link)] if link else []
        lines += ["", why]
        return html, "\n".join(lines)

    def _why(self, notification):
        """Say why a message is late or was written at all."""
        if notification.why != "quiet_hours":
            return self.env._(
                "You get this message because of your notification preferences in %(company)s.",
                company=notification.company_id.name,
            )
        moment = format_datetime(
            self.env,
            notification.create_date,
            tz=notification.user_id.tz or "UTC",
            dt_format="short",
        )
        return self.env._("Written on %(moment)s, held back by your quiet hours.", moment=moment)

    @api.model
    def _render(self, template, company, lang, values):
        """Fill a template in a language."""
        own = self.with_context(lang=lang)
        return str(
            own.env["ir.qweb"]._render(
                template,
                {
                    "company": company,
                    "lang": (lang or "en_US").replace("_", "-"),
                    "preferences_url": f"{company.get_base_url()}/odoo/{PREFERENCES_PATH}",
                    **values,
                },
                minimal_qcontext=True,
            )
        )

    @api.model
    def _link(self, notification):
        """Return the full address of what a message is about; empty if nothing."""
        base = notification.get_base_url()
        if notification.url:
            return notification.url if "://" in notification.url else base + notification.url
        if notification.res_model and notification.res_id:
            # Odoo's own way in: it logs in and opens the record, or says that it is gone.
            return f"{base}/mail/view?model={notification.res_model}&res_id={notification.res_id}"
        return ""
