"""What a floor really observes of one campaign at one instant. Frozen; instants are seconds of its monotonic clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["manual", "preview", "progressive"]


@dataclass(frozen=True, slots=True)
class ReadyAgent:
    """An agent whom a call may be placed for. `wait_s`: since when he waits."""

    user_id: int
    wait_s: float
    leaving: bool = False
    """Has asked for a pause, another campaign or to sign out."""


@dataclass(frozen=True, slots=True)
class BusyAgent:
    """An agent in talk or wrap-up on this campaign, and for how long."""

    user_id: int
    state: Literal["talking", "wrap_up"]
    elapsed_s: float
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call in flight, not answered yet."""

    elapsed_s: float
    phone_kind: str = ""
    for_user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Attempts over a window."""

    launched: int = 0
    finished: int = 0
    connected: int = 0
    machine: int = 0
    abandoned: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How many more calls the lines take now; None where nothing limits."""

    channels_left: int | None = None
    launches_left: int | None = None
    """Within the carriers' calls per second, now."""
    entries_left: int | None = None
    """Known number of callable entries."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One campaign now. The mode is part of it: a change takes effect at the next decision."""

    now: float
    mode: Mode
    is_open: bool
    ready: tuple[ReadyAgent, ...] = ()
    busy: tuple[BusyAgent, ...] = ()
    paused: int = 0
    ringing: tuple[Ringing, ...] = ()
    waiting_s: tuple[float, ...] = ()
    """How long each contact who picked up has been waiting for an agent."""
    today: Counts = field(default_factory=Counts)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Memory:
    """What one decision hands to the next. Progressive needs none."""

    decisions: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """Why so many: kept with each call that it launched."""

    rule: str
    ready: int
    in_flight: int
    limit: str = ""
    """What held the number down, where something did."""

    def facts(self) -> dict[str, object]:
        """For the call's row."""
        return {"rule": self.rule, "ready": self.ready, "in_flight": self.in_flight, "limit": self.limit}


@dataclass(frozen=True, slots=True)
class Decision:
    """Place `n` calls now."""

    n: int
    memory: Memory
    why: Why
