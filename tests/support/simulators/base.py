"""The machine under every simulator: a server on this machine that minds a contract."""

import itertools
import socket
import threading
from types import TracebackType
from typing import Any, Self

from .days import Days
from .line import Server
from .message import Answer, Fault, Refused, Request, Sent

HOST = "127.0.0.1"
_numbers = itertools.count(1)


class Simulator(Days):
    """An outside service on 127.0.0.1, from start to end of a `with`.

    A subclass gives `respond` and the answers a service has for its bad days. At the end of the
    `with`, a fault that no test has taken fails the test.

    :ivar requests: all that came, with their answers, the refused ones too.
    :ivar sent: the messages taken on, in the order in which they were.
    :ivar faults: the sender's breaches of the contract.
    :ivar remarks: what the service lets pass in silence and a careful sender would not do.
    :ivar crashes: tracebacks of the simulator itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[tuple[Request, Answer | None]] = []
        self.sent: list[Sent] = []
        self.faults: list[Fault] = []
        self.crashes: list[str] = []
        self.port = 0
        self._server: Server | None = None
        self._placeholder: socket.socket | None = None

    # --- What a service gives ---

    def respond(self, request: Request) -> Answer:
        """Take a request on and answer it.

        :raise Refused: if the service would refuse it.
        """
        raise NotImplementedError

    def observe(self, request: Request) -> None:
        """See each request before it is answered, on bad days too."""

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

    def check(self, *, remarks: bool = False) -> None:
        """Fail if the sender broke the contract, or the simulator itself failed.

        :param remarks: fail also on what the service would have let pass.
        """
        assert not self.crashes, f"{self.name} failed:\n" + "\n".join(self.crashes)
        faults = self.take_faults()
        lines = "\n".join(str(fault) for fault in faults)
        assert not faults, f"{self.name} refused what its contract does not allow:\n{lines}"
        if remarks:
            assert not self.remarks, f"{self.name}:\n" + "\n".join(self.remarks)

    # --- Start and end ---

    def normal(self) -> None:
        super().normal()
        self._listen()

    def refuse_connections(self) -> None:
        """Be unreachable until `normal`: nobody listens on the port."""
        self._set("normal")
        self._deafen()

    def start(self) -> None:
        self._listen()

    def stop(self) -> None:
        self._set("normal")
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
        with self._changed:
            number = next(_numbers)
            message = Sent(request.at, self.name, recipient, text, data, reference, request, number)
            self.sent.append(message)
            self._changed.notify_all()

    def remark(self, text: str) -> None:
        with self._changed:
            self.remarks.append(text)

    def blame(self, request: Request, *faults: tuple[str | int, str]) -> None:
        """Note breaches of the contract."""
        with self._changed:
            self.faults += [Fault(code, text, request) for code, text in faults]

    # --- Inside ---

    def answer(self, request: Request) -> Answer | None:
        """Answer a request according to the day; nothing means a cut line."""
        self.observe(request)
        answer = self.answer_of_the_day(request)
        with self._changed:
            self.requests.append((request, answer))
            self._changed.notify_all()
        return answer

    def minded(self, request: Request) -> Answer:
        try:
            return self.respond(request)
        except Refused as refused:
            self.blame(request, *refused.faults)
            return refused.answer

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
