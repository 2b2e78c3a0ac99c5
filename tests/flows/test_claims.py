"""Many claimed in one transaction: each for one call, in the queue's order, the refused put off, nobody twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from decroche.calls import rows
from decroche.calls.rows import CallRow
from decroche.campaigns.candidate import Candidate
from decroche.campaigns.claim import Claimed, PutOff, Search, Wanted, claim_next
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.contacts.models import ContactPhone
from tests.fakes.story import Story
from tests.flows.tell import Tell

Verdict = str | PutOff | None


def always(_candidate: Candidate, _claim: UUID) -> Verdict:
    return "yes"


async def claim(floor: Story, campaign: Campaign, count: int, judge: Any = always) -> Search[str]:
    async with floor.floor.db.connection() as conn:
        return await claim_next(
            conn, Wanted(campaign.pk), claims=[uuid4() for _ in range(count)], now=floor.clock.now(), judge=judge,
            insert_calls=lambda found: rows.insert(*(as_row(one, floor) for one in found)),
        )  # fmt: skip


def as_row(one: Claimed[str], floor: Story) -> CallRow:
    c = one.candidate
    return CallRow(
        one.claim, c.campaign_id, c.contact_id, c.entry_id, None, None, None, "power", c.phones[0][1], "phone", "",
        floor.clock.now(),
    )  # fmt: skip


def contacts(search: Search[str]) -> list[int]:
    return [one.candidate.contact_id for one in search.found]


def test_five_are_claimed_at_once_in_the_queues_order(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 8)
        found = await claim(floor, campaign, 5)
        assert contacts(found) == [p.pk for p in prospects[:5]]
        claimed = QueueEntry.objects.filter(state="claimed")
        entries = await floor.rows(lambda: list(claimed.values_list("claim", flat=True)))
        assert set(entries) == {one.claim for one in found.found}
        assert {call.id for call in await floor.calls()} == set(entries)

    tell(story)


def test_the_refused_are_put_off_and_others_take_their_place(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 6)
        later = floor.clock.now() + timedelta(hours=1)

        def judge(candidate: Candidate, _claim: UUID) -> Verdict:
            return PutOff("outside_hours", later) if candidate.contact_id == prospects[1].pk else "yes"

        assert contacts(await claim(floor, campaign, 3, judge)) == [prospects[n].pk for n in (0, 2, 3)]
        assert (await floor.entry(prospects[1])).not_before == later

    tell(story)


def test_two_contacts_with_one_number_are_never_called_together(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        one, other, third = await floor.prospects(campaign, 3)
        await floor.rows(lambda: ContactPhone.objects.filter(contact=other).update(e164=floor.number_of(one)))
        assert contacts(await claim(floor, campaign, 3)) == [one.pk, third.pk]
        entry = await floor.entry(other)
        assert (entry.state, entry.refused_reason) == ("waiting", "in_call")

    tell(story)


def test_no_free_line_ends_the_search_and_holds_nobody_back(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 4)
        left = iter([True, True])
        found = await claim(floor, campaign, 4, lambda candidate, claim: "yes" if next(left, False) else None)
        assert contacts(found) == [p.pk for p in prospects[:2]]
        assert (await floor.entry(prospects[2])).state == "waiting"

    tell(story)
