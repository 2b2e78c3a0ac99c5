"""Calls and their outcomes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime

from decroche.calls.schemas import DirectionCode, ResultCode
from decroche.common.pagination import Page
from decroche.dispositions.schemas import Effect, Tone
from decroche.integrations.v1.schemas.base import Filters, IdFilter


class Outcome(Schema):
    """What the agent said of the call."""

    id: int
    label: str
    tone: Tone
    reached: bool
    pitched: bool
    effect: Effect


class Call(Schema):
    """One attempt that is over. Durations in seconds; null where it did not get there."""

    id: UUID
    campaign_id: int | None
    contact_id: int | None
    client_code: str | None
    entry_id: int | None
    agent_id: int | None
    agent_name: str | None
    mode: str
    direction: DirectionCode
    """Inbound: the contact called `presented`."""
    e164: str
    """Empty where the caller hid it."""
    presented: str
    result: ResultCode | None
    claimed_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    ring_s: float | None
    talk_s: float | None
    hold_s: float
    outcome: Outcome | None
    outcome_at: datetime | None


class CallPage(Page[Call]):
    """The oldest first."""


class CallFilters(Filters):
    """All that is given must hold. `since` included, `until` excluded."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    campaign_id: IdFilter | None = None
    contact_id: IdFilter | None = None
