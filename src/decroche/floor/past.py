"""A floor that has just started remembers: each campaign's last 24 hours, from the rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from decroche.floor.count import FAILED
from decroche.floor.observed import A_DAY
from decroche.floor.world import AUTOMATIC, Campaign
from decroche.pacing.snapshot import Outcome, Spell

if TYPE_CHECKING:
    from decroche.floor.service import Floor

LEARNED_FROM = 2000
"""The latest calls that pacing learns from at once."""

_COUNTS = """
SELECT date_trunc('minute', COALESCE(c.answered_at, c.ended_at, c.placed_at)) AS minute, count(*) AS launched,
  count(c.ended_at) AS finished,
  count(*) FILTER (WHERE c.result IN ('connected', 'abandoned') AND d.reached IS NOT FALSE) AS connected,
  count(*) FILTER (WHERE c.result = 'machine') AS machine,
  count(*) FILTER (WHERE c.result = 'abandoned') AS abandoned
FROM calls_call c LEFT JOIN dispositions_disposition d ON d.id = c.disposition_id
WHERE c.campaign_id = %(campaign)s AND c.claimed_at > %(since)s AND c.placed_at IS NOT NULL AND c.mode = ANY(%(modes)s)
GROUP BY 1
"""

_LATEST = """
SELECT placed_at, answered_at, bridged_at, ended_at, wrap_up_ended_at, result, phone_kind, agent_id, mode
FROM calls_call
WHERE campaign_id = %(campaign)s AND claimed_at > %(since)s AND placed_at IS NOT NULL AND ended_at IS NOT NULL
ORDER BY claimed_at DESC LIMIT %(limit)s
"""


async def recall(floor: Floor, campaign: Campaign) -> None:
    """Fills `campaign.observed`, as if the floor had been there."""
    facts: dict[str, Any] = {
        "campaign": campaign.id,
        "since": floor.now - A_DAY,
        "modes": list(AUTOMATIC),
        "limit": LEARNED_FROM,
    }
    for row in await floor.db.fetch(_COUNTS, facts):
        minute = campaign.observed.minute(row["minute"])
        for name in ("launched", "finished", "connected", "machine", "abandoned"):
            setattr(minute, name, getattr(minute, name) + row[name])
    for row in reversed(await floor.db.fetch(_LATEST, facts)):
        _learn(floor, campaign, row)


def _learn(floor: Floor, campaign: Campaign, row: dict[str, Any]) -> None:
    news, agent = campaign.observed.news, row["agent_id"] or 0

    def instant(at: Any) -> float:
        return floor.clock.monotonic() - float((floor.now - at) / timedelta(seconds=1))

    def seconds(start: Any, end: Any) -> float:
        return max(0.0, float((end - start) / timedelta(seconds=1)))

    if row["bridged_at"] is not None:
        news.talks.append(Spell(instant(row["ended_at"]), seconds(row["bridged_at"], row["ended_at"]), agent))
    if row["wrap_up_ended_at"] is not None:
        at = row["wrap_up_ended_at"]
        news.wrap_ups.append(Spell(instant(at), seconds(row["ended_at"], at), agent))
    if row["mode"] not in AUTOMATIC:
        return
    end = row["ended_at"] if row["answered_at"] is None else row["answered_at"]
    kinds = {"connected": "person", "abandoned": "person", "machine": "machine", "no_answer": "no_answer"}
    result = kinds.get(row["result"]) or ("failed" if row["result"] in FAILED else None)
    if result is not None:
        news.outcomes.append(
            Outcome(instant(end), result, seconds(row["placed_at"], end), row["phone_kind"])  # type: ignore[arg-type]
        )
