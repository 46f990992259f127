"""Sends requests: the key, repetition, errors, pages."""

import json
import random
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote

import requests

from .errors import ApiError, NetworkError
from .version import ROOT, VERSION

Value = str | int | float | bool | Sequence[str] | Sequence[int] | None
RecordType = TypeVar("RecordType")

# Nothing was done; the same request may come again.
NOT_NOW = (429, 503)
# A proxy lost the answer; whether it was done is known to the Idempotency-Key only.
LOST = (502, 504)
JSON = "application/json"
# The largest page there is: few requests.
PAGE_LIMIT = 200


class Version(NamedTuple, Generic[RecordType]):
    """A record and its version.

    :ivar record: None if it still is the version that was asked about.
    :ivar etag: goes into `if_match` of a change.
    """

    record: RecordType | None
    etag: str


class Transport:
    """What the operations stand on.

    :param url: of the server, `https://erp.example.com`.
    :param key: an API key, `sxk_…`, or an access token.
    :param timeout_s: longest silence of the server.
    :param max_retries: how often a request is repeated when the server is busy, the key
        over its limit, or the line cut; 0 never repeats.
    :param max_wait_s: longest wait before a repetition; a server that asks for more is an
        error at once.
    :param session: of requests, for proxies or certificates of your own.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout_s: float = 60,
        max_retries: int = 5,
        max_wait_s: float = 120,
        session: requests.Session | None = None,
    ) -> None:
        self.url = url.rstrip("/").removesuffix(ROOT) + ROOT
        self.timeout_s = timeout_s
        self.max_retries = max_retries
        self.max_wait_s = max_wait_s
        self._key = key
        self._session = session or requests.Session()

    # --- What operations call ---

    def _read(self, path: str, query: Mapping[str, Value] | None = None) -> Any:
        return _json(self._send("GET", path, query=query))

    def _read_version(self, path: str, etag: str | None) -> Version[Any]:
        answer = self._send("GET", path, headers={"If-None-Match": etag})
        record = None if answer.status_code == 304 else _json(answer)
        return Version(record, answer.headers.get("ETag") or etag or "")

    def _pages(self, path: str, query: Mapping[str, Value]) -> Iterator[Any]:
        cursor: str | None = None
        limit = query.get("limit") or PAGE_LIMIT
        while True:
            page = self._read(path, {**query, "limit": limit, "cursor": cursor})
            yield from page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def _download(self, path: str, query: Mapping[str, Value] | None = None) -> bytes:
        return self._send("GET", path, query=query).content

    def _change(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        media_type: str = JSON,
        query: Mapping[str, Value] | None = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        """Send a change; the answer's JSON, or None if it has none."""
        headers: dict[str, str | None] = {"If-Match": if_match}
        if method == "POST":
            headers["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        data = None
        if body is not None:
            headers["Content-Type"] = media_type
            data = json.dumps(body).encode() if media_type == JSON else body
        answer = self._send(method, path, query=query, data=data, headers=headers)
        return _json(answer) if answer.content else None

    # --- Sending ---

    def _send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Value] | None = None,
        data: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> requests.Response:
        """Send a request until it is answered, or must not be sent again.

        :raise ApiError: if the server refuses.
        :raise NetworkError: if no answer came.
        """
        request = requests.Request(
            method,
            self.url + path,
            params={name: _text(value) for name, value in _given(query)},
            data=data,
            headers=dict(_given(headers)),
            auth=self._sign,
        )
        # A change without an Idempotency-Key could happen twice.
        repeatable = method in ("GET", "POST")
        for left in range(self.max_retries, -1, -1):
            wait_s = self._backoff_s(left)
            try:
                answer = self._send_once(request)
            except requests.RequestException as error:
                if not left or not repeatable:
                    raise NetworkError(f"{method} {path}: {error}") from error
            else:
                if answer.status_code < 300 or answer.status_code == 304:
                    return answer
                problem = ApiError(answer)
                again = NOT_NOW + (LOST if repeatable else ())
                wait_s = wait_s if problem.retry_after_s is None else problem.retry_after_s
                if not left or answer.status_code not in again or wait_s > self.max_wait_s:
                    raise problem
            time.sleep(wait_s)
        raise AssertionError("the last attempt returns or raises")

    def _send_once(self, request: requests.Request) -> requests.Response:
        prepared = self._session.prepare_request(request)
        settings = self._session.merge_environment_settings(prepared.url, {}, None, None, None)
        return self._session.send(
            prepared, timeout=self.timeout_s, allow_redirects=False, **settings
        )

    def _sign(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the key, also where a .netrc knows another login."""
        request.headers["Authorization"] = f"Bearer {self._key}"
        request.headers["Accept"] = "*/*"
        request.headers["User-Agent"] = f"stockex-client-python/{VERSION}"
        return request

    def _backoff_s(self, left: int) -> float:
        """Wait longer each time, and not with everybody else."""
        longest = min(30.0, 0.5 * 2.0 ** (self.max_retries - left))
        return random.uniform(longest / 2, longest)


def _json(answer: requests.Response) -> Any:
    """Read an answer's JSON.

    :raise NetworkError: if it is none: something between here and the server answered.
    """
    try:
        return json.loads(answer.content)
    except ValueError as error:
        raise NetworkError(f"{answer.url} answered {answer.status_code} without JSON") from error


def _given(values: Mapping[str, Any] | None) -> Iterator[tuple[str, Any]]:
    """Leave out what was not given."""
    for name, value in (values or {}).items():
        if value is not None:
            yield name, value


def _text(value: Value) -> str:
    """Write a value for a query string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return ",".join(str(item) for item in value or ())


def segment(value: str) -> str:
    """Write a text as one part of a path."""
    return quote(value, safe="")
