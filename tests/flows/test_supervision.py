"""What the supervisor sees and does."""

from __future__ import annotations

import pytest

from decroche.agents.listening.selectors import in_force
from decroche.agents.listening.services import acknowledge
from decroche.agents.models import AgentSession
from tests.fakes.asterisk import BUSY, PATIENT
from tests.fakes.story import Agent, Refusal, Story, Window
from tests.flows.tell import Tell


async def watched(floor: Story) -> tuple[Window, Agent]:
    campaign = await floor.campaign()
    await floor.prospects(campaign, 3, PATIENT)
    nadia = await floor.supervisor("Nadia")
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await camille.talks()
    return nadia, camille


def test_the_floor_is_seen_live(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        nadia, camille = await watched(floor)
        await nadia.sees(lambda: nadia.state["agents"][0]["state"] == "talking", 1)
        row, campaign = nadia.state["agents"][0], nadia.state["campaigns"][0]
        assert (row["user_id"], row["callee"][:6]) == (camille.user.pk, "Hélène")
        assert (campaign["talking"], campaign["calls_today"]) == (1, 1)
        assert [call["state"] for call in nadia.state["calls"]] == ["talking"]

    tell(story)


def test_a_pause_waits_for_the_end_of_the_call(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        nadia, camille = await watched(floor)
        reason = await floor.pause_reason("Briefing")
        assert await nadia.does("pause_agent", user_id=camille.user.pk, reason_id=reason) == {"after_call": True}
        assert camille.state["state"]["next"] == "pause"
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        assert camille.doing == "paused"

    tell(story)


def test_an_agent_is_signed_out_and_told(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        nadia, camille = await watched(floor)
        await nadia.does("sign_out_agent", user_id=camille.user.pk)
        assert camille.bye == "signed_out"
        await floor.passes(seconds=1)
        assert [line for line in floor.asterisk.lines if line.startswith(("agent", "call"))] == []
        assert (await floor.rows(AgentSession.objects.get)).end_reason == "by_supervisor"

    tell(story)


def test_a_call_is_hung_up_by_the_supervisor(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        nadia, camille = await watched(floor)
        await nadia.does("hang_up_agent", user_id=camille.user.pk)
        await camille.sees(lambda: camille.doing == "wrap_up", 5)
        assert (await floor.calls())[0].hung_up_by == "supervisor"

    tell(story)


def test_listening_needs_a_line_and_is_shown_to_the_agent(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        nadia, camille = await watched(floor)
        with pytest.raises(Refusal) as refusal:
            await nadia.does("monitor", user_id=camille.user.pk, mode="listen")
        assert refusal.value.code == "line_not_ready"
        await nadia.does("softphone")
        await nadia.sees(lambda: nadia.state["softphone"], 1)
        floor.asterisk.register(nadia.state["softphone"]["credentials"]["username"])
        await nadia.sees(lambda: nadia.state["softphone"]["leg"] == "up", 5)
        await nadia.does("monitor", user_id=camille.user.pk, mode="whisper")
        await camille.sees(lambda: camille.call["monitored"] == "whisper", 1)
        assert any(name.startswith("snoop-boss") for name in floor.asterisk.lines)
        await nadia.does("stop_monitoring")
        await camille.sees(lambda: camille.call["monitored"] == "", 1)

    tell(story)


@pytest.mark.parametrize("mode", ["listen", "whisper", "barge"])
def test_nobody_listens_to_an_agent_who_was_not_told_of_it(tell: Tell, mode: str) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        nadia = await floor.supervisor("Nadia")
        malik = Agent(floor, await floor.user("Malik", campaign, told=False))
        await malik.signs_in()
        with pytest.raises(Refusal) as refusal:
            await nadia.does("monitor", user_id=malik.user.pk, mode=mode)
        assert refusal.value.code == "not_told_of_listening"
        assert "Malik n'a pas encore confirmé" in refusal.value.message
        await floor.rows(lambda: acknowledge(malik.user, in_force().version))
        with pytest.raises(Refusal) as refusal:
            await nadia.does("monitor", user_id=malik.user.pk, mode=mode)
        assert refusal.value.code == "line_not_ready"  # lawful now: only her own line is missing

    tell(story)


def test_a_test_call_says_how_it_went(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        await floor.campaign()
        nadia = await floor.supervisor("Nadia")
        floor.asterisk.everybody = BUSY
        identifier = next(iter(floor.floor.world.trunks))
        await nadia._dispatcher(
            {
                "type": "command",
                "id": 900,
                "name": "test_call",
                "args": {"trunk_id": identifier, "number": "0199001234"},
            }
        )
        await nadia.sees(lambda: 900 in nadia._answers, 30)
        assert nadia._answers[900]["result"] == {"result": "busy", "cause": 17, "sip_code": 486}
        assert nadia.notices == ["test_dialing", "test_over"]

    tell(story)
