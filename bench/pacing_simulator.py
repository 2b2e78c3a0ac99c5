"""A day of a call floor, event by event.

Common random numbers: the k-th call's fate and the k-th talk's length depend on the seed and on k only, whatever the
policy does, so that two policies meet the same day.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from bench.pacing_scenarios import Scenario
from decroche.pacing.snapshot import Outcome, Result, Spell

TICK_S = 2.5


@dataclass(slots=True, eq=False)
class Line:
    """One call in flight."""

    launched_at: float
    result: Result
    ends_after_s: float
    answered_at: float = 0.0


@dataclass(slots=True, eq=False)
class Desk:
    """One agent."""

    user_id: int
    pace: float
    state: str = "ready"
    since: float = 0.0
    pause_s: float = 0.0
    """He pauses so long once he is free."""
    busy_s: float = 0.0
    paused_s: float = 0.0


@dataclass(slots=True)
class Tally:
    """The day so far."""

    launched: int = 0
    finished: int = 0
    connected: int = 0
    machine: int = 0
    abandoned: int = 0


@dataclass(frozen=True, slots=True)
class Result8h:
    """One day's figures."""

    utilisation: float
    abandoned: int
    connected: int
    launched: int
    agent_hours: float

    @property
    def share(self) -> float:
        """Abandoned, of those answered by a person."""
        return self.abandoned / self.connected if self.connected else 0.0


class Policy(Protocol):
    """How many calls to place now."""

    def __call__(self, day: Day) -> int: ...


@dataclass(slots=True)
class Streams:
    """One source of chance for each thing that happens, so that none shifts another."""

    calls: Random
    talks: Random
    wraps: Random
    people: Random

    @classmethod
    def of(cls, seed: int) -> Streams:
        """Four streams of one seed."""
        return cls(*(Random(f"{seed} {name}") for name in ("calls", "talks", "wraps", "people")))


@dataclass
class Day:
    """The floor in virtual time."""

    scenario: Scenario
    agents: int
    seed: int
    every_event: bool = True
    now: float = 0.0
    ready: deque[Desk] = field(default_factory=deque)
    """Longest waiting first."""
    desks: list[Desk] = field(default_factory=list)
    lines: dict[Line, None] = field(default_factory=dict)
    waiting: deque[Line] = field(default_factory=deque)
    tally: Tally = field(default_factory=Tally)
    talks: list[Spell] = field(default_factory=list)
    wrap_ups: list[Spell] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    """What is new since the policy last took it."""
    until_s: float | None = None
    """Stop early."""

    def __post_init__(self) -> None:
        """Everybody signs in at second 0."""
        self._streams = Streams.of(self.seed)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._rank = 0
        people = self._streams.people
        for user_id in range(1, self.agents + 1):
            pace = 2.718281828 ** people.gauss(-(self.scenario.agent_spread**2) / 2, self.scenario.agent_spread)
            desk = Desk(user_id, pace)
            self.desks.append(desk)
            self.ready.append(desk)
            for start, length in self.scenario.breaks:
                moment = start if self.scenario.together else start + people.random() * 1200
                self._at(moment, lambda desk=desk, length=length: self._pause(desk, length))  # type: ignore[misc]

    def run(self, policy: Policy) -> Result8h:
        """Play the day."""
        end = self.scenario.day_s if self.until_s is None else self.until_s
        self._tick()
        while self._events and self._events[0][0] <= end:
            self.now, _, happen = heapq.heappop(self._events)
            happen()
            if not self.every_event and happen != self._tick:
                continue
            for _ in range(policy(self)):
                self._launch()
        return self._figures(end)

    def _figures(self, end: float) -> Result8h:
        for desk in self.desks:
            self._leave_state(desk, end)
        # Calls still in flight at the end are answered by those who are there, or abandoned: they count too.
        self.now = end
        worked = sum(end - desk.paused_s for desk in self.desks)
        busy = sum(desk.busy_s for desk in self.desks)
        tally = self.tally
        return Result8h(100 * busy / worked, tally.abandoned, tally.connected, tally.launched, worked / 3600)

    def _at(self, when: float, what: Callable[[], None]) -> None:
        self._rank += 1
        heapq.heappush(self._events, (when, self._rank, what))

    def _tick(self) -> None:
        self._at(self.now + TICK_S, self._tick)

    def _launch(self) -> None:
        rng, scenario = self._streams.calls, self.scenario
        kind, setup = rng.random(), rng.uniform(*scenario.setup_s)
        answer = rng.gammavariate(scenario.answer_shape, scenario.answer_scale_s)
        persons = scenario.persons(self.now)
        result: Result = "no_answer"
        ends = setup + scenario.ring_timeout_s
        if kind < persons:
            if answer < scenario.ring_timeout_s:
                result, ends = "person", setup + answer
        elif kind < persons + scenario.machines:
            result, ends = "machine", setup + scenario.machine_s
        elif kind < persons + scenario.machines + scenario.failures:
            result, ends = "failed", setup
        line = Line(self.now, result, ends)
        self.lines[line] = None
        self.tally.launched += 1
        self._at(self.now + ends, lambda: self._ended(line))

    def _ended(self, line: Line) -> None:
        del self.lines[line]
        needs_agent = line.result == "person" or (line.result == "machine" and self.scenario.machine_needs_agent)
        shown: Result = "person" if needs_agent else line.result
        self.outcomes.append(Outcome(self.now, shown, line.ends_after_s))
        self.tally.finished += 1
        self.tally.machine += line.result == "machine"
        if not needs_agent:
            return
        self.tally.connected += 1
        line.answered_at = self.now
        if self.ready:
            self._talk(self.ready.popleft(), line)
        else:
            self.waiting.append(line)
            self._at(self.now + self.scenario.grace_s, lambda: self._give_up(line))

    def _give_up(self, line: Line) -> None:
        if line in self.waiting:
            self.waiting.remove(line)
            self.tally.abandoned += 1

    def _talk(self, desk: Desk, line: Line) -> None:
        drawn = self.scenario.talk(self._streams.talks) * desk.pace * self.scenario.talk_factor(self.now)
        seconds = drawn if line.result == "person" else self.scenario.machine_talk_s
        self._enter(desk, "talking")
        self._at(self.now + seconds, lambda: self._wrap_up(desk))

    def _wrap_up(self, desk: Desk) -> None:
        self.talks.append(Spell(self.now, self.now - desk.since, desk.user_id))
        drawn = self.scenario.wrap_up(self._streams.wraps) * desk.pace
        seconds = drawn if self.scenario.timed_wrap_up_s is None else self.scenario.timed_wrap_up_s
        self._enter(desk, "wrap_up")
        self._at(self.now + seconds, lambda: self._free(desk))

    def _free(self, desk: Desk) -> None:
        if desk.state == "wrap_up":
            self.wrap_ups.append(Spell(self.now, self.now - desk.since, desk.user_id))
        if desk.pause_s:
            length, desk.pause_s = desk.pause_s, 0.0
            self._enter(desk, "paused")
            self._at(self.now + length, lambda: self._free(desk))
            return
        self._enter(desk, "ready")
        if self.waiting:
            self._talk(desk, self.waiting.popleft())
        else:
            self.ready.append(desk)

    def _pause(self, desk: Desk, length: float) -> None:
        desk.pause_s = length
        if desk.state == "ready":
            self.ready.remove(desk)
            self._free(desk)

    def _enter(self, desk: Desk, state: str) -> None:
        self._leave_state(desk, self.now)
        desk.state = state

    def _leave_state(self, desk: Desk, when: float) -> None:
        spent = when - desk.since
        if desk.state in ("talking", "wrap_up"):
            desk.busy_s += spent
        elif desk.state == "paused":
            desk.paused_s += spent
        desk.since = when
