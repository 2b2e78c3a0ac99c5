"""Pages reloaded, lines lost, pauses asked for in a call, sessions taken over."""

from __future__ import annotations

from typing import Any

import pytest

from decroche.agents.models import AgentSession
from decroche.callbacks.models import Callback
from tests.fakes.asterisk import PATIENT
from tests.fakes.story import Agent, Refusal, Story
from tests.flows.tell import Tell


async def in_a_talk(floor: Story, **fields: Any) -> Agent:
    campaign = await floor.campaign(**fields)
    await floor.prospects(campaign, 5, PATIENT)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await camille.talks()
    return camille


def test_a_pause_asked_for_in_a_call_comes_after_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        lunch = await floor.pause_reason("Déjeuner")
        assert await camille.does("pause", reason_id=lunch) == {"after_call": True}
        assert camille.doing == "talking"
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        assert (camille.doing, camille.state["state"]["pause_reason_id"]) == ("paused", lunch)
        await floor.passes(minutes=10)
        assert len(await floor.calls()) == 1

    tell(story)


def test_a_page_reloaded_in_mid_call_finds_its_contact_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        call_id, record = camille.call["id"], camille.state["record"]
        again = camille.reloads()
        line = floor.asterisk.lines[f"call-{call_id}"]
        await floor.until(lambda: line.music, 1)
        assert again.call["id"] == call_id
        assert again.state["record"] == record
        await again.does("reattach")
        again.softphone_registers()
        await again.sees(lambda: again.call["state"] == "talking")
        assert not line.music
        assert line.bridge == f"agent-{again.state['session']['id']}"

    tell(story)


def test_an_agent_who_does_not_come_back_costs_an_apology_and_a_callback(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        call_id = camille.call["id"]
        camille.closes()
        floor.asterisk.unregister(f"a{camille.state['session']['id']}")
        await floor.passes(seconds=30)
        assert (f"call-{call_id}", "sound:decroche/apology-cut") in floor.asterisk.played
        call = (await floor.calls())[0]
        assert (call.result, call.cut, call.hung_up_by) == ("connected", True, "system")
        promise = await floor.rows(Callback.objects.get)
        assert (promise.origin, promise.owner_id) == ("cut", camille.user.pk)

    tell(story)


def test_a_line_that_drops_while_the_browser_stays_is_called_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        leg = f"agent-{camille.state['session']['id']}"
        floor.asterisk.callee_hangs_up(leg)
        await camille.sees(lambda: camille.call["state"] == "orphaned")
        await camille.sees(lambda: camille.call["state"] == "talking")
        assert camille.leg == "up"

    tell(story)


def test_an_agent_is_signed_in_once(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor)
        second = Agent(floor, camille.user)
        assert second.state["session"] is None
        with pytest.raises(Refusal) as refusal:
            await second.does("sign_in")
        assert refusal.value.code == "signed_in_elsewhere"
        await second.does("sign_in", take_over=True)
        second.softphone_registers()
        await second.sees(lambda: second.call["state"] == "talking")
        assert camille.bye == "signed_in_elsewhere"
        assert await floor.rows(AgentSession.objects.count) == 1

    tell(story)


def test_a_desktop_that_stays_away_is_signed_out(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        camille = await floor.agent("Camille", campaign)
        camille.closes()
        await floor.passes(minutes=3)
        session = await floor.rows(AgentSession.objects.get)
        assert session.end_reason == "lost"
        assert floor.asterisk.lines == {}

    tell(story)


def test_nobody_is_called_for_a_desktop_that_is_away(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        camille.closes()
        await floor.prospects(campaign, 5, PATIENT)
        await floor.passes(seconds=60)
        assert floor.asterisk.dialed == []

    tell(story)


def test_a_timed_wrap_up_without_an_outcome_waits_for_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor, wrap_up="timed", wrap_up_s=20)
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await floor.passes(seconds=21)
        assert camille.doing == "paused"
        assert "outcome_missing" in camille.notices
        assert camille.state["record"] is not None
        await camille.disposes("Intéressé")
        await camille.sees(lambda: camille.doing in ("ready", "dialing"))

    tell(story)


def test_a_timed_wrap_up_is_extended_once(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await in_a_talk(floor, wrap_up="timed", wrap_up_s=20, wrap_up_extension_s=30)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("extend_wrap_up")
        with pytest.raises(Refusal):
            await camille.does("extend_wrap_up")
        await floor.passes(seconds=45)
        assert camille.doing == "wrap_up"
        await floor.passes(seconds=10)
        assert camille.doing != "wrap_up"

    tell(story)
