"""Decisions of the predictive mode, explained."""

from __future__ import annotations

from dataclasses import replace

from decroche.pacing import Memory, decide
from decroche.pacing.snapshot import Counts, Limits, Outcome, Settings
from tests.unit.pacing.floors import decided, floor, history, n_of, ringing, talking, wrapping

NOTHING_EARNED = Counts(launched=10, finished=10, connected=3)


def test_the_first_decision_of_a_day_is_one_call_for_each_agent() -> None:
    assert n_of(floor(4, today=Counts(), talks=(), wrap_ups=(), outcomes=())) == 4


def test_many_ready_agents_and_few_answers_take_more_calls_than_agents() -> None:
    assert n_of(floor(6, outcomes=history(0.1))) > 8


def test_when_everybody_answers_it_is_one_call_for_each_agent() -> None:
    assert n_of(floor(4, outcomes=history(1.0))) == 4


def test_nothing_is_risked_before_it_is_earned() -> None:
    assert n_of(floor(1, today=NOTHING_EARNED)) == 1


def test_a_timed_wrap_up_about_to_end_is_dialed_for_without_any_allowance() -> None:
    assert n_of(floor(0, busy=wrapping(18.0, left=1.0), today=NOTHING_EARNED)) == 1
    assert n_of(floor(0, busy=wrapping(1.0, left=60.0), today=NOTHING_EARNED)) == 0


def test_an_agent_late_in_wrap_up_is_worth_more_calls_than_one_early() -> None:
    late, early = (n_of(floor(3, busy=wrapping(seconds, seconds), outcomes=history(0.1))) for seconds in (40.0, 2.0))
    assert late > early


def test_calls_long_unanswered_make_room_for_others() -> None:
    old, young = (n_of(floor(2, ringing=ringing(age, age, age))) for age in (20.0, 4.0))
    assert old > young


def test_a_contact_who_waits_takes_the_agent_who_comes_first() -> None:
    assert n_of(floor(2, waiting_s=(0.5,))) < n_of(floor(2))


def test_the_kill_switch_leaves_one_call_for_each_agent_and_says_so() -> None:
    over = floor(5, today=Counts(connected=1000, abandoned=31), outcomes=history(0.1))
    decision = decided(over)
    assert decision.n == 5
    assert decision.why.switched_off
    assert decision.why.limit == "switch"


def test_the_kill_switch_clears_once_a_whole_abandonment_is_earned() -> None:
    shot, memory = floor(5), Memory()
    seen = []
    for connected in (1000, 1034, 1067):
        decision = decide(replace(shot, today=Counts(connected=connected, abandoned=31)), memory)
        memory = decision.memory
        seen.append(decision.why.switched_off)
    assert seen == [True, True, False]


def test_yesterdays_excess_binds_today_while_it_is_in_the_24_hours() -> None:
    assert decided(floor(5, day_24h=Counts(connected=3000, abandoned=95))).why.switched_off


def test_what_is_about_to_leave_the_24_hours_no_longer_earns() -> None:
    good_morning = Counts(connected=1000, abandoned=0)
    shot = floor(5, day_24h=Counts(connected=3000, abandoned=80), fading=(good_morning,))
    assert (decided(shot).why.allowance or 0.0) < 0


def test_a_lower_cap_means_fewer_calls_at_the_next_decision() -> None:
    shot = floor(6, outcomes=history(0.1))
    assert n_of(replace(shot, settings=Settings(cap=0.01))) < n_of(shot)


def test_agents_who_leave_or_are_kept_back_are_not_dialed_for() -> None:
    shot = floor(3)
    gone = tuple(replace(agent, leaving=agent.user_id > 100, kept_back=agent.user_id == 100) for agent in shot.ready)
    assert n_of(replace(shot, ready=gone)) == 0


def test_machines_that_reach_agents_count_as_answers_where_amd_is_off() -> None:
    mixed = tuple(Outcome(float(k), "machine" if k % 2 else "no_answer", 15.0) for k in range(300))
    without, with_amd = (n_of(floor(3, outcomes=mixed, settings=Settings(amd=amd))) for amd in (False, True))
    assert without < with_amd


def test_a_known_agents_own_pace_counts() -> None:
    quick = decided(floor(0, busy=wrapping(25.0)))
    assert quick.why.expected_free is not None
    assert 0 < quick.why.expected_free < 1


def test_power_is_a_ratio_per_ready_agent_while_the_allowance_bears_it() -> None:
    shot = floor(4, mode="power", settings=Settings(ratio=1.5), outcomes=history(0.1))
    assert n_of(shot) == 6
    assert n_of(replace(shot, today=NOTHING_EARNED, outcomes=history(1.0))) == 4


def test_the_line_that_limits_is_named() -> None:
    assert decided(floor(6, limits=Limits(lines_cap=2))).why.limit == "lines_cap"


def test_why_is_json_and_short() -> None:
    facts = decided(floor(2, busy=talking(30.0))).why.facts()
    assert facts["rule"] == "predictive"
    assert {"expected_free", "expected_answers", "expected_abandoned", "allowance", "level"} <= facts.keys()


def test_savings_are_not_spent_in_a_quarter_of_an_hour() -> None:
    saved = Counts(launched=1600, finished=1600, connected=400)
    calm = floor(busy=wrapping(20, 25, 28, 30), today=saved, last_15_min=Counts(connected=60, abandoned=1))
    spent = replace(calm, last_15_min=Counts(connected=60, abandoned=8))
    assert n_of(spent) < n_of(calm)


def test_an_evening_of_few_calls_does_not_switch_the_next_morning_off() -> None:
    evening = Counts(connected=20, abandoned=1)
    yesterday = Counts(connected=400, abandoned=4)
    shot = floor(2, today=Counts(), day_24h=yesterday, fading=(replace(yesterday, connected=380, abandoned=3), evening))
    why = decided(shot).why
    assert not why.switched_off
    assert why.allowance is not None
    assert why.allowance < 0
