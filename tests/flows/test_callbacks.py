"""Promises to call back are kept: by their owner first, then by the team."""

from __future__ import annotations

from datetime import timedelta

from decroche.callbacks import services as callbacks
from decroche.callbacks.models import Callback
from decroche.campaigns.models import Campaign
from decroche.contacts.models import Contact
from tests.fakes.asterisk import NOBODY, PATIENT
from tests.fakes.story import Agent, Story
from tests.flows.tell import Tell


async def promises(floor: Story, agent: Agent, campaign: Campaign, contact: Contact, in_minutes: int) -> None:
    await floor.web(
        lambda: callbacks.make(
            contact_id=contact.pk, campaign_id=campaign.pk, due_at=floor.clock.now() + timedelta(minutes=in_minutes),
            now=floor.clock.now(), owner=agent.user, note="après la réunion",
        )
    )  # fmt: skip


def test_a_promise_given_in_a_call_is_kept_by_its_agent(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1, PATIENT)
        camille, noe = await floor.agent("Camille", campaign), await floor.agent("Noé", campaign)
        await camille.goes_ready()
        await camille.talks()
        at = floor.clock.now() + timedelta(hours=2)
        await camille.disposes("À rappeler", callback_at=at.isoformat(), callback_note="demander Paul")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        await noe.goes_ready()
        await floor.passes(hours=1, minutes=59)
        assert len(await floor.calls()) == 1
        await camille.talks(120)
        assert camille.state["record"]["callback_note"] == "demander Paul"
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        kept = await floor.rows(Callback.objects.select_related("kept_in_call").get)
        assert kept.kept_in_call is not None
        assert (kept.state, kept.kept_in_call.agent_id) == ("done", camille.user.pk)

    tell(story)


def test_a_late_promise_is_released_to_the_team(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await promises(floor, camille, campaign, contact, in_minutes=10)
        noe = await floor.agent("Noé", campaign)
        await noe.goes_ready()
        await floor.passes(minutes=24)
        assert await floor.calls() == []
        await noe.talks(180)
        assert noe.state["record"]["contact_id"] == contact.pk

    tell(story)


def test_a_due_promise_slips_in_before_the_queue_of_another_campaign(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        mutuelle, energie = await floor.campaign("Mutuelle"), await floor.campaign("Énergie")
        await floor.prospects(mutuelle, 50, NOBODY)
        (contact,) = await floor.prospects(energie, 1, PATIENT)
        camille = await floor.agent("Camille", mutuelle, energie)
        await promises(floor, camille, energie, contact, in_minutes=5)
        await camille.goes_ready()
        await camille.talks(400)
        assert camille.state["record"]["contact_id"] == contact.pk
        assert camille.state["campaign"]["id"] == energie.pk

    tell(story)


def test_a_promise_that_nobody_answers_stays_and_is_tried_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        rules = {"no_answer": {"delay_s": 300, "max_attempts": 3, "next_phone": True}}
        campaign = await floor.campaign(rules=rules)
        (contact,) = await floor.prospects(campaign, 1, NOBODY)
        camille = await floor.agent("Camille", campaign)
        await promises(floor, camille, campaign, contact, in_minutes=5)
        await camille.goes_ready()
        await floor.passes(minutes=8)
        first = await floor.rows(Callback.objects.get)
        assert (first.state, first.kept_in_call_id is not None) == ("scheduled", True)
        floor.asterisk.numbers[floor.number_of(contact)] = PATIENT
        await camille.talks(600)
        await floor.settled()

    tell(story)


def test_a_cancelled_promise_goes_back_to_the_queue(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await promises(floor, camille, campaign, contact, in_minutes=60)
        await camille.goes_ready()
        made = await floor.rows(Callback.objects.get)
        await floor.web(lambda: callbacks.cancel(made.pk, now=floor.clock.now()))
        await camille.talks(60)

    tell(story)


def test_a_kept_promise_leaves_the_agent_to_the_campaign_that_he_chose(tell: Tell) -> None:
    """Seen on the floor: a promise kept stayed among those due, and drew its agent to its campaign for ever."""

    async def story(floor: Story) -> None:
        promised, chosen = await floor.campaign("Promesses"), await floor.campaign("Choisie")
        contact, *_ = await floor.prospects(promised, 3, PATIENT)
        await floor.prospects(chosen, 3, PATIENT)
        camille = await floor.agent("Camille", promised, chosen)
        await promises(floor, camille, promised, contact, in_minutes=1)
        await floor.passes(minutes=2)
        await camille.does("select_campaign", campaign_id=chosen.pk)
        await camille.goes_ready()
        for _ in range(2):
            await camille.talks()
            await camille.disposes("Intéressé")
            await camille.does("hang_up")
            await camille.sees(lambda: camille.doing == "wrap_up")
            await camille.does("ready")
        assert [call.campaign_id for call in await floor.calls()][:2] == [promised.pk, chosen.pk]

    tell(story)
