"""Four hours of a floor: three agents, hundreds of prospects of every kind. What must hold whatever happens."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

from decroche.calls.models import Call, CallEvent
from decroche.campaigns.models import QueueEntry
from tests.fakes.asterisk import BUSY, CONGESTION, MACHINE, NOBODY, PERSON, REJECTS, UNALLOCATED, Callee
from tests.fakes.story import Agent, Story
from tests.flows.tell import Tell

KINDS = [
    PERSON,
    PERSON,
    Callee(answers_after=7, talks_for=140),
    NOBODY,
    NOBODY,
    BUSY,
    REJECTS,
    UNALLOCATED,
    CONGESTION,
    MACHINE,
]


async def works(agent: Agent, chance: random.Random) -> None:
    """Talks, qualifies during or after the talk, goes on."""
    await agent.goes_ready()
    while True:
        await agent.sees(lambda: agent.doing in ("talking", "wrap_up"), 4 * 3600)
        await asyncio.sleep(chance.uniform(2, 90))
        if agent.doing == "talking" and chance.random() < 0.4:
            await agent.does("hang_up")
        await agent.sees(lambda: agent.doing == "wrap_up", 600)
        await asyncio.sleep(chance.uniform(1, 20))
        await agent.disposes(chance.choice(["Intéressé", "Absent", "Ne plus appeler"]))
        await agent.does("end_wrap_up")


def test_an_afternoon_of_a_floor(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        chance = random.Random(7)
        campaign = await floor.campaign()
        for _ in range(400):
            await floor.prospects(campaign, 1, chance.choice(KINDS))
        agents = [await floor.agent(name, campaign) for name in ("Camille", "Noé", "Inès")]
        work = [asyncio.create_task(works(agent, chance)) for agent in agents]
        await floor.passes(hours=4)
        assert not any(task.done() for task in work)
        for task in work:
            task.cancel()
        calls = await floor.calls()
        ended = [call for call in calls if call.state == "ended"]
        assert len(calls) > 300
        assert len(calls) - len(ended) <= 3
        assert all(call.result for call in ended)
        assert {call.agent_id for call in calls} == {agent.user.pk for agent in agents}
        assert_no_contact_twice_at_once(calls)
        await assert_each_story_is_whole(floor, ended)

    tell(story)


def assert_no_contact_twice_at_once(calls: list[Call]) -> None:
    last: dict[int | None, Call] = {}
    for call in calls:
        former = last.get(call.contact_id)
        assert former is None or (former.ended_at and former.ended_at <= call.claimed_at)
        last[call.contact_id] = call


async def assert_each_story_is_whole(floor: Story, ended: list[Call]) -> None:
    """Each call's events lead from claimed to ended without a gap, and its entry knows how often it was called."""
    events = await floor.rows(lambda: list(CallEvent.objects.order_by("id")))
    path: dict[object, str] = {}
    for event in events:
        assert path.get(event.call_id, "claimed") == event.old
        path[event.call_id] = event.new
    assert all(path[call.pk] == "ended" for call in ended)
    entries = {e.contact_id: e for e in await floor.rows(lambda: list(QueueEntry.objects.exclude(state="claimed")))}
    attempts = Counter(call.contact_id for call in ended if call.placed_at)
    assert all(entries[c].attempts == n for c, n in attempts.items() if c in entries)
