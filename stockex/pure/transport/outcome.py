"""What an answer means for the call that it answers."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

from .mask import mask_text, storable
from .request import Answer

# Beyond this a wait is no instruction but an accident, or malice.
LONGEST_WAIT_S = 86_400.0

AGAIN = frozenset({408, 425, 429})
UNAUTHORISED = frozenset({401, 403})


class Kind(StrEnum):
    """What happens to the call next."""

    DONE = "done"
    RETRY = "retry"
    REJECTED = "rejected"
    UNAUTHORISED = "unauthorised"
    UNKNOWN = "unknown"  # sent, but nobody knows whether it took effect


class Hint(StrEnum):
    """Why a call failed, as far as a person could do something about it."""

    UNAUTHORISED = "unauthorised"
    NOT_FOUND = "not_found"
    GONE = "gone"
    REDIRECTED = "redirected"
    REJECTED = "rejected"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    BROKEN = "broken"
    NO_ANSWER = "no_answer"
    TOO_SLOW = "too_slow"
    NO_NAME = "no_name"
    CERTIFICATE = "certificate"
    PRIVATE_ADDRESS = "private_address"
    BAD_ADDRESS = "bad_address"
    NOT_SET_UP = "not_set_up"
    UNKNOWN_EFFECT = "unknown_effect"
    OURS = "ours"


HOPELESS = frozenset({Hint.PRIVATE_ADDRESS, Hint.BAD_ADDRESS, Hint.TOO_LARGE})


@dataclass(frozen=True)
class Outcome:
    """The result of one try.

    :ivar message: short, plain, untranslated; never holds a secret.
    :ivar retry_after_s: how long the other side asked to wait, 0 to a day.
    :ivar reference: what the other side calls the thing.
    :ivar hint: one of :class:`Hint`, or empty.
    """

    kind: Kind
    message: str = ""
    retry_after_s: float | None = None
    reference: str = ""
    hint: str = ""

    def shown(self, secrets: Iterable[str]) -> "Outcome":
        """Return it as it may be stored and shown: the other side may repeat anything."""
        known = tuple(secrets)
        message, reference = (
            storable(mask_text(text, known)) for text in (self.message, self.reference)
        )
        return replace(self, message=message, reference=reference)


def classify(answer: Answer, now: datetime) -> Outcome:
    """Read an answer by its status alone; adapters that know more ask their own way.

    :param now: the present, in UTC; aware or naive.
    """
    status = answer.status
    if 200 <= status < 300:
        return Outcome(Kind.DONE)
    message = _message(status)
    if status in UNAUTHORISED:
        return Outcome(Kind.UNAUTHORISED, message, hint=Hint.UNAUTHORISED)
    if status in AGAIN or 500 <= status < 600:
        hint = Hint.TOO_MANY if status == 429 else Hint.BROKEN
        return Outcome(Kind.RETRY, message, retry_after_s(answer.headers, now), hint=hint)
    return Outcome(Kind.REJECTED, message, hint=_rejection(status))


def unanswered(hint: Hint, message: str, *, sent: bool, repeats_safely: bool) -> Outcome:
    """Read a call that got no answer.

    :param sent: whether the other side may have received it.
    :param repeats_safely: whether the other side knows a repeated call from a new one.
    """
    if hint in HOPELESS:
        return Outcome(Kind.REJECTED, message, hint=hint)
    if sent and not repeats_safely:
        return Outcome(Kind.UNKNOWN, message, hint=Hint.UNKNOWN_EFFECT)
    return Outcome(Kind.RETRY, message, hint=hint)


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the wait that a `Retry-After` asks for, in seconds; None without a usable one.

    Both forms of RFC 9110, 10.2.3: seconds, or a date.
    """
    value = headers.get("retry-after", "").strip()
    seconds = _seconds(value)
    if seconds is None:
        seconds = _seconds_until(value, now)
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT_S)


def _seconds(value: str) -> float | None:
    # Some senders add decimals; the standard has none.
    try:
        seconds = float(value)
    except ValueError:
        return None
    return None if math.isnan(seconds) else seconds


def _seconds_until(value: str, now: datetime) -> float | None:
    try:
        date = parsedate_to_datetime(value)
        return (_aware(date) - _aware(now)).total_seconds()
    except (ValueError, OverflowError):
        return None


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _message(status: int) -> str:
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def _rejection(status: int) -> Hint:
    if 300 <= status < 400:
        return Hint.REDIRECTED
    return {404: Hint.NOT_FOUND, 410: Hint.GONE, 413: Hint.TOO_LARGE}.get(status, Hint.REJECTED)
