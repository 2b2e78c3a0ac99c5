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
