"""What can happen in a week of the story: plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Pick:
    """A quantity taken from one place on a shelf; `lot` is a lot or a serial number."""

    bin: str
    quantity: float
    lot: str = ""
    consignor: int | None = None
    package: str = ""


@dataclass(frozen=True)
class Line:
    """A product and from where its quantity is taken."""

    product: int
    picks: tuple[Pick, ...]

    @property
    def quantity(self) -> float:
        """The sum of the picks."""
        return sum(pick.quantity for pick in self.picks)


@dataclass(frozen=True)
class Arrival:
    """Goods put into a bin; `product` is a place in the catalogue, `serials` one name a unit."""

    product: int
    warehouse: str
    bin: str
    quantity: float
    lot: str = ""
    expiry: date | None = None
    serials: tuple[str, ...] = ()
    consignor: int | None = None
    package: str = ""


@dataclass(frozen=True)
class Collection:
    """Used goods brought in without a purchase order, and the opening stock."""

    moment: datetime
    warehouse: str
    lines: tuple[Arrival, ...]


@dataclass(frozen=True)
class Purchase:
    """A purchase order; `received` is None while the supplier still has to deliver."""

    number: int
    warehouse: str
    supplier: int
    ordered: datetime
    received: datetime | None
    lines: tuple[Arrival, ...]


@dataclass(frozen=True)
class Sale:
    """A sales order delivered the same week, unless it is still `waiting`."""

    number: int
    warehouse: str
    customer: int
    moment: datetime
    lines: tuple[Line, ...]
    waiting: bool = False


@dataclass(frozen=True)
class Return:
    """A quantity of one line of an earlier sale that comes back."""

    moment: datetime
    sale: int
    product: int
    quantity: float
    warehouse: str
    bin: str


@dataclass(frozen=True)
class Till:
    """A sale over the counter, recorded as a plain move."""

    moment: datetime
    warehouse: str
    line: Line


@dataclass(frozen=True)
class WriteOff:
    """Goods thrown away: expired lots, breakage."""

    moment: datetime
    warehouse: str
    line: Line
    reason: str


@dataclass(frozen=True)
class Transfer:
    """Goods that go from one warehouse of a company to the other."""

    moment: datetime
    line: Line
    source: str
    target: str
    bin: str


@dataclass
class Week:
    """Everything that happens between two Mondays, each list in the order of time."""

    monday: date
    collections: list[Collection] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    tills: list[Till] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    write_offs: list[WriteOff] = field(default_factory=list)
