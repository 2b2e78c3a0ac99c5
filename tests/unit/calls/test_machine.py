"""Whatever happens to a call, in whatever order, it ends in one result, once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.calls import machine_events as ev
from decroche.calls.effects import (
    Bridge,
    Conclude,
    Effect,
    Hangup,
    Message,
    PickUp,
    PlayMessage,
    StartTimer,
    StopTimer,
    Timer,
    Welcome,
)
from decroche.calls.machine import CallState, Phase, Step, next_state
from decroche.calls.results import Result

flags = st.booleans()
events = st.one_of(
    st.builds(ev.Placed), st.builds(ev.CameIn, flags, st.sampled_from([0.0, 30.0])),
    st.builds(ev.Refused, flags), st.builds(ev.Rang), st.builds(ev.Answered, flags),
    st.builds(ev.Screened, flags, flags), st.builds(ev.AgentFound), st.builds(ev.AgentWaitOver),
    st.builds(ev.AgentGone), st.builds(ev.AgentBack), st.builds(ev.ReturnWaitOver), st.builds(ev.Held),
    st.builds(ev.Resumed),
    st.builds(ev.HangUp, st.sampled_from(["agent", "supervisor", "system"])), st.builds(ev.MessageOver),
    st.builds(ev.Destroyed, st.integers(0, 127), st.sampled_from([0, 403, 404, 480, 486, 503, 603])),
    st.builds(ev.Vanished),
)  # fmt: skip
stories = st.lists(events, max_size=40)


def lived(
    story: list[ev.CallEvent], *, screened: bool = False, inbound: bool = False, promises: bool = False
) -> tuple[CallState, list[Effect], list[Step]]:
    state = CallState(screened=screened, inbound=inbound, promises=promises)
    effects: list[Effect] = []
    steps: list[Step] = []
    for event in story:
        step = next_state(state, event)
        steps.append(step)
        effects += step.effects
        state = step.state
    return state, effects, steps


@given(stories, flags)
def test_a_call_is_concluded_once_and_only_at_its_end(story: list[ev.CallEvent], screened: bool) -> None:
    state, effects, _ = lived(story, screened=screened)
    concluded = [effect.result for effect in effects if isinstance(effect, Conclude)]
    assert concluded == ([state.result] if state.phase is Phase.ENDED else [])


@given(stories, flags)
def test_a_result_that_is_decided_never_changes(story: list[ev.CallEvent], screened: bool) -> None:
    _, _, steps = lived(story, screened=screened)
    decided = [step.state.result for step in steps if step.state.result is not None]
    assert len(set(decided)) <= 1


@given(stories, flags)
def test_every_call_can_be_ended_by_what_always_comes_in_the_end(story: list[ev.CallEvent], screened: bool) -> None:
    state, _, _ = lived([*story, ev.Vanished()], screened=screened)
    assert state.phase is Phase.ENDED
    assert state.result is not None


@given(stories, flags)
def test_after_the_end_nothing_happens_any_more(story: list[ev.CallEvent], screened: bool) -> None:
    _, _, steps = lived([*story, ev.Vanished(), *story], screened=screened)
    assert all(step.ignored and not step.effects for step in steps[len(story) + 1 :])


@given(stories, flags)
def test_every_event_has_an_edge_or_a_name(story: list[ev.CallEvent], screened: bool) -> None:
    _, _, steps = lived(story, screened=screened)
    assert all(bool(step.edge) != bool(step.ignored) for step in steps)


@given(stories, flags)
def test_nobody_is_bridged_before_he_answers(story: list[ev.CallEvent], screened: bool) -> None:
    _, _, steps = lived(story, screened=screened)
    assert all(step.state.answered for step in steps if any(isinstance(e, Bridge) for e in step.effects))


@given(stories, flags)
def test_timers_that_were_started_are_stopped_or_over(story: list[ev.CallEvent], screened: bool) -> None:
    _, _, steps = lived([*story, ev.Vanished()], screened=screened)
    running: set[object] = set()
    for step in steps:
        running -= {e.timer for e in step.effects if isinstance(e, StopTimer)}
        running |= {e.timer for e in step.effects if isinstance(e, StartTimer)}
        if step.state.phase is Phase.CLOSING:  # the delay's own end brought it there, or it was stopped on the way
            running.clear()
    assert running == set()


@given(stories, flags)
def test_a_talk_is_connected(story: list[ev.CallEvent], screened: bool) -> None:
    state, _, _ = lived([*story, ev.Vanished()], screened=screened)
    assert (state.result is Result.CONNECTED) == state.talked


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("event", ev.EVENTS)
def test_the_machine_is_total(phase: Phase, event: type[ev.CallEvent]) -> None:
    assert isinstance(next_state(CallState(phase=phase), event()), Step)


def test_an_abandoned_contact_hears_the_message_before_we_hang_up() -> None:
    state, effects, _ = lived([ev.Placed(), ev.Rang(), ev.Answered(agent_there=False), ev.AgentWaitOver()])
    assert state.result is Result.ABANDONED
    assert isinstance(effects[-1], PlayMessage)
    assert not [effect for effect in effects if isinstance(effect, Hangup)]


def test_a_contact_who_leaves_while_he_waits_was_abandoned() -> None:
    state, _, _ = lived([ev.Placed(), ev.Answered(agent_there=False), ev.Destroyed(16, 0)])
    assert (state.result, state.hung_up_by) == (Result.ABANDONED, "contact")


def test_an_agent_who_never_comes_back_leaves_a_connected_call_that_was_cut() -> None:
    state, _, _ = lived(
        [ev.Placed(), ev.Answered(), ev.AgentGone(), ev.ReturnWaitOver(), ev.MessageOver(), ev.Destroyed()]
    )
    assert (state.result, state.cut) == (Result.CONNECTED, True)


def test_an_answer_that_crosses_our_hanging_up_is_still_cancelled() -> None:
    state, effects, _ = lived([ev.Placed(), ev.Rang(), ev.HangUp(), ev.Answered(), ev.Destroyed(16, 0)])
    assert state.result is Result.CANCELLED
    assert not [effect for effect in effects if isinstance(effect, Bridge)]


def test_a_machine_is_hung_up_and_an_agent_never_bothered() -> None:
    state, effects, _ = lived([ev.Placed(), ev.Answered(), ev.Screened(machine=True), ev.Destroyed()], screened=True)
    assert state.result is Result.MACHINE
    assert not [effect for effect in effects if isinstance(effect, Bridge)]


@given(stories, flags)
def test_a_contact_who_calls_us_is_connected_or_missed_never_abandoned(
    story: list[ev.CallEvent], promises: bool
) -> None:
    ours = (ev.Placed, ev.Answered, ev.Refused, ev.Screened, ev.MachineHeard)  # of calls that we make
    his = [event for event in story if not isinstance(event, ours)]
    state, _, _ = lived([ev.CameIn(wait_s=30), *his, ev.Vanished()], inbound=True, promises=promises)
    assert state.result in (Result.CONNECTED, Result.MISSED)


def test_a_contact_who_calls_us_is_picked_up_before_anything_else() -> None:
    for came_in in (ev.CameIn(agent_there=True), ev.CameIn(wait_s=30), ev.CameIn()):
        _, effects, _ = lived([came_in], inbound=True)
        assert isinstance(effects[0], PickUp)


def test_he_is_welcomed_and_waits_as_long_as_the_number_says() -> None:
    state, effects, _ = lived([ev.CameIn(wait_s=45)], inbound=True)
    assert state.phase is Phase.WAITING
    assert effects[1:] == [Welcome(), StartTimer(Timer.AGENT_WAIT, 45)]


@pytest.mark.parametrize(("promises", "message"), [(True, Message.MISSED), (False, Message.GOODBYE)])
@pytest.mark.parametrize("story", [[ev.CameIn()], [ev.CameIn(wait_s=30), ev.AgentWaitOver()]])
def test_he_hears_of_a_callback_only_where_there_will_be_one(
    story: list[ev.CallEvent], promises: bool, message: Message
) -> None:
    _, effects, _ = lived(story, inbound=True, promises=promises)
    assert effects[-1] == PlayMessage(message)
