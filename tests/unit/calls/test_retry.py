"""When and on which number a contact is called again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.calls.results import Result
from decroche.campaigns.retry import DEFAULT_RULES, Attempted, Place, Rule, after, dialable

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ATTEMPTS = [result for result in Result if result is not Result.MISSED]
"""Ends of calls of ours; who calls us and reaches nobody is no attempt."""


def retried(
    result: Result, times: int = 1, *, phones: int = 1, position: int = 0, maximum: int = 99, **rules: Rule
) -> Place:
    attempt = Attempted(result, NOW, times, {str(result): times}, position, phones)
    return after(attempt, rules, maximum)


def test_a_busy_line_is_tried_again_on_the_same_number_soon() -> None:
    place = retried(Result.BUSY, phones=2)
    assert (place.state, place.phone_position, place.not_before) == ("waiting", 0, NOW + timedelta(minutes=15))


def test_no_answer_goes_on_to_the_next_number() -> None:
    assert retried(Result.NO_ANSWER, phones=3, position=2).phone_position == 0


def test_an_unallocated_only_number_is_over() -> None:
    assert retried(Result.UNALLOCATED).finished_reason == "unallocated"


def test_an_unallocated_number_hands_over_to_the_next_one_within_a_minute() -> None:
    place = retried(Result.UNALLOCATED, phones=2)
    assert (place.state, place.not_before) == ("waiting", NOW + timedelta(seconds=60))


def test_the_rule_of_the_campaign_wins_over_the_default() -> None:
    assert retried(Result.BUSY, busy=Rule(60, 5)).not_before == NOW + timedelta(seconds=60)


def test_the_campaigns_maximum_ends_it() -> None:
    assert retried(Result.NO_ANSWER, 4, phones=3, maximum=4).finished_reason == "max_attempts"


def test_congestion_is_not_held_against_the_contact() -> None:
    assert retried(Result.CONGESTION, 4, maximum=4).state == "waiting"


def test_an_abandoned_contact_is_left_alone_for_three_days() -> None:
    assert retried(Result.ABANDONED).not_before == NOW + timedelta(hours=72)


def test_a_fax_is_never_dialed_and_a_number_never_twice() -> None:
    phones = [("fax", "+1"), ("office", "+2"), ("mobile", "+3"), ("phone", "+2")]
    assert dialable(phones) == [("phone", "+2"), ("mobile", "+3")]


@pytest.mark.parametrize("result", ATTEMPTS)
def test_every_result_has_a_default(result: Result) -> None:
    assert DEFAULT_RULES[result].delay_s > 0


@given(st.sampled_from(ATTEMPTS), st.integers(1, 50), st.integers(1, 3), st.integers(0, 2))
def test_nobody_is_called_for_ever(result: Result, times: int, phones: int, position: int) -> None:
    place = retried(result, times, phones=phones, position=position % phones, maximum=4)
    assert place.state == "waiting" or place.finished_reason
    assert place.not_before >= NOW
    assert 0 <= place.phone_position < phones
