"""The HTTP side of a simulator: threads, connections kept open, lines cut."""

import socket
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from .message import Answer, Request

if TYPE_CHECKING:
    from .base import Simulator

MAX_BODY = 16 * 2**20


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], simulator: "Simulator") -> None:
        self.simulator = simulator
        self._lines: set[socket.socket] = set()
        super().__init__(address, Handler)

    @contextmanager
    def line(self, connection: socket.socket) -> Iterator[None]:
        self._lines.add(connection)
        try:
            yield
        finally:
            self._lines.discard(connection)

    def close_lines(self) -> None:
        """End the connections that senders keep open for their next request."""
        for connection in list(self._lines):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet on a line that the sender has cut; the rest is the simulator's own fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            self.simulator.crashes.append(traceback.format_exc())


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def handle(self) -> None:
        with self.server.line(self.connection):
            super().handle()

    def __getattr__(self, name: str) -> Any:
        """Let every method reach the simulator, which knows what its service answers."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, *_arguments: Any) -> None:
        """Keep the test's output clean."""

    def _serve(self) -> None:
        request = self._read()
        turn = self.server.simulator.turn
        answer = self.server.simulator.answer(request) if request else None
        if answer is None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._write(answer, turn)

    def _read(self) -> Request | None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_BODY or self.headers.get("Transfer-Encoding"):
            return None
        body = self.rfile.read(length)
        if len(body) < length:
            return None
        path, _, query = self.path.partition("?")
        line = self.client_address[1]
        return Request(time.time(), self.command, path, query, self.headers, body, line)

    def _write(self, answer: Answer, turn: int) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.body:
            self.send_header("Content-Type", answer.content_type)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        body = b"" if self.command == "HEAD" else answer.body
        if answer.delay_s:
            self.server.simulator.wait(answer.delay_s, turn)
        if answer.pause_s:
            self._trickle(body, answer.pause_s, turn)
            return
        self.end_headers()
        self.wfile.write(body)

    def _trickle(self, body: bytes, pause_s: float, turn: int) -> None:
        """Send the answer byte by byte, at once only when the day has changed."""
        head = b"".join(self._headers_buffer) + b"\r\n"  # what `end_headers` would send at once
        self._headers_buffer: list[bytes] = []
        for byte in head + body:
            self.wfile.write(bytes([byte]))
            self.server.simulator.wait(pause_s, turn)
