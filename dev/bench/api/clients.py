"""Clients that read one product after another, as fast as they are answered."""

import threading
import time
from dataclasses import dataclass, field

import requests

TIMEOUT_S = 60
FIELDS = {
    "id": "id",
    "name": "name",
    "reference": "default_code",
    "barcode": "barcode",
    "list_price": "lst_price",
    "on_hand_quantity": "qty_available",
    "free_quantity": "free_qty",
    "forecast_quantity": "virtual_available",
}


@dataclass
class Client:
    """One of several at once.

    :ivar way: ``json2`` or ``api``.
    :ivar milliseconds: how long each answer took.
    """

    url: str
    way: str
    key: str
    products: list[int]
    milliseconds: list[float] = field(default_factory=list)
    error: str = ""

    def work(self, until: float) -> None:
        """Read until that moment of the monotonic clock, or the first wrong answer."""
        http = requests.Session()
        http.trust_env = False
        http.headers["Authorization"] = f"Bearer {self.key}"
        turn = 0
        while time.monotonic() < until and not self.error:
            product = self.products[turn % len(self.products)]
            turn += 1
            started = time.perf_counter()
            try:
                found = self._read(http, product)
            except requests.RequestException as error:
                self.error = str(error)
                return
            self.milliseconds.append((time.perf_counter() - started) * 1000)
            if found.get("id") != product:
                self.error = f"asked for {product}, got {found}"

    def _read(self, http: requests.Session, product: int) -> dict[str, object]:
        if self.way == "json2":
            answer = http.post(
                f"{self.url}/json/2/product.product/read",
                json={"ids": [product], "fields": list(FIELDS.values())},
                timeout=TIMEOUT_S,
            )
            return answer.json()[0] if answer.ok else {"error": answer.text[:300]}
        answer = http.get(
            f"{self.url}/stockex/api/v1/products/{product}",
            params={"fields": ",".join(FIELDS)},
            timeout=TIMEOUT_S,
        )
        return dict(answer.json())


def work(clients: list[Client], seconds: float) -> None:
    """Have all of them read at the same time."""
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.work, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
