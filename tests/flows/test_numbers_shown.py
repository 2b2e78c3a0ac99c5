"""The numbers that calls show: in turn, each up to its daily limit, remembered by the floor that comes next."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import transaction

from decroche.accounts.models import User
from decroche.campaigns import numbers
from decroche.campaigns.models import Campaign, CampaignPresentedNumber, PresentedNumber, QueueEntry
from decroche.ledger.models import Principal
from tests.fakes.asterisk import NOBODY
from tests.fakes.story import PRESENTED, Story
from tests.flows.tell import Tell

SECOND = "+33199000102"
OFFICE = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "08:00", "to": "21:00"}]


async def two_numbers(floor: Story, limit: int | None, **fields: Any) -> Campaign:
    rules = {"no_answer": {"delay_s": 999_999, "max_attempts": 9, "next_phone": False}}
    campaign = await floor.campaign(rules=rules, hours=OFFICE, **fields)

    def numbers() -> None:
        second = PresentedNumber.objects.create(e164=SECOND)
        CampaignPresentedNumber.objects.create(campaign=campaign, number=second)
        PresentedNumber.objects.update(daily_limit=limit)

    await floor.rows(numbers)
    await floor.floor.campaigns.load()
    return campaign


async def shown(floor: Story) -> Counter[str]:
    return Counter(call.presented for call in await floor.calls())


def test_numbers_take_turns(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await two_numbers(floor, None)
        await floor.prospects(campaign, 6, NOBODY)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=20)
        assert await shown(floor) == {PRESENTED: 3, SECOND: 3}

    tell(story)


def test_when_all_are_used_up_the_queue_waits_for_the_next_days_first_hour(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await two_numbers(floor, 2)
        contacts = await floor.prospects(campaign, 6, NOBODY)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=30)
        assert await shown(floor) == {PRESENTED: 2, SECOND: 2}
        entries = [await floor.entry(contact) for contact in contacts]
        waiting = [one for one in entries if one.refused_reason == "presented_exhausted"]
        assert [one.state for one in waiting] == ["waiting", "waiting"]
        day = floor.floor.campaigns.local_day() + timedelta(days=1)
        when = {one.not_before.astimezone(floor.floor.campaigns.zone) for one in waiting}
        assert {(at.date(), at.hour, at.minute) for at in when} == {(day, 8, 0)}

    tell(story)


def test_nobody_is_called_under_another_principals_number_until_its_holder_is_put_right(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(audience="b2c", hours=OFFICE)
        contact = (await floor.prospects(campaign, 1, NOBODY))[0]

        def held_by(siren: str) -> None:
            number, supervisor = PresentedNumber.objects.get(), User.objects.create(username=f"chef-{siren}")
            holder = Principal.objects.get_or_create(siren=siren, defaults={"name": siren})[0]
            with transaction.atomic():
                numbers.update(supervisor, number.pk, {"principal_id": holder.pk})
                # It waits again from PostgreSQL's own now on, which is not the story's.
                QueueEntry.objects.update(not_before=floor.clock.now())

        await floor.web(lambda: held_by("732829320"))
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=5)
        assert (await floor.entry(contact)).refused_reason == "presented_of_another"
        assert await shown(floor) == {}
        await floor.web(lambda: held_by("123456782"))
        await floor.passes(minutes=5)
        assert await shown(floor) == {PRESENTED: 1}

    tell(story)


def test_whom_old_settings_put_off_after_the_change_and_before_the_floor_read_it_is_called_at_once(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(audience="b2c", hours=OFFICE)
        contact = (await floor.prospects(campaign, 1, NOBODY))[0]
        camille = await floor.agent("Camille", campaign)
        other = await floor.rows(lambda: Principal.objects.create(siren="732829320", name="Autre"))
        await floor.rows(lambda: PresentedNumber.objects.update(principal=other))
        await floor.floor.campaigns.load(campaign.pk)
        # Committed, and the floor has not heard of it yet.
        await floor.rows(lambda: PresentedNumber.objects.update(principal=None))
        await camille.goes_ready()
        await floor.passes(minutes=1)
        assert (await floor.entry(contact)).refused_reason == "presented_of_another"
        await floor.floor.campaigns.load(campaign.pk)
        await floor.passes(minutes=1)
        assert await shown(floor) == {PRESENTED: 1}

    tell(story)


def test_a_new_floor_remembers_what_was_shown_today(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await two_numbers(floor, 2)
        await floor.prospects(campaign, 4, NOBODY)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=20)
        before = dict(floor.floor.shown_today.calls())
        await floor.floor_stops()
        await floor.floor_starts()
        assert dict(floor.floor.shown_today.calls()) == before == {PRESENTED: 2, SECOND: 2}

    tell(story)
