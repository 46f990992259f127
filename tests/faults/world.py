"""A stocked warehouse, the people who count it, and what must be true of it afterwards."""

import random
import time
import uuid
from collections.abc import Callable, Iterable
from itertools import product as pairs
from typing import Any

from tests.support.rpc import Rpc
from tests.support.server import Server

ROLES = {
    "carla": "stockex.group_controller",
    "cedric": "stockex.group_controller",
    "anton": "stockex.group_approver",
    "anna": "stockex.group_approver",
    "karim": "stockex.group_counter",
    "lea": "stockex.group_counter",
    "mona": "stockex.group_counter",
    "hugo": "stock.group_stock_user",
}
COUNTERS = ("karim", "lea", "mona")
DEADLINE_S = 120
SESSION = "stockex.count.session"

# A stock key: product and location; nothing here has a lot, a package or an owner.
Key = tuple[int, int]
Quantities = dict[Key, float]


class World:
    """Speaks to the server as its people do, and reads the tables beside it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.admin = Rpc(server.url, server.db, "admin", "admin")
        self.stock_location, self.out_type = self._find_warehouse()
        self.people = self._make_people()
        self._shelf: Quantities = {}

    def __getattr__(self, login: str) -> Rpc:
        """Find a person: `world.carla`."""
        try:
            return self.__dict__["people"][login]
        except KeyError:
            raise AttributeError(login) from None

    # --- What is there ---

    def shelf(self) -> Quantities:
        """Return the large shelf, 1,200 stock keys in 12 bins, stocked at its first use."""
        if not self._shelf:
            self._shelf = self.stock(self.make_bins(12), self.make_products(100))
        return self.on_hand(self._shelf)

    def small_shelf(self, size: int) -> Quantities:
        """Stock a new bin with new products."""
        return self.stock(self.make_bins(1), self.make_products(size))

    def other_warehouse(self) -> int:
        """Add a warehouse with a few goods in it."""
        code = uuid.uuid4().hex[:5]
        made = self.admin.call("stock.warehouse", "create", {"name": code, "code": code})
        [found] = self.admin.call("stock.warehouse", "read", [made], ["lot_stock_id"])
        self.stock(self.make_bins(5, found["lot_stock_id"][0]), self.make_products(4))
        return made

    def make_bins(self, count: int, parent: int = 0) -> list[int]:
        """Add bins to the warehouse."""
        parent = parent or self.stock_location
        return self.admin.call(
            "stock.location",
            "create",
            [
                {"name": f"Bin {uuid.uuid4().hex[:8]}", "location_id": parent, "usage": "internal"}
                for _number in range(count)
            ],
        )

    def make_products(self, count: int) -> list[int]:
        """Add products that are kept in stock."""
        vals = {"type": "consu", "is_storable": True, "standard_price": 10.0}
        names = [f"Part {uuid.uuid4().hex[:8]}" for _number in range(count)]
        return self.admin.call(
            "product.product", "create", [{**vals, "name": name} for name in names]
        )

    def stock(self, bins: Iterable[int], products: Iterable[int]) -> Quantities:
        """Put every product into every bin, 40 each, as Odoo's own inventory does."""
        keys = list(pairs(products, bins))
        context = {"inventory_mode": True}
        quants = self.admin.call(
            "stock.quant",
            "create",
            [
                {"product_id": product, "location_id": place, "inventory_quantity": 40.0}
                for product, place in keys
            ],
            context=context,
        )
        self.admin.call("stock.quant", "action_apply_inventory", quants, context=context)
        return self.on_hand(keys)

    # --- A count, by its roles ---

    def draft(self, bins: Iterable[int] = (), warehouse: int = 0) -> int:
        """Prepare a session on some bins, or on a whole warehouse."""
        scope = {"scope": "locations", "location_ids": [(6, 0, sorted(set(bins)))]}
        if warehouse:
            scope = {"scope": "warehouse", "warehouse_id": warehouse}
        counters = [self.people[login].uid for login in COUNTERS]
        return self.carla.call(SESSION, "create", {**scope, "counter_ids": [(6, 0, counters)]})

    def start(self, keys: Iterable[Key]) -> int:
        """Prepare and start a session on the bins of some keys."""
        session = self.draft(place for _product, place in keys)
        self.carla.call(SESSION, "action_start", [session])
        return session

    def record(self, login: str, session: int, items: list[dict[str, Any]]) -> Any:
        """Send counts as a handheld does."""
        return self.people[login].call(SESSION, "action_record", [session], items)

    def counted(self, session: int, quantities: Quantities) -> None:
        """Have every line counted once."""
        lines = self.lines(session)
        self.record("karim", session, [entry(lines[key], q) for key, q in quantities.items()])

    def approved(self, quantities: Quantities) -> int:
        """Take a session with these counts to its approval."""
        session = self.start(quantities)
        self.counted(session, quantities)
        self.carla.call(SESSION, "action_review", [session])
        self.anton.call(SESSION, "action_approve", [session])
        return session

    def post(self, session: int, login: str = "carla") -> None:
        """Click “Post”."""
        self.people[login].call(SESSION, "action_post", [session])

    # --- Reading ---

    def rows(self, statement: str) -> list[list[str]]:
        """Read the tables beside the server."""
        return self.server.sql(statement)

    def one(self, statement: str) -> str:
        """Read one value."""
        return self.server.sql(statement)[0][0]

    def state(self, session: int) -> str:
        """Read the state of a session."""
        return self.one(f"SELECT state FROM stockex_count_session WHERE id = {session}")

    def lines(self, session: int) -> dict[Key, int]:
        """Read the lines of a session."""
        rows = self.rows(
            "SELECT product_id, location_id, id FROM stockex_count_line "
            f"WHERE session_id = {session} ORDER BY id"
        )
        return {(int(product), int(place)): int(line) for product, place, line in rows}

    def reference(self, xmlid: str) -> int:
        """Find a record by its XML id."""
        module, name = xmlid.split(".")
        domain = [["module", "=", module], ["name", "=", name]]
        return self.admin.call("ir.model.data", "search_read", domain, ["res_id"])[0]["res_id"]

    def on_hand(self, keys: Iterable[Key]) -> Quantities:
        """Sum the quants of some keys."""
        keys = set(keys)
        rows = self.rows(
            "SELECT product_id, location_id, SUM(quantity) FROM stock_quant "
            f"WHERE location_id IN ({numbers(place for _product, place in keys)}) GROUP BY 1, 2"
        )
        found = {(int(product), int(place)): float(total) for product, place, total in rows}
        return {key: found.get(key, 0.0) for key in keys}

    def wait(self, is_true: Callable[[], bool], what: str, deadline_s: float = DEADLINE_S) -> float:
        """Wait for something, a bounded time; return how long it took."""
        started = time.monotonic()
        while not is_true():
            assert time.monotonic() - started < deadline_s, f"not within {deadline_s} s: {what}"
            time.sleep(0.05)
        return time.monotonic() - started

    def wait_for_rollback(self) -> None:
        """Wait until PostgreSQL has ended the transactions of the dead."""
        active = "state <> 'idle' AND datname = current_database() AND pid <> pg_backend_pid()"
        self.wait(
            lambda: self.one(f"SELECT count(*) FROM pg_stat_activity WHERE {active}") == "0",
            "the transactions of the dead end",
        )

    def wait_until_posted(self, session: int) -> float:
        """Wait until nothing is posted any more."""
        return self.wait(lambda: self.state(session) != "posting", "posting ends")

    def log_in(self, login: str) -> Rpc:
        """Open one more session of a person, on another device."""
        return Rpc(self.server.url, self.server.db, login, login)

    # --- Set-up ---

    def _find_warehouse(self) -> tuple[int, int]:
        fields = ["lot_stock_id", "out_type_id"]
        [found] = self.admin.call("stock.warehouse", "search_read", [], fields, limit=1)
        return found["lot_stock_id"][0], found["out_type_id"][0]

    def _make_people(self) -> dict[str, Rpc]:
        groups = {name: self.reference(name) for name in {"base.group_user", *ROLES.values()}}
        self.admin.call(
            "res.users",
            "create",
            [
                {
                    "name": login.title(),
                    "login": login,
                    "password": login,
                    "lang": "en_US",
                    "group_ids": [(6, 0, [groups["base.group_user"], groups[role]])],
                }
                for login, role in ROLES.items()
            ],
            context={"no_reset_password": True},
        )
        return {login: self.log_in(login) for login in ROLES}


def numbers(values: Iterable[int]) -> str:
    """Write ids for an SQL list."""
    return ", ".join(str(value) for value in {*values, 0})


def entry(line: int, quantity: float, mode: str = "add", **more: Any) -> dict[str, Any]:
    """Make an entry as a client sends it."""
    return {"line_id": line, "quantity": quantity, "uuid": str(uuid.uuid4()), "mode": mode, **more}


def miscounted(book: Quantities, share: float, rng: random.Random) -> Quantities:
    """Change a share of the quantities by up to three units."""
    wrong = set(rng.sample(sorted(book), round(share * len(book))))
    return {
        key: quantity + (rng.choice((-3, -2, -1, 1, 2, 3)) if key in wrong else 0)
        for key, quantity in book.items()
    }
