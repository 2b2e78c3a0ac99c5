"""Work in order, one piece at a time, started at once when nothing is before it: a call's commands, an agent's line."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

Work = Callable[[], Awaitable[None]]
Spawn = Callable[[Coroutine[Any, Any, None], str], object]


class Lane:
    """`put` returns at once."""

    def __init__(self, spawn: Spawn, name: str) -> None:
        self._spawn = spawn
        self._name = name
        self._waiting: deque[Work] = deque()
        self._running = False

    def put(self, work: Work) -> None:
        self._waiting.append(work)
        if not self._running:
            self._running = True
            self._spawn(self._run(), self._name)

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._waiting.popleft()()
        finally:
            self._running = False
            if self._waiting:  # one piece failed: the others still have their turn
                self._running = True
                self._spawn(self._run(), self._name)
