"""A proxy that loses answers, or gives its own, and remembers what passed."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

LEFT_OUT = ("host", "connection", "content-length", "transfer-encoding", "accept-encoding")


@dataclass(frozen=True)
class Seen:
    """A request that came through."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def key(self) -> str:
        return self.headers.get("idempotency-key", "")


@dataclass(frozen=True)
class Fate:
    """What becomes of one request.

    :ivar status: answer so instead of asking the server; 0 asks it.
    :ivar cut: end the connection without an answer, after the server was asked.
    """

    status: int = 0
    cut: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Proxy:
    """Stands between a client and the server; what is not in `fates` passes."""

    def __init__(self, target: str, *fates: Fate) -> None:
        self.target = target
        self.fates = list(fates)
        self.seen: list[Seen] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forward(self, seen: Seen) -> requests.Response:
        """Ask the server itself."""
        headers = {name: value for name, value in seen.headers.items() if name not in LEFT_OUT}
        with requests.Session() as session:
            session.trust_env = False
            return session.request(
                seen.method, self.target + seen.path, headers=headers, data=seen.body, timeout=60
            )


def _handler(proxy: Proxy) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(self.command, self.path, headers, self.rfile.read(length))
            proxy.seen.append(seen)
            fate = proxy.fates.pop(0) if proxy.fates else Fate()
            if fate.status:
                self.reply(fate.status, fate.headers, fate.body)
                return
            answer = proxy.forward(seen)
            if fate.cut:
                self.close_connection = True
                return
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in LEFT_OUT}
            kept.pop("Content-Encoding", None)
            self.reply(answer.status_code, kept, answer.content)

        def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status not in (204, 304):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    for method in ("GET", "POST", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.pass_on)
    return Handler
