from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...pure.notify.delivery import Frequency, Wishes, digest_time
from .instants import aware, naive

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class NotifyPreference(models.Model):
    """How one user wants to be told: where, how often, and when not."""

    _name = "stockex.notify.preference"
    _description = "Notification Preferences"
    _rec_name = "user_id"
    _order = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    tz = fields.Selection(
        related="user_id.tz", readonly=False, help="All hours here are hours of this time zone."
    )
    frequency = fields.Selection(
        [
            ("at_once", "At once"),
            ("daily", "In a daily digest"),
            ("weekly", "In a weekly digest"),
        ],
        default="at_once",
        required=True,
    )
    digest_hour = fields.Float(
        "Digest at",
        default=8.0,
        required=True,
        help="Messages beyond the most a day come in this digest too, whatever the frequency.",
    )
    digest_weekday = fields.Selection(WEEKDAYS, "Digest on", default="0", required=True)
    next_digest_at = fields.Datetime("Next digest", compute="_compute_next_digest_at")
    quiet_hours = fields.Boolean(help="What comes in these hours waits for their end.")
    quiet_from = fields.Float(default=22.0, required=True)
    quiet_to = fields.Float(default=7.0, required=True)
    critical_at_once = fields.Boolean(
        "Critical messages at once",
        default=True,
        help="Critical messages come also in quiet hours, instead of in a digest, and beyond "
        "the most a day. A company may decide this for everybody.",
    )
    critical_decided = fields.Char("Critical messages", compute="_compute_critical_decided")
    is_mine = fields.Boolean(compute="_compute_is_mine")
    most_per_day = fields.Integer(
        "Most a day",
        help="One message counts once, on however many services it comes. What is too much "
        "goes to the digest. 0 is no limit.",
    )
    muted_category_ids = fields.Many2many(
        "stockex.notify.category",
        "stockex_notify_preference_muted_rel",
        "preference_id",
        "category_id",
        string="Muted categories",
    )
    subscription_ids = fields.One2many("stockex.notify.subscription", "preference_id", "Services")

    _user_once = models.UniqueIndex("(user_id)", "This user has preferences already.")
    _hours = models.Constraint(
        "CHECK (digest_hour >= 0 AND digest_hour < 24 AND quiet_from >= 0 AND quiet_from < 24"
        " AND quiet_to >= 0 AND quiet_to < 24)",
        "An hour of the day is from 00:00 to 23:59.",
    )
    _quiet_hours_end = models.Constraint(
        "CHECK (NOT quiet_hours OR round((quiet_from * 60)::numeric) <> "
        "round((quiet_to * 60)::numeric))",
        "Quiet hours that begin and end at the same time would never end or never begin. "
        "Change one of the two, or switch them off.",
    )
    _most_per_day_positive = models.Constraint(
        "CHECK (most_per_day >= 0)", "The most a day cannot be negative; 0 is no limit."
    )

    # --- Compute ---

    @api.depends(
        *("frequency", "digest_hour", "digest_weekday", "tz"),
        *("quiet_hours", "quiet_from", "quiet_to"),
    )
    def _compute_next_digest_at(self):
        now = aware(self.env["stockex.notification"]._now())
        for preference in self:
            preference.next_digest_at = naive(digest_time(preference._wishes(), now))

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for preference in self:
            preference.is_mine = preference.user_id == self.env.user

    @api.depends("user_id.company_id")
    def _compute_critical_decided(self):
        texts = {
            "always": self.env._("Come at once: your company wants it so"),
            "never": self.env._("Come like any other: your company wants it so"),
        }
        for preference in self:
            # sudo: one setting of the user's own company.
            company_sudo = preference.user_id.company_id.sudo()
            preference.critical_decided = texts.get(company_sudo.stockex_notify_critical, "")

    # --- Create, write ---

    def write(self, vals):
        if "user_id" in vals and not self.env.su:
            raise AccessError(
                self.env._("Preferences stay with their user. Change your own instead.")
            )
        result = super().write(vals)
        if vals.keys() - {"subscription_ids"}:
            self.env["stockex.notification"]._plan_again(self.user_id)
        return result

    # --- Actions ---

    @api.model
    def action_open_mine(self):
        """Open the user's own preferences, made now if they never had any."""
        preference = self._of(self.env.user)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Notification Preferences"),
            "res_model": self._name,
            "res_id": preference.id,
            "view_mode": "form",
            "views": [(self.env.ref("stockex.notify_preference_view_form").id, "form")],
        }

    def action_test(self):
        """Send a test on every service that is switched on; say what became of each."""
        self.ensure_one()
        wanted = self.subscription_ids.filtered("wanted")
        # Whoever has no handheld misses nothing.
        wanted = wanted.filtered(lambda line: line._reach())
        if not wanted:
            raise UserError(self.env._("No service is switched on. Switch one on, then test it."))
        return wanted._test()

    # --- Business ---

    @api.model
    def _of(self, users):
        """Return the preferences of these users, in their order; made on first use."""
        # sudo: messages are planned by whoever causes them; only the owner sees this.
        preferences_sudo = self.sudo()
        domain = [("user_id", "in", users.ids)]
        known_sudo = preferences_sudo.search(domain)
        if missing := users - known_sudo.user_id:
            self._insert(missing)
            known_sudo = preferences_sudo.search(domain)
        known_sudo._ensure_subscriptions()
        by_user = {preference.user_id: preference.id for preference in known_sudo}
        return self.browse([by_user[user] for user in users])

    @api.model
    def _insert(self, users):
        # Not through create(): two transactions that need them at once must not refuse
        # one another; the second is replayed by Odoo.
        names = [
            name
            for name, field in self._fields.items()
            if field.store and field.column_type and field.default
        ]
        defaults = self.default_get(names)
        columns = SQL(", ").join(map(SQL.identifier, names))
        values = SQL(", ").join(SQL("%s", defaults[name]) for name in names)
        self.env.execute_query(
            SQL(
                """INSERT INTO stockex_notify_preference (user_id, create_date, write_date, %s)
                   SELECT id, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', %s
                     FROM unnest(%s) id
                       ON CONFLICT DO NOTHING RETURNING id""",
                columns,
                values,
                list(users.ids),
            )
        )

    def _ensure_subscriptions(self):
        """Give each user a line for every service of their companies."""
        # sudo: users need not read services; only what the lines show comes back.
        services_sudo = self.env["stockex.notify.service"].sudo()
        companies = self.user_id.company_ids
        personal_sudo = services_sudo.search(
            [("shared", "=", False), ("company_id", "in", companies.ids)]
        )
        self.env["stockex.notify.subscription"]._add(
            {
                preference: personal_sudo.filtered(
                    lambda service, own=preference.user_id.company_ids: service.company_id in own
                )
                for preference in self
            }
        )

    def _wishes(self):
        """Return what the user wants, for planning."""
        self.ensure_one()
        quiet = (_minutes(self.quiet_from), _minutes(self.quiet_to))
        return Wishes(
            zone=self._zone(),
            frequency=Frequency(self.frequency),
            digest_minute=_minutes(self.digest_hour),
            digest_weekday=int(self.digest_weekday),
            quiet=quiet if self.quiet_hours else None,
            most_per_day=self.most_per_day,
            muted=frozenset(self.muted_category_ids.ids),
        )

    def _zone(self):
        try:
            return ZoneInfo(self.tz or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def _is_urgent(self, severity, company):
        """Tell whether a message of this severity comes at once, whatever else is wished."""
        self.ensure_one()
        if severity != "critical":
            return False
        choice = company.stockex_notify_critical
        return self.critical_at_once if choice == "user" else choice == "always"


def _minutes(hours):
    # Typed hours such as 7:59 are not exact in binary; nor may 23:59:59 become a new day.
    return min(round(hours * 60), 24 * 60 - 1)
