"""Where a reader of events goes on: a text that means one place in one database."""

import re

Position = tuple[int, int]
# PostgreSQL's xid8 and integer.
LARGEST_XID = 2**64 - 1
LARGEST_ID = 2**31 - 1
TEXT = re.compile(r"([0-9a-f]{8})-([0-9a-z]{1,13})-([0-9a-z]{1,6})")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class SequenceInvalid(ValueError):
    """The text is no sequence, or one of another database.

    :ivar code: ``malformed`` or ``foreign``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def write_sequence(mark: str, position: Position) -> str:
    """Write a position.

    :param mark: eight hexadecimal digits that stand for the database.
    :param position: transaction and id of the last event read.
    """
    return f"{mark}-{_base36(position[0])}-{_base36(position[1])}"


def read_sequence(mark: str, text: str) -> Position:
    """Read a position.

    :raise SequenceInvalid:
    """
    match = TEXT.fullmatch(text)
    if not match:
        raise SequenceInvalid("malformed")
    xid, event = int(match[2], 36), int(match[3], 36)
    if xid > LARGEST_XID or event > LARGEST_ID:
        raise SequenceInvalid("malformed")
    if match[1] != mark:
        raise SequenceInvalid("foreign")
    return xid, event


def _base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"
