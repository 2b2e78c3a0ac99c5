"""The fake engine's own log of channels: lines as the real one writes them, read by the same reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from decroche.telephony.channel_log import Noted, channels


class FakeChannelLog:
    """`lines` are gone after a cut, except for the generation before."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.lines: list[dict[str, Any]] = []
        self.previous: list[dict[str, Any]] = []
        self.last_alive: datetime | None = None

    def note(self, channel_id: str, kind: str, **extra: Any) -> None:
        self.lines.append(
            {
                "eventtype": kind,
                "eventtime": f"{self._now().timestamp():.6f}",
                "uniqueid": channel_id,
                "eventextra": extra,
            }
        )

    async def read(self) -> Noted:
        return Noted(channels([*self.previous, *self.lines]), self.last_alive)

    async def alive(self, at: datetime, *, may_cut: bool) -> None:
        self.last_alive = at

    async def cut(self) -> None:
        if self.lines:
            self.previous, self.lines = self.lines, []
