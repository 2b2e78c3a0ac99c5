"""An event loop whose time jumps to the next timer as soon as nothing can run and no real I/O is under way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")
MONDAY_10AM = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Ten o'clock in Paris on a working Monday."""
WAIT_FOR_IO_S = 0.05


class VirtualLoop(asyncio.SelectorEventLoop):
    """`busy` functions tell how many real operations (database) are in flight: time stands still for them."""

    def __init__(self) -> None:
        self._now = 0.0
        self.busy: list[Callable[[], int]] = []
        super().__init__()

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready and not self._stopping:  # type: ignore[attr-defined]
            self._let_time_pass()
        super()._run_once()  # type: ignore[misc]

    def _let_time_pass(self) -> None:
        in_flight = sum(count() for count in self.busy)
        events = self._selector.select(WAIT_FOR_IO_S if in_flight else 0)  # type: ignore[attr-defined]
        if events:
            self._process_events(events)  # type: ignore[attr-defined]
        elif not in_flight and (due := self._next_timer()) is not None:
            self._now = max(self._now, due)

    def _next_timer(self) -> float | None:
        live = [handle.when() for handle in self._scheduled if not handle.cancelled()]  # type: ignore[attr-defined]
        return min(live, default=None)


class VirtualClock:
    """The loop's time, from a Monday morning on."""

    def __init__(self, loop: VirtualLoop, start: datetime = MONDAY_10AM) -> None:
        self._loop, self._start = loop, start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._loop.time())

    def monotonic(self) -> float:
        return self._loop.time()


def run(story: Callable[[VirtualLoop], Coroutine[Any, Any, T]]) -> T:
    """Run a story to its end on a loop of its own."""
    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(story(loop))
