"""What the machine asks for. The floor carries effects out in order, call by call, and never waits for a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from decroche.calls.results import Result

AGENT_WAIT_S = 2.0
"""How long a contact who picked up may wait for an agent before the call is abandoned."""
RETURN_WAIT_S = 15.0
"""How long a contact waits on music for an agent whose line was lost."""


class Timer(StrEnum):
    """Delays that a call may be running; each comes back as an event."""

    AGENT_WAIT = "agent_wait"
    RETURN_WAIT = "return_wait"


class Message(StrEnum):
    """Last words played before we hang up. `missed` promises to call back, `goodbye` does not."""

    ABANDONED = "abandoned"
    APOLOGY = "apology"
    MACHINE = "machine"
    MISSED = "missed"
    GOODBYE = "goodbye"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to do."""


@dataclass(frozen=True, slots=True)
class Bridge(Effect):
    """Join the contact with his agent (music, if any, stops)."""


@dataclass(frozen=True, slots=True)
class Park(Effect):
    """Take the contact away from his agent, on music."""


@dataclass(frozen=True, slots=True)
class Screen(Effect):
    """Look for an answering machine."""


@dataclass(frozen=True, slots=True)
class AwaitSilence(Effect):
    """Let the machine's greeting end, then report it: what comes next is recorded."""


@dataclass(frozen=True, slots=True)
class PlayMessage(Effect):
    """Play it to the contact, then report that it is over."""

    message: Message


@dataclass(frozen=True, slots=True)
class PickUp(Effect):
    """Answer the contact who calls us."""


@dataclass(frozen=True, slots=True)
class Welcome(Effect):
    """Say that somebody is being looked for, then music."""


@dataclass(frozen=True, slots=True)
class Hangup(Effect):
    """Hang the contact's channel up."""


@dataclass(frozen=True, slots=True)
class StartTimer(Effect):
    """Come back with the timer's event in `seconds`."""

    timer: Timer
    seconds: float


@dataclass(frozen=True, slots=True)
class StopTimer(Effect):
    """Forget the timer."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class Conclude(Effect):
    """The call is over: settle its place in the queue, free its agent. Once in a life."""

    result: Result
