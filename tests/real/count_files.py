"""A count file of the shop's whole catalogue, with faults planted in it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

# Every 24th row of 4,932 has a fault until there are 200, each kind 20 times.
EVERY, PLANTED = 24, 200
# Kind: its code in a workbook, and in a text, where nothing is a formula.
KINDS = {
    "unknown code": ("product_unknown", "product_unknown"),
    "double line": ("double_line", "double_line"),
    "text in a number": ("quantity_not_a_number", "quantity_not_a_number"),
    "wrong unit": ("unit_wrong", "unit_wrong"),
    "unknown bin": ("location_unknown", "location_unknown"),
    "negative": ("quantity_negative", "quantity_negative"),
    "lot missing": ("lot_missing", "lot_missing"),
    "too many decimals": ("too_many_decimals", "too_many_decimals"),
    "formula": ("formula", "quantity_not_a_number"),
    "barcode as quantity": ("quantity_too_large", "quantity_too_large"),
}
TRACKED = "LOT-TRACKED"
ENGLISH = ("Product code", "Location", "Counted quantity", "Unit")
FRENCH = ("Référence interne", "Emplacement", "Quantité comptée", "Unité de mesure")


def quantity(index: int) -> float:
    """Return what is counted of the product in that row; a tenth has decimals."""
    return index * 7 % 1300 + (0.5 if index % 10 == 5 else 0.0)


def rows(codes: Sequence[str], place: str) -> tuple[list[list], dict[int, str], dict[str, float]]:
    """Return the rows, {row number: kind of its fault} and {code: quantity} of the good ones."""
    found, faults, good = [], {}, {}
    names = list(KINDS)
    for index, code in enumerate(codes):
        row = [code, place, quantity(index), "Units"]
        if index % EVERY == EVERY - 1 and len(faults) < PLANTED:
            kind = names[len(faults) % len(names)]
            faults[index + 2] = kind
            _spoil(row, kind, codes[index - 1])
        else:
            good[code] = row[2]
        found.append(row)
    return found, faults, good


def _spoil(row: list, kind: str, before: str) -> None:
    changes = {
        "unknown code": (0, "NO-SUCH-CODE"),
        "double line": (0, before),
        "text in a number": (2, "twelve"),
        "wrong unit": (3, "kg"),
        "unknown bin": (1, "Nowhere/Bin 9"),
        "negative": (2, -4),
        "lot missing": (0, TRACKED),
        "too many decimals": (2, 1.23456),
        "formula": (2, "=2+2"),
        "barcode as quantity": (2, 5012345678900),
    }
    column, value = changes[kind]
    row[column] = value
    if kind == "lot missing":
        row[2] = 3


def workbook(table: Sequence[Sequence]) -> bytes:
    """Write the rows as Excel does."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Count")
    for row in (ENGLISH, *table):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def french_text(table: Sequence[Sequence]) -> bytes:
    """Write the rows as a French Excel does: semicolons, decimal commas, cp1252."""
    lines = [";".join(FRENCH)]
    for code, place, counted, unit in table:
        text = counted if isinstance(counted, str) else _french(counted)
        unit = "Unité(s)" if unit == "Units" else unit
        lines.append(";".join((code, place, text, unit)))
    return "\r\n".join(lines).encode("cp1252")


def _french(value: float) -> str:
    return f"{value:.10g}".replace(".", ",") if value < 10**9 else str(value)
