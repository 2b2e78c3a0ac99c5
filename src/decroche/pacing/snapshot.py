"""What a floor really observes of one campaign at one instant. Frozen; instants are seconds of its monotonic clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from decroche.pacing.memory import Memory

Mode = Literal["manual", "preview", "progressive", "power", "predictive"]
Result = Literal["person", "machine", "failed", "no_answer"]


@dataclass(frozen=True, slots=True)
class ReadyAgent:
    """An agent whom a call may be placed for. `wait_s`: since when he waits."""

    user_id: int
    wait_s: float
    leaving: bool = False
    """Has asked for a pause, another campaign or to sign out."""
    kept_back: bool = False
    """Kept for a callback that is due: takes no call of the campaign's queue."""


@dataclass(frozen=True, slots=True)
class BusyAgent:
    """An agent in talk or wrap-up on this campaign, and for how long. `user_id` 0: unknown."""

    user_id: int
    state: Literal["talking", "wrap_up"]
    elapsed_s: float
    leaving: bool = False
    kept_back: bool = False
    wrap_left_s: float | None = None
    """Seconds left of a timed wrap-up, or its whole length while he still talks; None where he ends it himself."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call in flight that no agent is needed for yet. `elapsed_s`: since its launch."""

    elapsed_s: float
    phone_kind: str = ""
    for_user_id: int | None = None
    """One agent's own (a callback, a click): neither his line nor his answer counts for the others."""
    rings: bool = False
    """The far end is known to ring: it can no longer fail at once."""
    screening_s: float | None = None
    """Picked up so long ago, and being told person from machine (AMD); None: not picked up."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Attempts over a window. `connected`: answered by a person, abandoned ones included: what the cap divides by."""

    launched: int = 0
    finished: int = 0
    connected: int = 0
    machine: int = 0
    abandoned: int = 0


@dataclass(frozen=True, slots=True)
class Spell:
    """A talk or a wrap-up that has ended, at instant `at`."""

    at: float
    seconds: float
    user_id: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt, known at instant `at`.

    `person`: an agent was needed, whoever spoke; `seconds` from the launch to that need. Else from the launch to the
    release of the line. With AMD off every pick-up is a `person` here: nobody knows better when it matters.
    """

    at: float
    result: Result
    seconds: float
    phone_kind: str = ""
    screened_s: float = 0.0
    """The part of `seconds` after the pick-up, spent by AMD on telling person from machine."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many more calls the lines take now; None where nothing limits."""

    channels_left: int | None = None
    launches_left: int | None = None
    """Within the carriers' calls per second, now."""
    entries_left: int | None = None
    """Known number of callable entries."""
    lines_cap: int | None = None
    """Most lines of this campaign at once, those in flight included."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the manager has set for the campaign."""

    ratio: float = 1.5
    """Power: lines per ready agent."""
    cap: float = 0.03
    """Most abandoned calls, as a share of those answered by a person."""
    grace_s: float = 2.0
    """How long a person may wait for an agent before the call counts as abandoned."""
    ring_timeout_s: float = 25.0
    amd: bool = True
    """Answered machines are told apart before an agent is needed. False: a `machine` among the outcomes took one."""


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
    day_24h: Counts | None = None
    """The rolling 24 hours, today included; None: unknown, only today's ratio is held."""
    fading: tuple[Counts, ...] = ()
    """The part of `day_24h` before today cut in slices (an hour each, say), oldest first: they leave one by one."""
    last_1_min: Counts | None = None
    last_5_min: Counts | None = None
    last_15_min: Counts | None = None
    talks: tuple[Spell, ...] = ()
    """Talks that ended since the last decision, or a window of recent ones: those already seen are passed over."""
    wrap_ups: tuple[Spell, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    local_hour: float | None = None
    """Hour of the day where the contacts live, 0 to 24."""
    seconds_to_close: float | None = None
    """To the end of the lawful hours; None: no end in sight."""
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Why:
    """Why so many: kept with each call that it launched, and shown live to the manager."""

    rule: str
    ready: int
    in_flight: int
    limit: str = ""
    """What held the number down, where something did."""
    expected_free: float | None = None
    """Agents ready, or free by the time a call launched now is answered."""
    expected_answers: float | None = None
    """Persons expected of the calls in flight, these new ones included."""
    expected_abandoned: float | None = None
    """Abandonments expected of the calls in flight, these new ones included."""
    allowance: float | None = None
    """Abandonments that the cap still allows: cap × answered by a person − abandoned."""
    level: float | None = None
    """Lines in use per agent signed in, these new ones included."""
    switched_off: bool = False
    """The kill switch is on: no more than one call per ready agent until the ratio has come down."""

    def facts(self) -> dict[str, object]:
        """For the call's row and the live screen; what the rule did not look at is left out."""
        facts: dict[str, object] = {
            "rule": self.rule,
            "ready": self.ready,
            "in_flight": self.in_flight,
            "limit": self.limit,
        }
        for name in ("expected_free", "expected_answers", "expected_abandoned", "allowance", "level"):
            value = getattr(self, name)
            if value is not None:
                facts[name] = round(value, 3)
        if self.switched_off:
            facts["switched_off"] = True
        return facts


@dataclass(frozen=True, slots=True)
class Decision:
    """Place `n` calls now."""

    n: int
    memory: Memory
    why: Why
