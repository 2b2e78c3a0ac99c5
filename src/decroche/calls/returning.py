"""Who answers a contact that calls one of our numbers back: pure.

First `campaign_for`: which campaign he belongs to. Then, once his record is known, `answer`: the agent who called him
last, else whoever of the campaign is free, else a wait, else a message and a promise to call back.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Where = Literal["caller", "campaign", "message"]
"""To the campaign that called him; to one campaign, always; to nobody: a message."""
Why = Literal["last_agent", "team", "all_busy", "closed", "nobody", "message_only"]

CALLED_BACK_AFTER = timedelta(minutes=10)
"""Where he may be called at once: somebody may be free by then."""
PROMISED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReturnNumber:
    """What the manager set for a number. `shown_by`: campaigns that show it, those that are open first."""

    where: Where = "caller"
    campaign_id: int | None = None
    wait_s: int = 30
    shown_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """An earlier call of ours to him that showed the number."""

    campaign_id: int
    agent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """The campaign's agents now. `ready`: free ones, in the order in which they would be chosen."""

    in_hours: bool
    signed_in: frozenset[int] = frozenset()
    ready: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`agent_id` takes him now; else he waits `wait_s` for anybody; 0: he hears a message. `why`: for the log."""

    why: Why
    agent_id: int | None = None
    wait_s: int = 0


def campaign_for(number: ReturnNumber, attempts: Sequence[Attempt], known: Container[int]) -> int | None:
    """The campaign that speaks to him; None where no campaign that still exists has to do with this number.

    `attempts`: the latest first. A number for messages only still speaks with the voice of the campaign that called.
    """
    wanted = [number.campaign_id] if number.where == "campaign" and number.campaign_id is not None else []
    wanted += [attempt.campaign_id for attempt in attempts]
    return next((one for one in (*wanted, *number.shown_by) if one in known), None)


def last_agent(attempts: Sequence[Attempt], campaign_id: int) -> int | None:
    """Who called him last for this campaign; a call that no agent had counts for nobody."""
    mine = (a.agent_id for a in attempts if a.campaign_id == campaign_id and a.agent_id is not None)
    return next(mine, None)


def answer(number: ReturnNumber, team: Team, last: int | None) -> Answer:
    """What happens to him at this instant."""
    if number.where == "message":
        return Answer("message_only")
    if not team.in_hours:
        return Answer("closed")
    if not team.signed_in:
        return Answer("nobody")
    if last is not None and last in team.ready:
        return Answer("last_agent", last)
    if team.ready:
        return Answer("team", team.ready[0])
    return Answer("all_busy", wait_s=number.wait_s)


def called_back_at(now: datetime, *, refused: bool, until: datetime | None) -> datetime | None:
    """When a contact whom nobody answered is called back, from what the judge says of a call at `now`.

    None: the rules allow none within a week, so that nothing is promised.
    """
    if not refused:
        return now + CALLED_BACK_AFTER
    return until if until is not None and until <= now + PROMISED_WITHIN else None
