"""The floor killed, Asterisk lost or restarted: conversations go on, screens come back, nothing is lost."""

from __future__ import annotations

from typing import Any

from decroche.agents.models import AgentStateInterval
from decroche.calls.models import Call
from tests.fakes.asterisk import PATIENT, PERSON, Callee
from tests.fakes.story import Agent, Story
from tests.flows.tell import Tell


async def in_a_talk(floor: Story, **fields: Any) -> Agent:
    campaign = await floor.campaign(**fields)
    await floor.prospects(campaign, 1, PATIENT)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await camille.talks()
    await floor.settled()
    return camille


async def intervals(floor: Story) -> list[tuple[Any, ...]]:
    """State, beginning, end: the agent's last two."""
    rows = AgentStateInterval.objects.order_by("-started_at", "-id").values_list("state", "started_at", "ended_at")
    return list(reversed(await floor.rows(lambda: list(rows[:2]))))


def test_a_conversation_survives_the_floor(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        call_id, lines = camille.call["id"], set(floor.asterisk.lines)
        await floor.floor_is_killed()
        await floor.floor_starts()
        again = Agent(floor, camille.user)
        assert (again.call["id"], again.call["state"], again.doing) == (call_id, "talking", "talking")
        assert again.leg == "up"
        assert {line for line in floor.asterisk.lines if not line.startswith("snoop-beep")} == {
            line for line in lines if not line.startswith("snoop-beep")
        }
        await again.disposes("Intéressé")
        await again.does("hang_up")
        await again.sees(lambda: again.doing == "wrap_up")
        await again.does("end_wrap_up")
        assert [call.result for call in await floor.calls()] == ["connected"]

    tell(story)


def test_what_ended_while_the_floor_was_away_is_closed(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        call_id = camille.call["id"]
        await floor.floor_is_killed()
        floor.asterisk.lose_connection()
        floor.asterisk.callee_hangs_up(f"call-{call_id}")
        floor.asterisk.find_connection()
        await floor.floor_starts()
        again = Agent(floor, camille.user)
        assert (again.doing, again.call["result"]) == ("wrap_up", "connected")

    tell(story)


def test_a_conversation_that_ended_while_the_floor_was_away_has_its_true_length(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        call_id, bridged_at = camille.call["id"], (await floor.calls())[0].bridged_at
        await floor.floor_is_killed()
        await floor.passes(seconds=10)
        ended_at = floor.clock.now()
        floor.asterisk.callee_hangs_up(f"call-{call_id}")
        await floor.passes(seconds=30)
        await floor.floor_starts()
        call = (await floor.calls())[0]
        assert (call.result, call.cause, call.hung_up_by) == ("connected", 16, "contact")
        assert (call.bridged_at, call.ended_at) == (bridged_at, ended_at)
        assert await intervals(floor) == [("talking", call.answered_at, ended_at), ("wrap_up", ended_at, None)]

    tell(story)


def test_without_a_wrap_up_the_pause_begins_at_the_true_end(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor, wrap_up="none")
        floor.asterisk.lose_connection()
        await floor.passes(seconds=10)
        ended_at = floor.clock.now()
        floor.asterisk.callee_hangs_up(f"call-{camille.call['id']}")
        await floor.passes(seconds=30)
        floor.asterisk.find_connection()
        await camille.sees(lambda: camille.doing == "paused")
        assert (await intervals(floor))[-1] == ("paused", ended_at, None)

    tell(story)


def test_a_contact_who_picked_up_while_the_floor_was_away_was_abandoned_then(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1, Callee(answers_after=4.0, talks_for=6.0))
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.sees(lambda: camille.doing == "ringing")
        await floor.settled()
        placed_at = (await floor.calls())[0].placed_at
        assert placed_at is not None
        await floor.floor_is_killed()
        await floor.passes(seconds=40)
        await floor.floor_starts()
        call = (await floor.calls())[0]
        assert (call.result, call.bridged_at) == ("abandoned", None)
        assert [round((at - placed_at).total_seconds(), 1) for at in (call.answered_at, call.ended_at) if at] == [4, 10]

    tell(story)


def test_a_busy_number_is_busy_although_nobody_listened(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1, Callee(fails_after=8.0, cause=17, sip=486))
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.sees(lambda: camille.doing == "ringing")
        await floor.settled()
        await floor.floor_is_killed()
        await floor.passes(seconds=40)
        await floor.floor_starts()
        call = (await floor.calls())[0]
        assert (call.result, call.cause) == ("busy", 17)

    tell(story)


def test_a_call_that_died_with_asterisk_ended_at_the_last_sign_of_life(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        await in_a_talk(floor)
        await floor.passes(seconds=30)
        last_alive = floor.asterisk.log.last_alive
        await floor.floor_is_killed()
        floor.asterisk.restart()
        await floor.passes(hours=2)
        floor.asterisk.find_connection()
        await floor.floor_starts()
        call = (await floor.calls())[0]
        assert (call.result, call.ended_at) == ("connected", last_alive)
        assert (await intervals(floor))[-1] == ("wrap_up", last_alive, None)

    tell(story)


def test_the_log_of_channels_starts_anew_when_it_was_read(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        await floor.floor_is_killed()
        floor.asterisk.callee_hangs_up(f"call-{camille.call['id']}")
        await floor.floor_starts()
        await floor.settled()
        assert floor.asterisk.log.lines == []

    tell(story)


def test_a_lost_connection_to_asterisk_harms_no_conversation(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        floor.asterisk.lose_connection()
        await camille.sees(lambda: camille.state["telephony"] == "down")
        await floor.passes(seconds=20)
        floor.asterisk.find_connection()
        await camille.sees(lambda: camille.state["telephony"] == "ok")
        assert (camille.doing, camille.call["state"]) == ("talking", "talking")

    tell(story)


def test_asterisk_restarted_closes_the_calls_and_calls_the_lines_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        endpoint = f"a{camille.state['session']['id']}"
        floor.asterisk.restart()
        await camille.sees(lambda: camille.state["telephony"] == "down")
        floor.asterisk.find_connection()
        await camille.sees(lambda: camille.state["telephony"] == "ok")
        assert (camille.doing, camille.call["result"]) == ("wrap_up", "connected")
        assert f"endpoint/{endpoint}" in floor.asterisk.objects
        floor.asterisk.register(endpoint)
        await camille.sees(lambda: camille.leg == "up")

    tell(story)


def test_late_and_duplicate_events_change_nothing(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        floor.asterisk.duplicates = True
        campaign = await floor.campaign(wrap_up="none")
        await floor.prospects(campaign, 20, PERSON)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        for _ in range(20):
            await camille.talks(200)
            await camille.disposes("Intéressé")
            await camille.goes_on()
        calls = await floor.calls()
        assert [call.result for call in calls] == ["connected"] * 20

    tell(story)


def test_a_claim_of_a_dead_floor_is_released_when_its_lease_is_over(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        await floor.rows(lambda: Call.objects.update(floor="another"))
        contact_id = camille.state["record"]["contact_id"]
        await floor.floor_is_killed()
        await floor.floor_starts("main")
        await floor.passes(minutes=15)
        call = (await floor.calls())[0]
        assert (call.state, call.result, call.contact_id) == ("ended", "connected", contact_id)

    tell(story)
