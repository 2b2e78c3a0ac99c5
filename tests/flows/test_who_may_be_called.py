"""Refusals at work: do-not-call, stopped campaigns, full lines, two floors, hours, numbers of the other kind."""

from __future__ import annotations

import asyncio

import pytest

from decroche.campaigns.models import Campaign, QueueEntry
from decroche.common.notify import notify_floor
from decroche.contacts.models import ContactPhone, DoNotCall
from decroche.telephony.models import Trunk
from tests.fakes.asterisk import NOBODY, PATIENT, PERSON, FakeAsterisk
from tests.fakes.story import Agent, Refusal, Story
from tests.flows.tell import Tell


def test_an_import_feeds_a_running_campaign(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.sees(lambda: camille.state["campaign"]["idle_reason"] == "no_entries")
        (contact,) = await floor.prospects(None, 1, PATIENT)

        def feed() -> None:
            QueueEntry.objects.create(campaign=campaign, contact=contact, not_before=floor.clock.now())
            notify_floor("queue_changed", campaign_id=campaign.pk)

        await floor.web(feed)
        await camille.talks(20)

    tell(story)


def test_never_call_again_acts_at_once_and_everywhere(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        mutuelle, energie = await floor.campaign("Mutuelle"), await floor.campaign("Énergie")
        (contact,) = await floor.prospects(mutuelle, 1, PATIENT)
        await floor.rows(
            lambda: QueueEntry.objects.create(campaign=energie, contact=contact, not_before=floor.clock.now())
        )
        camille = await floor.agent("Camille", mutuelle, energie)
        await camille.goes_ready()
        await camille.talks()
        await camille.disposes("Ne plus appeler")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        await floor.passes(hours=2)
        assert len(floor.asterisk.dialed) == 1
        entry = await floor.rows(lambda: QueueEntry.objects.get(campaign=energie))
        assert (entry.state, entry.refused_reason) == ("finished", "do_not_call")

    tell(story)


def test_changing_the_outcome_takes_the_number_off_the_list_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        await camille.disposes("Ne plus appeler")
        assert await floor.rows(DoNotCall.objects.count) == 1
        await camille.disposes("Intéressé")
        assert await floor.rows(DoNotCall.objects.count) == 0

    tell(story)


def test_a_number_of_the_list_is_refused_to_a_hand_that_dials_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        number = floor.number_of(contact)
        await floor.rows(lambda: DoNotCall.objects.create(e164=number, created_at=floor.clock.now()))
        camille = await floor.agent("Camille", campaign)
        with pytest.raises(Refusal) as refusal:
            await camille.does("dial", number="0" + number[3:])
        assert refusal.value.code == "do_not_call"
        assert "liste noire" in refusal.value.message

    tell(story)


def test_a_campaign_stopped_in_mid_flight_places_no_more_calls(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 30, PERSON)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.sees(lambda: camille.doing == "ringing")

        def stop() -> None:
            Campaign.objects.update(status="stopped")
            notify_floor("campaign_changed", id=campaign.pk)

        await floor.web(stop)
        await camille.talks()
        await camille.disposes("Intéressé")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        await floor.passes(minutes=10)
        assert len(await floor.calls()) == 1

    tell(story)


def test_a_line_is_never_filled_beyond_its_limit(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.rows(lambda: Trunk.objects.update(channel_limit=2))
        await floor.floor.trunks.load()
        await floor.prospects(campaign, 100, NOBODY)
        for name in ("Camille", "Noé", "Inès", "Théo"):
            agent = await floor.agent(name, campaign)
            await agent.goes_ready()
        most = 0
        for _ in range(600):
            await floor.passes(seconds=0.5)
            most = max(most, sum(name.startswith("call-") for name in floor.asterisk.lines))
        assert most == 2

    tell(story)


def test_two_floors_never_call_one_contact_twice(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(wrap_up="none")
        contacts = await floor.prospects(campaign, 40, NOBODY)
        first = floor.floor
        agents = [await floor.agent(name, campaign) for name in ("Camille", "Noé", "Inès")]
        for agent in agents:
            await agent.goes_ready()
        elsewhere = FakeAsterisk(floor.clock.now)
        elsewhere.everybody = NOBODY
        here, floor.asterisk = floor.asterisk, elsewhere
        task = floor._task
        second = await floor.floor_starts("second", elsewhere)
        others = [await floor.agent(name, campaign) for name in ("Théo", "Jade", "Anna")]
        for agent in others:
            await agent.goes_ready()
        await asyncio.sleep(1200)
        await floor.floor_stops()
        floor.floor, floor._task, floor.asterisk = first, task, here
        assert sorted(here.dialed + elsewhere.dialed) == sorted(floor.number_of(contact) for contact in contacts)
        assert len(elsewhere.dialed) > 5
        assert second is not first

    tell(story)


def test_outside_the_hours_nobody_is_called_and_the_screen_says_why(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        hours = [{"days": [0, 1, 2, 3, 4], "from": "14:00", "to": "20:00"}]
        campaign = await floor.campaign(audience="b2c", hours=hours)
        await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.sees(lambda: camille.state["campaign"]["idle_reason"] == "outside_hours")
        assert camille.state["campaign"]["idle_until"] == "2026-11-23T13:00:00Z"
        await floor.passes(hours=4, minutes=1)
        assert len(await floor.calls()) == 1

    tell(story)


def test_a_fifth_call_to_a_consumer_waits_for_the_month_to_pass(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        rules = {"no_answer": {"delay_s": 60, "max_attempts": 99, "next_phone": True}}
        campaign = await floor.campaign(audience="b2c", rules=rules, max_attempts=99)
        (contact,) = await floor.prospects(campaign, 1, NOBODY)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(hours=3)
        assert len(await floor.calls()) == 4
        assert (await floor.entry(contact)).refused_reason == "too_many_attempts"

    tell(story)


def test_who_has_to_wait_keeps_the_place_although_one_number_is_forbidden_for_ever(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        rules = {"no_answer": {"delay_s": 60, "max_attempts": 99, "next_phone": False}}
        first = await floor.campaign(audience="b2c", rules=rules, max_attempts=99)
        second = await floor.campaign("Relance", audience="b2c")
        (contact,) = await floor.prospects(first, 1, NOBODY)
        camille = await floor.agent("Camille", first, second)
        await camille.goes_ready()
        await floor.passes(hours=1)

        def listed() -> None:
            DoNotCall.objects.create(e164=floor.number_of(contact), created_at=floor.clock.now())
            ContactPhone.objects.create(contact=contact, kind="mobile", e164="+33639980099")
            QueueEntry.objects.create(campaign=second, contact=contact, not_before=floor.clock.now())
            notify_floor("queue_changed", campaign_id=second.pk)

        await floor.web(listed)
        await floor.passes(minutes=5)
        entry = await floor.rows(lambda: QueueEntry.objects.get(campaign=second))
        assert (entry.state, entry.refused_reason) == ("waiting", "too_many_attempts")

    tell(story)


def test_a_real_number_is_never_dialed_on_the_simulator(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        camille: Agent = await floor.agent("Camille", campaign)
        with pytest.raises(Refusal) as refusal:
            await camille.does("dial", number="01 42 68 53 00")
        assert refusal.value.code == "real_number_on_simulator"
        assert floor.asterisk.dialed == []

    tell(story)
