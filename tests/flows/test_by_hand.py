"""Calls that an agent launches himself: previewed records, manual calls, records looked at."""

from __future__ import annotations

import pytest

from decroche.campaigns.models import QueueEntry
from decroche.contacts.models import Contact
from tests.fakes.asterisk import PATIENT
from tests.fakes.story import Agent, Refusal, Story
from tests.flows.tell import Tell


async def previewing(floor: Story, count: int = 2) -> Agent:
    campaign = await floor.campaign(mode="preview")
    await floor.prospects(campaign, count, PATIENT)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await camille.sees(lambda: camille.doing == "preview")
    return camille


def test_a_record_is_shown_and_nothing_dialed_until_the_agent_says_so(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        assert camille.state["record"]["last_name"].startswith("Lefèvre")
        await floor.passes(minutes=5)
        assert floor.asterisk.dialed == []
        await camille.does("call_offered")
        await camille.talks()

    tell(story)


def test_a_skipped_record_waits_and_the_next_one_is_offered(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        first = camille.state["record"]["contact_id"]
        await camille.does("skip_offered", reason="concurrent", later_s=3600)
        await camille.sees(lambda: camille.doing == "preview" and camille.state["record"]["contact_id"] != first)
        entry = await floor.rows(lambda: QueueEntry.objects.get(contact_id=first))
        assert (entry.state, entry.attempts, entry.refused_reason) == ("waiting", 0, "skipped: concurrent")

    tell(story)


def test_a_pause_gives_the_offered_record_back(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor, 1)
        reason = await floor.pause_reason()
        await camille.does("pause", reason_id=reason)
        assert camille.state["record"] is None
        assert (await floor.rows(QueueEntry.objects.get)).state == "waiting"

    tell(story)


def test_a_record_found_while_another_is_offered_takes_its_place(tell: Tell) -> None:
    """Seen on the floor: the search opened, and what it found was refused as if there were a call."""

    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        offered = camille.state["record"]["contact_id"]
        other = await floor.rows(lambda: QueueEntry.objects.exclude(contact_id=offered).get().contact_id)
        await camille.does("open_record", contact_id=other)
        assert (camille.state["record"]["contact_id"], camille.doing) == (other, "paused")
        await floor.passes(seconds=1)
        assert (await floor.rows(lambda: QueueEntry.objects.get(contact_id=offered))).state == "waiting"

    tell(story)


def test_a_number_typed_by_hand_makes_a_bare_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        floor.asterisk.everybody = PATIENT
        camille = await floor.agent("Camille", campaign)
        await camille.does("dial", number="06 39 98 20 11")
        await camille.talks()
        made = await floor.rows(Contact.objects.get)
        assert camille.state["record"]["contact_id"] == made.pk
        assert camille.call["e164"] == "+33639982011"

    tell(story)


def test_a_number_that_is_known_finds_its_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.does("dial", number="0" + floor.number_of(contact)[3:])
        await camille.talks()
        assert camille.state["record"]["contact_id"] == contact.pk
        assert await floor.rows(Contact.objects.count) == 1

    tell(story)


def test_two_agents_never_dial_the_same_contact(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille, noe = await floor.agent("Camille", campaign), await floor.agent("Noé", campaign)
        await camille.does("dial", contact_id=contact.pk)
        with pytest.raises(Refusal) as refusal:
            await noe.does("dial", contact_id=contact.pk)
        assert refusal.value.code == "contact_in_call"

    tell(story)


def test_after_a_manual_call_from_a_pause_the_agent_is_paused_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="progressive")
        contacts = await floor.prospects(campaign, 3, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.does("dial", contact_id=contacts[2].pk)
        await camille.talks()
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        assert camille.doing == "paused"

    tell(story)


def test_a_record_is_looked_at_without_being_called(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(None, 1)
        camille = await floor.agent("Camille", campaign)
        await camille.does("open_record", contact_id=contact.pk)
        assert camille.state["record"]["contact_id"] == contact.pk
        await camille.does("close_record")
        assert camille.state["record"] is None
        assert floor.asterisk.dialed == []

    tell(story)


def test_keys_hold_and_mute_reach_the_telephone(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        await camille.does("call_offered")
        await camille.talks()
        line = floor.asterisk.lines[f"call-{camille.call['id']}"]
        await camille.does("keys", digits="1#")
        await camille.does("hold", on=True)
        await floor.until(lambda: line.music, 1)
        assert (camille.doing, line.bridge) == ("hold", "")
        await camille.does("hold", on=False)
        await floor.until(lambda: line.bridge, 1)
        assert (line.music, floor.asterisk.keys[0][1]) == (False, "1#")

    tell(story)
