"""Clients that enter counts over HTTP, each logged in as another counter."""

import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

TIMEOUT_S = 60
# A busy person: a scan or a number every second.
PACE_S = 1.0
TYPED_SHARE = 0.3

Line = tuple[int, str, int]


@dataclass
class Client:
    """One counter at work.

    :ivar milliseconds: how long each entry took, from its sending to its answer.
    """

    url: str
    database: str
    login: str
    session: int
    lines: list[Line]
    seed: int
    milliseconds: list[float] = field(default_factory=list)
    sent: int = 0
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = requests.Session()
        self._http.trust_env = False
        params = {"db": self.database, "login": self.login, "password": self.login}
        self._post("/web/session/authenticate", params)

    def work(self, until: float) -> None:
        """Enter counts at a person's pace until that moment of the monotonic clock."""
        rng = random.Random(self.seed)
        at = time.monotonic() + rng.uniform(0, PACE_S)
        while at < until:
            time.sleep(max(0.0, at - time.monotonic()))
            self._enter(rng)
            at = max(at + PACE_S, time.monotonic())

    def _enter(self, rng: random.Random) -> None:
        line, code, place = rng.choice(self.lines)
        started = time.perf_counter()
        self.sent += 1
        try:
            if rng.random() < TYPED_SHARE:
                item = {"line_id": line, "quantity": rng.randrange(50), "mode": "set"}
                self._call("action_record", [{**item, "uuid": str(uuid.uuid4())}])
            else:
                self._call("action_scan", code, place)
        except (requests.RequestException, RuntimeError) as error:
            self.errors.append(str(error))
        self.milliseconds.append((time.perf_counter() - started) * 1000)

    def _call(self, method: str, *arguments: Any) -> None:
        model = "stockex.count.session"
        args = [[self.session], *arguments]
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        self._post(f"/web/dataset/call_kw/{model}/{method}", params)

    def _post(self, path: str, params: dict[str, Any]) -> None:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._http.post(self.url + path, json=body, timeout=TIMEOUT_S)
        answer.raise_for_status()
        error = answer.json().get("error")
        if error:
            raise RuntimeError(str(error.get("data", error).get("message", error)))


def work(clients: list[Client], seconds: float) -> None:
    """Have all of them work at the same time."""
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.work, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
