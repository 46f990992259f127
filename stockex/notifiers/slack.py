"""Slack: a channel's incoming webhook, or the Web API with a bot token.

Web API: https://docs.slack.dev/reference/methods/chat.postMessage
Webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
Texts: https://docs.slack.dev/messaging/formatting-message-text
Limits: https://docs.slack.dev/apis/web-api/rate-limits
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from urllib.parse import quote

from ..pure.notify.shorten import shorten
from ..pure.transport.outcome import Hint, Kind, Outcome, classify
from ..pure.transport.request import Answer, Request
from .base import (
    SIGNS,
    Address,
    AddressFault,
    Credential,
    Message,
    Notifier,
    Trouble,
    _lt,
    answered,
    headline,
)

TITLE, PREVIEW = 150, 300
# Errors of chat.postMessage and of webhooks, by what they mean for the message.
AGAIN = {"rate_limited", "ratelimited", "service_unavailable", "request_timeout", "rollup_error"}
BROKEN = {"internal_error", "fatal_error", "team_added_to_org"}
NOT_ALLOWED = {
    *("access_denied", "account_inactive", "accesslimited", "ekm_access_denied", "invalid_auth"),
    *(
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
    ),
    *("team_access_not_granted", "token_expired", "token_revoked", "two_factor_setup_required"),
    # a webhook that was removed, or whose workspace forbids it
    *("action_prohibited", "invalid_token", "no_active_hooks", "no_service", "no_service_id"),
    *("no_team", "posting_to_general_channel_denied", "team_disabled"),
}
NO_ADDRESS = {
    *("cannot_dm_bot", "channel_is_archived", "channel_not_found", "is_archived", "is_inactive"),
    *("messages_tab_disabled", "not_in_channel", "user_disabled", "user_not_found"),
    *("restricted_action", "restricted_action_read_only_channel"),
}


class Slack(Notifier):
    """Incoming webhooks, and chat.postMessage of the Web API (https://docs.slack.dev).

    A webhook is bound to one channel. With a bot token, a member is reached by their id,
    and a shared service posts in the channel that its address names.
    """

    code = "slack"
    label = "Slack"
    base_url = "https://slack.com"
    rate = (1, 1)  # one a second and channel; short bursts pass
    limit = 3000  # of a text object, escapes included
    shared = True
    documentation = "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"
    address = Address(
        _lt("Member or channel ID"),
        help=_lt(
            "In Slack: a member's profile, “More”, “Copy member ID”; or a channel's details, "
            "at the bottom."
        ),
        placeholder="U012AB3CD",
    )
    credentials = (
        Credential(
            "webhook_url",
            _lt("Webhook URL of a channel"),
            secret=True,
            required=False,
            url=True,
            placeholder="https://hooks.slack.com/services/…",
            help=_lt("Enough for one channel; leave it empty if you use a bot."),
            pattern=r"https://hooks\.slack(-gov)?\.com/(services|workflows|triggers)/\S+",
        ),
        Credential(
            "token",
            _lt("Bot token"),
            secret=True,
            required=False,
            placeholder="xoxb-…",
            help=_lt("Reaches members and several channels; needs the right chat:write."),
            pattern=r"xox[a-z]-\S+|xoxe\.\S+",
        ),
    )
    steps = (
        _lt("Create an app on api.slack.com/apps, “From scratch”, in your workspace."),
        _lt("For one channel: “Incoming webhooks”, switch on, “Add new webhook”, copy its URL."),
        _lt("For members too: “OAuth & Permissions”, add chat:write, install, copy the bot token."),
        _lt("Invite the bot to a private channel before it posts there."),
    )

    def missing(self, given: Collection[str], *, shared: bool = True) -> list[Credential]:
        """Ask for one of the two; only a bot reaches members."""
        if "token" in given or (shared and "webhook_url" in given):
            return []
        return [one for one in self.credentials if shared or one.name == "token"][:1]

    def wants_address(self, given: Collection[str], *, shared: bool) -> bool:
        """Ask for none where a webhook is enough."""
        return not (shared and "webhook_url" in given)

    def clean_address(self, text: str) -> str:
        """Return an id of a member or a channel, or `#channel`.

        :raise AddressFault:
        """
        cleaned = super().clean_address(text)
        if not re.fullmatch(r"[UWCGD][A-Z0-9]{5,20}|#[^\s#@,]{1,80}", cleaned):
            raise AddressFault("slack")
        return cleaned

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Post blocks; the text beside them is what a notification shows."""
        content = {
            "text": _escape(shorten(headline(message), PREVIEW, _escaped_length)),
            "blocks": self._blocks(message),
        }
        if credentials.get("token") and message.recipient:
            return Request(
                "POST",
                "/api/chat.postMessage",
                headers={"Authorization": f"Bearer {credentials['token']}"},
                json={
                    "channel": message.recipient,
                    **content,
                    "unfurl_links": False,
                    "unfurl_media": False,
                },
            )
        return Request("POST", credentials["webhook_url"], json=content)

    def _blocks(self, message: Message) -> list[dict[str, object]]:
        title = SIGNS.get(message.severity, "") + message.subject
        blocks: list[dict[str, object]] = [
            {"type": kind, "text": {"type": "plain_text", "text": text, "emoji": False}}
            for kind, text in (
                ("header", _escape(shorten(title, TITLE, _escaped_length))),
                # plain: what looks like formatting in a name stays as it is written
                ("section", _escape(shorten(message.text, self.limit, _escaped_length))),
            )
            if text
        ]
        if message.url:
            address = _escape(quote(message.url, safe=":/?#[]@!$&()*+,;=%~"))
            link = f"<{address}|{_escape(message.link_label)}>"
            text = {"type": "mrkdwn", "text": link, "verbatim": True}
            blocks.append({"type": "section", "text": text})
        return blocks

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read both ways of answering; `ok: false` with status 200 is a failure."""
        plain = classify(answer, now)
        found = answered(answer)
        error = str(found.get("error") or "") if found else answer.text().strip()
        if plain.kind == Kind.DONE and (found.get("ok") is True or error == "ok"):
            return Outcome(Kind.DONE, reference=str(found.get("ts") or ""))
        if not re.fullmatch(r"[a-z][a-z_]{1,60}", error):
            silent = Outcome(Kind.RETRY, "Slack said neither ok nor an error", hint=Hint.BROKEN)
            return silent if plain.kind == Kind.DONE else plain
        return _judge(error, plain)


def _judge(error: str, plain: Outcome) -> Outcome:
    text = f"Slack: {error}"
    if plain.kind == Kind.RETRY or error in AGAIN:
        return Outcome(Kind.RETRY, text, plain.retry_after_s, hint=Hint.TOO_MANY)
    if error in BROKEN:
        return Outcome(Kind.RETRY, text, plain.retry_after_s, hint=Hint.BROKEN)
    if error in NOT_ALLOWED:
        return Outcome(Kind.UNAUTHORISED, text, hint=Hint.UNAUTHORISED)
    if error in NO_ADDRESS:
        return Outcome(Kind.REJECTED, text, hint=Trouble.ADDRESS)
    kind = plain.kind if plain.kind != Kind.DONE else Kind.REJECTED
    return Outcome(kind, text, hint=plain.hint or Hint.REJECTED)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped_length(text: str) -> int:
    return len(_escape(text))
