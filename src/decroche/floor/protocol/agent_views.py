"""What an agent sees."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from decroche.floor.protocol.wire import (
    AgentStateCode,
    CallStateCode,
    DeviceKind,
    DirectionCode,
    LegState,
    ModeCode,
    Wire,
)


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
    """The agent's call. `recording` is whether it is being recorded now, a pause for bank data included."""

    id: UUID
    state: CallStateCode
    e164: str
    phone_kind: str
    presented: str
    mode: ModeCode
    direction: DirectionCode
    """Inbound: the contact called `presented`."""
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
    recording_paused: bool = False
    recording_resumes_at: datetime | None = None
    """When a pause ends by itself; None where only the agent ends it (after a restart of the floor)."""
    recording_refused: bool = False
    """The person objected: nothing of this call is or will be recorded."""
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
    callable_now: int
    """Of these, those callable at once: what the live floor and the queue's view say too."""
    idle_reason: str | None = None
    """Why nothing is dialed, as a code: no_entries, territory_done, filter_done, sorting,
    outside_hours, no_trunk, trunk_full, not_open, all_later….
    """
    idle_until: datetime | None = None
    territory: str = ""
    """Where it calls now, in a few words; empty: everywhere."""
    filter: str = ""
    """Whom it calls now, in a few words; empty: everybody."""


class Credentials(Wire):
    """One-session SIP account of the browser; `socket_path` is below the page's own origin."""

    uri: str
    username: str
    password: str
    socket_path: str


class SessionView(Wire):
    """The agent's sign-in on the floor.

    `leg` is `none` while the line's account is being loaded into Asterisk, at sign-in and after `reattach`. Its
    `credentials` come once it is loaded, only to the browser that has just signed in or reattached.
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
