"""What is wrong with a file, a row or a cell: a code and its values, never a sentence."""

from dataclasses import dataclass


class Refused(Exception):
    """A file or a cell that cannot be taken; whoever shows it writes the sentence.

    :ivar code: what is wrong, such as ``too_large``.
    :ivar values: what the sentence needs to name, such as ``{"limit": 52428800}``.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: dict[str, object] = values


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one row.

    :ivar column: 0 is the table's first column; None if it is the row as a whole.
    :ivar address: as a spreadsheet names it ("C5", for merged cells "B2:B9"), or "".
    :ivar value: what the cell holds, shortened, or "".
    """

    code: str
    column: int | None = None
    address: str = ""
    value: str = ""
