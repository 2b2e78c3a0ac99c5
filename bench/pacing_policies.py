"""The policies that the bench compares: ours through its snapshot, and the field's, written from their description."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from bench.pacing_simulator import Day
from decroche.pacing import Memory, decide
from decroche.pacing.snapshot import BusyAgent, Counts, Mode, ReadyAgent, Ringing, Settings, Snapshot, Why


def progressive(day: Day) -> int:
    """One call for each ready agent."""
    return max(0, len(day.ready) - len(day.lines) - len(day.waiting))


@dataclass
class AdaptiveRatio:
    """The field's: a level nudged every 15 s by idle agents, cut when the day's drop share passes the limit."""

    highest: float = 3.0
    every_s: float = 15.0
    gain: float = 1.0
    limit: float = 0.03
    level: float = 1.0
    samples: deque[int] = field(default_factory=lambda: deque(maxlen=15))
    next_sample: float = 0.0
    next_level: float = 0.0
    next_goal: float = 0.0

    def __call__(self, day: Day) -> int:
        """Lines to add now; looked at every 2.5 s."""
        while day.now >= self.next_sample:
            self.next_sample += 1.0
            self.samples.append(len(day.ready) - len(day.waiting))
        if day.now >= self.next_level:
            self.next_level = day.now + self.every_s
            self._nudge(day)
        if day.now < self.next_goal:
            return 0
        self.next_goal = day.now + 2.5
        talking = sum(desk.state == "talking" for desk in day.desks)
        goal = round(self.level * (len(day.ready) + talking))
        return max(0, goal - len(day.lines) - len(day.waiting) - talking)

    def _nudge(self, day: Day) -> None:
        signed_in = max(1, sum(desk.state != "paused" for desk in day.desks))
        mean = sum(self.samples) / max(1, len(self.samples))
        self.level = min(self.highest, max(1.0, self.level * (1 + self.gain * mean / signed_in)))
        if day.tally.launched > 50 and day.tally.abandoned > self.limit * day.tally.connected:
            self.level = 1.0


@dataclass
class Ewma:
    """C = ⌊(free + expected − ringing·p)/p·γ⌋: p an exponentially weighted answer rate, γ: caution.

    Progressive while drops pass the cap."""

    p: float = 0.3
    weight: float = 0.02
    hold_s: float = 15.0
    gamma: float = 0.9
    _seen: int = 0
    _connected: int = 0

    def __call__(self, day: Day) -> int:
        """At every event."""
        finished, connected = day.tally.finished - self._seen, day.tally.connected - self._connected
        self._seen, self._connected = day.tally.finished, day.tally.connected
        for k in range(finished):
            self.p += self.weight * ((k < connected) - self.p)
        if day.tally.abandoned > day.scenario.cap * day.tally.connected:
            return progressive(day)
        wrapping = [day.now - desk.since for desk in day.desks if desk.state == "wrap_up"]
        expected = sum(elapsed > self.hold_s for elapsed in wrapping)
        p = max(0.02, self.p)
        return max(0, math.floor((len(day.ready) + expected - len(day.lines) * p - len(day.waiting)) / p * self.gamma))


@dataclass
class Ours:
    """`decide`, given what a floor sends: what is new since its last decision."""

    mode: Mode = "predictive"
    memory: Memory = field(default_factory=Memory)
    why: Why | None = None

    def __call__(self, day: Day) -> int:
        """At every event."""
        decision = decide(self.snapshot(day), self.memory)
        self.memory, self.why = decision.memory, decision.why
        return decision.n

    def snapshot(self, day: Day) -> Snapshot:
        """The floor as it is seen; the samples are taken from it."""
        now, scenario, tally = day.now, day.scenario, day.tally
        talks, day.talks = tuple(day.talks), []
        wrap_ups, day.wrap_ups = tuple(day.wrap_ups), []
        outcomes, day.outcomes = tuple(day.outcomes), []
        timed = scenario.timed_wrap_up_s
        busy = tuple(
            BusyAgent(
                desk.user_id,
                desk.state,  # type: ignore[arg-type]
                now - desk.since,
                desk.pause_s > 0,
                False,
                timed if timed is None or desk.state == "talking" else max(0.0, timed - (now - desk.since)),
            )
            for desk in day.desks
            if desk.state in ("talking", "wrap_up")
        )
        return Snapshot(
            now=now,
            mode=self.mode,
            is_open=True,
            ready=tuple(ReadyAgent(desk.user_id, now - desk.since) for desk in day.ready),
            busy=busy,
            paused=sum(desk.state == "paused" for desk in day.desks),
            ringing=tuple(Ringing(now - line.launched_at) for line in day.lines),
            waiting_s=tuple(now - line.answered_at for line in day.waiting),
            today=Counts(tally.launched, tally.finished, tally.connected, tally.machine, tally.abandoned),
            talks=talks,
            wrap_ups=wrap_ups,
            outcomes=outcomes,
            seconds_to_close=scenario.day_s - now,
            settings=Settings(cap=scenario.cap, grace_s=scenario.grace_s, ring_timeout_s=scenario.ring_timeout_s),
        )
