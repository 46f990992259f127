"""A client of the live stream, as the documentation describes it."""

import contextlib
import json
import time
from typing import Any

import websocket

from tests.support.api import Api


class Listener:
    """Follows events over a websocket; what it missed while away it reads over REST.

    :ivar heard: events in the order in which they were taken, each once.
    """

    def __init__(self, api: Api, *topics: str) -> None:
        self.api = api
        body = {"topics": list(topics)} if topics else {}
        self.subscription = api.post("/live/subscriptions", body, status=201)
        self.after = self.subscription["after"]
        self.heard: list[dict[str, Any]] = []
        self._seen: set[str] = set()
        self._socket: websocket.WebSocket | None = None

    def connect(self) -> None:
        """Connect, subscribe, and catch up."""
        base = self.api.url.split("/stockex/")[0].replace("http", "ws")
        self._socket = websocket.create_connection(
            base + self.subscription["websocket"], timeout=1, origin=base.replace("ws", "http")
        )
        data = {"channels": [self.subscription["channel"]], "last": 0}
        self._socket.send(json.dumps({"event_name": "subscribe", "data": data}))
        self.catch_up()

    def catch_up(self) -> None:
        """Read what happened since the last event that was heard."""
        while True:
            names = ",".join(self.subscription["names"])
            page = self.api.get("/events", after=self.after, limit=50, name=names)
            self._take(page["data"])
            self.after = page["next"]
            if not page["more"]:
                return

    def lose_line(self) -> None:
        """Break the connection without a word."""
        if self._socket:
            self._socket.sock.close()
            self._socket = None

    def wait(self, count: int, seconds: float = 30) -> list[dict[str, Any]]:
        """Listen until so many events were heard, or the time is over."""
        until = time.monotonic() + seconds
        while len(self.heard) < count and time.monotonic() < until:
            with contextlib.suppress(websocket.WebSocketTimeoutException):
                self._read()
        return self.heard

    def _read(self) -> None:
        assert self._socket is not None
        for message in json.loads(self._socket.recv()):
            if message["message"]["type"] == "stockex.events":
                self._take(message["message"]["payload"]["events"])

    def _take(self, events: list[dict[str, Any]]) -> None:
        for event in events:
            if event["sequence"] not in self._seen:
                self._seen.add(event["sequence"])
                self.heard.append(event)
                self.after = event["sequence"]
