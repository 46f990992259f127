"""A table in a file: its header row, and its rows one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from .errors import Fault, Refused

CellValue = str | int | float | bool | datetime | date | time | timedelta | None

# A title, a date and a few remarks often stand above the header row.
HEADER_SEARCH_ROWS = 20
KNOWN_HEADERS_WANTED = 2


@dataclass(frozen=True)
class Row:
    """One row of a file.

    :ivar number: as the user's spreadsheet program counts, the first row is 1.
    :ivar cells: an empty cell is None.
    """

    number: int
    cells: tuple[CellValue, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, in its order."""

    name: str
    visible: bool


@dataclass(frozen=True)
class Source:
    """A file whose form is understood.

    :ivar kind: "csv" or "xlsx".
    :ivar sheet: the sheet that is read, or "".
    :ivar separator: between the cells of a CSV file, or "".
    :ivar encoding: of a CSV file, or "".
    :ivar records: start again from the first row; empty rows may be among them.
    """

    kind: str
    records: Callable[[], Iterator[Row]] = field(repr=False)
    sheets: tuple[Sheet, ...] = ()
    sheet: str = ""
    separator: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Table:
    """A header row and what stands below it.

    :ivar headers: one per column, "" where a column has none.
    :ivar header_row: its number in the file.
    """

    source: Source
    headers: tuple[str, ...]
    header_row: int

    @property
    def kind(self) -> str:
        return self.source.kind

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.source.sheets

    @property
    def sheet(self) -> str:
        return self.source.sheet

    @property
    def separator(self) -> str:
        return self.source.separator

    @property
    def encoding(self) -> str:
        return self.source.encoding

    def rows(self) -> Iterator[Row]:
        """Give the rows that are not empty, each as wide as the header row.

        Can be started again; of a file object, finish one pass before the next.

        :raise Refused: ``broken_file``, ``unclosed_quote``, ``cell_too_long``.
        """
        for row in self.source.records():
            if row.number > self.header_row and not is_empty(fitted := self._fit(row)):
                yield fitted

    def _fit(self, row: Row) -> Row:
        width = len(self.headers)
        if len(row.cells) == width and not row.faults:
            return row
        cells = row.cells[:width] + (None,) * (width - len(row.cells))
        faults = tuple(one for one in row.faults if one.column is None or one.column < width)
        extra = next((at for at in range(width, len(row.cells)) if _filled(row.cells[at])), None)
        # A note beside an Excel table is harmless; in a CSV file an extra cell means
        # that a separator stood unquoted, so nobody knows which cells have slipped.
        if extra is not None and self.kind == "csv":
            where = address(extra, row.number)
            faults += (Fault("too_many_cells", extra, where, shorten(row.cells[extra])),)
        return Row(row.number, cells, faults)


def build_table(source: Source, is_known: Callable[[str], bool]) -> Table:
    """Find the header row of a file.

    :param is_known: whether a header is one that the import understands.
    :raise Refused: ``empty_file``, ``no_rows``.
    """
    header = find_header(source.records(), is_known)
    if header is None:
        raise Refused("empty_file")
    table = Table(source, _headers(header), header.number)
    if next(table.rows(), None) is None:
        raise Refused("no_rows", header_row=header.number)
    return table


def find_header(records: Iterable[Row], is_known: Callable[[str], bool]) -> Row | None:
    """Take the row with the most known headers, else the first that is not empty.

    The first with two would be a trap: “Warehouse | Paris | Date | 3 May” above a table.
    """
    first = list(islice((row for row in records if not is_empty(row)), HEADER_SEARCH_ROWS))
    if not first:
        return None
    best = max(first, key=lambda row: count_known(row, is_known))
    return best if count_known(best, is_known) >= KNOWN_HEADERS_WANTED else first[0]


def count_known(row: Row, is_known: Callable[[str], bool]) -> int:
    """Count the cells of a row that are known headers."""
    return sum(isinstance(cell, str) and is_known(cell) for cell in row.cells)


def is_empty(row: Row) -> bool:
    """Whether nothing at all stands in a row, no formula and no error either."""
    return not row.faults and not any(map(_filled, row.cells))


def address(column: int, number: int) -> str:
    """Name a cell as a spreadsheet does: (2, 5) is "C5"."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{number}"


def shorten(value: CellValue, length: int = 80) -> str:
    """Write a cell so that a message can quote it."""
    text = "" if value is None else str(value)
    return text if len(text) <= length else text[: length - 1] + "…"


def _filled(cell: CellValue) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _headers(row: Row) -> tuple[str, ...]:
    headers = ["" if cell is None else " ".join(str(cell).split()) for cell in row.cells]
    while headers and not headers[-1]:
        headers.pop()
    return tuple(headers)
