"""Two places in one campaign's queue become one. Pure.

The most advanced state wins: over, then withdrawn, then waiting; but a promise to call is kept. Attempts add up, since
the person was called so many times; two places that wait wait for the later of both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ADVANCE = {"waiting": 0, "withdrawn": 1, "finished": 2}


@dataclass(frozen=True, slots=True)
class Place:
    """A queue entry's facts; `promised`: it waits for a callback."""

    state: str
    priority: int
    not_before: datetime
    attempts: int
    by_result: dict[str, int]
    owner_id: int | None
    owner_until: datetime | None
    last_result: str
    last_call_at: datetime | None
    disposition_id: int | None
    finished_reason: str
    refused_reason: str

    @property
    def promised(self) -> bool:
        """Whether it waits for a promise."""
        return self.state == "waiting" and self.owner_until is not None


def united(one: Place, two: Place) -> Place:
    """The place of both; of two alike, `one`'s."""
    ahead = max((one, two), key=lambda place: (place.promised, ADVANCE.get(place.state, 0), place.attempts))
    waits = one.state == two.state == "waiting" and not ahead.promised
    last = max((one, two), key=lambda place: (place.last_call_at is not None, place.last_call_at or place.not_before))
    by_result: Counter[str] = Counter(one.by_result)
    by_result.update(two.by_result)
    facts: dict[str, Any] = {
        "priority": max(one.priority, two.priority),
        "not_before": max(one.not_before, two.not_before) if waits else ahead.not_before,
        "attempts": one.attempts + two.attempts,
        "by_result": dict(by_result),
        "last_result": last.last_result,
        "last_call_at": last.last_call_at,
        "disposition_id": last.disposition_id,
    }
    return Place(
        state=ahead.state, owner_id=ahead.owner_id, owner_until=ahead.owner_until,
        finished_reason=ahead.finished_reason, refused_reason=ahead.refused_reason, **facts,
    )  # fmt: skip
