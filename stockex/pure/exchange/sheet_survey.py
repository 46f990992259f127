"""What openpyxl does not tell of a sheet that it streams: merged cells, and its sanity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO
from xml.parsers.expat import ParserCreate, XMLParserType

from .errors import Refused

# Source: Microsoft, "Excel specifications and limits".
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
# One row is held in memory at a time.
MAX_ROW_BYTES = 8 * 1024 * 1024
# A sheet whose every row has a merged cell or two is still read.
MAX_MERGED = 250_000
RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")


@dataclass(frozen=True, order=True)
class MergedRange:
    """Merged cells; columns count from 0, rows from 1, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    address: str


class MergedSweep:
    """The merged cells of a sheet, for one pass from its first row to its last."""

    def __init__(self, ranges: Sequence[MergedRange]) -> None:
        self._waiting = sorted(ranges, reverse=True)
        self._active: list[MergedRange] = []

    def touching(self, row: int) -> list[MergedRange]:
        """Give the ranges of which a row has a part.

        :param row: larger than the one asked before.
        """
        while self._waiting and self._waiting[-1].first_row <= row:
            self._active.append(self._waiting.pop())
        if self._active:
            self._active = [one for one in self._active if one.last_row >= row]
        return self._active


def survey(content: IO[bytes]) -> tuple[MergedRange, ...]:
    """Read a sheet's XML once for its merged cells, without building anything else of it.

    :raise Refused: ``too_large``, ``broken_file`` for rows out of order, which
        openpyxl would drop without a word.
    """
    reader = _SurveyReader()
    reader.parser.ParseFile(content)
    return tuple(reader.merged)


class _SurveyReader:
    def __init__(self) -> None:
        self.merged: list[MergedRange] = []
        self.parser: XMLParserType = ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._row = 0
        self._row_at = -1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c" or name == "v":
            # Almost every element is one of these, so this line decides the speed.
            if self._row_at >= 0 and self.parser.CurrentByteIndex - self._row_at > MAX_ROW_BYTES:
                raise Refused("too_large", row=self._row, limit=MAX_ROW_BYTES)
            return
        local = name.rpartition(":")[2]
        if local == "row":
            self._start_row(attributes.get("r", ""))
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        if name == "row" or name.endswith(":row"):
            if self.parser.CurrentByteIndex - self._row_at > MAX_ROW_BYTES:
                raise Refused("too_large", row=self._row, limit=MAX_ROW_BYTES)
            self._row_at = -1

    def _start_row(self, number: str) -> None:
        row = int(float(number)) if number else self._row + 1
        if not self._row < row <= MAX_ROWS:
            raise Refused("broken_file", row=row)
        self._row = row
        self._row_at = self.parser.CurrentByteIndex

    def _merge(self, reference: str) -> None:
        if len(self.merged) >= MAX_MERGED:
            raise Refused("too_large", size=len(self.merged), limit=MAX_MERGED)
        match = RANGE.fullmatch(reference.replace("$", ""))
        if not match:
            raise Refused("broken_file", address=reference)
        left, top, right, bottom = match.groups()
        first, last = _column(left), _column(right or left)
        self.merged.append(
            MergedRange(int(top), int(bottom or top), first, last, reference.replace("$", ""))
        )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
