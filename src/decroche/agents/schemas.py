"""What crosses the API about groups, pause reasons and an agent's day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from decroche.agents.models import AgentGroup
from decroche.common.pagination import Page
from decroche.common.schemas import Body, Color, Label60, Label80, left_out

AgentStateCode = Literal["offline", "ready", "preview", "dialing", "ringing", "talking", "hold", "wrap_up", "paused"]
DeviceKind = Literal["browser", "sip", "number"]


class GroupOut(Schema):
    """Agents who are assigned together."""

    id: int
    name: str
    member_ids: list[int]

    @staticmethod
    def resolve_member_ids(group: AgentGroup) -> list[int]:
        return sorted(member.pk for member in group.members.all())


class GroupIn(Body):
    """A new group."""

    name: Label80
    member_ids: list[int] = []


class GroupPatch(Body):
    """Any subset; `member_ids` is the whole list."""

    name: Label80 = left_out()
    member_ids: list[int] = left_out()


class PauseReasonOut(Schema):
    """A kind of pause; inactive ones stay for the statistics."""

    id: int
    label: str
    color: Color
    paid: bool
    position: int
    active: bool


class PauseReasonIn(Body):
    """A new kind of pause."""

    label: Label60
    color: Color = "gray"
    paid: bool = True
    position: int = 0
    active: bool = True


class PauseReasonPatch(Body):
    """Any subset."""

    label: Label60 = left_out()
    color: Color = left_out()
    paid: bool = left_out()
    position: int = left_out()
    active: bool = left_out()


class FloorSession(Schema):
    """From sign-in to sign-out."""

    id: int
    device: DeviceKind
    started_at: datetime
    ended_at: datetime | None
    end_reason: str


class StateInterval(Schema):
    """A stretch of time in one state; the open one has no end."""

    id: int
    session_id: int
    state: AgentStateCode
    pause_reason_id: int | None
    campaign_id: int | None
    call_id: UUID | None
    started_at: datetime
    ended_at: datetime | None


class AgentActivity(Schema):
    """A day (Europe/Paris) of one agent, in order; `seconds_by_state` is cut at the day's limits and at now."""

    user_id: int
    name: str
    day: date
    sessions: list[FloorSession]
    intervals: list[StateInterval]
    seconds_by_state: dict[str, float]


class GroupPage(Page[GroupOut]):
    """All the groups."""


class PauseReasonPage(Page[PauseReasonOut]):
    """All the reasons, in order."""
