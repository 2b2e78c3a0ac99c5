"""What a supervisor sees."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from decroche.floor.protocol.agent_views import OwnFigures, SessionView
from decroche.floor.protocol.wire import (
    AgentStateCode,
    CallStateCode,
    DeviceKind,
    DirectionCode,
    LegState,
    ModeCode,
    Wire,
)


class AgentRow(Wire):
    """One agent on the live floor."""

    user_id: int
    name: str
    session_id: int
    device: DeviceKind
    leg: LegState
    state: AgentStateCode
    since: datetime
    pause_reason_id: int | None
    campaign_id: int | None
    call_id: UUID | None
    callee: str
    """Contact's name, or the company, or the number."""
    e164: str
    contact_id: int | None
    monitored_by: str
    figures: OwnFigures


class PacingView(Wire):
    """How a campaign that dials by itself is being paced now, and what came of it. Shares are fractions of 1."""

    lines: int
    """Lines in use: dialing, ringing, waiting, talking."""
    ringing: int
    """Calls in flight, not picked up yet."""
    waiting: int
    """Persons who picked up and have no agent yet."""
    level: float | None
    """Lines per agent signed in."""
    limit: str
    """What holds the number of calls down now, as a code; empty: nothing."""
    expected_free: float | None
    expected_answers: float | None
    expected_abandoned: float | None
    allowance: float | None
    """Abandonments that the cap still allows."""
    switched_off: bool
    """The kill switch is on: too many were abandoned, one call per ready agent until it clears."""
    cap: float
    answered_today: int
    """By a person, those abandoned included."""
    abandoned_today: int
    answered_24h: int
    abandoned_24h: int
    machines_today: int
    utilisation: float | None
    """Talk and wrap-up ÷ time signed in (pauses aside), over the last hour."""
    wait_s: float | None
    """Mean wait of an agent between two talks, over the last hour."""
    answer_delay_ms: float | None
    """Median from the answer to the agent's line, over the last 200 answers."""
    answer_delay_p95_ms: float | None


class CampaignRow(Wire):
    """One open campaign on the live floor."""

    id: int
    name: str
    mode: ModeCode
    status: Literal["draft", "open", "stopped", "archived"]
    agents: int
    ready: int
    talking: int
    dialing: int
    ringing: int
    waiting_entries: int
    callable_now: int
    finished_entries: int
    calls_today: int
    connected_today: int
    abandoned_today: int
    idle_reason: str | None
    idle_until: datetime | None
    pacing: PacingView | None
    """None where calls are launched by hand."""
    territory: str
    """Where it calls now, in a few words; empty: everywhere."""
    order: str
    """In which order, in a few words; empty: the usual one."""
    filter: str
    """Whom it is restricted to, in a few words; empty: everybody."""


class CallRow(Wire):
    """One live call."""

    id: UUID
    campaign_id: int | None
    agent_id: int | None
    state: CallStateCode
    direction: DirectionCode
    since: datetime
    e164: str
    callee: str


class TrunkRow(Wire):
    """One trunk now."""

    id: int
    name: str
    registration: Literal["registered", "rejected", "unreachable", "unregistered", "not_used", "unknown"]
    calls: int
    channel_limit: int


class Monitoring(Wire):
    """What this supervisor listens to, and the leg of his own browser."""

    user_id: int
    mode: Literal["listen", "whisper", "barge"]
    leg: LegState


class SupervisorDesktop(Wire):
    """The live floor."""

    now: datetime
    agents: list[AgentRow]
    campaigns: list[CampaignRow]
    calls: list[CallRow]
    trunks: list[TrunkRow]
    monitoring: Monitoring | None
    softphone: SessionView | None
    """The supervisor's own line for listening, once asked for."""
    telephony: Literal["ok", "down"]
