"""A good request for each service, as its documentation writes it."""

import itertools
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from pywebpush import WebPusher
from standardwebhooks.webhooks import Webhook

from .base import Simulator
from .discord import Discord
from .sealed import point_of
from .slack import METHOD, Slack
from .teams import CARD, Teams
from .telegram import Telegram
from .twilio import Twilio
from .vonage import PATH, Vonage
from .vonage_sms import PATH as SMS_PATH
from .web_push import PushService, Subscriber
from .webhook import WebhookReceiver

TIMEOUT_S = 10
_numbers = itertools.count(1)


def call(url: str, method: str = "POST", **more: Any) -> requests.Response:
    """Send one request over a connection of its own, past every proxy."""
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, url, timeout=TIMEOUT_S, allow_redirects=False, **more)


def twilio(sim: Twilio, text: str = "Hi there", **change: Any) -> requests.Response:
    fields = {"From": sim.numbers[0], "To": "+15558675310", "Body": text, **change}
    fields = {name: value for name, value in fields.items() if value is not None}
    return call(sim.url + sim.path, data=fields, auth=(sim.account_sid, sim.auth_token))


def vonage(sim: Vonage, text: str = "Hello from Vonage!", **change: Any) -> requests.Response:
    body = {
        "message_type": "text",
        "text": text,
        "to": "447700900000",
        "from": "447700900001",
        "channel": "sms",
        **change,
    }
    body = {name.rstrip("_"): value for name, value in body.items() if value is not None}
    return call(sim.url + PATH, json=body, auth=(sim.api_key, sim.api_secret))


def vonage_sms(sim: Vonage, text: str = "Hello World!", **change: Any) -> requests.Response:
    fields = {
        "api_key": sim.api_key,
        "api_secret": sim.api_secret,
        "from": "AcmeInc",
        "to": "447700900000",
        "text": text,
        **change,
    }
    fields = {name.rstrip("_"): value for name, value in fields.items() if value is not None}
    return call(sim.url + SMS_PATH, data=fields)


def slack_hook(sim: Slack, text: str | None = "Hello, world.", **change: Any) -> requests.Response:
    body = {"text": text, **change}
    body = {name: value for name, value in body.items() if value is not None}
    return call(sim.url + sim.hook_path, json=body)


def slack(sim: Slack, text: str | None = "Hello world", **change: Any) -> requests.Response:
    body = {"channel": "C1234567890", "text": text, **change}
    body = {name: value for name, value in body.items() if value is not None}
    headers = {
        "Authorization": f"Bearer {sim.token}",
        "Content-Type": "application/json; charset=utf-8",
    }
    return call(sim.url + METHOD, json=body, headers=headers)


def discord(sim: Discord, text: str | None = "Hello, world!", **change: Any) -> requests.Response:
    body = {"content": text, **change}
    body = {name: value for name, value in body.items() if value is not None}
    return call(f"{sim.url}{sim.hook_path}?wait=true", json=body)


def teams_message(
    text: str = "For samples, see [here](https://adaptivecards.io)",
) -> dict[str, Any]:
    """Return the documentation's message with a text of its own."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.2",
        "body": [{"type": "TextBlock", "text": text}],
    }
    attachment = {"contentType": CARD, "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def teams(sim: Teams, text: str = "Hello", **change: Any) -> requests.Response:
    """Send a card with other properties."""
    message = teams_message(text)
    message["attachments"][0]["content"].update(change)
    return call(sim.url + sim.hook_path, json=message)


def telegram(sim: Telegram, text: str | None = "Hello", **change: Any) -> requests.Response:
    body = {"chat_id": 987654321, "text": text, **change}
    body = {name: value for name, value in body.items() if value is not None}
    return call(sim.url + sim.path, json=body)


def webhook_headers(secret: str, name: str, body: bytes, at: float) -> dict[str, str]:
    """Sign a body with the specification's own library."""
    signature = Webhook(secret).sign(name, datetime.fromtimestamp(int(at), UTC), body.decode())
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(at)),
        "webhook-signature": signature,
    }


def webhook(
    sim: WebhookReceiver, text: str = "contact.created", **change: Any
) -> requests.Response:
    """Send an event of a type; `name`, `at`, `body` and headers can be another's."""
    payload = {"type": text, "timestamp": "2022-11-03T20:26:10.344522Z", "data": {"id": "1f81"}}
    body = change.pop("body", json.dumps(payload, separators=(",", ":")).encode())
    name = change.pop("name", f"msg_{next(_numbers)}")
    headers = webhook_headers(sim.secrets[0], name, body, change.pop("at", time.time()))
    return call(sim.url + sim.hook_path, data=body, headers=headers | change)


VAPID = ec.derive_private_key(20_260_302, ec.SECP256R1())


def subscriber(sim: PushService) -> Subscriber:
    """Return the browser that messages go to by default."""
    return next(iter(sim.browsers.values()), None) or sim.subscribe(point_of(VAPID))


def vapid(sim: PushService, signer: Vapid02 | None = None, **change: Any) -> str:
    """Sign as the reference library does."""
    claims = {
        "aud": sim.origin,
        "exp": int(sim.clock()) + 3600,
        "sub": "mailto:a@example.com",
        **change,
    }
    # What the library would not sign is signed all the same: a test plants it.
    signer = signer or Vapid02(VAPID)
    signer._base_sign = lambda given: given
    return str(signer.sign(claims)["Authorization"])


def web_push(sim: PushService, text: str = "Hello", **change: Any) -> requests.Response:
    """Send a message that the reference client has encrypted; headers can be another's."""
    one = change.pop("to", None) or subscriber(sim)
    data = change.pop("data", json.dumps({"title": text}))
    body = change.pop("body", None)
    if body is None:
        body = WebPusher(sim.given(one)).encode(data.encode(), content_encoding="aes128gcm")["body"]
    headers = {
        "TTL": "60",
        "Content-Encoding": "aes128gcm",
        "Authorization": vapid(sim, **change.pop("claims", {})),
        **change,
    }
    headers = {name: value for name, value in headers.items() if value is not None}
    return call(sim.url + one.path, data=body, headers=headers)


SEND: dict[type[Simulator], Callable[..., requests.Response]] = {
    Twilio: twilio,
    Vonage: vonage,
    Slack: slack_hook,
    Discord: discord,
    Teams: teams,
    Telegram: telegram,
    PushService: web_push,
    WebhookReceiver: webhook,
}
