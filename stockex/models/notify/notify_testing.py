import uuid

from odoo import api, models
from odoo.exceptions import UserError


class NotifyTesting(models.AbstractModel):
    """Sends a user a test on services, at once, and says what became of each."""

    _name = "stockex.notify.testing"
    _description = "Tests of Notification Services"

    @api.model
    def _send(self, subscriptions):
        """Return [(service, what became of it, whether that is good)].

        A test minds no preference: whoever presses the button waits for it.
        """
        # sudo: messages are read-only for everyone; these are the user's own.
        notifications_sudo = self.env["stockex.notification"].sudo()
        rows_sudo = notifications_sudo.create(
            [
                self._prepare_vals(line, recipient)
                for line in subscriptions
                for recipient in line._recipients() or [None]
            ]
        )
        for row_sudo in rows_sudo.filtered(lambda row: row.state == "waiting"):
            try:
                with self.env.cr.savepoint():
                    row_sudo.service_id._carry_now(row_sudo)
            except UserError as error:
                self.env["stockex.notify.internal"]._fail(row_sudo, str(error))
        return [(row.service_name, self._result(row), row.state == "sent") for row in rows_sudo]

    def _prepare_vals(self, line, recipient):
        now = self.env["stockex.notification"]._now()
        # sudo: users need not read services; they have a line for this one.
        service_sudo = line.service_id.sudo()
        own = self.with_context(lang=line.user_id.lang)
        return {
            "user_id": line.user_id.id,
            "service_id": service_sudo.id,
            "category_id": self.env["stockex.notify.category"]._of_code("system").id,
            "company_id": service_sudo.company_id.id,
            "subject": own.env._("Test message from Stockex"),
            "text": own.env._("If you read this, “%(service)s” works.", service=service_sudo.name),
            "key": str(uuid.uuid4()),
            "address": recipient,
            "due_at": now,
            "released_at": now,
            "state": "waiting" if recipient is not None else "skipped",
            "why": "test" if recipient is not None else "no_address",
        }

    def _result(self, row):
        if row.state == "sent":
            return (
                self.env._("sent to %(address)s", address=row.address)
                if row.address
                else self.env._("sent")
            )
        if row.state == "skipped":
            address = row.service_id._kind().address
            if address.found:
                return self.env._(
                    "it reaches none of your devices. %(help)s", help=self.env._(address.help)
                )
            return self.env._("it has no address for you. Enter one.")
        if row.state == "failed":
            return self.env._("failed: %(error)s", error=row.error)
        return self.env._("handed over; My Notifications tells what became of it")
