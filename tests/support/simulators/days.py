"""The good and bad days of a service, changed while it runs."""

import threading
from collections.abc import Collection
from dataclasses import replace
from typing import Any, ClassVar

from .message import Answer, Request


class Days:
    """What a service does with a request today, for `times` requests or until the next change.

    A subclass gives `minded`, which is a normal day, and the answers for the bad ones.

    :cvar codes: the refusals of the service's own that `reject` can order.
    """

    name: ClassVar[str]
    codes: ClassVar[Collection[str | int]]

    def __init__(self) -> None:
        self.remarks: list[str] = []
        self._changed = threading.Condition()
        self._day = "normal"
        self._argument: Any = None
        self._left: int | None = None
        self._turn = 0
        self._not_before = 0.0

    # --- What a service gives ---

    def minded(self, request: Request) -> Answer:
        """Answer as the contract has it."""
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

    # --- Choosing a day ---

    def normal(self) -> None:
        self._set("normal")

    def down(self, times: int | None = None) -> None:
        self._set("down", None, times)

    def hang(self, seconds: float, times: int | None = None) -> None:
        """Take no request on, and say so only so late."""
        self._set("hang", seconds, times)

    def slow(self, seconds: float, times: int | None = None) -> None:
        """Take a request on at once and answer it late."""
        self._set("slow", seconds, times)

    def trickle(self, pause_s: float, times: int | None = None) -> None:
        """Take a request on and send the answer byte by byte, so that no read times out."""
        self._set("trickle", pause_s, times)

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

    # --- Living it ---

    def answer_of_the_day(self, request: Request) -> Answer | None:
        """Answer a request; nothing means a cut line."""
        day, argument = self._today()
        self._mind_patience(request, day, argument)
        answer: Answer | None = getattr(self, f"_day_{day}")(request, argument)
        return answer

    @property
    def turn(self) -> int:
        """Return how often the day has changed."""
        return self._turn

    def wait(self, seconds: float, turn: int) -> None:
        """Wait, but not beyond the change of the day after this one."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn != turn, seconds)

    def _set(self, day: str, argument: Any = None, times: int | None = None) -> None:
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

    def _mind_patience(self, request: Request, day: str, argument: Any) -> None:
        """Remark on a request that comes before the time that the service had named."""
        with self._changed:
            if request.at < self._not_before:
                early = self._not_before - request.at
                self.remarks.append(f"came {early:.2f} s before Retry-After had passed")
            if day == "rate_limited":
                self._not_before = request.at + argument

    def _day_normal(self, request: Request, _argument: None) -> Answer:
        return self.minded(request)

    def _day_down(self, request: Request, _argument: None) -> Answer:
        return self.answer_down(request)

    def _day_hang(self, request: Request, seconds: float) -> Answer:
        return replace(self.answer_down(request), delay_s=seconds)

    def _day_slow(self, request: Request, seconds: float) -> Answer:
        return replace(self.minded(request), delay_s=seconds)

    def _day_trickle(self, request: Request, pause_s: float) -> Answer:
        return replace(self.minded(request), pause_s=pause_s)

    def _day_rate_limited(self, request: Request, retry_after: float) -> Answer:
        return self.answer_rate_limited(request, retry_after)

    def _day_unauthorised(self, request: Request, _argument: None) -> Answer:
        return self.answer_unauthorised(request)

    def _day_reject(self, request: Request, code: str | int) -> Answer:
        return self.answer_rejected(request, code)

    def _day_cut_line(self, request: Request, taken: bool) -> None:
        if taken:
            self.minded(request)
