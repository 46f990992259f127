"""What is counted in the pictures: names as long and figures as great as people have them."""

from typing import Any

Row = dict[str, Any]

UNITS = {"id": 1, "name": "Units"}
BOX = {"id": 2, "name": "Boxes of 1,000"}
AISLE, SHELF, GATE = 11, 12, 13
DRILL, LONG, LOTTED, SERIAL, TWIN, SCREW = 101, 102, 103, 104, 105, 106
YEARLY, LONG_TITLE, FREE = 1, 2, 3
LOCATION_CODE, SHELF_CODE = "LOC-AISLE", "LOC-SHELF"
DRILL_CODE, SCREW_CODE, SERIAL_CODE = "4006381333931", "5012345678900", "9501101530003"
LOTTED_CODE, LONG_CODE, TWICE_CODE = "9780201379624", "3017620422003", "0614141000036"


def _product(number: int, name: str, code: str, tracking: str = "none", uom: Row = UNITS) -> Row:
    return {
        "id": number,
        "name": name,
        "code": f"REF-{number}",
        "barcodes": [code],
        "uom": uom,
        "tracking": tracking,
        "packs": [{"barcode": f"1{code}", "name": "Box of 12", "uom": 3, "quantity": 12}],
        "active": True,
    }


PRODUCTS = [
    _product(DRILL, "Cordless drill 18 V", DRILL_CODE),
    _product(
        LONG,
        "Refurbished espresso machine with milk frother and grinder, brushed steel, 2nd choice",
        LONG_CODE,
    ),
    _product(LOTTED, "Descaling tablets", LOTTED_CODE, "lot"),
    _product(SERIAL, "Vacuum cleaner Cyclone 3000", SERIAL_CODE, "serial"),
    _product(TWIN, "Universal remote control", TWICE_CODE),
    _product(SCREW, "Countersunk screw 4×40", SCREW_CODE, uom=BOX),
]
LOCATIONS = [
    {
        "id": number,
        "name": name,
        "barcode": code,
        "order": order,
        "sessions": [YEARLY, LONG_TITLE, FREE],
        "others": [],
        "company": 1,
        "mine": True,
    }
    for order, (number, name, code) in enumerate(
        [
            (AISLE, "WH/Stock/Aisle A", LOCATION_CODE),
            (SHELF, "Casablanca/Stock/Aisle-12/Shelf-B3-upper", SHELF_CODE),
            (GATE, "WH/Stock/Gate 4", "LOC-GATE"),
        ]
    )
]
LOTS = [
    {"id": 201, "product": LOTTED, "name": "LOT-2026-0042", "expires": "2026-12-31"},
    {"id": 202, "product": LOTTED, "name": "LOT-2026-0043", "expires": None},
    {"id": 203, "product": SERIAL, "name": "SN-0001", "expires": None},
]


def _line(number: int, product: int, place: int, **more: Any) -> Row:
    base = {"lot": None, "package": None, "owner": None, "uom": 1, "state": "pending"}
    row = {"id": number, "session": YEARLY, "product": product, "location": place, **base}
    return {**row, "mine": None, "base": "0", **more}


LINES = [
    _line(301, DRILL, AISLE),
    _line(302, LONG, AISLE, mine=12345.5, state="counted"),
    _line(303, LOTTED, AISLE, lot=201),
    _line(304, LOTTED, AISLE, lot=202, state="recount", mine=4),
    _line(305, SERIAL, AISLE, lot=203),
    _line(306, SCREW, AISLE, mine=7, state="counted"),
    _line(307, TWIN, AISLE),
    _line(308, LONG, SHELF, mine=98765, state="counted"),
    _line(309, DRILL, SHELF),
    _line(310, DRILL, GATE),
]


def _zone(number: int, name: str, places: list[int], lines: int, counted: int) -> Row:
    return {
        "id": number,
        "name": name,
        "mine": True,
        "locations": places,
        "lines": lines,
        "counted": counted,
    }


def _session(number: int, title: str, zones: list[Row], **more: Any) -> Row:
    return {
        "id": number,
        "name": f"CNT/2026/{number:04}",
        "title": title,
        "kind": "full",
        "state": "counting",
        "blind": False,
        "deadline": None,
        "controller": "Nadia Benali",
        "zones": zones,
        "lines": 10,
        "counted": 3,
        **more,
    }


SESSIONS = [
    _session(YEARLY, "Yearly count", [_zone(1, "Aisle A", [AISLE, SHELF, GATE], 10, 3)]),
    _session(
        LONG_TITLE,
        "Second count of the appliances that came back in November",
        [
            _zone(2, "Ground floor, appliances and spare parts", [AISLE], 21500, 21312),
            _zone(3, "Mezzanine", [SHELF], 40, 0),
        ],
        blind=True,
        deadline="2026-11-30",
    ),
    _session(FREE, "Spot check", [], lines=0, counted=0),
]
SLICES: dict[str, list[Row]] = {
    "sessions": SESSIONS,
    "locations": LOCATIONS,
    "lines": LINES,
    "products": PRODUCTS,
    "lots": LOTS,
    "packages": [],
}
