"""From sums to key figures: pure. `definitions.py` says each formula in words; a test holds one to the other's keys."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import Literal

from decroche.statistics.schemas import Kpis, PauseTime, Times

WORK_STATES = ("ready", "preview", "dialing", "ringing", "talking", "hold", "wrap_up")
BUSY_STATES = ("preview", "dialing", "ringing", "talking", "hold", "wrap_up")


@dataclass(slots=True)
class Sums:
    """What can be added up over calls, callbacks and appointments. Durations in seconds."""

    attempts: int = 0
    connected: int = 0
    reached: int = 0
    reached_by_us: int = 0
    """Without those who called us: what the attempts came to."""
    pitched: int = 0
    positive: int = 0
    negative: int = 0
    neutral: int = 0
    abandoned: int = 0
    appointments: int = 0
    callbacks_made: int = 0
    callbacks_due: int = 0
    callbacks_kept: int = 0
    callbacks_on_time: int = 0
    talks: int = 0
    talk_s: float = 0.0
    wrap_up_s: float = 0.0
    silences: int = 0
    silence_s: float = 0.0
    rings: int = 0
    ring_s: float = 0.0

    def add(self, other: Sums) -> None:
        """Each sum with its like."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


@dataclass(slots=True)
class StateSums:
    """Seconds by state, and by reason of the pauses."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    pauses: defaultdict[int | None, float] = field(default_factory=lambda: defaultdict(float))

    def put(self, state: str, reason_id: int | None, seconds: float) -> None:
        """Some more of one state."""
        self.seconds[state] += seconds
        if state == "paused":
            self.pauses[reason_id] += seconds

    def add(self, other: StateSums) -> None:
        """Each sum with its like."""
        for state, seconds in other.seconds.items():
            self.seconds[state] += seconds
        for reason_id, seconds in other.pauses.items():
            self.pauses[reason_id] += seconds

    @property
    def worked_s(self) -> float:
        """Signed in, without the pauses."""
        return sum(self.seconds[state] for state in WORK_STATES)


def times(states: StateSums) -> Times:
    """As the screens show them."""
    seconds = states.seconds
    return Times(
        signed_in_s=states.worked_s + seconds["paused"],
        worked_s=states.worked_s,
        ready_s=seconds["ready"],
        preview_s=seconds["preview"],
        dialing_s=seconds["dialing"],
        ringing_s=seconds["ringing"],
        talk_s=seconds["talking"],
        hold_s=seconds["hold"],
        wrap_up_s=seconds["wrap_up"],
        pause_s=seconds["paused"],
        pauses=[
            PauseTime(pause_reason_id=reason_id, seconds=spent)
            for reason_id, spent in sorted(states.pauses.items(), key=lambda pair: -pair[1])
        ],
    )


def kpis(sums: Sums, states: StateSums, base: Literal["pitched", "reached"] = "pitched") -> Kpis:
    """`base`: denominator of the transformation rate."""
    counts = {one.name: getattr(sums, one.name) for one in fields(sums) if one.name in Kpis.model_fields}
    worked_h = states.worked_s / 3600
    return Kpis(
        **counts,
        contact_rate=ratio(sums.reached_by_us, sums.attempts),
        pitch_rate=ratio(sums.pitched, sums.reached),
        transformation_rate=ratio(sums.positive, sums.pitched if base == "pitched" else sums.reached),
        abandoned_rate=ratio(sums.abandoned, sums.abandoned + sums.connected),
        callbacks_on_time_rate=ratio(sums.callbacks_on_time, sums.callbacks_due),
        mean_talk_s=ratio(sums.talk_s, sums.talks),
        mean_wrap_up_s=ratio(sums.wrap_up_s, sums.talks),
        mean_handling_s=ratio(sums.talk_s + sums.wrap_up_s, sums.talks),
        mean_idle_s=ratio(states.seconds["ready"], sums.talks),
        mean_silence_s=ratio(sums.silence_s, sums.silences),
        mean_ring_s=ratio(sums.ring_s, sums.rings),
        calls_per_h=ratio(sums.attempts, worked_h),
        pitched_per_h=ratio(sums.pitched, worked_h),
        occupancy=ratio(sum(states.seconds[state] for state in BUSY_STATES), states.worked_s),
    )


def ratio(part: float, whole: float) -> float | None:
    """None where there is nothing to divide by."""
    return round(part / whole, 4) if whole > 0 else None
