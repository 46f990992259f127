"""The machine under every simulator: a server on this machine that minds a contract."""

import socket
import threading
from collections.abc import Callable, Collection
from types import TracebackType
from typing import Any, ClassVar, Self

from .line import Server
from .message import Answer, Fault, Refused, Request, Sent

HOST = "127.0.0.1"


class Simulator:
    """An outside service on 127.0.0.1, from start to end of a `with`.

    A subclass gives `respond` and the four answers a service has for its bad days. At the end
    of the `with`, a fault that no test has taken fails the test.

    :ivar requests: all that came, with their answers, the refused ones too.
    :ivar sent: the messages taken on, in the order in which they were.
    :ivar remarks: what the service lets pass in silence and a careful sender would not do.
    :ivar crashes: tracebacks of the simulator itself.
    """

    name: ClassVar[str]
    codes: ClassVar[Collection[str | int]]

    def __init__(self) -> None:
        self.requests: list[tuple[Request, Answer | None]] = []
        self.sent: list[Sent] = []
        self.faults: list[Fault] = []
        self.remarks: list[str] = []
        self.crashes: list[str] = []
        self.port = 0
        self._server: Server | None = None
        self._placeholder: socket.socket | None = None
        self._day = "normal"
        self._argument: Any = None
        self._left: int | None = None
        self._turn = 0
        self._not_before = 0.0
        self._changed = threading.Condition()

    # --- What a service gives ---

    def respond(self, request: Request) -> Answer:
        """Take a request on and answer it.

        :raise Refused: if the service would refuse it.
        """
        raise NotImplementedError

    def answer_down(self, _request: Request) -> Answer:
        """Answer as while the service has trouble of its own."""
        return Answer.text(503, "<html><body><h1>503 Service Unavailable</h1></body></html>")

    def answer_rate_limited(self, request: Request, retry_after: float) -> Answer:
        raise NotImplementedError

    def answer_unauthorised(self, request: Request) -> Answer:
        raise NotImplementedError

    def answer_rejected(self, request: Request, code: str | int) -> Answer:
        """Answer with one of the service's own `codes`."""
        raise NotImplementedError

    # --- Its days, changed while it runs; `times` requests long, or until the next change ---

    def normal(self) -> None:
        self._set("normal", None, None)
        self._listen()

    def refuse_connections(self) -> None:
        """Be unreachable until `normal`: nobody listens on the port."""
        self._set("normal", None, None)
        self._deafen()

    def down(self, times: int | None = None) -> None:
        self._set("down", None, times)

    def slow(self, seconds: float, times: int | None = None) -> None:
        """Take a request on at once and answer it late."""
        self._set("slow", seconds, times)

    def rate_limited(self, retry_after: float, times: int | None = None) -> None:
        self._set("rate_limited", retry_after, times)

    def unauthorised(self, times: int | None = None) -> None:
        self._set("unauthorised", None, times)

    def reject(self, code: str | int, times: int | None = None) -> None:
        """Answer with one of the service's own codes.

        :raise ValueError: if the service has no such code.
        """
        if code not in self.codes:
            raise ValueError(f"{self.name} has no code {code!r}")
        self._set("reject", code, times)

    def cut_line(self, *, taken: bool = False, times: int | None = None) -> None:
        """Close the connection without an answer.

        :param taken: the message was taken on before: the sender cannot know.
        """
        self._set("cut_line", taken, times)

    # --- Looking at it ---

    @property
    def url(self) -> str:
        """Return the address without a slash at its end."""
        return f"http://{HOST}:{self.port}"

    def texts(self) -> list[str]:
        return [message.text for message in self.sent]

    def wait_for(self, count: int, timeout_s: float = 30) -> list[Sent]:
        """Wait for so many messages and return them all.

        :raise AssertionError: if fewer came in time.
        """
        with self._changed:
            self._changed.wait_for(lambda: len(self.sent) >= count, timeout_s)
            came = list(self.sent)
        assert len(came) >= count, f"{self.name}: {len(came)} of {count} messages; {self.faults}"
        return came

    def wait_for_requests(self, count: int, timeout_s: float = 30) -> None:
        """Wait until so many requests have been dealt with.

        :raise AssertionError: if fewer came in time.
        """
        with self._changed:
            self._changed.wait_for(lambda: len(self.requests) >= count, timeout_s)
            came = len(self.requests)
        assert came >= count, f"{self.name}: {came} of {count} requests"

    def take_faults(self) -> list[Fault]:
        """Return the faults and forget them: the test has looked at them."""
        with self._changed:
            faults, self.faults = self.faults, []
        return faults

    def check(self) -> None:
        """Fail if the sender broke the contract, or the simulator itself failed."""
        assert not self.crashes, f"{self.name} failed:\n" + "\n".join(self.crashes)
        faults = self.take_faults()
        lines = "\n".join(str(fault) for fault in faults)
        assert not faults, f"{self.name} refused what its contract does not allow:\n{lines}"

    # --- Start and end ---

    def start(self) -> None:
        self._listen()

    def stop(self) -> None:
        self._set("normal", None, None)
        self._deafen()
        if self._placeholder:
            self._placeholder.close()
            self._placeholder = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()
        if kind is None:
            self.check()

    # --- Helpers for the services ---

    def keep(self, request: Request, recipient: str, text: str, data: Any, reference: str) -> None:
        """Note a message that is taken on."""
        message = Sent(request.at, self.name, recipient, text, data, reference, request)
        with self._changed:
            self.sent.append(message)
            self._changed.notify_all()

    def remark(self, text: str) -> None:
        with self._changed:
            self.remarks.append(text)

    # --- Inside ---

    def _set(self, day: str, argument: Any, times: int | None) -> None:
        with self._changed:
            self._day, self._argument, self._left = day, argument, times
            self._turn += 1
            self._not_before = 0.0
            self._changed.notify_all()

    def _today(self) -> tuple[str, Any]:
        """Return the day's name and argument, and count a request of it."""
        with self._changed:
            day = (self._day, self._argument)
            if self._left is not None:
                self._left -= 1
                if self._left <= 0:
                    self._day, self._argument, self._left = "normal", None, None
            return day

    def answer(self, request: Request) -> Answer | None:
        """Answer a request according to the day; nothing means a cut line."""
        day, argument = self._today()
        self._mind_patience(request, day, argument)
        answer = self._of_the_day(day, argument, request)
        with self._changed:
            self.requests.append((request, answer))
            self._changed.notify_all()
            if day == "slow":
                turn = self._turn
                self._changed.wait_for(lambda: self._turn != turn, argument)
        return answer

    def _of_the_day(self, day: str, argument: Any, request: Request) -> Answer | None:
        answers: dict[str, Callable[[], Answer]] = {
            "down": lambda: self.answer_down(request),
            "rate_limited": lambda: self.answer_rate_limited(request, argument),
            "unauthorised": lambda: self.answer_unauthorised(request),
            "reject": lambda: self.answer_rejected(request, argument),
        }
        if day in answers:
            return answers[day]()
        if day == "cut_line" and not argument:
            return None
        answer = self._minded(request)
        return None if day == "cut_line" else answer

    def _minded(self, request: Request) -> Answer:
        try:
            return self.respond(request)
        except Refused as refused:
            with self._changed:
                self.faults += [Fault(code, text, request) for code, text in refused.faults]
            return refused.answer

    def _mind_patience(self, request: Request, day: str, argument: Any) -> None:
        """Remark on a request that comes before the time that the service had named."""
        with self._changed:
            if request.at < self._not_before:
                early = self._not_before - request.at
                self.remarks.append(f"came {early:.2f} s before Retry-After had passed")
            if day == "rate_limited":
                self._not_before = request.at + argument

    def _listen(self) -> None:
        if self._server:
            return
        if self._placeholder:
            self._placeholder.close()
            self._placeholder = None
        self._server = Server((HOST, self.port), self)
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def _deafen(self) -> None:
        """Stop listening and keep the port, so that nobody else gets it meanwhile."""
        if not self._server:
            return
        self._server.shutdown()
        self._server.close_lines()
        self._server.server_close()
        self._server = None
        self._placeholder = socket.socket()
        self._placeholder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._placeholder.bind((HOST, self.port))
