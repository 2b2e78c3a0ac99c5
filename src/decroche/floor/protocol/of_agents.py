"""Commands of agents: name → arguments."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from decroche.floor.protocol.wire import DeviceKind, Wire


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
    """Manual call: a contact's number of that kind, or a number typed by hand (`e164` in any French form).

    `override_reason`: why a supervisor calls although the campaign's own hours forbid it; agents may not.
    """

    contact_id: int | None = None
    phone_kind: Literal["phone", "mobile", "office"] | None = None
    number: str = ""
    override_reason: str = Field(default="", max_length=300)


class OpenRecord(Wire):
    """Show a contact without calling (while idle, paused or in wrap-up)."""

    contact_id: int


class Skip(Wire):
    """Leave the offered contact; the reason is kept."""

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
    "pause_recording": NoArgs,  # bank data is being said: silence is kept instead, for a while
    "resume_recording": NoArgs,
    "object_to_recording": NoArgs,  # the person objects: stopped, deleted, never again in this call
    "extend_wrap_up": NoArgs,
    "end_wrap_up": NoArgs,  # needs a disposition where the call reached somebody
}
