from functools import cache

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

WHY = [
    ("now", "Nothing held it up"),
    ("urgent", "Critical: comes at once"),
    ("quiet_hours", "Quiet hours"),
    ("digest_chosen", "The user wants a digest"),
    ("limit_reached", "Most a day reached"),
    ("muted", "The user muted the category"),
    ("no_service", "No service of the user takes it"),
    ("no_address", "The user has no address on the service"),
    ("no_access", "The user may not see the record"),
    ("archived", "The user is archived"),
    ("test", "Test"),
]


class Notification(models.Model):
    """One message to one user on one service, or to a service that several people read.

    The messages of one occasion to one user have one key: they are planned as one, count
    as one, and stand in a digest once.
    """

    _name = "stockex.notification"
    _description = "Notification"
    _order = "id desc"
    _rec_name = "subject"

    user_id = fields.Many2one("res.users", readonly=True, ondelete="cascade")
    service_id = fields.Many2one(
        "stockex.notify.service",
        "Service account",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    # Users need not read services: they see the name.
    service_name = fields.Char("Service", related="service_id.name", related_sudo=True)
    category_id = fields.Many2one(
        "stockex.notify.category", required=True, readonly=True, index=True, ondelete="restrict"
    )
    event_id = fields.Many2one(
        "stockex.event",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="stockex.group_suite_admin",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    subject = fields.Char(required=True, readonly=True)
    text = fields.Text(readonly=True)
    html = fields.Html(readonly=True, sanitize_overridable=False)
    url = fields.Char("Link", readonly=True)
    severity = fields.Selection(
        [("info", "Information"), ("warning", "Warning"), ("critical", "Critical")],
        default="info",
        required=True,
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True, help="One for each occasion and user.")
    address = fields.Char(readonly=True, help="Where the service delivers.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Sent"),
            ("digest", "In a digest"),
            ("failed", "Failed"),
            ("skipped", "Skipped"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    why = fields.Selection(WHY, default="now", required=True, readonly=True)
    due_at = fields.Datetime("Due", required=True, readonly=True)
    released_at = fields.Datetime(
        "Handed over", readonly=True, help="When the service was given the message."
    )
    sent_at = fields.Datetime("Sent", readonly=True)
    error = fields.Char("What went wrong", readonly=True)
    can_retry = fields.Boolean(compute="_compute_can_retry")
    digest_id = fields.Many2one(
        "stockex.notify.digest", readonly=True, index="btree_not_null", ondelete="set null"
    )
    call_id = fields.Many2one(
        "stockex.transport.call",
        "Outgoing call",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="stockex.group_suite_admin",
    )
    mail_id = fields.Many2one(
        "mail.mail",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )
    sms_uuid = fields.Char(readonly=True, index="btree_not_null", groups="base.group_system")

    # What is due is found among millions that are done.
    _due = models.Index("(due_at, user_id) WHERE released_at IS NULL AND digest_id IS NULL")
    _user_day = models.Index("(user_id, released_at)")
    _record = models.Index("(res_model, res_id)")

    # --- Compute ---

    @api.depends("state", "why", "service_id")
    def _compute_can_retry(self):
        for notification in self:
            notification.can_retry = bool(notification.service_id) and (
                notification.state == "failed"
                or (notification.state == "skipped" and notification.why == "no_address")
            )

    # --- Actions ---

    def action_open_record(self):
        """Open what the message is about."""
        self.ensure_one()
        if self.res_model and self.res_id:
            return {
                "type": "ir.actions.act_window",
                "res_model": self.res_model,
                "res_id": self.res_id,
                "view_mode": "form",
                "views": [(False, "form")],
            }
        if self.url:
            return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}
        raise UserError(
            self.env._("“%(subject)s” is about no record. Read its text.", subject=self.subject)
        )

    def action_retry(self):
        """Send again what failed or had no address, now and whatever the preferences say."""
        self._check_admin()
        if wrong := self.filtered(lambda one: not one.can_retry):
            raise UserError(
                self.env._(
                    "“%(subject)s” did not fail on a service: there is nothing to repeat.",
                    subject=wrong[0].subject,
                )
            )
        # sudo: messages are read-only for everyone; the check above says who may repeat.
        self_sudo = self.sudo()
        self.env["stockex.notify.release"]._repeat(self_sudo)
        return True

    def action_skip(self):
        """Give up what waits or failed."""
        self._check_admin()
        if wrong := self.filtered(lambda one: one.state in ("sent", "skipped")):
            raise UserError(
                self.env._("“%(subject)s” is sent or skipped already.", subject=wrong[0].subject)
            )
        # sudo: as above.
        self_sudo = self.sudo()
        self_sudo.call_id.filtered(lambda call: call.state in ("waiting", "dead")).action_skip()
        self_sudo.filtered(lambda one: not one.digest_id).write({"state": "skipped"})
        return True

    # --- Business ---

    @api.model
    def _now(self):
        """Return the clock of everything that is planned and sent."""
        return fields.Datetime.now()

    @api.model
    def _notify(
        self,
        users,
        category,
        subject,
        text,
        record=None,
        event=None,
        services=None,
        severity="info",
        html="",
        url="",
    ):
        """Write a message to users, in their language, as each of them wishes it.

        :param category: a category or its code.
        :param record: what it is about; whoever may not read it gets nothing of it.
        :param services: send by these, to each user's address or to the shared one;
            without them each user is reached on the services that they chose.
        :return: the messages made, one a user and service; nothing is sent yet.
        """
        return self._notify_all(
            [
                {
                    "users": users,
                    "category": category,
                    "subject": subject,
                    "text": text,
                    "record": record,
                    "event": event,
                    "services": services,
                    "severity": severity,
                    "html": html,
                    "url": url,
                }
            ]
        )

    @api.model
    def _notify_all(self, messages):
        """Write many messages, in their order, by a few queries for all of them.

        :param messages: what `_notify` takes, by name.
        """
        categories = self.env["stockex.notify.category"]
        of_code = cache(categories._of_code)
        return self.env["stockex.notify.planning"]._make(
            [
                (
                    one["users"],
                    one["category"]
                    if isinstance(one["category"], models.BaseModel)
                    else of_code(one["category"]),
                    {
                        "subject": one["subject"],
                        "text": one["text"],
                        "html": one.get("html") or "",
                        "url": one.get("url") or "",
                        "severity": one.get("severity") or "info",
                        **self._prepare_source_vals(one.get("record"), one.get("event")),
                    },
                    one.get("services"),
                )
                for one in messages
            ]
        )

    def _prepare_source_vals(self, record, event):
        company = (
            (record.company_id if record and "company_id" in record._fields else None)
            or (event and event.company_id)
            or self.env.company
        )
        return {
            "event_id": event.id if event else False,
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            "company_id": company.id,
        }

    def _plain(self):
        """Return the text, made from the formatted one if there is no other."""
        self.ensure_one()
        return self.text or html2plaintext(self.html or "")

    def _plan_again(self, users):
        """Plan anew what waits for these users: they changed what they want."""
        return self.env["stockex.notify.planning"]._plan_again(users)

    def _check_admin(self):
        if not (self.env.su or self.env.user.has_group("stockex.group_suite_admin")):
            raise AccessError(
                self.env._("Only a suite administrator repeats or skips messages. Ask one.")
            )
