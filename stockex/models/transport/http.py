"""One HTTP call: to a checked address, without redirects, within a time and a size.

The name is resolved once, every address it stands for is checked, and the connection goes
to one of those: a name that changes its answer between check and call gains nothing. TLS
still checks the certificate against the name.
"""

import contextlib
import functools
import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

import requests
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError

from ...pure.transport.address import is_public
from ...pure.transport.outcome import Hint
from ...pure.transport.request import Answer, Request

MAX_ANSWER = 64 * 1024
MAX_REQUEST = 10 * 1024 * 1024
CONNECT_TIMEOUT_S = 10.0
PORTS = {"http": 80, "https": 443}
USER_AGENT = "Stockex/19.0"

Resolver = Callable[[str, int], Iterable[str]]


class Unanswered(Exception):
    """A call that got no answer.

    :ivar hint: why, one of :class:`Hint`.
    :ivar sent: whether the other side may have received it.
    """

    def __init__(self, hint: Hint, message: str, *, sent: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.message = message
        self.sent = sent


def resolve(host: str, port: int) -> list[str]:
    """Ask the system which addresses a name stands for, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def send(
    request: Request,
    *,
    base_url: str = "",
    timeout_s: float = 15.0,
    allow_private: bool = False,
    resolver: Resolver = resolve,
) -> Answer:
    """Make a call and return its answer, whatever its status.

    :param timeout_s: for the whole call; a receiver that sends a byte now and then
        does not lengthen it.
    :raise Unanswered:
    """
    prepared = _prepare(request, base_url)
    started = time.monotonic()
    door = _Door(timeout_s, allow_private, resolver)
    try:
        response = _exchange(prepared, door)
        status, headers = response.status, response.headers
        body = _read(response)
    except (HTTPError, OSError, ValueError, UnicodeError) as error:
        raise _failure(error, door) from error
    finally:
        door.close()
    names = {str(name).lower(): str(value) for name, value in headers.items()}
    return Answer(status, names, body, time.monotonic() - started)


def absolute(request: Request, base_url: str) -> str:
    """Return where a request goes: as it says, or below the base address."""
    if urlsplit(request.url).scheme or not base_url:
        return request.url
    return f"{base_url.rstrip('/')}/{request.url.lstrip('/')}" if request.url else base_url


def _prepare(request: Request, base_url: str) -> requests.PreparedRequest:
    try:
        prepared = requests.Request(
            request.method,
            absolute(request, base_url),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **request.headers},
            params=dict(request.params),
            json=request.json,
            data=request.body if request.form is None else dict(request.form),
            auth=request.basic,
        ).prepare()
        parts = urlsplit(prepared.url or "")
        known = parts.scheme in PORTS and parts.hostname
        _port = parts.port
    except (requests.RequestException, ValueError, UnicodeError) as error:
        raise Unanswered(Hint.BAD_ADDRESS, f"no valid request: {type(error).__name__}") from error
    if not known:
        raise Unanswered(Hint.BAD_ADDRESS, "the address is not of the form https://host/path")
    if len(prepared.body or b"") > MAX_REQUEST:
        raise Unanswered(Hint.TOO_LARGE, f"the request is larger than {MAX_REQUEST} bytes")
    return prepared


def _exchange(prepared: requests.PreparedRequest, door: "_Door") -> urllib3.BaseHTTPResponse:
    parts = urlsplit(prepared.url or "")
    pool = _pool(parts.scheme, parts.hostname or "", parts.port, door)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return pool.urlopen(
        prepared.method or "GET",
        target,
        body=prepared.body,
        headers=dict(prepared.headers),
        retries=False,
        redirect=False,
        assert_same_host=False,
        preload_content=False,
        decode_content=False,
        timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT_S, read=door.timeout_s),
    )


def _pool(
    scheme: str, host: str, port: int | None, door: "_Door"
) -> urllib3.HTTPConnectionPool | urllib3.HTTPSConnectionPool:
    port = port or PORTS[scheme]
    if scheme == "http":
        pool = urllib3.HTTPConnectionPool(host, port, maxsize=1)
        pool.ConnectionCls = functools.partial(_Plain, door=door)
        return pool
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or requests.certs.where()
    tls = urllib3.HTTPSConnectionPool(
        host, port, maxsize=1, cert_reqs="CERT_REQUIRED", ca_certs=bundle
    )
    tls.ConnectionCls = functools.partial(_Tls, door=door)
    return tls


def _read(response: urllib3.BaseHTTPResponse) -> bytes:
    """Read the beginning of the body; a status that came stands, whatever follows."""
    body = b""
    with contextlib.suppress(HTTPError, OSError):
        while len(body) < MAX_ANSWER:
            part = response.read1(MAX_ANSWER - len(body), decode_content=False)
            if not part:
                break
            body += part
    response.close()
    return body


def _failure(error: Exception, door: "_Door") -> Unanswered:
    if isinstance(error, SSLError) and not door.is_over:
        return Unanswered(Hint.CERTIFICATE, str(error)[:200])
    # The socket's own clock may be a moment ahead of the door's.
    if door.is_over or isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return Unanswered(
            Hint.TOO_SLOW, f"no answer within {door.timeout_s:g} s", sent=door.is_open
        )
    return Unanswered(
        Hint.NO_ANSWER, f"the connection was cut: {type(error).__name__}", sent=door.is_open
    )


class _Door:
    """The way out of one call: checks where it leads, and shuts when time is up."""

    def __init__(self, timeout_s: float, allow_private: bool, resolver: Resolver) -> None:
        self.timeout_s = timeout_s
        self.is_open = False
        self.is_over = False
        self._allow_private = allow_private
        self._resolver = resolver
        self._guard: socket.socket | None = None
        self._ends = time.monotonic() + timeout_s
        self._timer = threading.Timer(timeout_s, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect to the first of the name's addresses that answers."""
        failure = "no address"
        for address in self._addresses(host.strip("[]"), port):
            left = min(CONNECT_TIMEOUT_S, self._ends - time.monotonic())
            if left <= 0:
                break
            try:
                return self._guarded(socket.create_connection((address, port), left))
            except OSError as error:
                failure = error.strerror or type(error).__name__
        raise Unanswered(Hint.NO_ANSWER, f"no connection: {failure}")

    def _guarded(self, connection: socket.socket) -> socket.socket:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(self.timeout_s)
        # TLS takes the socket over; its double still shuts the line.
        self._guard = connection.dup()
        if self.is_over:
            self._shut()
        return connection

    def close(self) -> None:
        """Stop the clock."""
        self._timer.cancel()
        if self._guard is not None:
            self._guard.close()

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = [str(ipaddress.ip_address(one)) for one in self._resolver(host, port)]
        except (OSError, ValueError) as error:
            raise Unanswered(Hint.NO_NAME, "the name stands for no address") from error
        if not self._allow_private and not all(is_public(one) for one in addresses):
            raise Unanswered(Hint.PRIVATE_ADDRESS, "the name stands for a private address")
        return addresses

    def _shut(self) -> None:
        self.is_over = True
        if self._guard is not None:
            with contextlib.suppress(OSError):
                self._guard.shutdown(socket.SHUT_RDWR)


class _Plain(HTTPConnection):
    """An HTTP connection through a door."""

    def __init__(self, *args: object, door: _Door, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self._door = door

    def _new_conn(self) -> socket.socket:
        return self._door.connect(self.host, self.port)

    def connect(self) -> None:
        """Connect; from here on the other side may have received something."""
        connected = super().connect()  # type: ignore[func-returns-value]
        self._door.is_open = True
        return connected


class _Tls(HTTPSConnection):
    """An HTTPS connection through a door."""

    def __init__(self, *args: object, door: _Door, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self._door = door

    def _new_conn(self) -> socket.socket:
        return self._door.connect(self.host, self.port)

    def connect(self) -> None:
        """Connect; from here on the other side may have received something."""
        connected = super().connect()  # type: ignore[func-returns-value]
        self._door.is_open = True
        return connected
