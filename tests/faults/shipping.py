"""Deliveries of counted goods, by people who do not wait for the count."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.support.rpc import Rpc, RpcError

from .world import Key, World

SHIPPERS = 3
TRIES = 5
# Without the chatter, which is most of the work and locks nothing.
QUICK = {"tracking_disable": True}


@dataclass
class Shipments:
    """Deliveries of one key each that are packed and wait for their truck.

    :ivar refusals: what the shippers were told when they had to click again.
    """

    world: World
    keys: Sequence[Key]
    pickings: list[int] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    _sent: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pack(self) -> None:
        """Make the deliveries, one unit each."""
        customers = self.world.reference("stock.stock_location_customers")
        self.pickings = self.world.hugo.call(
            "stock.picking",
            "create",
            [
                {
                    "picking_type_id": self.world.out_type,
                    "location_id": place,
                    "location_dest_id": customers,
                    "move_ids": [(0, 0, move_vals(product, place, customers))],
                }
                for product, place in self.keys
            ],
        )

    def ship(self, count: int) -> None:
        """Send the next ones, one after the other."""
        self._send(self.world.hugo, lambda: self._sent < count)

    def ship_rest(self) -> list[threading.Thread]:
        """Send the others by several people at once; return their threads."""
        people = [self.world.log_in("hugo") for _number in range(SHIPPERS)]
        threads = [
            threading.Thread(target=self._send, args=(rpc, lambda: True), daemon=True)
            for rpc in people
        ]
        for thread in threads:
            thread.start()
        return threads

    def _send(self, rpc: Rpc, is_wanted: Callable[[], bool]) -> None:
        while (picking := self._take(is_wanted)) is not None:
            for _try in range(TRIES):
                try:
                    rpc.call("stock.picking", "button_validate", [picking], context=QUICK)
                    break
                except RpcError as error:
                    self.refusals.append(str(error))
                    time.sleep(0.5)

    def _take(self, is_wanted: Callable[[], bool]) -> int | None:
        with self._lock:
            if self._sent >= len(self.pickings) or not is_wanted():
                return None
            self._sent += 1
            return self.pickings[self._sent - 1]


def move_vals(product: int, source: int, target: int) -> dict[str, object]:
    """Make a move of one unit that is picked."""
    return {
        "product_id": product,
        "product_uom_qty": 1,
        "quantity": 1,
        "picked": True,
        "location_id": source,
        "location_dest_id": target,
    }
