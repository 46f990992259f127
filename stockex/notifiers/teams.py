"""Microsoft Teams, through a workflow that waits for a webhook.

https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
Cards: https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
The connectors of Office 365 and their addresses (webhook.office.com) are retired.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from ..pure.notify.shorten import shorten
from ..pure.transport.outcome import Hint, Kind, Outcome, classify
from ..pure.transport.request import Answer, Request
from .base import Credential, Message, Notifier, _lt, answered, quoted

CARD = "application/vnd.microsoft.card.adaptive"
TITLE = 250
RETIRED = r"([^/]*\.)?(webhook\.office\.com|outlook\.office(365)?\.com)"
COLOURS = {"warning": "warning", "critical": "attention"}
# The flow is there no more, switched off, or wants a sign-in that nobody here has.
NOT_ALLOWED = {
    *("DirectApiAuthorizationRequired", "DirectApiInvalidAuthorizationScheme"),
    *("FlowTriggerIsNotEnabled", "WorkflowNotFound", "WorkflowTriggerIsNotEnabled"),
    *("WorkflowTriggerNotFound", "WorkflowDisabled", "AuthorizationFailed"),
}
# The flow was started, but nobody knows how it ended: rather twice than never.
NO_WORD = {"NoResponse", "GatewayTimeout"}


class Teams(Notifier):
    """Workflows webhook with an Adaptive Card 1.4.

    https://support.microsoft.com/en-us/office/create-incoming-webhooks-with-workflows-for-microsoft-teams-8ae491c7-0394-4861-ba59-055e33f75498
    """

    code = "teams"
    label = "Microsoft Teams"
    rate = (1, 1)  # a flow's own limits depend on its owner's licence
    limit = 20_000  # bytes of JSON: Teams takes 28 KB in all
    per_user = False
    shared = True
    documentation = (
        "https://support.microsoft.com/en-us/office/create-incoming-webhooks-with-workflows-"
        "for-microsoft-teams-8ae491c7-0394-4861-ba59-055e33f75498"
    )
    credentials = (
        Credential(
            "webhook_url",
            _lt("Webhook URL of the workflow"),
            secret=True,
            url=True,
            placeholder="https://….api.powerplatform.com/…&sig=…",
            help=_lt(
                "Whole, with everything after “sig=”. Addresses of the retired connectors "
                "(webhook.office.com) do not work."
            ),
            pattern=rf"https://(?!{RETIRED}[:/])[^/\s]+/\S*[?&]sig=\S+",
        ),
    )
    steps = (
        _lt("In Teams, beside the channel: “⋯”, “Workflows”."),
        _lt(
            "Choose “Send webhook alerts to a channel”, also called “Post to a channel when a "
            "webhook request is received”."
        ),
        _lt("Let anyone trigger the workflow: Stockex proves itself with the secret address."),
        _lt("Copy the address that is shown at the end, enter it here, send a test."),
    )

    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Post one card.

        Its texts are text runs, which know no Markdown: what looks like formatting in a
        name stays as it is written.
        """
        title = {
            "type": "TextRun",
            "text": shorten(message.subject, TITLE) or "—",
            "weight": "bolder",
            "size": "medium",
            "color": COLOURS.get(message.severity, "default"),
        }
        said = shorten(message.text, self.limit, lambda text: len(json.dumps(text)))
        body = [{"type": "RichTextBlock", "inlines": [title]}]
        if said:
            run = {"type": "TextRun", "text": said}
            body.append({"type": "RichTextBlock", "inlines": [run]})
        card: dict[str, object] = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "msteams": {"width": "Full"},
            "body": body,
        }
        if message.url:
            action = {"type": "Action.OpenUrl", "title": message.link_label, "url": message.url}
            card["actions"] = [action]
        attachment = {"contentType": CARD, "contentUrl": None, "content": card}
        return Request(
            "POST",
            credentials["webhook_url"],
            json={"type": "message", "attachments": [attachment]},
        )

    # pylint: disable-next=method-required-super
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Read an acceptance (202) or the workflow engine's error."""
        plain = classify(answer, now)
        if plain.kind == Kind.DONE:
            reference = answer.headers.get("x-ms-workflow-run-id", "")
            return Outcome(Kind.DONE, reference=quoted(reference))
        error = answered(answer).get("error")
        code = quoted(error.get("code")) if isinstance(error, dict) else ""
        if not code:
            return plain
        text = f"Teams: {code}"
        if code in NOT_ALLOWED:
            return Outcome(Kind.UNAUTHORISED, text, hint=Hint.UNAUTHORISED)
        if code in NO_WORD:
            return Outcome(Kind.RETRY, text, plain.retry_after_s, hint=Hint.NO_ANSWER)
        return Outcome(plain.kind, text, plain.retry_after_s, hint=plain.hint)
