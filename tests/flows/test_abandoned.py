"""The contact picks up at the instant when his agent's line drops."""

from __future__ import annotations

from tests.fakes.asterisk import PATIENT
from tests.fakes.story import Agent, Story
from tests.flows.tell import Tell


async def loses_line_while_it_rings(floor: Story, *others: str) -> tuple[Agent, list[Agent]]:
    campaign = await floor.campaign()
    camille = await floor.agent("Camille", campaign)
    ready = [await floor.agent(name, campaign) for name in others]
    await camille.goes_ready()
    await floor.prospects(campaign, 1, PATIENT)
    await camille.sees(lambda: camille.doing == "ringing")
    for agent in ready:
        await agent.goes_ready()
    floor.asterisk.unregister(f"a{camille.state['session']['id']}")
    return camille, ready


def test_another_ready_agent_takes_the_contact(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille, (noe,) = await loses_line_while_it_rings(floor, "Noé")
        await noe.talks(20)
        assert noe.state["record"] is not None
        assert camille.state["call"] is None
        assert (await floor.calls())[0].agent_id == noe.user.pk

    tell(story)


def test_with_nobody_free_he_hears_the_message_and_is_left_alone_for_three_days(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        await loses_line_while_it_rings(floor)
        await floor.passes(seconds=20)
        (call,) = await floor.calls()
        assert (call.result, call.bridged_at) == ("abandoned", None)
        assert any(media == "sound:decroche/abandoned" for _, media in floor.asterisk.played)
        entry = await floor.rows(lambda: call.queue_entry)
        assert entry is not None
        assert call.ended_at is not None
        assert (entry.not_before - call.ended_at).days == 3

    tell(story)
