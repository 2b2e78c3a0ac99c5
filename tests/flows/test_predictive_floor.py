"""The whole floor in virtual time, paced by the predictive policy, on the days that the simulator plays."""

from __future__ import annotations

import asyncio
from random import Random
from statistics import fmean

from bench.pacing_policies import Ours
from bench.pacing_scenarios import BASE
from bench.pacing_simulator import Day
from decroche.campaigns.models import Campaign
from tests.fakes.asterisk import Callee
from tests.fakes.story import PRESENTED, Agent, Story
from tests.flows.tell import Tell

AGENTS, HOURS = 6, 2.0
NOISE_POINTS = 7.0
"""Two hours of six agents differ by about three points from one seed to the next."""


def callee(chance: Random) -> Callee:
    """As the simulator draws them; a machine holds its line and needs no agent."""
    kind, setup = chance.random(), chance.uniform(*BASE.setup_s)
    answer = chance.gammavariate(BASE.answer_shape, BASE.answer_scale_s)
    if kind < 0.25:
        return Callee(rings_after=setup, answers_after=setup + answer, talks_for=BASE.talk(chance))
    if kind < 0.25 + BASE.machines:
        return Callee(rings_after=setup, fails_after=setup + BASE.machine_s, cause=19, sip=480)
    if kind < 0.25 + BASE.machines + BASE.failures:
        return Callee(rings_after=None, fails_after=setup, cause=17, sip=486)
    return Callee(rings_after=setup)


async def works(agent: Agent, chance: Random) -> None:
    await agent.goes_ready()
    while True:
        await agent.sees(lambda: agent.doing == "wrap_up", 8 * 3600)
        await asyncio.sleep(BASE.wrap_up(chance))
        await agent.disposes("Intéressé")
        await agent.does("end_wrap_up")


def test_a_floor_is_as_busy_as_the_simulator_says_and_keeps_the_cap(tell: Tell) -> None:
    seconds = HOURS * 3600
    expected = fmean(Day(BASE, AGENTS, seed, until_s=seconds).run(Ours()).utilisation for seed in range(8))

    async def story(floor: Story) -> None:
        chance = Random(11)
        campaign = await predictive_campaign(floor, chance)
        agents = [await floor.agent(f"Agent {n}", campaign) for n in range(AGENTS)]
        work = [asyncio.create_task(works(agent, Random(n))) for n, agent in enumerate(agents)]
        await floor.passes(seconds=seconds)
        assert not any(task.done() for task in work)
        for task in work:
            task.cancel()
        observed, now = floor.floor.world.campaigns[campaign.pk].observed, floor.clock.now()
        counts = observed.last(int(HOURS * 60) + 1, now)
        assert counts.abandoned <= 0.03 * counts.connected
        busy = [await seconds_busy(floor, agent) for agent in agents]
        assert abs(100 * sum(busy) / (AGENTS * seconds) - expected) < NOISE_POINTS

    tell(story)


async def predictive_campaign(floor: Story, chance: Random) -> Campaign:
    campaign = await floor.campaign(mode="predictive", caller_name="Mutuelle", callback_number=PRESENTED)
    for contact in await floor.prospects(campaign, 1600):
        floor.asterisk.numbers[floor.number_of(contact)] = callee(chance)
    floor.floor.campaigns.wake(campaign.pk)
    return campaign


async def seconds_busy(floor: Story, agent: Agent) -> float:
    live = floor.floor.world.agents[agent.user.pk]
    await floor.floor.agents.load_figures(live)
    return live.figures.talk_s + live.figures.wrap_up_s
