"""How many calls showed each number today, so that none is worn out: it would soon be taken for a nuisance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from decroche.campaigns.showing import SHOWN_SINCE

if TYPE_CHECKING:
    from decroche.floor.service import Floor


class ShownToday:
    """Counted from the claim on, so that claims of the same instant take turns too. Days are those of Paris."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._day: datetime | None = None
        self._calls: Counter[str] = Counter()

    async def load(self) -> None:
        """What was shown before this floor started."""
        rows = await self._floor.db.fetch(SHOWN_SINCE, {"since": self._floor.since_midnight()})
        calls = self._of_today()
        for row in rows:
            calls[row["presented"]] = max(calls[row["presented"]], row["calls"])

    def calls(self) -> Mapping[str, int]:
        """Number → calls today."""
        return self._of_today()

    def take(self, e164: str) -> None:
        self._of_today()[e164] += 1

    def give_back(self, e164: str) -> None:
        """The claim came to nothing."""
        calls = self._of_today()
        calls[e164] = max(0, calls[e164] - 1)

    def _of_today(self) -> Counter[str]:
        midnight = self._floor.since_midnight()
        if self._day != midnight:
            self._day, self._calls = midnight, Counter()
        return self._calls
