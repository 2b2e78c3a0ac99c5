"""A national campaign is restricted to a territory while it runs: the next call obeys, promises are kept."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from decroche.campaigns import territories
from decroche.campaigns.claim import Search, Wanted, claim_next, picking
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.territory import Part, resolve, zones
from decroche.campaigns.territory_schema import TerritoryIn
from decroche.contacts.models import Contact
from tests.fakes.story import Story
from tests.flows.tell import Tell

RHONE = [{"kind": "department", "code": "69"}]


async def lives(floor: Story, contacts: list[Contact], *codes: str) -> None:
    """Each contact in turn at the next postal code."""

    def move() -> None:
        for n, contact in enumerate(contacts):
            Contact.objects.filter(pk=contact.pk).update(postal_code=codes[n % len(codes)])

    await floor.rows(move)


async def restrict(floor: Story, campaign: Campaign, parts: list[dict[str, str]]) -> None:
    boss = await floor.user("Nadia", role="supervisor")
    await floor.web(lambda: territories.put(boss, campaign.pk, TerritoryIn.model_validate({"parts": parts})))


async def claim(floor: Story, campaign: Campaign, count: int, *parts: Part) -> list[int]:
    wanted = Wanted(campaign.pk, zones=zones(resolve(parts)))
    async with floor.floor.db.connection() as conn:
        found: Search[str] = await claim_next(
            conn, wanted, claims=[uuid4() for _ in range(count)], now=floor.clock.now(),
            judge=lambda _candidate, _claim: "yes", insert_calls=None,
        )  # fmt: skip
    return [one.candidate.contact_id for one in found.found]


def test_the_next_call_already_obeys_and_the_queue_is_as_it_was_afterwards(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 6)
        await lives(floor, prospects, "75011", "13001", "69003")
        before = await floor.rows(lambda: list(QueueEntry.objects.order_by("id").values("state", "not_before")))
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.talks()
        assert agent.call["e164"] == floor.number_of(prospects[0])
        await restrict(floor, campaign, RHONE)
        for expected in (prospects[2], prospects[5]):
            await agent.does("hang_up")
            await agent.disposes("Intéressé")
            await agent.goes_ready()
            await agent.talks()
            assert agent.call["e164"] == floor.number_of(expected)
        await restrict(floor, campaign, [])
        untouched = await floor.rows(lambda: list(QueueEntry.objects.order_by("id").values("state", "not_before")))
        assert [untouched[n] for n in (1, 3, 4)] == [before[n] for n in (1, 3, 4)]
        await agent.does("hang_up")
        await agent.disposes("Intéressé")
        await agent.goes_ready()
        await agent.talks()
        assert agent.call["e164"] == floor.number_of(prospects[1])

    tell(story)


def test_an_empty_territory_ends_the_work_and_another_one_wakes_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await lives(floor, await floor.prospects(campaign, 2), "75011")
        await restrict(floor, campaign, RHONE)
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.sees(lambda: agent.state["campaign"]["idle_reason"] == "territory_done")
        await restrict(floor, campaign, [{"kind": "code", "code": "75011"}])
        await agent.talks()

    tell(story)


def test_a_promise_is_kept_wherever_its_contact_lives(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 2)
        await lives(floor, prospects, "75011", "69003")
        due = floor.clock.now() - timedelta(minutes=1)
        promised = QueueEntry.objects.filter(contact=prospects[0])
        await floor.rows(lambda: promised.update(not_before=due, owner_until=due))
        assert await claim(floor, campaign, 2, Part("department", "69")) == [prospects[0].pk, prospects[1].pk]

    tell(story)


def test_zones_are_merged_in_the_order_of_the_queue(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 8)
        await lives(floor, prospects, "69003", "20090", "01000", "20200")
        urgent = QueueEntry.objects.filter(contact=prospects[6])
        await floor.rows(lambda: urgent.update(priority=5))
        parts = Part("department", "2A"), Part("code", "69003"), Part("prefix", "01")
        assert await claim(floor, campaign, 4, *parts) == [prospects[n].pk for n in (6, 0, 1, 2)]

    tell(story)


def test_the_floor_shows_the_territory_and_counts_within_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await lives(floor, await floor.prospects(campaign, 5), "75011", "69003")
        await restrict(floor, campaign, RHONE)
        boss = await floor.supervisor("Ada")
        row = boss.state["campaigns"][0]
        assert (row["territory"], row["waiting_entries"], row["callable_now"]) == ("Rhône (69)", 2, 2)

    tell(story)


QUEUE = """
INSERT INTO contacts_contact (created_at, updated_at, civility, first_name, last_name, company, address, address2,
  postal_code, city, country, client_code, email, custom)
SELECT now(), now(), '', '', 'x', '', '', '', lpad((1000 + (n * 7919) %% 94000)::text, 5, '0'), '', 'FR', '', '', '{}'
FROM generate_series(1, 30000) n;
INSERT INTO campaigns_queueentry (campaign_id, contact_id, state, priority, not_before, attempts, attempts_by_result,
  phone_position, last_result, finished_reason, refused_reason)
SELECT %(campaign)s, id, 'waiting', 0, now() - interval '1 hour', 0, '{}', 0, '', '', '' FROM contacts_contact;
"""


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [Part("code", "69003")],
        [Part("prefix", "690")],
        [Part("department", "69")],
        [Part("department", "2A"), Part("region", "11")],
    ],
    ids=["everywhere", "a code", "a prefix", "a department", "a mix"],
)
def test_a_claim_never_reads_the_whole_queue(transactional_db: None, parts: list[Part]) -> None:
    campaign = Campaign.objects.create(name="Nationale")
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, {"campaign": campaign.pk})
        cursor.execute("ANALYZE campaigns_queueentry; ANALYZE contacts_contact")
        plan = explain(cursor, Wanted(campaign.pk, zones=zones(resolve(parts))))
    scans = [node for node in nodes(plan) if node.get("Relation Name") == "campaigns_queueentry"]
    assert scans
    assert not [node for node in scans if node["Node Type"] in ("Seq Scan", "Bitmap Heap Scan")]
    assert ("queue_places" in {node.get("Index Name") for node in scans}) == bool(parts)


def explain(cursor: Any, wanted: Wanted) -> Any:
    now = "2099-01-01T00:00:00Z"
    facts: dict[str, Any] = {
        "user": None, "campaign": wanted.campaign_id, "promise_campaigns": [], "promises_only": False, "now": now,
        "steering": 0, "since": now, "abandoned_since": now, "counted": [], "also": [],
        "zones": json.dumps([{"zone": zone.number, "codes": zone.codes} for zone in wanted.zones]),
    }  # fmt: skip
    cursor.execute("EXPLAIN (FORMAT JSON) " + picking(wanted, 64), facts)
    return cursor.fetchone()[0][0]["Plan"]


def nodes(plan: Any) -> list[Any]:
    return [plan, *(found for below in plan.get("Plans", []) for found in nodes(below))]
