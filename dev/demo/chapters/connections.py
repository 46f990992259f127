"""Programs of others: API keys, an application, a webhook with its deliveries, a request log.

Nothing is sent while the story is told: answers of the receiver are put where the sender finds
them. The keys' texts exist in `story.keys` only.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch

from odoo.tools import SQL

from odoo.addons.stockex.models.transport import transport_sender
from odoo.addons.stockex.models.transport.errand import Result
from odoo.addons.stockex.pure.transport.request import Answer

from ..clock import frozen
from ..pure.counting import past_counts
from ..pure.requests import Line, requests_of
from ..story import Story

# A program on this machine may take the messages; without one they wait, as with any receiver.
RECEIVER = "http://127.0.0.1:8099/stockex"
TOLD = ("count.submitted", "count.approved", "count.posted")
# The receiver was down for three days after the last count but one.
DEAD = "count.posted"
DOWN = Answer(503, {"content-type": "text/plain"}, b"Maintenance until Wednesday", 0.21)
TAKEN = Answer(204, {}, b"", 0.08)
DASHBOARD = ("counts:read", "stock:read", "products:read", "locations:read", "events:read")
TILL = ("products:read", "stock:read", "locations:read")


def run(story: Story) -> None:
    """Connect programs, where the addon that lets them in is installed."""
    if "stockex.api.key" not in story.env:
        return
    _mark_sandbox(story)
    story.schedule(story.now - timedelta(days=15), _issue_keys, "connections")
    story.schedule(story.now - timedelta(days=12), _allow_dashboard, "connections")
    counted = _evenings(story)
    if counted:
        story.schedule(min(counted) - timedelta(days=3), _create_endpoint, "connections")
    for evening in counted:
        story.schedule(evening + timedelta(hours=5), _deliver, "connections")
    story.schedule(story.now, _deliver, "connections")
    story.schedule(story.now, _log_requests, "connections")


def _evenings(story: Story) -> list[datetime]:
    """Return the evening of Lyon's last finished count."""
    last = len(story.plan.weeks) - 1
    weeks = [c.weeks_ago for c in past_counts() if c.warehouse == "LYO" and c.weeks_ago <= last]
    if not weeks:
        return []
    monday = story.plan.weeks[last - min(weeks)].monday
    return [datetime(monday.year, monday.month, monday.day, 20) + timedelta(days=5)]


def _mark_sandbox(story: Story) -> None:
    """Let the administrator mark the Moroccan company as the one to try things in."""
    env = story.in_company("ma")
    settings = env["stockex.api.settings"].with_user(story.users["suiteadmin"])
    settings.create({"stockex_is_sandbox": True}).action_save()


def _issue_keys(story: Story) -> None:
    """Let people make their keys: a live one, one to try things, one that is revoked."""
    every = story.env["stockex.api.scope"].search([]).mapped("name")
    _issue(story, "controller", "fr", "Integrator: counting terminals", every)
    _issue(story, "controller.ma", "ma", "Integrator: trying things out", every, sandbox=True)
    till = _issue(story, "controller", "fr", "Old till of the Lyon shop", TILL, told=False)
    with frozen(story.now - timedelta(days=9)):
        till.action_revoke()


def _issue(story, login, company, name, scopes, sandbox=False, told=True):
    """Make a key through the dialog; keep its text for the table of keys."""
    env = story.in_company(company)
    user = story.users[login]
    wanted = env["stockex.api.scope"].search([("name", "in", list(scopes))])
    dialog = env["stockex.api.key.new"].with_user(user).create(
        {"name": name, "company_id": env.company.id, "sandbox": sandbox,
         "scope_ids": [(6, 0, wanted.ids)],
         "expires_on": (story.now + timedelta(days=300)).date()}
    )  # fmt: skip
    text = dialog.action_create_key()["context"]["default_key"]
    key = env["stockex.api.key"].with_user(user).search([("name", "=", name)], limit=1)
    if told:
        kind = "sandbox key" if sandbox else "API key"
        story.keys.append((kind, text, login, company))
        story.records.setdefault("api_keys", []).append(key)
    return key


def _allow_dashboard(story: Story) -> None:
    """Let the administrator register an application, and a controller allow it."""
    env = story.in_company("fr")
    scopes = env["stockex.api.scope"].search([("name", "in", DASHBOARD)])
    client = env["stockex.api.client"].with_user(story.users["suiteadmin"]).create(
        {"name": "Workshop dashboard", "company_id": env.company.id, "kind": "confidential",
         "redirect_uris": "http://127.0.0.1:8098/callback", "scope_ids": [(6, 0, scopes.ids)]}
    )  # fmt: skip
    secret = client.action_new_secret()["context"]["default_key"]
    story.keys += [
        ("client ID", client.client_id, "Workshop dashboard", "fr"),
        ("client secret", secret, "Workshop dashboard", "fr"),
    ]
    oauth = env["stockex.api.oauth"]
    names = " ".join(scopes.mapped("name"))
    session = oauth._open_session(client.sudo(), story.users["controller"], names, "code")
    oauth._issue(session, names, with_refresh=True)
    session.write({"last_used_at": story.now - timedelta(hours=1), "last_used_from": "127.0.0.1"})
    story.records["dashboard"] = client


def _create_endpoint(story: Story) -> None:
    """Let the administrator tell a program of the French company's counts."""
    env = story.in_company("fr")
    events = env["stockex.webhook.event"].search([("name", "in", TOLD)])
    story.records["endpoint"] = env["stockex.webhook.endpoint"].with_user(
        story.users["suiteadmin"]
    ).create(
        {"name": "Accounting software", "base_url": RECEIVER, "company_id": env.company.id,
         "owner_id": story.users["controller"].id, "event_ids": [(6, 0, events.ids)],
         "allow_private": True}
    )  # fmt: skip


def _deliver(story: Story) -> None:
    """Make the endpoint's calls that wait, with the answers of a receiver that is not there."""
    endpoint = story.records.get("endpoint")
    if not endpoint:
        return
    waiting = story.env["stockex.transport.call"].search(
        [("account_model", "=", endpoint._name), ("account_id", "=", endpoint.id),
         ("state", "=", "waiting")], order="id"
    )  # fmt: skip
    for call in waiting:
        answer = DOWN if call.event_id.name == DEAD else TAKEN
        _answer(story, call, answer, call.event_id.time + timedelta(seconds=1))


def _answer(story: Story, call, answer: Answer, moment: datetime) -> None:
    """Try a call until it is done or given up, at the moments of its schedule."""
    sender = story.env["stockex.transport.sender"]
    # Written by the machine's clock, as nothing stops that one.
    call.due_at = moment
    with patch.object(transport_sender, "_rng", Random(call.id)):
        while call.state == "waiting":
            with _at(story, moment):
                errand = sender._prepare(call)
                sender._conclude(call, errand, Result(answer, duration_s=answer.duration_s))
            moment = call.due_at


@contextmanager
def _at(story: Story, moment: datetime):
    """Stop Odoo's clock and the sender's."""
    claim = type(story.env["stockex.transport.claim"])
    with frozen(moment), patch.object(claim, "_now", lambda _claim: moment):
        yield


def _log_requests(story: Story) -> None:
    """Write what the keys asked in the last fortnight, as the gate logs it."""
    key, sandbox = story.records["api_keys"]
    senders = [
        {"subject": f"key:{one.id}", "label": one.name, "key_id": one.id,
         "user_id": one.user_id.id, "company_id": one.company_id.id}
        for one in (key, sandbox)
    ]  # fmt: skip
    client = story.records["dashboard"]
    user = story.users["controller"]
    senders.append(
        {"subject": f"client:{client.id}/{user.id}", "label": client.name,
         "client_id": client.id, "user_id": user.id, "company_id": client.company_id.id}
    )  # fmt: skip
    lines = requests_of(story.now)
    _insert(story.env, [(line, senders[line.sender]) for line in lines])
    for number, one in enumerate((key, sandbox)):
        last = max(line.time for line in lines if line.sender == number)
        one.sudo().write({"last_used_at": last, "last_used_from": "127.0.0.1"})


def _insert(env, rows: list[tuple[Line, dict]]) -> None:
    """Write lines of the log; its table has no model that writes."""
    names = ("subject", "label", "key_id", "client_id", "user_id", "company_id")
    for line, sender in rows:
        vals = {**line.columns(), **{name: sender.get(name) for name in names}}
        env.cr.execute(
            SQL(
                "INSERT INTO stockex_api_request (%s) VALUES %s",
                SQL(", ").join(map(SQL.identifier, vals)),
                tuple(vals.values()),
            )
        )
