"""Whose turn among lists: in proportion, smoothly, and an empty list's share goes to the others."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from decroche.campaigns.steering.shares import AHEAD, Stream, Turns

SHARES = st.lists(st.integers(1, 20), min_size=1, max_size=6)


def call(turns: Turns, there: set[int]) -> int:
    """What the claim does: the cheapest next entry of the streams that have one."""
    offers = [one for one in turns.offers() if one["stream"] in there]
    best = min(offers, key=lambda one: (one["tier"], one["start"] + one["stride"], one["stream"]))
    turns.took(best["stream"])
    return int(best["stream"])


def calls(turns: Turns, count: int, there: set[int]) -> list[int]:
    return [call(turns, there) for _ in range(count)]


@given(SHARES, st.integers(1, 300))
def test_each_list_has_its_share_of_any_number_of_calls(shares: list[int], count: int) -> None:
    streams = [Stream(n + 1, share=share) for n, share in enumerate(shares)]
    had = Counter(calls(Turns(streams), count, {stream.id for stream in streams}))
    for stream in streams:
        assert abs(had[stream.id] - count * stream.share / sum(shares)) <= len(shares)


def test_seventy_thirty_is_smooth() -> None:
    had = calls(Turns([Stream(1, share=70), Stream(2, share=30)]), 10, {1, 2})
    assert had == [1, 1, 2, 1, 1, 2, 1, 1, 1, 2]


@given(SHARES, st.integers(0, 100), st.data())
def test_an_empty_list_gives_its_share_away_and_saves_nothing_up(
    shares: list[int], alone: int, data: st.DataObject
) -> None:
    streams = [Stream(n + 1, share=share) for n, share in enumerate(shares)]
    everyone = {stream.id for stream in streams}
    empty = data.draw(st.sampled_from(sorted(everyone)))
    turns = Turns(streams)
    if len(everyone) > 1:
        assert empty not in calls(turns, alone, everyone - {empty})
    had = Counter(calls(turns, sum(shares), everyone))
    assert abs(had[empty] - shares[empty - 1]) <= len(shares) + 1


def test_a_higher_priority_is_emptied_first() -> None:
    turns = Turns([Stream(1, priority=0, share=9), Stream(2, priority=5, share=1)])
    assert calls(turns, 3, {1, 2}) == [2, 2, 2]
    assert calls(turns, 2, {1}) == [1, 1]


def test_a_share_of_nothing_is_not_called_and_what_was_pushed_ahead_comes_first() -> None:
    turns = Turns([Stream(1, share=0), Stream(2)])
    assert [one["stream"] for one in turns.offers()] == [AHEAD, 2]
    assert calls(turns, 2, {AHEAD, 2}) == [AHEAD, AHEAD]
