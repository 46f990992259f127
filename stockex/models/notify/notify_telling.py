from odoo import api, models


class NotifyTelling(models.AbstractModel):
    """From a matched event to messages."""

    _name = "stockex.notify.telling"
    _description = "Telling an Event"

    # --- Business ---

    @api.model
    def _tell(self, rule, event, users, services):
        """Send an event's text; readers whose text is the same are told together."""
        if shared := services.filtered("shared"):
            # A channel that several people read hears of the event once, as its company reads.
            texts = rule.template_id._fill(event, event.company_id.partner_id)
            self._send(rule, event, users.browse(), shared, texts)
        personal = services - shared
        if services and not personal:
            return
        together = {}
        for user in users:
            texts = rule.template_id._fill(event, user)
            together[texts] = together.get(texts, users.browse()) | user
        for texts, readers in together.items():
            self._send(rule, event, readers, personal, texts)

    @api.model
    def _send(self, rule, event, users, services, texts):
        subject, text, html = texts
        self._post(
            users,
            None,
            subject,
            text,
            record=event._record() or None,
            event=event,
            services=services or None,
            severity=rule.severity,
            html=html,
            url=event._link(),
        )

    @api.model
    def _post(self, users, category, subject, text, **more):
        """Hand a message over to what delivers it, as each reader prefers.

        :param category: its code; that of the event if there is none.
        """
        if event := not category and more.get("event"):
            category = self.env["stockex.notify.category"]._of_events([event.name])[event.name]
        return self.env["stockex.notification"]._notify(users, category, subject, text, **more)
