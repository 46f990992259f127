"""From the rows of a table to values that a count can take, with all that is wrong."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date
from itertools import islice

from .columns import Mapping
from .errors import Fault, Refused
from .table import CellValue, Row, Table, address, shorten
from .values import detect_decimal, parse_code, parse_date, parse_moment, parse_quantity, parse_text

StagedValue = str | float | date | None
Parser = Callable[[CellValue], StagedValue]

PRODUCT_FAMILIES = ("code", "barcode", "name")
CODES = ("code", "barcode", "lot", "package")
NUMBERS = ("quantity", "cost")
# What tells one count line from another; several lines may count the same goods.
KEY_FAMILIES = ("warehouse", "location", "aisle", "rack", "lot", "package", "owner", "uom")
# How Odoo writes a product in its exports: "[E-COM07] Large Cabinet".
DISPLAY_NAME = re.compile(r"\[(?P<code>[^\[\]]+)\] ?(?P<name>.+)")
# Enough to see how a column writes decimals; an Excel file is slow to read twice, and
# its numbers are seldom texts.
DECIMAL_SAMPLES = 2000


@dataclass(frozen=True)
class Rules:
    """How the cells of a file are to be understood.

    :ivar decimal: "," or "."; "" finds out.
    :ivar date_order: "dmy" or "mdy".
    :ivar quantity_limit: the largest quantity, in the unit of the row.
    :ivar cost_limit: the largest cost of one unit, in the currency of the file.
    :ivar text_limit: characters of a name, a code or a place.
    :ivar note_limit: characters of a note.
    """

    decimal: str = ""
    date_order: str = "dmy"
    quantity_limit: float = 10_000_000.0
    cost_limit: float = 1_000_000_000.0
    text_limit: int = 255
    note_limit: int = 2000


@dataclass(frozen=True)
class StagedRow:
    """One row of a count's file, understood as far as it can be.

    :ivar number: of the row in the file.
    :ivar values: by family, for each mapped family; None if empty or faulty.
    :ivar faults: all of them, the cells' in the order of the mapping, then the row's.
    """

    number: int
    values: MappingOf[str, StagedValue]
    faults: tuple[Fault, ...]


def stage_rows(table: Table, mapping: Mapping, rules: Rules | None = None) -> Iterator[StagedRow]:
    """Understand the rows of a table, one by one.

    :raise Refused: ``column_missing`` with `values["families"]`, any of which would do;
        ``bad_mapping`` if a column does not exist or has two families.
    """
    _check_mapping(table, mapping)
    rules = rules or Rules()
    decimal = rules.decimal or find_decimal(table, mapping)
    parsers = {family: _parser(family, rules, decimal) for family in mapping.columns}
    return (_stage(row, mapping, parsers) for row in table.rows())


def find_decimal(table: Table, mapping: Mapping) -> str:
    """Tell how the numbers of a table write decimals: ",", "." or ""."""
    columns = [mapping.columns[family] for family in NUMBERS if family in mapping.columns]
    rows = islice(table.rows(), None if table.kind == "csv" else DECIMAL_SAMPLES)
    samples = (row.cells[column] for row in rows for column in columns)
    return detect_decimal(samples, table.separator)


def row_key(values: MappingOf[str, StagedValue]) -> tuple[str, ...]:
    """Tell what a row counts: two rows of one key count the same goods in one place.

    The product is known by its code, else its barcode, else its name, without case.
    """
    product = next(((one, values[one]) for one in PRODUCT_FAMILIES if values.get(one)), ("", ""))
    places = (values.get(family) or "" for family in KEY_FAMILIES)
    return (product[0], *(str(value).casefold() for value in (product[1], *places)))


def _check_mapping(table: Table, mapping: Mapping) -> None:
    columns = list(mapping.columns.values())
    if len(set(columns)) < len(columns) or not set(columns) <= set(range(len(table.headers))):
        raise Refused("bad_mapping", columns=dict(mapping.columns))
    for families in (PRODUCT_FAMILIES, ("quantity",)):
        if not any(family in mapping.columns for family in families):
            raise Refused("column_missing", families=families)


def _parser(family: str, rules: Rules, decimal: str) -> Parser:
    if family == "quantity":
        return lambda cell: parse_quantity(cell, decimal, limit=rules.quantity_limit)
    if family == "cost":
        return lambda cell: parse_quantity(cell, decimal, limit=rules.cost_limit, family=family)
    if family == "expiry":
        return lambda cell: parse_date(cell, rules.date_order)
    if family == "counted_at":
        return lambda cell: parse_moment(cell, rules.date_order)
    if family in CODES:
        return lambda cell: parse_code(cell, limit=rules.text_limit)
    limit = rules.note_limit if family == "note" else rules.text_limit
    return lambda cell: parse_text(cell, limit=limit)


def _stage(row: Row, mapping: Mapping, parsers: MappingOf[str, Parser]) -> StagedRow:
    faults = list(_reading_faults(row, mapping))
    faulty = {fault.column for fault in row.faults}
    values: dict[str, StagedValue] = {}
    for family, column in mapping.columns.items():
        values[family] = None
        if column not in faulty:
            try:
                values[family] = _parse(family, row.cells[column], parsers[family])
            except Refused as refusal:
                where = address(column, row.number)
                faults.append(Fault(refusal.code, column, where, shorten(row.cells[column])))
    _split_display_name(values)
    faulty |= {fault.column for fault in faults}
    tried = {mapping.columns[one] for one in PRODUCT_FAMILIES if one in mapping.columns}
    # Where a product's cell is faulty, that says more.
    if not any(values.get(one) for one in PRODUCT_FAMILIES) and not tried & faulty:
        faults.append(Fault("product_missing"))
    return StagedRow(row.number, values, tuple(faults))


def _parse(family: str, cell: CellValue, parser: Parser) -> StagedValue:
    if family != "quantity" and (cell is None or (isinstance(cell, str) and not cell.strip())):
        return None
    return parser(cell) if family in (*NUMBERS, "expiry", "counted_at") else parser(cell) or None


def _reading_faults(row: Row, mapping: Mapping) -> Iterator[Fault]:
    """Give the faults that reading the file found in columns that matter."""
    mapped = set(mapping.columns.values())
    seen: set[tuple[str, str]] = set()
    for fault in row.faults:
        matters = fault.column in mapped or fault.code == "too_many_cells"
        # A merged range is one fault, however many columns it covers.
        if matters and (fault.code, fault.address) not in seen:
            seen.add((fault.code, fault.address))
            yield fault


def _split_display_name(values: dict[str, StagedValue]) -> None:
    name = values.get("name")
    match = DISPLAY_NAME.fullmatch(name) if isinstance(name, str) else None
    if match and not values.get("code"):
        values.update(code=match["code"].strip(), name=match["name"].strip())
