"""The contract of a notification service.

A service declares what it needs as data (credentials, what a person must give to be
reached, set-up steps); one generic form and one model serve them all. A service behind
HTTP turns a message into a request and an answer into an outcome, and does no more: no
network, no clock, no Odoo.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from ..pure.notify.shorten import shorten
from ..pure.transport.outcome import Outcome
from ..pure.transport.request import Answer, Request


def _lt(text: str) -> str:
    """Mark a text for the translators; the model translates it when it shows it."""
    return text


class Trouble(StrEnum):
    """Why a message was refused, where a person can do something about it; for `hint`."""

    ADDRESS = "address"  # nobody is reached there, now or later
    UNSUBSCRIBED = "unsubscribed"  # the person stopped or blocked the sender
    SENDER = "sender"  # the number or bot that sends may not
    CREDIT = "no_credit"  # the account with the service has no money or no quota left


class AddressFault(ValueError):
    """An address that cannot be one."""


@dataclass(frozen=True)
class Credential:
    """One field of the credential form.

    :ivar secret: kept encrypted, never shown again.
    :ivar required: without it the service cannot send.
    :ivar url: the value is an https address.
    :ivar pattern: what the whole value must match; empty if anything does.
    :ivar supplied: the server has it by itself; nobody enters it.
    """

    name: str
    label: str
    secret: bool = False
    required: bool = True
    help: str = ""
    placeholder: str = ""
    url: bool = False
    pattern: str = ""
    supplied: bool = False

    def accepts(self, value: str, *, plain_http: bool = False) -> bool:
        """Tell whether a value can be this credential.

        :param plain_http: an address without encryption will do, as on a local network.
        """
        secured = re.sub(r"^http://", "https://", value) if plain_http else value
        return (not self.url or is_https(secured)) and (
            not self.pattern or bool(re.fullmatch(self.pattern, secured))
        )


@dataclass(frozen=True)
class Address:
    """What says where one person, or one channel, is reached.

    :ivar default: which of the user's own addresses stands in when none is given:
        `phone`, `email` or none.
    :ivar found: by what the server finds the addresses of a user if nobody enters one; a
        user may have several, or none.
    """

    label: str
    help: str = ""
    placeholder: str = ""
    default: str = ""
    found: str = ""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message to one address, in the reader's language.

    :ivar text: plain; `html` says the same for services that show it.
    :ivar url: where the reader goes on; empty if nowhere.
    :ivar link_label: what the link says.
    :ivar recipient: an address that the service's `clean_address` returned.
    :ivar severity: `info`, `warning` or `critical`.
    :ivar key: the same for every repetition of one message.
    :ivar sent_at: now, for services that sign it; aware.
    :ivar written_at: the same for every repetition; aware; empty means now.
    :ivar topic: the same for all messages about one thing; empty if about none.
    :ivar entropy: as many random bytes as the service asks for.
    """

    subject: str
    text: str
    key: str
    sent_at: datetime
    written_at: datetime | None = None
    html: str = ""
    url: str = ""
    link_label: str = "Open"
    recipient: str = ""
    severity: str = "info"
    topic: str = ""
    entropy: bytes = b""


class Service(ABC):
    """What every service declares.

    :cvar internal: how Odoo itself delivers (`email`, `inbox`, `activity`, `sms`); empty
        for a service behind HTTP.
    :cvar address: what must be given to be reached; None where nothing needs to be.
    :cvar per_user: a person can be reached on it.
    :cvar shared: a channel that several people read can be reached on it.
    :cvar steps: how to set it up, one sentence each.
    :cvar documentation: where the service explains that.
    """

    code: str
    label: str
    internal: str = ""
    credentials: tuple[Credential, ...] = ()
    address: Address | None = None
    per_user: bool = True
    shared: bool = False
    steps: tuple[str, ...] = ()
    documentation: str = ""

    def missing(self, given: Collection[str], *, shared: bool = True) -> list[Credential]:
        """List the credentials that are still needed.

        :param given: names of those that have a value.
        :param shared: whether it posts to a channel; otherwise to each user.
        """
        return [
            one
            for one in self.credentials
            if one.required and not one.supplied and one.name not in given
        ]

    def wants_address(self, given: Collection[str], *, shared: bool) -> bool:
        """Tell whether it also needs an address of the channel, or of each user."""
        return self.address is not None

    def clean_address(self, text: str) -> str:
        """Return an address as the service wants it.

        :raise AddressFault: if it cannot be one.
        """
        cleaned = text.strip()
        if not cleaned and self.address:
            raise AddressFault("empty")
        return cleaned


class Internal(Service):
    """A service that Odoo delivers itself; the model does it."""


class Notifier(Service):
    """A service behind HTTP.

    :cvar base_url: where its API is; empty if a credential is the whole address.
    :cvar rate: how many calls in how many seconds it takes; (0, 0) if it does not say.
    :cvar shared_rate: the same for one channel, where that is less.
    :cvar limit: most of a message's text, by the service's own count.
    :cvar entropy_size: how many random bytes each of its messages takes.
    """

    base_url: str = ""
    rate: tuple[int, int] = (0, 0)
    shared_rate: tuple[int, int] | None = None
    limit: int
    entropy_size: int = 0

    @abstractmethod
    def send(self, message: Message, credentials: Mapping[str, str]) -> Request:
        """Say what to ask of the service.

        :param credentials: name -> value of those that are set.
        """

    # pylint: disable-next=method-required-super
    @abstractmethod
    def read(self, answer: Answer, now: datetime) -> Outcome:
        """Say what an answer means; its message never repeats a credential.

        :param now: UTC.
        """


# What a service that has neither colour nor icon puts before a subject.
SIGNS = {"warning": "⚠️ ", "critical": "🚨 "}
# Most of another's own words that an error repeats.
QUOTED = 160


def headline(message: Message) -> str:
    """Return a message as one text, its subject said once."""
    if not message.text or message.text.startswith(message.subject):
        return message.text or message.subject
    return f"{message.subject}: {message.text}"


def quoted(text: object) -> str:
    """Return a service's own words in one short line, for an error."""
    return shorten(" ".join(str(text or "").split()), QUOTED)


def answered(answer: Answer) -> dict[str, object]:
    """Return an answer's JSON object; empty if it is something else."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


E164 = re.compile(r"\+[1-9]\d{6,14}")


def clean_phone(text: str) -> str:
    """Return a phone number in E.164, `+33612345678`.

    Numbers in a country's own form are refused: nothing here says which country's.

    :raise AddressFault:
    """
    digits = re.sub(r"[\s().\-/\u00a0\u202f]", "", text)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    if not E164.fullmatch(digits):
        raise AddressFault("phone")
    return digits


def is_https(text: str) -> bool:
    """Tell whether a text is an https address with a host and without blanks."""
    try:
        parts = urlsplit(text)
        return parts.scheme == "https" and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False
