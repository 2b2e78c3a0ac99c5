"""One call for each ready agent, and never one more than the lines take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decroche.pacing import Memory, decide
from decroche.pacing.snapshot import Limits, ReadyAgent, Ringing, Snapshot

numbers = st.integers(0, 30)
left = st.none() | st.integers(0, 30)


def snapshot(ready: int = 3, **fields: object) -> Snapshot:
    values: dict[str, object] = {"now": 0.0, "mode": "progressive", "is_open": True, **fields}
    return Snapshot(ready=tuple(ReadyAgent(i, 1.0) for i in range(ready)), **values)  # type: ignore[arg-type]


def n_of(shot: Snapshot) -> int:
    return decide(shot, Memory()).n


def test_each_ready_agent_gets_a_call() -> None:
    assert n_of(snapshot(3)) == 3


def test_an_agents_own_ringing_call_is_not_taken_from_another() -> None:
    assert n_of(snapshot(2, ringing=(Ringing(4.0, for_user_id=9),))) == 2


def test_a_contact_who_waits_is_served_before_a_new_call() -> None:
    assert n_of(snapshot(2, waiting_s=(0.5,))) == 1


def test_an_agent_who_is_leaving_gets_none() -> None:
    agents = (ReadyAgent(1, 1.0, leaving=True), ReadyAgent(2, 1.0))
    assert n_of(Snapshot(now=0, mode="progressive", is_open=True, ready=agents)) == 1


def test_nothing_is_placed_for_a_click_or_a_closed_campaign() -> None:
    assert [n_of(snapshot(mode=mode)) for mode in ("manual", "preview")] == [0, 0]
    assert n_of(snapshot(is_open=False)) == 0


@given(numbers, left, left, left)
def test_no_limit_is_ever_passed(ready: int, channels: int | None, launches: int | None, entries: int | None) -> None:
    n = n_of(snapshot(ready, limits=Limits(channels, launches, entries)))
    assert 0 <= n <= ready
    assert all(limit is None or n <= limit for limit in (channels, launches, entries))


@given(numbers, numbers)
def test_more_room_never_means_fewer_calls(ready: int, channels: int) -> None:
    less, more = (n_of(snapshot(ready, limits=Limits(channels_left=c))) for c in (channels, channels + 1))
    assert less <= more


def test_what_held_the_number_down_is_said() -> None:
    assert decide(snapshot(5, limits=Limits(channels_left=2)), Memory()).why.limit == "channels"
