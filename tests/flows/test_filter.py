"""A campaign is restricted by a filter on any field while it runs: the next call obeys; taking it away restores all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.queue import counts
from decroche.campaigns.steering import services
from decroche.campaigns.steering.schema import FilterIn, OrderIn
from decroche.campaigns.tasks import admit_again, admit_entries
from decroche.contacts.models import Contact, ContactNote, CustomField
from tests.fakes.story import Story
from tests.flows.steering import claim, floor_knows, places, worker_is_done
from tests.flows.tell import Tell
from tests.flows.test_territory import RHONE, lives, restrict

DOLE = {"field": "city", "op": "is", "value": "Dole"}
NOTED = {"field": "notes", "op": "contains", "value": "piscine"}


async def filters(floor: Story, campaign: Campaign, *conditions: dict[str, Any], label: str = "") -> None:
    """Without any condition, everybody."""
    boss = await floor.user("Nadia", role="supervisor")
    body = FilterIn.model_validate({"filter": {"all": list(conditions)}, "label": label}) if conditions else None
    await floor.web(lambda: services.put_filter(boss, campaign.pk, body))
    await floor_knows(floor, campaign)


async def live_in(floor: Story, contacts: list[Contact], *cities: str) -> None:
    """Each contact in turn in the next town."""

    def move() -> None:
        for n, contact in enumerate(contacts):
            Contact.objects.filter(pk=contact.pk).update(city=cities[n % len(cities)])

    await floor.rows(move)


def test_the_next_call_obeys_and_the_queue_is_as_it_was_afterwards(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 6)
        await live_in(floor, prospects, "Paris", "Lyon", "Dole")
        fields = ("state", "not_before", "priority", "attempts")
        before = await floor.rows(lambda: list(QueueEntry.objects.order_by("id").values(*fields)))
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.talks()
        assert agent.call["e164"] == floor.number_of(prospects[0])
        await filters(floor, campaign, DOLE)
        for expected in (2, 5):
            await agent.does("hang_up")
            await agent.disposes("Intéressé")
            await agent.goes_ready()
            await agent.talks()
            assert agent.call["e164"] == floor.number_of(prospects[expected])
        await filters(floor, campaign)
        after = await floor.rows(lambda: list(QueueEntry.objects.order_by("id").values(*fields)))
        assert [after[n] for n in (1, 3, 4)] == [before[n] for n in (1, 3, 4)]
        await agent.does("hang_up")
        await agent.disposes("Intéressé")
        await agent.goes_ready()
        await agent.talks()
        assert agent.call["e164"] == floor.number_of(prospects[1])

    tell(story)


def test_an_exhausted_filter_has_its_own_reason_and_another_one_wakes_the_work(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await live_in(floor, await floor.prospects(campaign, 2), "Paris")
        await filters(floor, campaign, DOLE)
        await worker_is_done(floor, campaign)
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.sees(lambda: agent.state["campaign"]["idle_reason"] == "filter_done")
        await filters(floor, campaign)
        await agent.talks()

    tell(story)


def test_an_agent_reads_whom_it_keeps_and_how_many_may_be_called_now(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 6)
        await live_in(floor, prospects, "Paris", "Dole")
        put_off = QueueEntry.objects.filter(contact=prospects[1])
        await floor.rows(lambda: put_off.update(not_before=floor.clock.now() + timedelta(days=900)))
        await filters(floor, campaign, DOLE, label="Dole")
        await worker_is_done(floor, campaign)
        agent = await floor.agent("Camille", campaign)
        await agent.sees(lambda: agent.state["campaign"]["callable_now"] == 2)
        assert (agent.state["campaign"]["waiting"], agent.state["campaign"]["filter"]) == (3, "Dole")
        shown = await floor.rows(lambda: counts.view(campaign.pk))
        assert (shown.callable, shown.later, shown.outside) == (2, 1, 3)

    tell(story)


def test_a_promise_is_kept_whoever_it_was_made_to(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 3)
        await live_in(floor, prospects, "Paris", "Dole", "Lyon")
        due = floor.clock.now() - timedelta(minutes=1)
        promised = QueueEntry.objects.filter(contact=prospects[0])
        await floor.rows(lambda: promised.update(not_before=due, owner_until=due))
        await filters(floor, campaign, DOLE)
        assert places(prospects, await claim(floor, campaign, 3)) == [0, 1]

    tell(story)


def test_whoever_moves_is_in_or_out_at_once_and_new_entries_are_judged(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 4)
        await live_in(floor, prospects, "Dole", "Paris")
        await filters(floor, campaign, DOLE)
        await live_in(floor, prospects[:2], "Paris", "Dole")
        fresh = await floor.prospects(campaign, 2)
        await live_in(floor, fresh, "Dole", "Lyon")
        assert places([*prospects, *fresh], await claim(floor, campaign, 6)) == [1, 2, 4]

    tell(story)


def test_what_fits_no_more_for_its_notes_is_set_aside_and_what_fits_now_comes_with_the_sweep(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 4)
        await floor.rows(lambda: [ContactNote.objects.create(contact=p, text="a une piscine") for p in prospects[:3]])
        await filters(floor, campaign, NOTED)
        changed = ContactNote.objects.filter(contact=prospects[0])
        await floor.rows(lambda: changed.update(text="déménage"))
        await floor.rows(lambda: ContactNote.objects.create(contact=prospects[3], text="veut une piscine"))
        assert places(prospects, await claim(floor, campaign, 1)) == [1]
        assert (await floor.entry(prospects[0])).admitted is None
        await worker_is_done(floor, campaign)
        assert places(prospects, await claim(floor, campaign, 4)) == [2, 3]

    tell(story)


def test_filter_order_and_territory_hold_together(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 8)
        await lives(floor, prospects, "69003", "75011")
        await live_in(floor, prospects, "Dole", "Dole", "Lyon", "Lyon")
        boss = await floor.user("Ada", role="supervisor")
        await filters(floor, campaign, DOLE, label="Dole")
        await floor.web(lambda: services.put_order(boss, campaign.pk, OrderIn(kind="newest")))
        await restrict(floor, campaign, RHONE)
        await floor_knows(floor, campaign)
        row = (await floor.supervisor("Zoé")).state["campaigns"][0]
        assert (row["filter"], row["order"], row["territory"]) == ("Dole", "Plus récentes d'abord", "Rhône (69)")
        assert (row["waiting_entries"], row["callable_now"]) == (2, 2)
        assert places(prospects, await claim(floor, campaign, 8)) == [4, 0]

    tell(story)


def test_a_filter_whose_field_is_gone_calls_nobody(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 2)
        field = await floor.rows(lambda: CustomField.objects.create(key="toit", label="Toit", kind="text"))
        await filters(floor, campaign, {"field": "custom.toit", "op": "known", "value": False})
        await floor.rows(field.delete)
        await floor.floor.campaigns.load(campaign.pk)
        assert await claim(floor, campaign, 2) == []

    tell(story)


def test_the_sweep_is_for_campaigns_that_are_steered(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.campaign("Autre")
        await filters(floor, campaign, DOLE)
        jobs = ProcrastinateJob.objects.filter(task_name=admit_entries.name)
        before = await floor.rows(lambda: set(jobs.values_list("pk", flat=True)))
        await floor.rows(lambda: admit_again(0))
        deferred = await floor.rows(lambda: list(jobs.exclude(pk__in=before)))
        assert [job.args["campaign_id"] for job in deferred] == [campaign.pk]

    tell(story)
