"""Excel workbooks of any length, written row by row.

>>> write_workbook(target, [Grid("Lines", [Column("Product"), Column("Value", "money")], rows)])
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

# Source: Microsoft, "Excel specifications and limits".
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_NAME = 31
WIDTHS = {"text": 24, "number": 12, "money": 14, "date": 12, "datetime": 18, "percent": 10}
FORMATS = {"number": "#,##0.00", "money": "#,##0.00", "percent": "0.0%"}
FORMATS |= {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm"}
# Characters that XML 1.0 cannot hold, escaped or not.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DATE_PARTS = {"%d": "dd", "%m": "mm", "%Y": "yyyy", "%y": "yy", "%b": "mmm", "%B": "mmmm"}
DATE_PARTS |= {"%a": "ddd", "%A": "dddd", "%-d": "d", "%-m": "m"}
DATE_PARTS |= {"%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss", "%p": "AM/PM"}

Value = str | float | date | bool | None


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    :ivar kind: "text", "number", "money", "date", "datetime" or "percent" (1 is 100 %).
    :ivar width: in characters.
    :ivar total: whether its sum stands below it; it follows the filter.
    :ivar format: Excel's number format; the kind's own if empty.
    """

    header: str
    kind: str = "text"
    width: int | None = None
    total: bool = False
    format: str = ""


@dataclass(frozen=True)
class Grid:
    """One sheet: its columns and its rows, which are read once, in order.

    :ivar total_label: text of the first cell of the totals' row.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    total_label: str = "Total"


@dataclass
class _Totals:
    """Sums of the columns that want one."""

    columns: Sequence[Column]
    sums: dict[int, float] = field(default_factory=dict)

    def add(self, row: Sequence[Value]) -> None:
        for index, column in enumerate(self.columns):
            value = row[index]
            if column.total and isinstance(value, (int, float)) and math.isfinite(value):
                self.sums[index] = self.sums.get(index, 0.0) + value


def write_workbook(
    target: BinaryIO | str,
    grids: Iterable[Grid],
    formats: Mapping[str, str] | None = None,
    max_rows: int = MAX_ROWS,
    properties: Mapping[str, str] | None = None,
) -> None:
    """Write a workbook; rows that no sheet can hold go on in another.

    :param formats: Excel's number format for each kind of column.
    :param properties: what the workbook says of itself, unseen; 255 characters at most.
    """
    formats = {**FORMATS, **(formats or {})}
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        for name, text in (properties or {}).items():
            workbook.set_custom_property(name, text, "text")
        taken: set[str] = set()
        for grid in grids:
            rows: Iterator[Sequence[Value]] = iter(grid.rows)
            first: list[Sequence[Value]] = []
            while True:
                part = chain(first, islice(rows, max_rows - 2 - len(first)))
                name = sheet_name(grid.name, taken)
                _write_sheet(workbook, name, grid, part, formats)
                first = list(islice(rows, 1))
                if not first:
                    break


def sheet_name(text: str, taken: set[str]) -> str:
    r"""Make a name that Excel accepts and this workbook does not have yet.

    Excel refuses ``[]:*?/\``, an apostrophe at either end, "History" and more than 31
    characters (Microsoft, "Rename a worksheet").

    :param taken: lower-case names; the result is added.
    """
    clean = ILLEGAL.sub("", re.sub(r"[\[\]:*?/\\]", "-", text)).strip().strip("'").strip()
    if not clean or clean.lower() == "history":
        clean = f"{clean or 'Sheet'}_"
    name = clean[:MAX_NAME]
    number = 1
    while name.lower() in taken:
        number += 1
        suffix = f" ({number})"
        name = clean[: MAX_NAME - len(suffix)] + suffix
    taken.add(name.lower())
    return name


def excel_date_format(pattern: str) -> str:
    """Turn a strftime pattern into Excel's: "%d/%m/%Y" into "dd/mm/yyyy"."""
    parts = re.split(r"(%-?[A-Za-z])", pattern)
    return "".join(
        DATE_PARTS.get(part, "") if part.startswith("%") else re.sub("[A-Za-z]+", r'"\g<0>"', part)
        for part in parts
    )


def money_format(symbol: str, decimals: int, *, after: bool) -> str:
    """Return Excel's format of amounts in one currency."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    quoted = '"' + symbol.replace('"', "") + '"'
    return f"{number} {quoted}" if after else f"{quoted} {number}"


def _write_sheet(
    workbook: Any,
    name: str,
    grid: Grid,
    rows: Iterable[Sequence[Value]],
    formats: Mapping[str, str],
) -> None:
    sheet = workbook.add_worksheet(name)
    head = workbook.add_format(
        {"bold": True, "bg_color": "#EEF1F4", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    styles = [_style(workbook, column, formats) for column in grid.columns]
    for index, column in enumerate(grid.columns):
        sheet.set_column(index, index, column.width or WIDTHS[column.kind])
        _write_text(sheet, 0, index, column.header, head)
    sheet.freeze_panes(1, 0)
    totals = _Totals(grid.columns)
    last = 0
    for last, row in enumerate(rows, start=1):
        totals.add(row)
        for index, (column, value) in enumerate(zip(grid.columns, row, strict=True)):
            _write_cell(sheet, last, index, column.kind, value, styles[index])
    if grid.columns:
        sheet.autofilter(0, 0, last, len(grid.columns) - 1)
    if last and any(column.total for column in grid.columns):
        _write_totals(workbook, sheet, grid, last, totals, formats)


def _style(workbook: Any, column: Column, formats: Mapping[str, str], **more: Any) -> Any:
    number = column.format or formats.get(column.kind, "")
    return workbook.add_format({**({"num_format": number} if number else {}), **more})


def _write_cell(sheet: Any, row: int, index: int, kind: str, value: Value, style: Any) -> None:
    """Write a value as its kind; what is not of that kind is written as text."""
    if value is None or value == "" or (value is False and kind != "number"):
        return
    if kind in ("number", "money", "percent") and isinstance(value, (int, float)):
        if math.isfinite(value):
            sheet.write_number(row, index, value, style)
    elif kind in ("date", "datetime") and isinstance(value, (date, datetime)):
        sheet.write_datetime(row, index, value, style)
    else:
        _write_text(sheet, row, index, str(value), style if kind == "text" else None)


def _write_text(sheet: Any, row: int, index: int, text: str, style: Any) -> None:
    """Write a string as a string, so that “=…” is never worked out."""
    clean = text
    if not text.isprintable():  # as almost all texts are; cheaper than the patterns
        clean = ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) > MAX_TEXT:
        clean = clean[: MAX_TEXT - 1] + "…"
    sheet.write_string(row, index, clean, style)


def _write_totals(
    workbook: Any,
    sheet: Any,
    grid: Grid,
    last: int,
    totals: _Totals,
    formats: Mapping[str, str],
) -> None:
    """Write a row of sums of the rows that the filter leaves visible."""
    bold = {"bold": True, "top": 1}
    for index, column in enumerate(grid.columns):
        style = _style(workbook, column, formats, **bold)
        if column.total:
            name = xl_col_to_name(index)
            formula = f"=SUBTOTAL(109,{name}2:{name}{last + 1})"
            sheet.write_formula(last + 1, index, formula, style, totals.sums.get(index, 0.0))
        elif index == 0:
            _write_text(sheet, last + 1, index, grid.total_label, style)
        else:
            sheet.write_blank(last + 1, index, None, style)
