"""Calls of handhelds over HTTP, and of Odoo's own API beside them."""

import time
import uuid
from datetime import UTC, datetime
from typing import Any

import psutil
import requests

from dev.lib.say import Failure

TIMEOUT_S = 120
Line = dict[str, Any]


class Handheld:
    """A registered handheld of a user, without its screen."""

    def __init__(self, url: str, database: str, login: str, password: str) -> None:
        self.url = url
        self.device = str(uuid.uuid4())
        self._http = requests.Session()
        self._http.trust_env = False
        params = {"db": database, "login": login, "password": password}
        self._post("/web/session/authenticate", params)

    def hello(self) -> None:
        """Say that it is there, as it does once a minute."""
        self._call("hello", app_version="1", name="", platform="bench", battery=80, charging=False)

    def push(self, session: int, lines: list[Line]) -> float:
        """Send one count of each line in one batch; return the seconds until the answer."""
        ops = [
            {
                "op": str(uuid.uuid4()),
                "seq": number,
                "kind": "count",
                "session": session,
                "at": _now(),
                "line": line["line"],
                "quantity": 1,
                "mode": "add",
                "source": "wedge",
            }
            for number, line in enumerate(lines, 1)
        ]
        started = time.perf_counter()
        results = self._call("push", ops=ops)["results"]
        if refused := [one for one in results if one["status"] != "applied"]:
            raise Failure("Counts were not applied.", str(refused[0]))
        return time.perf_counter() - started

    def _call(self, call: str, /, **params: Any) -> dict[str, Any]:
        waiting = {"waiting": 0, "oldest_at": None}
        base = {"device": self.device, "protocol": 1, "now": _now(), "queue": waiting}
        found = self._post(f"/stockex/scan/sync/{call}", {**base, **params})
        if "refused" in found:
            raise Failure(f"“{call}” was refused.", str(found))
        return found

    def _post(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._http.post(self.url + path, json=body, timeout=TIMEOUT_S)
        answer.raise_for_status()
        if error := answer.json().get("error"):
            raise Failure(f"{path} failed.", str(error.get("data", error).get("message", error)))
        return dict(answer.json()["result"])


def create_quants(url: str, key: str, lines: list[Line]) -> list[float]:
    """Count by Odoo's API: one `stock.quant` in inventory mode a line; return seconds each."""
    http = requests.Session()
    http.trust_env = False
    http.headers["Authorization"] = f"Bearer {key}"
    times = []
    for line in lines:
        vals = {
            "product_id": line["product"],
            "location_id": line["place"],
            "lot_id": line["lot_id"],
            "inventory_quantity": 1,
        }
        body = {"vals_list": [vals], "context": {"inventory_mode": True}}
        started = time.perf_counter()
        answer = http.post(f"{url}/json/2/stock.quant/create", json=body, timeout=TIMEOUT_S)
        times.append(time.perf_counter() - started)
        if not answer.ok:
            raise Failure("Odoo's own count was refused.", answer.text[:300])
    return times


def cpu_s(process: int) -> float:
    """Return the processor time that a server has taken."""
    first = psutil.Process(process)
    times = [one.cpu_times() for one in (first, *first.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
