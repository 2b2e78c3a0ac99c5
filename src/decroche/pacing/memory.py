"""What one decision hands to the next: what was learned, and what has been seen already. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from decroche.pacing.answers import AnswerTables, Shapes
from decroche.pacing.durations import Lengths
from decroche.pacing.freeing import FreeTables
from decroche.pacing.rates import Rate

if TYPE_CHECKING:
    from decroche.pacing.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Seen:
    """Up to where a list of observations has been read: its last instant, and what was read of that very instant."""

    until: float = float("-inf")
    there: frozenset[object] = frozenset()


@dataclass(frozen=True, slots=True)
class Spells:
    """Recent lengths, and each agent's own (logarithms, newest last)."""

    recent: tuple[float, ...] = ()
    own: dict[int, tuple[float, ...]] = field(default_factory=dict)
    """Never changed in place."""
    count: int = 0
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class Calls:
    """Ended attempts."""

    answers: tuple[float, ...] = ()
    others: tuple[float, ...] = ()
    failures: tuple[float, ...] = ()
    rate: Rate = field(default_factory=Rate)
    by_kind: dict[str, Rate] = field(default_factory=dict)
    by_hour: dict[int, tuple[float, float]] = field(default_factory=dict)
    hour: int | None = None
    picked_up: tuple[float, float] = (0.0, 0.0)
    """Persons and machines among the pick-ups that AMD has judged."""
    count: int = 0
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class AgentFit:
    """When busy agents are free. `*_paces`: by user id, rounded so that few tables serve many agents."""

    at_count: tuple[int, int]
    grace_s: float
    talk: Lengths
    wrap: Lengths
    talk_paces: dict[int, float]
    wrap_paces: dict[int, float]
    talk_tables: dict[tuple[float, float | None], FreeTables]
    """By pace, and length of the timed wrap-up that follows (None: not timed)."""
    wrap_tables: dict[float, FreeTables]


@dataclass(frozen=True, slots=True)
class AnswerFit:
    """When calls are answered."""

    at_count: int
    shape_at: int
    """The count of calls at which the shape was last fitted."""
    shape: Shapes
    by_kind: dict[str, AnswerTables]
    """"" for all kinds together."""
    doubt: float
    """Standard error of the rate, as a share of it."""
    person_share: float
    """Of pick-ups under screening."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Opaque to the floor: it keeps one per campaign, and hands it back. A new one starts from what is usual."""

    decisions: int = 0
    talks: Spells = field(default_factory=Spells)
    wrap_ups: Spells = field(default_factory=Spells)
    calls: Calls = field(default_factory=Calls)
    agents: AgentFit | None = None
    answers: AnswerFit | None = None
    latched: bool = False
    """The kill switch."""
    theta: float = 0.08
    """The steered threshold: risk that a chance of an answer is worth."""
    told: frozenset[str] = frozenset()
    """The lists of samples that somebody fills; the others are inferred."""
    before: Snapshot | None = None
    """The last snapshot, while something is inferred."""
    connected: int = 0
    """Answered by a person today, when θ was last steered."""
