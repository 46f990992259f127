import uuid
from collections import defaultdict
from functools import cache

from odoo import api, models
from odoo.fields import Domain

from ...pure.notify.delivery import Action, Item, day_bounds, digest_time, plan, plan_all
from .instants import aware, naive

STATES = {
    Action.SEND: "waiting",
    Action.WAIT: "waiting",
    Action.DIGEST: "digest",
    Action.SKIP: "skipped",
}


class NotifyPlanning(models.AbstractModel):
    """Decides for each user and occasion what becomes of its messages, and when."""

    _name = "stockex.notify.planning"
    _description = "Planning of Notifications"

    # --- Making ---

    @api.model
    def _make(self, occasions):
        """Write the rows of occasions, in their order; the release sends them when due.

        :param occasions: `(users, category, vals, services)` of each.
        """
        # sudo: whoever causes a message need not be able to read it afterwards.
        notifications_sudo = self.env["stockex.notification"].sudo()
        now = notifications_sudo._now()
        occasions = [
            (users, self._prepare_common(category, vals, now), services)
            for users, category, vals, services in occasions
        ]
        user_rows = self._planner(occasions)
        rows = [
            {**common, **row}
            for users, common, services in occasions
            for row in self._shared_rows(services) + user_rows(users, common, services)
        ]
        made_sudo = notifications_sudo.create(rows)
        if any(row["state"] == "waiting" for row in rows):
            # sudo: waking the release is no right of its own.
            self.env.ref("stockex.notify_release_cron").sudo()._trigger()
        return made_sudo.with_env(self.env)

    def _prepare_common(self, category, vals, now):
        # A line's end in a name would make a mail that no server takes.
        subject = " ".join(filter(None, vals["subject"].splitlines()))
        return {"category_id": category.id, "due_at": now, **vals, "subject": subject}

    def _shared_rows(self, services):
        # sudo: the address of a shared service is the administrator's to see; it is only
        # handed on.
        shared_sudo = services.sudo().filtered("shared") if services else ()
        return [
            {
                "service_id": service.id,
                "address": service.address,
                "state": "waiting",
                "why": "now",
                "key": str(uuid.uuid4()),
            }
            for service in shared_sudo
        ]

    def _planner(self, occasions):
        """Return what plans one occasion for its users; looks things up for all of them."""
        users = self.env["res.users"].union(*(occasion[0] for occasion in occasions))
        preferences = dict(
            zip(users, self.env["stockex.notify.preference"]._of(users), strict=True)
        )
        companies = self.env["res.company"].browse(
            {common["company_id"] for _u, common, _s in occasions}
        )
        company_of = {company.id: company for company in companies}
        unable = self._without_access(occasions)
        reach = cache(self._reach)
        wishes = cache(lambda preference: preference._wishes())

        def user_rows(users, common, services):
            company = company_of[common["company_id"]]
            rows = []
            for user in users:
                preference = preferences[user]
                if (user, common["res_model"], common["res_id"]) in unable:
                    rows.append(self._skipped(preference, "no_access"))
                    continue
                urgent = preference._is_urgent(common["severity"], company)
                # The limit is counted when messages go out; until then nothing has gone.
                decision = plan(
                    wishes(preference), aware(common["due_at"]), Item(common["category_id"], urgent)
                )
                rows += self._rows_of(preference, decision, reach(preference, company, services))
            return rows

        return user_rows

    def _without_access(self, occasions):
        """Return the (user, model, record id) of whoever may not read what it is about."""
        concerned = defaultdict(set)
        for users, common, _services in occasions:
            if common["res_model"]:
                for user in users:
                    concerned[user, common["res_model"]].add(common["res_id"])
        unable = set()
        for (user, model), ids in concerned.items():
            records = self.env[model].with_user(user).browse(ids)
            able = records.with_context(allowed_company_ids=user.company_ids.ids)._filtered_access(
                "read"
            )
            unable.update((user, model, record_id) for record_id in ids - set(able.ids))
        return unable

    def _rows_of(self, preference, decision, reach):
        if decision.action == Action.SKIP:
            return [self._skipped(preference, decision.reason)]
        row = {
            "user_id": preference.user_id.id,
            "key": str(uuid.uuid4()),
            "state": STATES[decision.action],
            "why": str(decision.reason),
            "due_at": naive(decision.at),
        }
        if decision.action == Action.DIGEST:
            return [row]
        if not reach:
            return [self._skipped(preference, "no_service")]
        return [
            {**row, "service_id": service.id, "address": address}
            | ({"state": "skipped", "why": "no_address"} if address is None else {})
            for service, address in reach
        ]

    def _skipped(self, preference, why):
        return {
            "user_id": preference.user_id.id,
            "key": str(uuid.uuid4()),
            "state": "skipped",
            "why": str(why),
        }

    def _reach(self, preference, company, services):
        """List (service, address) for one user; the address is None where there is none."""
        lines = preference.subscription_ids.filtered(
            lambda line: line.company_id == company and line.service_active
        )
        if services:
            lines = lines.filtered(lambda line: line.service_id in services)
        else:
            lines = lines.filtered("wanted")
        return lines._reach(preference.user_id)

    @api.model
    def _find_addresses(self, notifications):
        """Look up again where these reach their users; skip what reaches nobody."""
        personal = notifications.filtered("user_id")
        preferences = self.env["stockex.notify.preference"]._of(personal.user_id)
        lines = {(line.user_id, line.service_id): line for line in preferences.subscription_ids}
        for row in personal:
            line = lines.get((row.user_id, row.service_id))
            recipients = line._recipients() if line else []
            if row.address not in recipients:
                row.write(
                    {"address": recipients[0]}
                    if recipients
                    else {"state": "skipped", "why": "no_address"}
                )

    # --- Planning again ---

    @api.model
    def _plan_again(self, users):
        """Plan anew what waits for users whose wishes changed."""
        # sudo: users only read their messages; these are their own wishes for them.
        notifications_sudo = self.env["stockex.notification"].sudo()
        waiting_sudo = notifications_sudo.search(
            [
                ("user_id", "in", users.ids),
                ("state", "in", ("waiting", "digest")),
                ("released_at", "=", False),
                ("digest_id", "=", False),
            ],
            order="id",
        )
        now = notifications_sudo._now()
        by_user = waiting_sudo.grouped("user_id")
        for preference in self.env["stockex.notify.preference"]._of(waiting_sudo.user_id):
            rows = by_user[preference.user_id]
            digest_at = naive(digest_time(preference._wishes(), aware(now)))
            rows.filtered(lambda row: row.state == "digest").write({"due_at": digest_at})
            waiting = rows.filtered(lambda row: row.state == "waiting")
            self._settle(preference, waiting, now, sent_today=0)

    @api.model
    def _settle(self, preference, notifications, now, sent_today):
        """Decide on what waits for one user, in its order; return what is to be sent now."""
        if not notifications:
            return notifications
        occasions = list(notifications.sorted("id").grouped("key").values())
        items = [
            Item(rows[0].category_id.id, preference._is_urgent(rows[0].severity, rows.company_id))
            for rows in occasions
        ]
        decisions = plan_all(preference._wishes(), aware(now), items, sent_today)
        same = defaultdict(notifications.browse)
        for rows, decision in zip(occasions, decisions, strict=True):
            same[decision] |= rows
        send = notifications.browse()
        for decision, rows in same.items():
            if decision.action == Action.SEND:
                send |= rows
            self._write_changed(rows, decision)
        return send.sorted("id")

    def _write_changed(self, rows, decision):
        due_at = naive(decision.at)
        if decision.action == Action.SEND:
            # What waited goes on saying why it is late.
            rows.filtered(lambda row: row.due_at > due_at).write({"due_at": due_at})
            return
        vals = {"state": STATES[decision.action], "why": str(decision.reason), "due_at": due_at}
        rows.filtered(lambda row: any(row[name] != value for name, value in vals.items())).write(
            vals
        )

    # --- Counting ---

    @api.model
    def _sent_today(self, preferences, now):
        """Return {user: occasions that went out on their own day}, in one query."""
        limited = preferences.filtered("most_per_day")
        if not limited:
            return {}
        days = limited.grouped(lambda preference: day_bounds(preference._zone(), aware(now)))
        domain = Domain.OR(
            Domain("user_id", "in", of_day.user_id.ids)
            & Domain("released_at", ">=", naive(start))
            & Domain("released_at", "<", naive(end))
            for (start, end), of_day in days.items()
        )
        # sudo: a count for the user's own limit.
        notifications_sudo = self.env["stockex.notification"].sudo()
        return dict(
            notifications_sudo._read_group(
                domain & Domain("why", "!=", "test"), ["user_id"], ["key:count_distinct"]
            )
        )
