"""The shop's ledger, worked out from its files without Odoo.

The files name no opening stock and no goods received. So the opening stock of a product is the
smallest one with which the customers' movements never take it below zero; what is not a
customer's (price 0 and nobody's, or a bad debt) is left out of that and replayed later.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PRODUCTS = "or2_products.csv.gz"
TRANSACTIONS = "or2_transactions.public.csv.gz"
ADJUSTMENTS = "or2_stock_adjustments.public.csv.gz"
FILES = (PRODUCTS, TRANSACTIONS, ADJUSTMENTS)
_BAD_DEBT = "A"


@dataclass(frozen=True)
class Item:
    """A product of the shop: `opening` is its stock before the first transaction."""

    code: str
    description: str
    opening: int
    price: float


def is_there(folder: Path) -> bool:
    """Say whether the folder holds every file."""
    return all((folder / name).is_file() for name in FILES)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def is_customers(row: dict[str, str]) -> bool:
    """Say whether a transaction moved goods to or from a customer."""
    if row["invoice"].startswith(_BAD_DEBT):
        return False
    return bool(row["customer_id"]) or float(row["price"]) != 0


def lowest_opening(movements: Iterable[tuple[str, int]]) -> int:
    """Return the smallest opening stock that outlasts movements out (positive) and in.

    :param movements: (time, quantity that left), in any order.
    """
    left = lowest = 0
    for _time, quantity in sorted(movements):
        left += quantity
        lowest = max(lowest, left)
    return lowest


def read_items(folder: Path) -> list[Item]:
    """Return the products with their opening stock and their mean price."""
    movements: dict[str, list[tuple[str, int]]] = defaultdict(list)
    amounts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in _rows(folder / TRANSACTIONS):
        if not is_customers(row):
            continue
        quantity = int(float(row["quantity"]))
        movements[row["stock_code"]].append((row["ts"], quantity))
        if quantity > 0:
            amounts[row["stock_code"]][0] += quantity
            amounts[row["stock_code"]][1] += quantity * float(row["price"])
    items = []
    for row in _rows(folder / PRODUCTS):
        code = row["stock_code"]
        sold, amount = amounts[code]
        price = round(amount / sold, 2) if sold else 0.0
        description = row["description"] or code
        items.append(Item(code, description, lowest_opening(movements[code]), price))
    return items


def read_corrections(folder: Path, codes: set[str]) -> tuple[dict[str, dict[str, int]], int]:
    """Return {month: {product: sum of its corrections}}, oldest first, and the rows left out.

    Left out are rows of codes that are no products (postage, fees, samples).
    """
    months: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    unknown = 0
    for row in _rows(folder / ADJUSTMENTS):
        if row["stock_code"] not in codes:
            unknown += 1
            continue
        months[row["ts"][:7]][row["stock_code"]] += int(float(row["quantity"]))
    return {month: dict(months[month]) for month in sorted(months)}, unknown


def correct(stock: int, correction: int) -> int:
    """Return the stock after a month's corrections; nobody counts less than nothing."""
    return max(0, stock + correction)


def after_corrections(items: Iterable[Item], months: dict[str, dict[str, int]]) -> dict[str, int]:
    """Return what each product's stock must be after all months, capped at zero each month."""
    stock = {item.code: item.opening for item in items}
    for corrections in months.values():
        for code, correction in corrections.items():
            stock[code] = correct(stock[code], correction)
    return stock
