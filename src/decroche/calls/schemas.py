"""What crosses the API about calls. Durations in seconds, None where the call did not get there."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime

from decroche.campaigns.codes import ModeCode
from decroche.common.pagination import Limit, Page
from decroche.dispositions.schemas import Tone

CallStateCode = Literal[
    "claimed", "placing", "ringing", "screening", "waiting", "talking", "held", "orphaned", "closing", "ended"
]
ResultCode = Literal[
    "connected",
    "abandoned",
    "no_answer",
    "busy",
    "rejected",
    "unallocated",
    "congestion",
    "machine",
    "cancelled",
    "failed",
    "missed",
]
DirectionCode = Literal["outbound", "inbound"]
RecordingStatus = Literal["recording", "mixing", "ready", "missing", "deleted"]


class RecordingOut(Schema):
    """`ready` can be played at /api/calls/{call}/recording?recording_id=…"""

    id: UUID
    status: RecordingStatus
    started_at: datetime
    duration_s: float | None
    size_bytes: int | None
    deleted_for: Literal["", "objection"]
    """Why it was deleted, where it was not for its age."""


class CallItem(Schema):
    """A line of the log."""

    id: UUID
    campaign_id: int | None
    campaign_name: str | None
    contact_id: int | None
    contact_name: str | None
    agent_id: int | None
    agent_name: str | None
    mode: ModeCode
    direction: DirectionCode
    """Inbound: the contact called `presented`."""
    e164: str
    """Empty where the caller hid it."""
    phone_kind: str
    presented: str
    state: CallStateCode
    result: ResultCode | None
    claimed_at: datetime
    placed_at: datetime | None
    ringing_at: datetime | None
    answered_at: datetime | None
    bridged_at: datetime | None
    ended_at: datetime | None
    ring_s: float | None
    """Placed to answered, or to the end."""
    silence_s: float | None
    """Answered to bridged with the agent."""
    talk_s: float | None
    hold_s: float
    wrap_up_s: float | None
    disposition_id: int | None
    disposition_label: str | None
    disposition_color: str | None
    hung_up_by: str
    cut: bool
    recording: RecordingOut | None


class CallEventOut(Schema):
    """A transition of the call."""

    id: int
    at: datetime
    old: str
    new: str
    trigger: str
    detail: dict[str, Any]


class CallNote(Schema):
    """What an agent wrote about the contact in this call."""

    author_name: str | None
    text: str
    updated_at: datetime


class Listening(Schema):
    """Somebody heard a recording of the call, or took it away as a file."""

    recording_id: UUID
    at: datetime
    by_name: str
    download: bool


class CallDetail(CallItem):
    """A call with its events and recordings in order. `cause` is Q.850, `sip_code` SIP's own."""

    trunk_id: int | None
    trunk_name: str | None
    cause: int | None
    sip_code: int | None
    why: dict[str, Any]
    events: list[CallEventOut]
    recordings: list[RecordingOut]
    recording_refused_at: datetime | None
    """The person objected to being recorded."""
    listenings: list[Listening] | None
    """The latest first; None: only administrators see who listened."""
    notes: list[CallNote]


class CallFilters(Schema):
    """All that is given must hold. `since` included, `until` excluded; `number`: a fragment in any French form."""

    campaign_id: int | None = None
    agent_id: int | None = None
    contact_id: int | None = None
    result: list[ResultCode] | None = None
    disposition_id: int | None = None
    mode: ModeCode | None = None
    direction: DirectionCode | None = None
    number: str | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    has_recording: bool | None = None
    reached: bool | None = None
    pitched: bool | None = None
    tone: Tone | None = None
    live: bool | None = None
    """True: not ended yet; False: ended."""


class CallListFilters(CallFilters):
    """A page of the log, latest first."""

    cursor: str = ""
    limit: Limit = 50


class CallPage(Page[CallItem]):
    """Calls, the latest first; never counted."""
