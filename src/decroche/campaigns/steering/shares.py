"""Which list the next call is taken from: priorities first, then shares, call by call. Pure.

A list of share 7 pays 1/7 for each of its calls, one of share 3 pays 1/3; whoever would have paid least after its next
call is next: smooth, and the same on each run. A list that had nothing to give saves nothing up: it comes back beside
the others, not ahead of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AHEAD = 0
"""The stream of entries that somebody gave a priority of their own: before all lists."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A list as the claim sees it. A higher `priority` is emptied first; among equals `share` is in proportion."""

    id: int
    priority: int = 0
    share: int = 1


class Turns:
    """What each stream has paid since the floor started, or since the shares were changed."""

    def __init__(self, streams: Sequence[Stream] = ()) -> None:
        self.streams = tuple(streams)
        self._paid = {stream.id: 0.0 for stream in streams}
        self._clock: dict[int, float] = {}
        """By priority: what the last call taken had paid."""

    def offers(self) -> list[dict[str, Any]]:
        """For the claim: the n-th entry of a stream costs `start` + n × `stride`; streams of share 0 are not called."""
        found: list[dict[str, Any]] = [{"stream": AHEAD, "tier": -(10**6), "start": 0.0, "stride": 1.0}]
        for stream in self.streams:
            if stream.share > 0:
                stride = 1 / stream.share
                found.append(
                    {"stream": stream.id, "tier": -stream.priority, "start": self._start(stream), "stride": stride}
                )
        return found

    def took(self, stream_id: int) -> None:
        """A call was taken from there."""
        for stream in self.streams:
            if stream.id == stream_id and stream.share > 0:
                self._paid[stream_id] = self._clock[stream.priority] = self._start(stream) + 1 / stream.share

    def _start(self, stream: Stream) -> float:
        return max(self._paid[stream.id], self._clock.get(stream.priority, 0.0) - 1 / stream.share)
