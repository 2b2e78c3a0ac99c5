"""What holds whatever the floor looks like."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.pacing_policies import Ours, progressive
from bench.pacing_scenarios import SCENARIOS
from bench.pacing_simulator import Day
from decroche.pacing import Memory, Snapshot, decide
from decroche.pacing.snapshot import Counts, Limits, Mode
from tests.unit.pacing.floors import floor, history, n_of, ringing, talking, wrapping

ages = st.lists(st.floats(0, 400), max_size=5)
limit = st.none() | st.integers(0, 9)
modes: st.SearchStrategy[Mode] = st.sampled_from(["progressive", "power", "predictive"])


@st.composite
def floors(draw: st.DrawFn) -> Snapshot:
    return floor(
        draw(st.integers(0, 6)),
        mode=draw(modes),
        busy=talking(*draw(ages)) + wrapping(*draw(ages)),
        ringing=ringing(*draw(st.lists(st.floats(0, 40), max_size=8))),
        waiting_s=tuple(draw(st.lists(st.floats(0, 2), max_size=2))),
        today=Counts(connected=draw(st.integers(0, 600)), abandoned=draw(st.integers(0, 20))),
        outcomes=history(draw(st.sampled_from([0.1, 0.25, 0.5, 1.0])), 60),
        limits=Limits(draw(limit), draw(limit), draw(limit), draw(limit)),
    )


@settings(max_examples=60)
@given(floors())
def test_no_limit_is_ever_passed(shot: Snapshot) -> None:
    n, limits = n_of(shot), shot.limits
    assert n >= 0
    assert all(left is None or n <= left for left in (limits.channels_left, limits.launches_left, limits.entries_left))
    assert limits.lines_cap is None or n == 0 or n + len(shot.ringing) <= limits.lines_cap


@settings(max_examples=60)
@given(floors(), st.integers(1, 400))
def test_more_allowance_never_means_fewer_calls(shot: Snapshot, more: int) -> None:
    # θ is steered by what was answered since the last decision: a memory that has seen both days is given to both.
    richer = replace(shot, today=replace(shot.today, connected=shot.today.connected + more))
    seen = Memory(connected=richer.today.connected)
    assert decide(shot, seen).n <= decide(richer, seen).n


@settings(max_examples=40)
@given(floors())
def test_a_team_never_gets_fewer_calls_than_progressive(shot: Snapshot) -> None:
    assert n_of(shot) >= n_of(replace(shot, mode="progressive"))


@settings(max_examples=40)
@given(floors())
def test_the_same_snapshot_and_memory_give_the_same_decision(shot: Snapshot) -> None:
    assert decide(shot, Memory()) == decide(shot, Memory())


@settings(max_examples=40)
@given(floors())
def test_nobody_who_can_come_means_no_call(shot: Snapshot) -> None:
    gone = tuple(replace(agent, leaving=True) for agent in shot.busy)
    assert n_of(replace(shot, ready=(), busy=gone, paused=4)) == 0


def test_samples_sent_again_teach_nothing_new() -> None:
    first = decide(floor(2), Memory()).memory
    again = decide(floor(2), first).memory
    assert (again.talks, again.wrap_ups, again.calls) == (first.talks, first.wrap_ups, first.calls)


@pytest.mark.parametrize("name", ["base", "stepping", "all-pause", "talks-lengthen", "hostile", "turns-bad"])
def test_the_cap_holds_on_a_hostile_day_and_nobody_waits_longer_than_with_progressive(name: str) -> None:
    ours = Day(SCENARIOS[name], agents=4, seed=7).run(Ours())
    theirs = Day(SCENARIOS[name], agents=4, seed=7).run(progressive)
    assert ours.share <= 0.03
    assert ours.utilisation > theirs.utilisation


def test_the_command_answers_each_line_and_survives_a_bad_one() -> None:
    lines = '{"ready": [1.5, 2]}\nnonsense\n{"ready": 1, "mode": "predictive"}\n'
    command = [sys.executable, "-m", "decroche.pacing", "--mode", "progressive"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    first, error, last = done.stdout.splitlines()
    assert '"n": 2' in first
    assert '"error"' in error
    assert '"n": 1' in last
