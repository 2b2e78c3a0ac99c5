"""A campaign calls in another order while it runs: the next call obeys; promises and due times stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from decroche.campaigns.claim import PutOff
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.steering import admission, services
from decroche.campaigns.steering.schema import OrderIn
from decroche.contacts.models import Contact, CustomField
from tests.fakes.story import Story
from tests.flows.steering import claim, floor_knows, places, worker_is_done
from tests.flows.tell import Tell
from tests.flows.test_territory import RHONE, lives, restrict


async def orders(floor: Story, campaign: Campaign, kind: str, **more: Any) -> None:
    boss = await floor.user("Nadia", role="supervisor")
    body = OrderIn.model_validate({"kind": kind, **more})
    await floor.web(lambda: services.put_order(boss, campaign.pk, body))
    await floor_knows(floor, campaign)


async def are_worth(floor: Story, contacts: list[Contact], *values: Any) -> None:
    """Each contact in turn has the next value of the field `valeur`, None for none."""

    def write() -> None:
        CustomField.objects.get_or_create(key="valeur", label="Valeur", kind="number")
        for contact, value in zip(contacts, values, strict=True):
            Contact.objects.filter(pk=contact.pk).update(custom={} if value is None else {"valeur": value})

    await floor.rows(write)


def test_the_next_call_is_the_newest_and_the_usual_order_comes_back(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 5)
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.talks()
        assert agent.call["e164"] == floor.number_of(prospects[0])
        for kind, expected in (("newest", 4), ("newest", 3), ("due", 1)):
            await orders(floor, campaign, kind)
            await agent.does("hang_up")
            await agent.disposes("Intéressé")
            await agent.goes_ready()
            await agent.talks()
            assert agent.call["e164"] == floor.number_of(prospects[expected])

    tell(story)


@pytest.mark.parametrize(
    ("descending", "expected"), [(True, [2, 0, 3, 1, 4]), (False, [1, 3, 0, 2, 4])], ids=["down", "up"]
)
def test_by_a_field_of_ones_own_the_blank_last(tell: Tell, descending: bool, expected: list[int]) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 5)
        await are_worth(floor, prospects, 900, 25, 12000, 100.5, None)
        await orders(floor, campaign, "field", field="custom.valeur", descending=descending)
        assert places(prospects, await claim(floor, campaign, 5)) == expected

    tell(story)


def test_at_random_everybody_once(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 40)
        await orders(floor, campaign, "random")
        found = places(prospects, [one for _ in range(4) for one in await claim(floor, campaign, 10)])
        assert sorted(found) == list(range(40))
        assert found != sorted(found)

    tell(story)


def test_the_least_called_come_first(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 3)
        attempts = dict(zip([p.pk for p in prospects], (2, 0, 1), strict=True))

        def call_them() -> None:
            for contact, count in attempts.items():
                QueueEntry.objects.filter(contact=contact).update(attempts=count)

        await floor.rows(call_them)
        await orders(floor, campaign, "fewest_attempts")
        assert places(prospects, await claim(floor, campaign, 3)) == [1, 2, 0]

    tell(story)


def test_a_promise_comes_before_any_order_and_an_urgent_entry_next(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 4)
        await orders(floor, campaign, "newest")
        due = floor.clock.now() - timedelta(minutes=1)
        promised = QueueEntry.objects.filter(contact=prospects[0])
        await floor.rows(lambda: promised.update(not_before=due, owner_until=due))
        urgent = await floor.prospects(campaign, 1, priority=5)
        assert places([*prospects, *urgent], await claim(floor, campaign, 3)) == [0, 4, 3]

    tell(story)


def test_who_is_put_off_comes_back_at_his_rank_when_he_is_due_not_before(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 5)
        await orders(floor, campaign, "newest")
        later = floor.clock.now() + timedelta(minutes=5)

        def judge(candidate: Any, _claim: Any) -> Any:
            return PutOff("outside_hours", later) if candidate.contact_id == prospects[4].pk else "yes"

        assert places(prospects, await claim(floor, campaign, 1, judge)) == [3]
        assert places(prospects, await claim(floor, campaign, 1)) == [2]
        await floor.passes(minutes=6)
        assert places(prospects, await claim(floor, campaign, 2)) == [4, 1]

    tell(story)


def test_new_entries_and_changed_contacts_find_their_place(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        first = await floor.prospects(campaign, 3)
        await are_worth(floor, first, 10, 20, 30)
        await orders(floor, campaign, "field", field="custom.valeur", descending=True)
        second = await floor.prospects(campaign, 2)
        await are_worth(floor, second, 25, 5)
        await are_worth(floor, first[:1], 40)
        everyone = [*first, *second]
        assert places(everyone, await claim(floor, campaign, 5)) == [0, 2, 3, 1, 4]

    tell(story)


def test_the_first_obey_at_once_and_the_worker_brings_the_rest(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "FIRST", 3)
    monkeypatch.setattr(admission, "CHUNK", 2)

    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 9)
        before = await floor.rows(lambda: list(QueueEntry.objects.order_by("id").values("state", "not_before")))
        await orders(floor, campaign, "newest")
        assert places(prospects, await claim(floor, campaign, 2)) == [8, 7]
        await worker_is_done(floor, campaign)
        assert await floor.rows(lambda: Campaign.objects.get(pk=campaign.pk).steering_progress) is None
        assert places(prospects, await claim(floor, campaign, 5)) == [6, 5, 4, 3, 2]
        await orders(floor, campaign, "due")
        assert places(prospects, await claim(floor, campaign, 9)) == [0, 1]
        after = await floor.rows(lambda: list(QueueEntry.objects.order_by("id").values("state", "not_before")))
        assert [one["not_before"] for one in after] == [one["not_before"] for one in before]

    tell(story)


def test_a_floor_whose_queue_is_still_being_sorted_waits_a_moment(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "FIRST", 0)

    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 3)
        agent = await floor.agent("Camille", campaign)
        await orders(floor, campaign, "newest")
        await agent.goes_ready()
        await agent.sees(lambda: agent.state["campaign"]["idle_reason"] == "sorting")
        await worker_is_done(floor, campaign)
        await agent.talks()

    tell(story)


def test_the_floor_shows_the_order(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 2)
        await are_worth(floor, [])
        await orders(floor, campaign, "field", field="custom.valeur", descending=True)
        boss = await floor.supervisor("Ada")
        row = boss.state["campaigns"][0]
        assert (row["order"], row["waiting_entries"], row["callable_now"]) == ("Valeur, décroissant", 2, 2)

    tell(story)


def test_an_order_holds_within_a_territory(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 6)
        await lives(floor, prospects, "75011", "69003")
        await orders(floor, campaign, "newest")
        await restrict(floor, campaign, RHONE)
        await floor_knows(floor, campaign)
        assert places(prospects, await claim(floor, campaign, 6)) == [5, 3, 1]
        await restrict(floor, campaign, [])
        await floor_knows(floor, campaign)
        assert places(prospects, await claim(floor, campaign, 6)) == [4, 2, 0]

    tell(story)


def test_whoever_is_brought_forward_or_taken_up_again_is_judged_anew(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 5)
        over = QueueEntry.objects.filter(contact=prospects[0])
        await floor.rows(lambda: over.update(state="withdrawn"))
        await orders(floor, campaign, "newest")
        await worker_is_done(floor, campaign)
        await floor.rows(lambda: over.update(state="waiting"))
        await floor.rows(lambda: QueueEntry.objects.filter(contact=prospects[2]).update(priority=5))
        assert places(prospects, await claim(floor, campaign, 5)) == [2, 4, 3, 1, 0]

    tell(story)
