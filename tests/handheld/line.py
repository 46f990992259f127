"""The line between a handheld and its server: it can be cut, lose answers, hang or lie."""

import contextlib
import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

# What belongs to one connection and not to the message.
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding"}
PUSH = "/stockex/scan/sync/push"
SYNC = "/stockex/scan/sync/"


@dataclass(frozen=True)
class Answer:
    """What somebody else on the line answers instead of the server."""

    status: int
    body: str = ""
    kind: str = "text/html"


CUT = "cut"  # nobody is reached
LOST = "lost"  # the server does it, its answer never arrives
HANG = "hang"  # nobody answers, and the connection stays open
# Says what becomes of a request: one of the above, an answer, or None for the server's own.
Rule = Callable[[str], str | Answer | None]


class Line:
    """A proxy on a port of its own, which closes each connection after one answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.rule: Rule = lambda _path: None
        self.asked: list[str] = []
        self._let_go = threading.Event()
        self._server = Server(self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.mend()
        self._server.shutdown()
        self._server.server_close()

    def all(self, fate: str | Answer, below: str = "/") -> None:
        """Let one thing happen to all requests below a path."""
        self.rule = lambda path: fate if path.startswith(below) else None

    def once(self, fate: str | Answer, path: str) -> None:
        """Let one thing happen to the next request of a path."""
        left = [fate]
        self.rule = lambda asked: left.pop() if asked == path and left else None

    def mend(self) -> None:
        """Pass everything again; what hangs is dropped."""
        self.rule = lambda _path: None
        self._let_go.set()
        self._let_go = threading.Event()

    def wait_until_mended(self) -> None:
        self._let_go.wait()

    def times(self, path: str) -> int:
        """Return how often a path was asked for."""
        return self.asked.count(path)


class Handler(BaseHTTPRequestHandler):
    """Decides what becomes of one request."""

    server: "Server"

    def do_GET(self) -> None:
        self.pass_on()

    def do_POST(self) -> None:
        self.pass_on()

    def do_HEAD(self) -> None:
        self.pass_on()

    def pass_on(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        line = self.server.line
        path = self.path.split("?")[0]
        line.asked.append(path)
        fate = line.rule(path)
        if fate == HANG:
            line.wait_until_mended()
        elif isinstance(fate, Answer):
            self.say(fate.status, [("Content-Type", fate.kind)], fate.body.encode())
        elif fate != CUT:
            self.ask(body, fate == LOST)

    def ask(self, body: bytes, is_lost: bool) -> None:
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
        headers["Accept-Encoding"] = "identity"
        server = http.client.HTTPConnection("127.0.0.1", self.server.line.port, timeout=120)
        try:
            server.request(self.command, self.path, body or None, headers)
            answer = server.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            # The server is down, or died over it: to the browser the line went.
            return
        finally:
            server.close()
        if not is_lost:
            self.say(answer.status, answer.getheaders(), content)

    def say(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            # The page that asked may be gone.
            self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the tests' own output counts."""


class Server(ThreadingHTTPServer):
    """Listens on a free port of this machine."""

    daemon_threads = True

    def __init__(self, line: Line) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.line = line
