"""The floor killed, Asterisk lost or restarted: conversations go on, screens come back, nothing is lost."""

from __future__ import annotations

from decroche.calls.models import Call
from tests.fakes.asterisk import PATIENT, PERSON
from tests.fakes.story import Agent, Story
from tests.flows.tell import Tell


async def in_a_talk(floor: Story) -> Agent:
    campaign = await floor.campaign()
    await floor.prospects(campaign, 1, PATIENT)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await camille.talks()
    await floor.settled()
    return camille


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
