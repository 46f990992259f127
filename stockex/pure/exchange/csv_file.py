"""CSV files: any separator, any encoding, read record by record."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO, TextIOWrapper
from itertools import chain, islice
from typing import BinaryIO

from .encoding import find_encoding
from .errors import Refused
from .table import HEADER_SEARCH_ROWS, Row, Source, count_known, is_empty

SEPARATORS = (";", ",", "\t", "|")
SAMPLE_CHARACTERS = 1 << 16
# Excel takes the separator from such a first line, and does not show that line.
DECLARATION = re.compile(r'"?sep=(?P<separator>[^\r\n"])"?(?:[\r\n]|$)', re.IGNORECASE)
# A line of separators alone would grow eight-fold and more as a list of cells.
MAX_LINE_CHARACTERS = 1 << 20
# Python's own limit of a cell; Odoo raises it to 500 MB for the whole process.
MAX_CELL_CHARACTERS = 131_072
# NUL is refused before, so this line can only be ours: inside a cell it shows that the
# quotation mark before it was never closed.
LAST_LINE = "\0"


@dataclass(frozen=True)
class CsvFile:
    """A CSV file whose encoding and separator are known."""

    file: BinaryIO
    encoding: str
    separator: str
    declared: bool

    def records(self) -> Iterator[Row]:
        """Give every record; its number is the row in which a spreadsheet shows it.

        :raise Refused: ``unclosed_quote``, ``cell_too_long``.
        """
        with _Text(self.file, self.encoding) as text:
            if self.declared:
                next(text.lines(), None)
            yield from _records(text.lines(), self.separator)


class _Text:
    """The characters of a file, which stays open afterwards."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._encoding = encoding

    def __enter__(self) -> "_Text":
        self._file.seek(0)
        # newline="" keeps the line ends that stand inside quoted cells.
        self._wrapper = TextIOWrapper(self._file, self._encoding, newline="")
        return self

    def __exit__(self, *_error: object) -> None:
        self._wrapper.detach()

    def lines(self) -> Iterator[str]:
        return iter(self._wrapper)

    def take(self, characters: int) -> str:
        return self._wrapper.read(characters)


def open_csv(
    file: BinaryIO, is_known: Callable[[str], bool], separator: str = "", encoding: str = ""
) -> Source:
    """Find out how a text is written, unless that is given.

    :raise Refused: ``bad_separator``, and the codes of `find_encoding`.
    """
    if separator and (len(separator) != 1 or separator in '"\r\n\0'):
        raise Refused("bad_separator", separator=separator)
    encoding = find_encoding(file, encoding)
    with _Text(file, encoding) as text:
        sample = text.take(SAMPLE_CHARACTERS)
    declaration = DECLARATION.match(sample)
    if declaration:
        separator = separator or declaration["separator"]
    separator = separator or find_separator(sample, is_known)
    opened = CsvFile(file, encoding, separator, declaration is not None)
    return Source("csv", opened.records, separator=separator, encoding=encoding)


def find_separator(sample: str, is_known: Callable[[str], bool]) -> str:
    """Choose the separator that best explains the first lines.

    Known headers decide; without any, that the rows are equally wide.

    :return: one of `SEPARATORS`; the first if nothing separates anything.
    """
    lines = list(StringIO(sample, newline=""))
    if len(sample) == SAMPLE_CHARACTERS and len(lines) > 1:
        lines.pop()  # cut off somewhere in it
    # `max` keeps the first of equals.
    return max(SEPARATORS, key=lambda one: _score(lines, one, is_known))


def _score(
    lines: list[str], separator: str, is_known: Callable[[str], bool]
) -> tuple[int, float, int]:
    rows = _first_rows(lines, separator)
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return 0, 0.0, 0
    width, equal = widths.most_common(1)[0]
    known = max(count_known(row, is_known) for row in rows)
    # One known header is no proof: it may be all there is before a decimal comma.
    return (known if known > 1 else 0), equal / len(rows), width


def _first_rows(lines: list[str], separator: str) -> list[Row]:
    rows: list[Row] = []
    # The sample may end inside a quoted cell.
    with suppress(Refused):
        found = (row for row in _records(lines, separator) if not is_empty(row))
        rows.extend(islice(found, HEADER_SEARCH_ROWS))
    return rows


def _records(lines: Iterable[str], separator: str) -> Iterator[Row]:
    number = 0
    # Not `yield from`, which would close the file with the generator.
    closed = chain(map(_bounded, lines), [LAST_LINE])
    try:
        for number, cells in enumerate(csv.reader(closed, delimiter=separator), 1):
            if cells == [LAST_LINE]:
                return
            if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells):
                raise Refused("cell_too_long", row=number, limit=MAX_CELL_CHARACTERS)
            if cells and LAST_LINE in cells[-1]:
                raise Refused("unclosed_quote", row=number)
            yield Row(number, tuple(cell or None for cell in cells))
    except csv.Error as error:
        # Most often a quotation mark that is never closed, too.
        raise Refused("cell_too_long", row=number + 1, limit=MAX_CELL_CHARACTERS) from error


def _bounded(line: str) -> str:
    if len(line) > MAX_LINE_CHARACTERS:
        raise Refused("too_large", size=len(line), limit=MAX_LINE_CHARACTERS)
    return line
