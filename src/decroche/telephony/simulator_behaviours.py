"""What the carrier simulator's callees do, by the last two digits of the number called. Pure; see docs/simulator.md.

About half of the hundred endings are persons and a quarter ring out, as on a French floor, so that random fictional
numbers make a credible demo; the nineties are for tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from decroche.common.fiction import E164_PREFIXES

Kind = Literal[
    "person",
    "no_answer",
    "busy",
    "rejected",
    "unallocated",
    "unallocated_announced",
    "congestion",
    "switched_off",
    "machine",
    "hangs_up_early",
    "tone",
    "echo",
    "silent",
]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """`lines` are sound names without their folder; `-low` is added to each where `low`."""

    kind: Kind
    ring_s: float = 4
    hello: str = "callee-hello-1"
    lines: tuple[str, ...] = ()
    low: bool = False
    records: bool = False
    """Keeps what it hears in the simulator's spool: monitor/heard-<national number>.wav."""
    q850: int = 16
    """Cause that it ends with where it never answers, or the one of its own hanging up."""
    stays_s: int = 75
    """Hangs up by itself so long after its answer, at the latest."""
    calls_back_after_s: float | None = None
    """Dials the number that was shown, so long after the caller gave up."""

    @property
    def answers(self) -> bool:
        return self.kind in ("person", "machine", "hangs_up_early", "tone", "echo", "silent")

    def sound(self, name: str) -> str:
        return f"{name}-low" if self.low and name.startswith("callee-") else name


_CONVERSATIONS: tuple[tuple[str, ...], ...] = (
    ("callee-interested", "callee-appointment"),
    ("callee-not-interested",),
    ("callee-price", "callee-interested"),
    ("callee-no-time",),
    ("callee-interested", "callee-price", "callee-email"),
    ("callee-appointment", "callee-consent"),
    ("callee-not-interested",),
    ("callee-price", "callee-email"),
    ("callee-wrong-person",),
    ("callee-interested", "callee-consent"),
    ("callee-assistant", "callee-no-time"),
    ("callee-price", "callee-not-interested"),
    ("callee-appointment",),
    ("callee-never-again",),
    ("callee-no-time", "callee-email"),
)
"""Dealt out in turn to the persons."""


def _persons() -> dict[int, Behaviour]:
    return {
        ending: Behaviour(
            kind="person",
            ring_s=3 + ending * 5 % 8,
            hello=f"callee-hello-{1 + ending % 3}",
            lines=_CONVERSATIONS[ending % len(_CONVERSATIONS)],
            low=ending % 2 == 1,
            stays_s=45 + ending % 4 * 15,
        )
        for ending in range(45)
    }


def _silences() -> dict[int, Behaviour]:
    """A few of them see the missed call later."""
    return {
        ending: Behaviour(kind="no_answer", calls_back_after_s=_BACK_AFTER_S.get(ending)) for ending in range(45, 70)
    }


_BACK_AFTER_S = {54: 40.0, 63: 25.0, 69: 3.0}


def _refusals() -> dict[int, Behaviour]:
    return {
        **{ending: Behaviour(kind="busy", ring_s=0, q850=17) for ending in range(70, 74)},
        74: Behaviour(kind="switched_off", ring_s=6, q850=20),
        75: Behaviour(kind="rejected", ring_s=3, q850=21),
        76: Behaviour(kind="rejected", ring_s=5, q850=21),
        77: Behaviour(kind="unallocated", ring_s=0, q850=1),
        78: Behaviour(kind="unallocated_announced", ring_s=0, q850=1),
        79: Behaviour(kind="congestion", ring_s=0, q850=34),
        80: Behaviour(kind="congestion", ring_s=0, q850=42),
    }


def _machines() -> dict[int, Behaviour]:
    return {
        ending: Behaviour(kind="machine", ring_s=7 + ending % 3, hello=f"machine-{1 + ending % 2}", stays_s=30)
        for ending in range(81, 89)
    }


_FOR_TESTS = {
    89: Behaviour(kind="hangs_up_early", ring_s=3, hello="", stays_s=1),
    90: Behaviour(kind="person", ring_s=1, lines=("callee-interested",), records=True),
    91: Behaviour(kind="tone", ring_s=1, records=True, stays_s=120),
    92: Behaviour(kind="tone", ring_s=1, stays_s=120),
    93: Behaviour(kind="person", ring_s=0, lines=("callee-interested", "callee-appointment")),
    94: Behaviour(kind="person", ring_s=25, hello="callee-hello-3", lines=("callee-no-time",)),
    95: Behaviour(kind="silent", ring_s=0, records=True, stays_s=120),
    96: Behaviour(kind="hangs_up_early", ring_s=2, hello="callee-hello-1", stays_s=3),
    97: Behaviour(kind="machine", ring_s=0, hello="machine-1", stays_s=30, records=True),
    98: Behaviour(
        kind="person",
        ring_s=2,
        hello="callee-hello-3",
        lines=("callee-price", "callee-interested", "callee-email", "callee-appointment"),
        stays_s=120,
    ),
    99: Behaviour(kind="echo", ring_s=1, stays_s=120),
}

BEHAVIOURS: dict[int, Behaviour] = {**_persons(), **_silences(), **_refusals(), **_machines(), **_FOR_TESTS}
"""Last two digits → what happens. All hundred are there."""


def behaviour_of(e164: str) -> Behaviour:
    return BEHAVIOURS[int(e164[-2:])]


def number_ending_in(ending: int, *, block: int = 0, rank: int = 0) -> str:
    """A fictional number that behaves so: E.164, in one of the six blocks, the `rank`-th (0–99) of that ending."""
    return f"{E164_PREFIXES[block]}{rank:02d}{ending:02d}"


def endings_of(kind: Kind) -> list[int]:
    return [ending for ending, behaviour in BEHAVIOURS.items() if behaviour.kind == kind]
