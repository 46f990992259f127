"""What a handheld asks about: a scanned code, typed words, or a record that it knows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, StringConstraints, ValidationError, model_validator

from ..v1.types import NO_NUL, VISIBLE, Id, Schema

# The longest GS1 Digital Links in use have about 300 signs.
MOST_SIGNS = 500
KINDS = ("product", "lot", "location", "package")
LENGTHS = (14, 13, 12, 8)
MOST_WORDS = 6

Part = Annotated[str, StringConstraints(min_length=1, max_length=90, pattern=NO_NUL)]


class LookupInvalid(ValueError):
    """A question that cannot be read; its text says what is wrong with it."""


class Label(Schema):
    """What the application read in a GS1 code: it knows forms that the server does not."""

    model_config = ConfigDict(extra="ignore")

    gtin: Annotated[str, StringConstraints(pattern=r"^\d{8,14}$")] | None = None
    lot: Part | None = None
    serial: Part | None = None
    sscc: Part | None = None
    gln: Part | None = None


class Question(Schema):
    """One thing to look up; what a newer application tells besides is let by."""

    model_config = ConfigDict(extra="ignore")

    code: Annotated[str, StringConstraints(max_length=MOST_SIGNS, pattern=VISIBLE)] | None = None
    typed: bool = False
    """A person wrote it: it may be a part of a name."""
    gs1: Label | None = None
    product: Id | None = None
    lot: Id | None = None
    location: Id | None = None
    package: Id | None = None

    @model_validator(mode="after")
    def _about_one(self) -> "Question":
        if sum(getattr(self, name) is not None for name in ("code", *KINDS)) != 1:
            raise ValueError("ask about one code, product, lot, location or package")
        return self

    @property
    def record(self) -> tuple[str, int] | None:
        """The kind and id of a record, None for a code."""
        for kind in KINDS:
            record_id = getattr(self, kind)
            if record_id is not None:
                return kind, record_id
        return None


def read_question(sent: Mapping[str, object]) -> Question:
    """Read what is asked.

    :raise LookupInvalid: naming the property that is wrong.
    """
    try:
        return Question.model_validate(dict(sent))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step) for step in fault["loc"])
        what = fault["msg"] if fault["type"] != "string_pattern_mismatch" else "unreadable signs"
        raise LookupInvalid(": ".join(filter(None, (where, what)))) from error


def retail_forms(code: str) -> tuple[str, ...]:
    """List the forms of a GTIN under which its article may be stored, as scanned first.

    :return: the code alone if it is no GTIN or its check digit is wrong.
    """
    if len(code) not in LENGTHS or not (code.isascii() and code.isdigit()) or not _is_sound(code):
        return (code,)
    whole = code.zfill(14)
    forms = [whole[-length:] for length in LENGTHS if not whole[:-length].strip("0")]
    return tuple(dict.fromkeys((code, *forms)))


def _is_sound(code: str) -> bool:
    """Tell whether the last digit is the check digit (GS1 General Specifications 7.9)."""
    digits = [int(sign) for sign in reversed(code)]
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def words_of(text: str) -> list[str]:
    """Return the words of which each must be in a name."""
    return text.split()[:MOST_WORDS]


def lot_state(
    now: datetime,
    *,
    expires: datetime | None,
    removal: datetime | None,
    best_before: datetime | None,
    alert: datetime | None,
) -> str | None:
    """Say how fresh a lot is: the gravest of its dates that has come.

    :return: ``expired``, ``remove``, ``past_best_before``, ``expires_soon``, ``good``;
        None for a lot without dates.
    """
    dates = {
        "expired": expires,
        "remove": removal,
        "past_best_before": best_before,
        "expires_soon": alert,
    }
    if not any(dates.values()):
        return None
    return next((state for state, date in dates.items() if date and date <= now), "good")
