"""Counts of the last minutes, of today and of the rolling 24 hours, as a campaign lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from decroche.floor.observed import Observed
from decroche.pacing.snapshot import Spell

MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)
NOON = MIDNIGHT + timedelta(hours=12)
MINUTES = st.lists(st.integers(0, 3 * 24 * 60), max_size=40)


def seen(*minutes_before_noon: float) -> Observed:
    observed = Observed()
    for minutes in sorted(minutes_before_noon, reverse=True):
        observed.minute(NOON - timedelta(minutes=minutes)).connected += 1
    return observed


def test_the_present_minute_counts() -> None:
    assert seen(0, 0, 1, 4, 5).last(1, NOON).connected == 2


def test_five_minutes_are_this_one_and_the_four_before() -> None:
    assert seen(0, 1, 4, 5).last(5, NOON).connected == 3


def test_today_starts_at_midnight() -> None:
    assert seen(1, 12 * 60, 12 * 60 + 1).today(NOON, MIDNIGHT).connected == 2


def test_yesterday_leaves_the_window_hour_by_hour() -> None:
    observed = seen(13 * 60, 20 * 60, 23 * 60 + 59)
    slices = observed.before_today(NOON, MIDNIGHT)
    assert len(slices) == 12
    assert sum(one.connected for one in slices) == 3
    assert slices[0].connected == 1


@given(MINUTES)
def test_24_hours_are_today_and_what_is_left_of_yesterday(minutes: list[int]) -> None:
    day = seen(*minutes).last_24h(NOON, MIDNIGHT)
    assert day.connected == sum(m < 24 * 60 for m in minutes)


@given(MINUTES)
def test_a_longer_window_never_counts_less(minutes: list[int]) -> None:
    observed = seen(*minutes)
    counts = [observed.last(n, NOON).connected for n in (1, 5, 15, 60)]
    assert counts == sorted(counts)


def test_utilisation_is_talk_and_wrap_up_over_time_signed_in() -> None:
    observed = Observed()
    minute = observed.minute(NOON)
    minute.talk_s, minute.wrap_up_s, minute.idle_s, minute.talks = 40, 20, 20, 2
    hour = observed.last_hour(NOON)
    assert (hour.utilisation, hour.wait_s) == (0.75, 10)


def test_without_agents_there_is_nothing_to_divide_by() -> None:
    hour = Observed().last_hour(NOON)
    assert (hour.utilisation, hour.wait_s) == (None, None)
    assert Observed().delays_ms() == (None, None)


def test_news_are_told_once() -> None:
    observed = Observed()
    talk = Spell(1.0, 60.0)
    observed.news.talks.append(talk)
    assert observed.take_news().talks == [talk]
    assert observed.take_news().talks == []
