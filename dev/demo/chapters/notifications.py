"""Who is told of what: services, wishes, a rule and a template of their own, and what came of it.

On the evenings of counts the rules are applied and messages released, as the scheduled actions
would do; nothing leaves the machine.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from ..pure.counting import past_counts
from ..story import Story

# What people chose, by login: what is left out stays as Odoo proposes it. Their addresses do
# not exist, so nobody but the accountant has kept e-mail.
WISHES = {
    "controller": {"quiet_hours": True, "quiet_from": 20.0, "quiet_to": 7.0},
    "controller.ma": {
        "frequency": "daily", "digest_hour": 8.0, "quiet_hours": True, "quiet_from": 22.0,
        "quiet_to": 7.0, "most_per_day": 10,
    },
    "quality": {"frequency": "weekly", "digest_weekday": "0", "digest_hour": 9.0},
    "accountant": {"most_per_day": 5},
}  # fmt: skip
MUTED = {"counter2": "stockex.notify_category_counts"}
KEEP_MAIL = ("accountant",)
WANT_ACTIVITIES = ("approver", "approver.ma")
SLACK_CHANNEL = "https://hooks.slack.com/services/T00000000/B00000000/atelier-recycle-demo"
SUBJECT = {
    "en_US": "Cycle count prepared: {{ record }}",
    "fr_FR": "Inventaire tournant préparé : {{ record }}",
}
TEXT = {
    "en_US": "{{ record }} was prepared for {{ company }} by {{ controller }}.\n"
    "Look whether the zone is closed to movements, then start it.",
    "fr_FR": "{{ record }} a été préparé pour {{ company }} par {{ controller }}.\n"
    "Vérifiez que la zone est fermée aux mouvements, puis démarrez-le.",
}
NAMES = {
    "template": ("Cycle count prepared", "Inventaire tournant préparé"),
    "prepared": ("Cycle counts of Casablanca to their controller",
                 "Inventaires tournants de Casablanca, à leur contrôleur"),
    "corrected": ("Counts that corrected three lines or more",
                  "Comptages qui ont corrigé trois lignes ou plus"),
}  # fmt: skip


def run(story: Story) -> None:
    """Set everything up, and schedule what the scheduled actions do after each late count."""
    if "stockex.notify.rule" not in story.env:
        return
    _create_rules(story, _create_slack(story))
    for login, user in story.users.items():
        if user._is_internal() and login != "admin":
            _wish(story, login)
    for login in ("approver", "approver.ma"):
        story.users[login].stockex_manager_id = story.users["suiteadmin"]
    for evening in _evenings(story):
        story.schedule(evening + timedelta(hours=3), _apply, "notifications")
        story.schedule(evening + timedelta(hours=4), _close_slack, "notifications")
        # After the quiet hours, when digests are due.
        story.schedule(evening + timedelta(hours=12, minutes=30), _release, "notifications")
    story.schedule(story.now, _apply, "notifications")
    story.schedule(story.now, _release, "notifications")


def _evenings(story: Story) -> list[datetime]:
    """Return when the counts of the last nine weeks began: older news nobody keeps."""
    last = len(story.plan.weeks) - 1
    mondays = [story.plan.weeks[last - c.weeks_ago].monday for c in past_counts()
               if c.weeks_ago <= min(9, last)]  # fmt: skip
    return [datetime(day.year, day.month, day.day, 20) + timedelta(days=5) for day in mondays]


def _create_slack(story: Story):
    """Let the administrator connect a channel of Slack, which she closes again later."""
    env = story.in_company("fr")
    service = env["stockex.notify.service"].with_user(story.users["suiteadmin"]).create(
        {"name": "Slack #entrepot-lyon", "code": "slack", "shared": True, "sequence": 20,
         "company_id": env.company.id}
    )  # fmt: skip
    service.credential_ids.filtered(lambda one: one.name == "webhook_url").value = SLACK_CHANNEL
    story.records["slack"] = service
    return service


def _create_rules(story: Story, slack) -> None:
    """Let the administrator write two rules with conditions, and a template in two languages."""
    env = story.in_company("ma")
    admin = story.users["suiteadmin"]
    template = env["stockex.notify.template"].with_user(admin).create(
        {"name": NAMES["template"][0], "event_name": "count.created",
         "subject": SUBJECT["en_US"], "text": TEXT["en_US"]}
    )  # fmt: skip
    template.with_context(lang="fr_FR").write(
        {"name": NAMES["template"][1], "subject": SUBJECT["fr_FR"], "text": TEXT["fr_FR"]}
    )
    prepared = env["stockex.notify.rule"].with_user(admin).create(
        {"name": NAMES["prepared"][0], "company_id": story.companies["ma"].id, "sequence": 20,
         "event_name": "count.created", "template_id": template.id, "to_responsible": True,
         "condition_ids": [_condition("kind", "equal", "cycle")]}
    )  # fmt: skip
    env = story.in_company("fr")
    corrected = env["stockex.notify.rule"].with_user(admin).create(
        {"name": NAMES["corrected"][0], "company_id": story.companies["fr"].id, "sequence": 30,
         "event_name": "count.posted", "severity": "warning",
         "template_id": env.ref("stockex.notify_template_count_posted").id,
         "user_ids": [(6, 0, admin.ids)], "service_ids": [(6, 0, (slack | _inbox(story)).ids)],
         "condition_ids": [_condition("posted", "at_least", "3")]}
    )  # fmt: skip
    prepared.with_context(lang="fr_FR").name = NAMES["prepared"][1]
    corrected.with_context(lang="fr_FR").name = NAMES["corrected"][1]


def _condition(field: str, operator: str, value: str) -> tuple:
    return (0, 0, {"field_name": field, "operator": operator, "value": value})


def _inbox(story: Story):
    company = story.companies["fr"]
    return story.env["stockex.notify.service"].search(
        [("company_id", "=", company.id), ("code", "=", "inbox")]
    )


def _wish(story: Story, login: str) -> None:
    """Let somebody choose how they want to be told."""
    user = story.users[login]
    # Made on first use, as when a user opens the screen.
    preference = story.env["stockex.notify.preference"]._of(user).with_user(user)
    vals = dict(WISHES.get(login, {}))
    if login in MUTED:
        vals["muted_category_ids"] = [(6, 0, story.env.ref(MUTED[login]).ids)]
    if vals:
        preference.write(vals)
    for line in preference.subscription_ids.sudo():
        code = line.service_id.code
        if code == "email" and login not in KEEP_MAIL:
            line.with_user(user).wanted = False
        elif code == "activity" and login in WANT_ACTIVITIES:
            line.with_user(user).wanted = True


def _apply(story: Story) -> None:
    """Apply the rules to what happened since they were applied last."""
    pending = story.env["stockex.notify.pending"]
    while events := pending._claim():
        pending._handle(events)


def _close_slack(story: Story) -> None:
    """Let the administrator switch the channel off before anything goes there."""
    slack = story.records["slack"]
    if slack.active:
        slack.active = False
    _release(story)


def _release(story: Story) -> None:
    """Hand over what is due, and let Odoo's mail queue post its letters into the stove."""
    with _no_mail_leaves():
        while story.env["stockex.notify.release"]._release_batch():
            mails = story.env["mail.mail"].search([("state", "=", "outgoing")])
            mails.send()


@contextmanager
def _no_mail_leaves():
    with (
        patch.object(IrMail_Server, "_connect__", lambda *_args, **_more: None),
        patch.object(
            IrMail_Server, "send_email", lambda _self, message, **_more: message["Message-Id"]
        ),
    ):
        yield
