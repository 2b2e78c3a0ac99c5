"""Attempts that reached nobody: when the contact is called again, and on which number."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from decroche.campaigns.models import QueueEntry
from decroche.contacts.models import Contact, ContactPhone, ImportBatch
from tests.fakes.asterisk import BUSY, NOBODY, PATIENT, UNALLOCATED
from tests.fakes.story import Story
from tests.flows.tell import Tell


async def with_a_mobile(floor: Story, contact: Contact) -> str:
    mobile = f"+3363998{contact.pk % 10000:04d}"
    await floor.rows(lambda: ContactPhone.objects.create(contact=contact, kind="mobile", e164=mobile))
    return mobile


def test_a_busy_line_is_called_again_after_its_delay(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        rules = {"busy": {"delay_s": 600, "max_attempts": 3, "next_phone": False}}
        campaign = await floor.campaign(rules=rules)
        await floor.prospects(campaign, 1, BUSY)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=45)
        calls = await floor.calls()
        assert [call.result for call in calls] == ["busy"] * 3
        assert all(a.ended_at and b.claimed_at - a.ended_at >= timedelta(minutes=10) for a, b in pairwise(calls))

    tell(story)


def test_the_next_number_of_the_contact_is_tried(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(None, 1, UNALLOCATED)
        mobile = await with_a_mobile(floor, contact)
        floor.asterisk.numbers[mobile] = PATIENT
        await floor.rows(
            lambda: QueueEntry.objects.create(campaign=campaign, contact=contact, not_before=floor.clock.now())
        )
        floor.floor.campaigns.wake(campaign.pk)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        assert [call.e164 for call in await floor.calls()] == [floor.number_of(contact), mobile]

    tell(story)


def test_a_contact_is_given_up_after_the_last_attempt(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        rules = {"no_answer": {"delay_s": 60, "max_attempts": 2, "next_phone": True}}
        campaign = await floor.campaign(rules=rules)
        (contact,) = await floor.prospects(campaign, 1, NOBODY)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=20)
        entry = await floor.entry(contact)
        assert (entry.state, entry.attempts, entry.finished_reason) == ("finished", 2, "no_answer")

    tell(story)


def test_the_agent_tries_the_next_number_himself(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="preview")
        (contact,) = await floor.prospects(campaign, 1, NOBODY)
        mobile = await with_a_mobile(floor, contact)
        floor.asterisk.numbers[mobile] = PATIENT
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.sees(lambda: camille.doing == "preview")
        await camille.does("call_offered")
        await camille.sees(lambda: camille.doing == "wrap_up")
        assert camille.call["result"] == "no_answer"
        await camille.does("next_number")
        await camille.talks()
        assert camille.call["e164"] == mobile
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        entry = await floor.entry(contact)
        assert (entry.state, entry.attempts) == ("finished", 2)

    tell(story)


def test_a_batch_rolled_back_during_the_call_keeps_its_contact_out_of_the_queue(tell: Tell) -> None:
    """Read in the code: the retry after the call put back what the roll-back had just taken out."""

    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        batch = await floor.rows(lambda: ImportBatch.objects.create(name="lot", file_name="lot.csv", status="done"))
        (contact,) = await floor.prospects(campaign, 1, NOBODY, batch=batch)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.sees(lambda: camille.doing == "ringing")
        await floor.web(lambda: ImportBatch.objects.update(status="rolled_back"))
        await floor.passes(minutes=2)
        assert (await floor.entry(contact)).state == "withdrawn"

    tell(story)
