"""The sockets' words. Types cross to TypeScript through openapi.json; both desktops and the floor are held to them.

Server to client: a snapshot of the whole state with a number, then numbered updates, each replacing some of its
top-level keys.
Client to server: commands with an id, each answered by one ack or one refusal. Times are ISO 8601 in UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

AgentStateCode = Literal["offline", "ready", "preview", "dialing", "ringing", "talking", "hold", "wrap_up", "paused"]
LegState = Literal["none", "awaiting_registration", "calling", "up", "lost", "failed"]
DeviceKind = Literal["browser", "sip", "number"]
ModeCode = Literal["manual", "preview", "progressive", "power", "predictive"]
CallStateCode = Literal[
    "claimed", "placing", "ringing", "screening", "waiting", "talking", "held", "orphaned", "closing", "ended"
]


class Wire(BaseModel):
    """Anything on the socket: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


# ── What an agent sees ───────────────────────────────────────────────────────


class Phone(Wire):
    """One number of the contact; `refused` says why it may not be dialed (code of the reason), where it may not."""

    kind: Literal["phone", "mobile", "office", "fax"]
    e164: str
    refused: str | None = None


class Record(Wire):
    """The contact on the screen, whole: nothing has to be fetched before the first word."""

    contact_id: int
    civility: str
    first_name: str
    last_name: str
    company: str
    address: str
    address2: str
    postal_code: str
    city: str
    country: str
    client_code: str
    email: str
    custom: dict[str, Any]
    phones: list[Phone]
    answers: dict[str, Any]
    """Answers to this campaign's script by question key."""
    note: str
    """The note of this call so far."""
    queue_entry_id: int | None
    attempts: int
    callback_note: str | None
    """Where this call keeps a promise: what was noted then."""


class CallView(Wire):
    """The agent's call. `recording` is whether it is being recorded now."""

    id: UUID
    state: CallStateCode
    e164: str
    phone_kind: str
    presented: str
    mode: ModeCode
    claimed_at: datetime
    ringing_at: datetime | None
    answered_at: datetime | None
    bridged_at: datetime | None
    ended_at: datetime | None
    result: str | None
    hung_up_by: str | None
    muted: bool
    held: bool
    recording: bool
    disposition_id: int | None
    monitored: Literal["", "listen", "whisper", "barge"] = ""
    """Never shown to the agent unless the installation's settings say that listening is announced live."""


class StateView(Wire):
    """State, since when, and until when where it is timed (wrap-up)."""

    code: AgentStateCode
    since: datetime
    until: datetime | None = None
    extensions_left: int = 0
    pause_reason_id: int | None = None
    next: Literal["", "pause", "sign_out", "campaign"] = ""
    """What was asked for after this call."""
    next_pause_reason_id: int | None = None


class CampaignView(Wire):
    """A campaign that the agent may work on. `version` changes when its desk data must be fetched again."""

    id: int
    name: str
    mode: ModeCode
    status: Literal["draft", "open", "stopped", "archived"]
    version: int
    waiting: int
    """Entries callable now or later."""
    idle_reason: str | None = None
    """Why nothing is dialed, as a code: no_entries, outside_hours, no_trunk, trunk_full, not_open, all_later…"""
    idle_until: datetime | None = None


class Credentials(Wire):
    """One-session SIP account of the browser; `socket_path` is below the page's own origin."""

    uri: str
    username: str
    password: str
    socket_path: str


class SessionView(Wire):
    """The agent's sign-in on the floor.

    `credentials` only goes to the browser that has just signed in or reattached.
    """

    id: int
    device: DeviceKind
    number: str
    started_at: datetime
    leg: LegState
    leg_error: str | None = None
    credentials: Credentials | None = None


class CallbackView(Wire):
    """A promise due soon or late."""

    id: int
    contact_id: int
    campaign_id: int
    contact_name: str
    due_at: datetime
    note: str


class OwnFigures(Wire):
    """Today's own counts and sums of seconds."""

    calls: int = 0
    reached: int = 0
    pitched: int = 0
    positive: int = 0
    appointments: int = 0
    talk_s: float = 0
    wrap_up_s: float = 0
    pause_s: float = 0
    idle_s: float = 0
    signed_in_s: float = 0


class AgentDesktop(Wire):
    """All that the agent's page shows and that moves. `session` None: not signed in on the floor."""

    now: datetime
    user_id: int
    name: str
    session: SessionView | None
    state: StateView
    campaign: CampaignView | None
    campaigns: list[CampaignView]
    record: Record | None
    call: CallView | None
    callbacks: list[CallbackView]
    figures: OwnFigures
    telephony: Literal["ok", "down"]


# ── What a supervisor sees ───────────────────────────────────────────────────


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


class CallRow(Wire):
    """One live call."""

    id: UUID
    campaign_id: int | None
    agent_id: int | None
    state: CallStateCode
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


# ── Envelopes ────────────────────────────────────────────────────────────────


class ErrorView(Wire):
    """A refusal: code, one sentence in the user's language, facts."""

    code: str
    message: str
    facts: dict[str, str] = {}


class AgentSnapshot(Wire):
    """First message, and again whenever the server thinks it simpler."""

    type: Literal["snapshot"] = "snapshot"
    seq: int
    state: AgentDesktop


class SupervisorSnapshot(Wire):
    """The same for a supervisor."""

    type: Literal["snapshot"] = "snapshot"
    seq: int
    state: SupervisorDesktop


class Update(Wire):
    """Top-level keys of the state, each replaced whole; `seq` is the last one plus one."""

    type: Literal["update"] = "update"
    seq: int
    changes: dict[str, Any]


class Ack(Wire):
    """The command was done; what it wrote is committed."""

    type: Literal["ack"] = "ack"
    id: int
    result: dict[str, Any] | None = None


class Refused(Wire):
    """The command was not done."""

    type: Literal["refused"] = "refused"
    id: int
    error: ErrorView


class Notice(Wire):
    """Something the person should know that no command of his caused."""

    type: Literal["notice"] = "notice"
    level: Literal["info", "warning", "error"]
    code: str
    message: str


class Bye(Wire):
    """The server closes; only `restarting` is followed by a reconnection without being asked."""

    type: Literal["bye"] = "bye"
    code: Literal["signed_in_elsewhere", "signed_out", "session_expired", "restarting"]
    message: str


class Command(Wire):
    """`args` is one of the classes below, by `name`."""

    type: Literal["command"] = "command"
    id: int
    name: str
    args: dict[str, Any] = {}


# ── Commands of agents: name → arguments ─────────────────────────────────────


class NoArgs(Wire):
    """Nothing to say."""


class SignIn(Wire):
    """Open a session on the floor. `number`, in any French form, is the telephone to ring where the device is one."""

    device: DeviceKind = "browser"
    number: str = ""
    take_over: bool = False
    """Take the session from another window of the same user."""


class SetMuted(Wire):
    """The agent's own microphone; `held` likewise puts the contact on music."""

    on: bool


class Pause(Wire):
    """Now where idle, else after this call."""

    reason_id: int


class SelectCampaign(Wire):
    """Work on this one from now (or after this call)."""

    campaign_id: int


class Dial(Wire):
    """Manual call: a contact's number of that kind, or a number typed by hand (`e164` in any French form)."""

    contact_id: int | None = None
    phone_kind: Literal["phone", "mobile", "office"] | None = None
    number: str = ""


class OpenRecord(Wire):
    """Show a contact's record without calling (while idle, paused or in wrap-up)."""

    contact_id: int


class Skip(Wire):
    """Leave the offered record; the reason is kept."""

    reason: str
    later_s: int = 3600


class Keys(Wire):
    """DTMF: 0-9 * # A-D."""

    digits: str


class Dispose(Wire):
    """Give the outcome (again: changes it, until the wrap-up is over). `callback_at` where its effect is a callback."""

    disposition_id: int
    callback_at: datetime | None = None
    callback_mine: bool = True
    callback_note: str = ""


class ScheduleCallback(Wire):
    """A promise without ending the call."""

    at: datetime
    mine: bool = True
    note: str = ""


class SetRecording(Wire):
    """Start or stop recording this call, where the campaign allows it."""

    on: bool


AGENT_COMMANDS: dict[str, type[Wire]] = {
    "sign_in": SignIn,
    "reattach": NoArgs,  # fresh credentials for a reloaded page: the leg is called again, the call waits on music
    "sign_out": NoArgs,
    "softphone_ready": NoArgs,  # the browser is registered: call its leg
    "ready": NoArgs,
    "pause": Pause,
    "cancel_next": NoArgs,  # forget the pause, change or sign-out asked for after this call
    "select_campaign": SelectCampaign,
    "dial": Dial,
    "call_offered": NoArgs,
    "skip_offered": Skip,
    "open_record": OpenRecord,
    "close_record": NoArgs,
    "hang_up": NoArgs,
    "mute": SetMuted,
    "hold": SetMuted,
    "keys": Keys,
    "next_number": NoArgs,  # after a failed attempt or a talk: the contact's next number
    "dispose": Dispose,
    "schedule_callback": ScheduleCallback,
    "record": SetRecording,
    "extend_wrap_up": NoArgs,
    "end_wrap_up": NoArgs,  # needs a disposition where the call reached somebody
}


# ── Commands of supervisors ──────────────────────────────────────────────────


class Monitor(Wire):
    """Listen (microphone closed), whisper (the agent alone hears), barge in (both hear); modes change without a gap."""

    user_id: int
    mode: Literal["listen", "whisper", "barge"]


class OnAgent(Wire):
    """An action on one agent."""

    user_id: int


class PauseAgent(Wire):
    """Pause an agent (after the call, if he is in one)."""

    user_id: int
    reason_id: int


class TestCall(Wire):
    """Ring a number through a trunk, play a sentence to it; progress comes as notices, the end as the result."""

    trunk_id: int
    number: str


class OnCampaign(Wire):
    """Open or stop are REST; this makes the floor look at it at once."""

    campaign_id: int


SUPERVISOR_COMMANDS: dict[str, type[Wire]] = {
    "softphone": NoArgs,  # credentials for the supervisor's own line
    "softphone_ready": NoArgs,
    "monitor": Monitor,
    "stop_monitoring": NoArgs,
    "pause_agent": PauseAgent,
    "sign_out_agent": OnAgent,
    "hang_up_agent": OnAgent,
    "test_call": TestCall,
    "refresh_campaign": OnCampaign,
}
