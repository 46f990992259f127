"""The story being told: the environment, what exists so far, and what is still to happen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .clock import frozen
from .pure.plan import Plan
from .quick import quick, settle_costs

QUIET = {
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_notify_force_send": False,
    "no_reset_password": True,
    "skip_sms": True,
    "queue_job__no_delay": True,
}
_ANALYZED = (
    "stock_move stock_move_line stock_quant stock_picking stock_lot stock_location "
    "sale_order sale_order_line purchase_order purchase_order_line "
    "product_product product_template product_value"
)


@dataclass
class Story:
    """What the chapters share. A chapter reads what the ones before it put in here.

    `companies`, `warehouses` and `bins` map codes to records; `products` is in the order of
    the plan's catalogue; `logins` are the rows of the table of logins, `keys` those of the table
    of what programs sign in with.
    """

    env: object
    plan: Plan
    now: datetime
    companies: dict = field(default_factory=dict)
    warehouses: dict = field(default_factory=dict)
    bins: dict = field(default_factory=dict)
    products: list = field(default_factory=list)
    customers: dict = field(default_factory=dict)
    suppliers: dict = field(default_factory=dict)
    consignors: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)
    logins: list = field(default_factory=list)
    keys: list = field(default_factory=list)
    records: dict = field(default_factory=dict)
    seconds: dict = field(default_factory=dict)
    _happenings: list = field(default_factory=list)

    @property
    def start(self) -> datetime:
        """The moment before the first week."""
        monday = self.plan.weeks[0].monday
        return datetime(monday.year, monday.month, monday.day) - timedelta(days=1)

    def in_company(self, code: str):
        """Return the environment of a company, with no message to anybody."""
        company = self.companies[code]
        context = {**QUIET, "allowed_company_ids": [company.id]}
        return self.env(context={**self.env.context, **context})

    def company_of(self, warehouse_code: str) -> str:
        """Return the code of the company that runs a warehouse."""
        company = self.warehouses[warehouse_code].company_id
        return next(code for code, record in self.companies.items() if record == company)

    def schedule(self, moment: datetime, happening: Callable[[Story], None], name: str) -> None:
        """Let something happen at a moment; the same moment keeps the order of scheduling."""
        self._happenings.append((min(moment, self.now), len(self._happenings), happening, name))

    def play(self) -> None:
        """Let everything happen that was scheduled, in the order of time."""
        happenings = sorted(self._happenings, key=lambda item: item[:2])
        for done, (moment, _rank, happening, name) in enumerate(happenings, 1):
            with self.timed(name), frozen(moment), quick():
                happening(self)
                self.env.flush_all()
            if done % 25 == 0:
                self.rest()
        self._happenings.clear()
        with self.timed("costs"):
            for code in self.companies:
                settle_costs(self.in_company(code))

    def rest(self) -> None:
        """Forget cached records and let PostgreSQL see how large the tables have become.

        Nothing is committed before the end, so its own daemon cannot: without fresh figures it
        scans whole tables (measured: the second year took twice as long as the first).
        """
        self.env.flush_all()
        self.env.invalidate_all()
        for table in _ANALYZED.split():
            self.env.cr.execute(f"ANALYZE {table}")

    def timed(self, name: str):
        """Add the time of a block to `seconds[name]`."""
        return _Timer(self.seconds, name)


class _Timer:
    def __init__(self, seconds: dict, name: str):
        self.seconds, self.name = seconds, name

    def __enter__(self):
        self.began = time.process_time(), time.monotonic()

    def __exit__(self, *_error):
        cpu, wall = self.seconds.get(self.name, (0.0, 0.0))
        self.seconds[self.name] = (
            cpu + time.process_time() - self.began[0],
            wall + time.monotonic() - self.began[1],
        )
