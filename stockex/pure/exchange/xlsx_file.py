"""Excel workbooks, streamed row by row.

Formulas are seen as formulas, never as the value that Excel last worked out: that value
may be older than the cells it is made of, or missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZipFile

from .archive import check_archive, damage_refused
from .errors import Fault, Refused
from .sheet_survey import MergedRange, MergedSweep, survey
from .table import CellValue, Row, Sheet, Source, address, shorten

if TYPE_CHECKING:
    from openpyxl import Workbook

# No count has more columns; a merged range may name 16,384.
MAX_FAULTY_COLUMNS = 256
PLAIN = (str, int, float, bool, datetime, date, time, timedelta)


@dataclass(frozen=True)
class XlsxSheet:
    """One sheet of an open workbook.

    :ivar content: openpyxl's streamed worksheet.
    """

    content: Any
    merged: tuple[MergedRange, ...]

    def records(self) -> Iterator[Row]:
        """Give every row.

        :raise Refused: ``broken_file``.
        """
        rows = enumerate(_rows(self.content), 1)
        sweep = MergedSweep(self.merged)
        while True:
            # The consumer's own errors must not pass for damage, hence no `for`.
            with damage_refused():
                found = next(rows, None)
                if found is None:
                    return
                number, cells = found
                row = _row(number, cells, sweep.touching(number))
            yield row


def _row(number: int, cells: tuple[Any, ...], merged: list[MergedRange]) -> Row:
    faults = [
        Fault(code, column, address(column, number), shorten(_shown(cell.value)))
        for column, cell in enumerate(cells)
        if (code := _fault(cell))
    ]
    faulty = {fault.column for fault in faults}
    values = tuple(
        None if column in faulty else _value(cell.value) for column, cell in enumerate(cells)
    )
    # A row without any content stays empty, though a merged range covers it.
    if merged and (faults or any(value is not None for value in values)):
        faults += _merged_faults(merged)
    return Row(number, values, tuple(faults))


def _merged_faults(merged: list[MergedRange]) -> Iterator[Fault]:
    for one in merged:
        end = min(one.last_column, one.first_column + MAX_FAULTY_COLUMNS - 1)
        for column in range(one.first_column, end + 1):
            yield Fault("merged", column, one.address)


def open_xlsx(file: BinaryIO, sheet: str = "") -> Source:
    """Open a workbook and choose a sheet: the first visible one that holds something.

    :param sheet: a sheet's name, which may be a hidden one's.
    :raise Refused: ``broken_file``, ``too_large``, ``strict_workbook``, ``no_sheet``,
        ``hidden_sheet``, ``empty_file``.
    """
    check_archive(file)
    with damage_refused():
        workbook = _load(file)
        sheets = tuple(
            Sheet(one.title, one.sheet_state == "visible") for one in workbook.worksheets
        )
        chosen = _choose(workbook, sheets, sheet)
        merged = _survey(file, chosen)
    opened = XlsxSheet(chosen, merged)
    return Source("xlsx", opened.records, sheets=sheets, sheet=chosen.title)


def _load(file: BinaryIO) -> "Workbook":
    from openpyxl import load_workbook

    file.seek(0)
    # Links to other workbooks hold copies of them, and can be large.
    return load_workbook(file, read_only=True, data_only=False, keep_links=False)


def _choose(workbook: "Workbook", sheets: tuple[Sheet, ...], name: str) -> Any:
    if name:
        if name not in [sheet.name for sheet in sheets]:
            raise Refused("no_sheet", sheet=name)
        return workbook[name]
    visible = [workbook[sheet.name] for sheet in sheets if sheet.visible]
    if not visible:
        raise Refused("hidden_sheet", sheets=[sheet.name for sheet in sheets])
    chosen = next((sheet for sheet in visible if _holds_something(sheet)), None)
    if chosen is not None:
        return chosen
    if any(_holds_something(workbook[sheet.name]) for sheet in sheets if not sheet.visible):
        raise Refused("hidden_sheet", sheets=[one.name for one in sheets if not one.visible])
    raise Refused("empty_file")


def _holds_something(sheet: Any) -> bool:
    return any(cell.value is not None for row in _rows(sheet) for cell in row)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # Some programs write a "dimension" that is smaller than the sheet.
    sheet.reset_dimensions()
    yield from sheet.iter_rows()


def _survey(file: BinaryIO, sheet: Any) -> tuple[MergedRange, ...]:
    with ZipFile(file) as archive, archive.open(sheet._worksheet_path) as content:
        return survey(content)


def _fault(cell: Any) -> str:
    return {"f": "formula", "e": "error_cell"}.get(cell.data_type, "")


def _shown(value: Any) -> CellValue:
    # A formula over several cells comes as an object that holds its text.
    return _value(getattr(value, "text", value))


def _value(value: Any) -> CellValue:
    if isinstance(value, str):
        # How the format writes a carriage return inside a text.
        return value.replace("_x000D_", "\r") or None
    return value if isinstance(value, PLAIN) else None
