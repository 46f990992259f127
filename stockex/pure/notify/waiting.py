"""What may wait for somebody's answer, and how one sees that it is answered.

An addon adds its own with :func:`register`, once, when its models are loaded.
"""

from dataclasses import dataclass

Domain = tuple[tuple[str, str, object] | str, ...]


@dataclass(frozen=True)
class Waiting:
    """One kind of waiting.

    :ivar code: stored on rules; never changes.
    :ivar model: whose records wait.
    :ivar starts: events with which a record begins to wait.
    :ivar answers: events that are the answer.
    :ivar waiting: domain of the records that wait at this moment.
    :ivar answered: domain of the records that no longer wait because somebody answered;
        the others were given up.
    :ivar people: method of `stockex.notify.people` that names who must answer.
    :ivar answered_by: field with the person who answered, if the model has one.
    :ivar answered_at: field with the instant of the answer, if the model has one.
    :ivar answerer: key of an answering event's payload with the login of who answered.
    """

    code: str
    model: str
    starts: tuple[str, ...]
    answers: tuple[str, ...]
    waiting: Domain
    answered: Domain
    people: str
    answered_by: str = ""
    answered_at: str = ""
    answerer: str = ""


_KINDS: dict[str, Waiting] = {}


def register(kind: Waiting) -> None:
    """Add a kind; a second, different one of the same code is an error.

    :raise ValueError: if the code is taken.
    """
    if _KINDS.setdefault(kind.code, kind) != kind:
        raise ValueError(f"waiting kind {kind.code!r} is registered differently")


def kinds() -> dict[str, Waiting]:
    """Return the registered kinds by code, sorted."""
    return dict(sorted(_KINDS.items()))
