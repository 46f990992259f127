"""Companies, warehouses and the way their shelves are numbered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Warehouse:
    """A warehouse: its shelves are aisles × racks × bins; `share` is its part of the demand."""

    code: str
    name: str
    company: str
    city: str
    zip_code: str
    street: str
    aisles: int
    racks: int
    bins: int
    share: float


WAREHOUSES = (
    Warehouse("LYO", "Lyon Gerland", "fr", "Lyon", "69007", "12 rue de Gerland", 6, 5, 5, 1.0),
    Warehouse("LIL", "Lille Fives", "fr", "Lille", "59800", "48 rue de Lannoy", 4, 4, 5, 0.6),
    Warehouse("CAS", "Casablanca Anfa", "ma", "Casablanca", "20330", "7 rue Kant", 4, 4, 5, 0.7),
)


def bin_code(warehouse: Warehouse, aisle: int, rack: int, place: int) -> str:
    """Return the barcode of a bin, for example LYO-A-02-03."""
    return f"{warehouse.code}-{chr(ord('A') + aisle)}-{rack + 1:02d}-{place + 1:02d}"


def bins_of(warehouse: Warehouse) -> list[str]:
    """Return the barcodes of every bin, in walking order."""
    return [
        bin_code(warehouse, aisle, rack, place)
        for aisle in range(warehouse.aisles)
        for rack in range(warehouse.racks)
        for place in range(warehouse.bins)
    ]
