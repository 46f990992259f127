"""What the server answers to somebody who looks things up."""

from typing import Any

from .goods import AISLE, DRILL, DRILL_CODE, LONG, LONG_CODE, LOTTED, SHELF

Answer = dict[str, Any]
AT = "2026-11-21T09:30:00Z"
LONG_NAME = "Refurbished espresso machine with milk frother and grinder, brushed steel, 2nd choice"
PLACES = [
    {"id": AISLE, "name": "WH/Stock/Aisle A"},
    {"id": SHELF, "name": "Casablanca/Stock/Aisle-12/Shelf-B3-upper"},
]
IDENTITY = {
    "kind": "product",
    "id": LONG,
    "name": LONG_NAME,
    "code": "REF-102",
    "barcode": LONG_CODE,
    "packs": [{"barcode": f"1{LONG_CODE}", "name": "Box of 12", "quantity": 12}],
    "uom": "Units",
    "tracking": "lot",
    "storable": True,
    "active": False,
    "picture": None,
}
STOCK = {
    "quantity": 98765,
    "reserved": 12,
    "free": 98753,
    "rows": [
        {"location": PLACES[0], "quantity": 98000, "reserved": 12, "free": 97988},
        {"location": PLACES[1], "quantity": 765, "reserved": 0, "free": 765},
    ],
    "more": 3,
}
FIGURES = {
    "stock": STOCK,
    "lots": {
        "rows": [
            {
                "lot": {"id": 201, "name": "LOT-2026-0042"},
                "expires": "2026-10-01T00:00:00Z",
                "quantity": 98000,
                "reserved": 0,
                "free": 98000,
            }
        ],
        "more": 0,
    },
    "price": {"amount": 1249.9, "currency": "MAD", "digits": 2},
    "deliveries": {
        "rows": [
            {
                "date": "2026-11-01T08:00:00Z",
                "quantity": 40,
                "from": "Atlas Électroménager",
                "reference": "WH/IN/00042",
            }
        ],
        "more": 0,
    },
}
LOT = {
    "kind": "lot",
    "id": 201,
    "name": "LOT-2026-0042",
    "reference": None,
    "product": {"id": LOTTED, "name": "Descaling tablets"},
    "code": "REF-103",
    "uom": "Units",
    "tracking": "lot",
    "state": "expired",
    "expires": "2026-10-01T00:00:00Z",
    "removal": "2026-09-20T00:00:00Z",
    "best_before": "2026-09-01T00:00:00Z",
    "alert": None,
    "stock": STOCK,
}


def _answer(status: str, **more: Any) -> Answer:
    base = {"status": status, "card": None, "matches": [], "more": 0, "blind": False, "at": AT}
    return {**base, **more}


LOOKED_UP = _answer("one", card={**IDENTITY, **FIGURES})
LOT_LOOKED_UP = _answer("one", card=LOT)
BLIND_LOOKED_UP = _answer(
    "one",
    card={**IDENTITY, "id": DRILL, "name": "Cordless drill 18 V", "barcode": DRILL_CODE},
    blind=True,
)
UNKNOWN_LOOKED_UP = _answer("unknown")
SEVERAL_LOOKED_UP = _answer(
    "several",
    matches=[
        {"kind": "product", "id": LONG, "name": LONG_NAME, "detail": "REF-102"},
        {"kind": "location", "id": SHELF, "name": PLACES[1]["name"], "detail": None},
    ],
    more=7,
)
