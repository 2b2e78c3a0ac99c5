"""The main path: ready, dialed for, talking, qualified, next."""

from __future__ import annotations

from tests.fakes.asterisk import PATIENT
from tests.fakes.story import Story
from tests.flows.tell import Tell


def test_an_agent_talks_and_qualifies(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        assert camille.state["record"]["contact_id"] == contact.pk
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        assert camille.doing == "ready"
        (call,) = await floor.calls()
        assert (call.state, call.result, call.hung_up_by) == ("ended", "connected", "agent")
        assert (await floor.entry(contact)).state == "finished"

    tell(story)


def test_each_conversation_begins_with_a_beep_in_the_agents_ear(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        await floor.passes(seconds=1)
        (call,) = await floor.calls()
        assert (f"snoop-beep-{call.pk}", "sound:decroche/beep") in floor.asterisk.played

    tell(story)


def test_a_hold_does_not_set_the_conversation_back_to_zero(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        began = camille.state["state"]["since"]
        await camille.does("hold", on=True)
        await floor.passes(minutes=1)
        await camille.does("hold", on=False)
        await camille.sees(lambda: camille.doing == "talking")
        assert camille.state["state"]["since"] == began

    tell(story)


def test_a_call_is_counted_once_when_it_is_qualified_during_the_talk(tell: Tell) -> None:
    """Seen on the floor: 29, 30, 31, 30 calls at the end of one."""

    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        await camille.disposes("Intéressé")
        await floor.passes(seconds=2)
        assert camille.state["figures"]["calls"] == 0
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        assert camille.state["figures"]["calls"] == 1

    tell(story)
