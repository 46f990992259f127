from odoo import api, models


class NotifyTelling(models.AbstractModel):
    """From a matched event to messages."""

    _name = "stockex.notify.telling"
    _description = "Telling an Event"

    # --- Business ---

    @api.model
    def _compose(self, rule, heard):
        """Return `(event, messages)` pairs: what a rule says of events, to whom, by what.

        :param heard: `(event, users, services)` of each event.
        """
        events = self.env["stockex.event"].concat(*(event for event, _users, _services in heard))
        about = rule.template_id._about(events)
        return [
            (event, self._say(rule, event, users, services, about[event]))
            for event, users, services in heard
        ]

    @api.model
    def _say(self, rule, event, users, services, about):
        """Return the messages of one event; readers whose text is the same share one."""
        messages = []
        if shared := services.filtered("shared"):
            # A channel that several people read hears of the event once, as its company reads.
            texts = rule.template_id._fill(event, event.company_id.partner_id, about)
            messages.append(
                self._prepare_message(rule, event, users.browse(), shared, texts, about)
            )
        personal = services - shared
        if services and not personal:
            return messages
        together = {}
        for user in users:
            texts = rule.template_id._fill(event, user, about)
            together[texts] = together.get(texts, users.browse()) | user
        return messages + [
            self._prepare_message(rule, event, readers, personal, texts, about)
            for texts, readers in together.items()
        ]

    @api.model
    def _prepare_message(self, rule, event, users, services, texts, about):
        subject, text, html = texts
        return {
            "users": users,
            "subject": subject,
            "text": text,
            "record": about.record or None,
            "event": event,
            "services": services or None,
            "severity": rule.severity,
            "html": html,
            "url": about.link,
        }

    @api.model
    def _post(self, messages):
        """Hand messages over to what delivers them, as each reader prefers.

        :param messages: what `stockex.notification._notify` takes, by name; the category is
            that of the event if there is none.
        """
        names = {one["event"].name for one in messages if not one.get("category")}
        categories = self.env["stockex.notify.category"]._of_events(names) if names else {}
        return self.env["stockex.notification"]._notify_all(
            [
                {**one, "category": one.get("category") or categories[one["event"].name]}
                for one in messages
            ]
        )
