"""A service on this machine that does what a test tells it, down to single bytes."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Received:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict
    body: bytes
    at: float


def answer(status=200, body=b"", headers=()):
    """Answer properly."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def write(data):
    """Send these bytes and hang up."""
    return lambda connection, _stop: connection.sendall(data)


def drip(data, pause_s=0.1, before=b""):
    """Send a first part at once and the rest byte by byte."""

    def dripping(connection, stop):
        connection.sendall(before)
        for byte in data:
            if stop.wait(pause_s):
                return
            connection.sendall(bytes([byte]))

    return dripping


def hang(connection, stop):
    """Say nothing."""
    stop.wait(60)


def cut(connection, _stop):
    """Hang up without a word."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class Receiver:
    """Listens on 127.0.0.1; answers 200, or as `script` says, one entry a request."""

    def __init__(self, *script):
        self.script = list(script)
        self._received = []
        self._stop = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def received(self):
        """What has arrived so far."""
        return sorted(self._received, key=lambda one: one.at)

    def __enter__(self):
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_exception):
        self._stop.set()
        self._socket.close()

    def _listen(self):
        while not self._stop.is_set():
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            connection.settimeout(30)
            self._received.append(_read(connection))
            reaction = self.script.pop(0) if self.script else answer()
            reaction(connection, self._stop)


def _read(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            raise OSError("no request")
        data += part
        if data.startswith(b"\x16"):  # the greeting of TLS
            return Received("", "", {}, data, time.monotonic())
    head, _end, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _version = first.split(" ")
    headers = {
        name.lower(): value.strip() for name, _c, value in (li.partition(":") for li in lines)
    }
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    return Received(method, path, headers, body, time.monotonic())
