"""What the floor knows now: agents, calls, campaigns, lines. Plain objects, changed on the event loop only.

Rows follow through the journal; after a crash, `reconcile` makes these objects again from rows and from Asterisk.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from decroche.calls.effects import Timer
from decroche.calls.machine import CallState, Phase
from decroche.calls.rows import CallRow
from decroche.campaigns.candidate import Candidate
from decroche.campaigns.retry import Rule
from decroche.campaigns.showing import Shown
from decroche.campaigns.steering.rule import SteeringRule
from decroche.campaigns.steering.shares import Turns
from decroche.campaigns.territory import Range, Zone
from decroche.compliance.hours import Slot
from decroche.compliance.intent import Audience, CampaignFacts
from decroche.floor.lane import Lane
from decroche.floor.observed import Observed
from decroche.floor.protocol import AgentStateCode, CallbackView, DeviceKind, LegState, OwnFigures, Record
from decroche.pacing import Memory, Why
from decroche.telephony.trunk_config import TrunkConfig

if TYPE_CHECKING:
    from decroche.floor.desks import Desk
    from decroche.floor.permit import Permit
    from decroche.floor.recordings import LiveRecording


POOLED = ("power", "predictive")
AUTOMATIC = ("progressive", *POOLED)
"""Modes in which no person asks for each call."""


@dataclass(slots=True)
class Outcome:
    """A disposition as the floor needs it."""

    id: int
    effect: str
    retry_delay_s: int
    reached: bool


@dataclass(slots=True)
class Tally:
    """A campaign's day so far, and its queue."""

    calls: int = 0
    connected: int = 0
    abandoned: int = 0
    waiting: int = 0
    callable_now: int = 0
    finished: int = 0


class PutOffLately(NamedTuple):
    """An entry that may not be called as the campaign is known here."""

    at: datetime
    entry_id: int


@dataclass(slots=True)
class Campaign:
    """An open, stopped or draft campaign. `assigned`: user → priority of the assignment."""

    id: int
    name: str
    mode: str
    status: str
    audience: Audience
    priority: int
    caller_name: str
    trunk_id: int | None
    slots: tuple[Slot, ...]
    ring_timeout_s: int
    wrap_up: str
    wrap_up_s: int
    wrap_up_extension_s: int
    recording: str
    recording_share: float
    power_ratio: float
    abandon_cap: float
    lines_max: int | None
    amd_enabled: bool
    amd_timing: str
    amd_arguments: str
    """Of AMD(), where the campaign has settings of its own; else empty."""
    amd_check_share: float
    machine_action: str
    announcements: Mapping[str, str]
    """Kind → id of the sound."""
    disposition_hangs_up: bool
    max_attempts: int
    presented: tuple[Shown, ...]
    rules: Mapping[str, Rule]
    outcomes: Mapping[int, Outcome]
    assigned: Mapping[int, int]
    version: int
    facts: CampaignFacts = field(default_factory=CampaignFacts)
    """What the rules ask of it."""
    territory: str = ""
    """Where it calls now, in a few words; empty: everywhere."""
    ranges: tuple[Range, ...] = ()
    """The same in postal codes."""
    zones: tuple[Zone, ...] = ()
    order: str = ""
    """In which order it calls, in a few words; empty: the usual one."""
    filter: str = ""
    """Whom it is restricted to, in a few words; empty: everybody."""
    rule: SteeringRule | None = None
    """Order, filter, lists and territory as the claim has them; None: a territory at most."""
    turns: Turns = field(default_factory=Turns)
    tally: Tally = field(default_factory=Tally)
    memory: Memory = field(default_factory=Memory)
    idle_reason: str | None = None
    idle_until: datetime | None = None
    wake_at: datetime | None = None
    """When to look again; sooner than `idle_until` where only some contacts may be called before."""
    counting: bool = False
    claiming: bool = False
    """Entries of its queue are being claimed: one transaction at a time."""
    why: Why | None = None
    """The last decision's reasons."""
    in_flight: int = 0
    """Calls of its own, in the air or waiting, that no agent has yet."""
    observed: Observed = field(default_factory=Observed)
    news: int = 0
    """Grows when entries come (back) to its queue."""
    put_off: deque[PutOffLately] = field(default_factory=deque)
    """Whom the rules have just sent away, oldest first: see `Campaigns.load`."""

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def screens_first(self) -> bool:
        """An agent is only needed once the contact is known to be a person."""
        return self.amd_enabled and self.amd_timing == "before"

    @property
    def is_pooled(self) -> bool:
        """Its calls are nobody's until a person answers."""
        return self.mode in POOLED

    def has_work(self, now: datetime) -> bool:
        return self.is_open and (self.idle_reason is None or (self.wake_at is not None and now >= self.wake_at))

    def sleep(self, reason: str, until: datetime | None, *, wake_at: datetime | None = None) -> None:
        """Nothing to dial, for this reason, until then as far as one can say."""
        self.idle_reason, self.idle_until, self.wake_at = reason, until, wake_at or until

    def awake(self) -> None:
        self.idle_reason = self.idle_until = self.wake_at = None


@dataclass(slots=True)
class Trunk:
    """A line at a carrier. `holders`: what occupies its channels now."""

    config: TrunkConfig
    name: str
    enabled: bool
    registration: str = "unknown"
    holders: set[str] = field(default_factory=set)
    tokens: float = 1.0
    tokens_at: float = 0.0

    @property
    def is_usable(self) -> bool:
        return self.enabled and self.registration not in ("rejected", "unreachable")


@dataclass(slots=True)
class Session:
    """An agent's sign-in. `endpoint` is the id that its SIP objects are pushed under (an `Account`)."""

    id: int
    device: DeviceKind
    number: str
    started_at: datetime
    endpoint: str = ""
    secret: str = ""
    loads: int = 0
    load_failures: int = 0
    loading: asyncio.Lock = field(default_factory=asyncio.Lock)
    leg: LegState = "none"
    leg_error: str | None = None
    leg_channel: str = ""
    legs_called: int = 0
    leg_failures: int = 0
    contact_uri: str = ""
    registered: bool = False
    show_credentials_to: Desk | None = None

    @property
    def bridge_id(self) -> str:
        return f"agent-{self.id}"


@dataclass(slots=True)
class Offer:
    """A record shown before its call: claimed under `claim`, which becomes the call's id."""

    claim: UUID
    campaign: Campaign
    candidate: Candidate


@dataclass(slots=True)
class Agent:
    """A user whose desktop is open, or who has a session."""

    user_id: int
    name: str
    language: str
    lane: Lane
    session: Session | None = None
    state: AgentStateCode = "offline"
    since: datetime | None = None
    until: datetime | None = None
    extensions_left: int = 0
    pause_reason_id: int | None = None
    next: str = ""
    next_pause_reason_id: int | None = None
    next_campaign_id: int | None = None
    stays_until: datetime | None = None
    """He asked to leave, and stays for the calls in the air: until then at most."""
    resume_paused: bool = False
    """Back to the pause after this call: it was dialed by hand from a pause."""
    outcome_missing: bool = False
    campaign: Campaign | None = None
    selected_campaign_id: int | None = None
    record: Record | None = None
    call: LiveCall | None = None
    offer: Offer | None = None
    launching: bool = False
    timer: asyncio.TimerHandle | None = None
    gone_timer: asyncio.TimerHandle | None = None
    callbacks: list[CallbackView] = field(default_factory=list)
    callbacks_stale: bool = False
    promises_rest_until: datetime | None = None
    """A promise of his is due and could not be claimed just now: his other work goes on until then."""
    figures: OwnFigures = field(default_factory=OwnFigures)
    desks: list[Desk] = field(default_factory=list)
    owner: Desk | None = None
    """The window that the session belongs to; None while it is away."""

    @property
    def leg_up(self) -> bool:
        return self.session is not None and self.session.leg == "up"

    @property
    def can_take_call(self) -> bool:
        """Ready, in front of the screen, line up, and nothing under way for him."""
        return (
            self.state == "ready"
            and not self.launching
            and (self.next == "" or self.stays_until is not None)
            and self.leg_up
            and self.owner is not None
            and self.call is None
        )


@dataclass(slots=True)
class LiveCall:
    """A call from its claim to its settlement (the end of the wrap-up, where there is one)."""

    row: CallRow
    state: CallState
    since: datetime
    campaign: Campaign
    candidate: Candidate
    lane: Lane
    position: int
    agent: Agent | None = None
    permit: Permit | None = None
    """The judge's yes; None for a call that another floor dialed."""
    settles_alone: bool = True
    """Settled at its end; else when its agent leaves the wrap-up."""
    settled: bool = False
    flies: bool = False
    """Counted in its campaign's `in_flight`."""
    counted_person: bool = False
    """Counted among the calls answered by a person: what the cap on abandoned calls divides by."""
    hidden_release: bool = False
    """Never placed through no fault of the contact: back to the queue uncounted."""
    timers: dict[Timer, asyncio.TimerHandle] = field(default_factory=dict)
    on_music: bool = False
    welcomed: bool = False
    """The words of welcome are being said to him."""
    muted: bool = False
    held_since: datetime | None = None
    outcome: Outcome | None = None
    recording: LiveRecording | None = None
    recording_refused: bool = False
    """The person objected; kept in the call's row."""

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def channel_id(self) -> str:
        return self.row.channel or f"call-{self.row.id}"

    @property
    def phase(self) -> Phase:
        return self.state.phase

    @property
    def is_over(self) -> bool:
        return self.state.phase is Phase.ENDED


@dataclass(slots=True)
class World:
    """Everything, by identifier."""

    agents: dict[int, Agent] = field(default_factory=dict)
    calls: dict[UUID, LiveCall] = field(default_factory=dict)
    campaigns: dict[int, Campaign] = field(default_factory=dict)
    trunks: dict[int, Trunk] = field(default_factory=dict)
    pause_reasons: set[int] = field(default_factory=set)
    settings: dict[str, Any] = field(default_factory=dict)
    telephony_up: bool = False

    def sessions(self) -> list[Agent]:
        return [agent for agent in self.agents.values() if agent.session is not None]

    def agent_of_session(self, session_id: int) -> Agent | None:
        return next((a for a in self.agents.values() if a.session is not None and a.session.id == session_id), None)

    def live_claims(self) -> list[UUID]:
        claims = [call.id for call in self.calls.values() if not call.settled]
        return claims + [agent.offer.claim for agent in self.agents.values() if agent.offer is not None]
