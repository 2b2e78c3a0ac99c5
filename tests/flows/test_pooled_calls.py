"""Power and predictive: calls belong to the campaign, and whoever is free longest takes the person who answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from decroche.calls.models import CallEvent
from decroche.campaigns.models import Announcement, Campaign
from tests.fakes.asterisk import NOBODY, PATIENT, Callee
from tests.fakes.story import PRESENTED, Agent, Refusal, Story
from tests.flows.tell import Tell

HANGS_UP_AT_ONCE = Callee(answers_after=4.0, talks_for=1.0)


async def power(floor: Story, ratio: float = 2, *, answered: int = 400, **fields: Any) -> Campaign:
    """Later in a day without abandoned calls, so that its ratio is free."""
    campaign = await floor.campaign(
        mode="power", power_ratio=ratio, caller_name="Mutuelle", callback_number=PRESENTED, **fields
    )
    floor.has_answered(campaign, answered)
    return campaign


async def ready_agents(floor: Story, campaign: Campaign, *names: str) -> list[Agent]:
    agents = [await floor.agent(name, campaign) for name in names]
    for agent in agents:
        await agent.goes_ready()
        await floor.passes(seconds=1)
    return agents


def test_two_lines_are_dialed_for_each_ready_agent(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=2)
        await ready_agents(floor, campaign, "Camille", "Noé")
        await floor.prospects(campaign, 10, NOBODY)
        await floor.passes(seconds=5)
        assert len(floor.asterisk.dialed) == 4
        assert [call.agent_id for call in await floor.calls()] == [None] * 4

    tell(story)


def test_the_agent_who_waits_longest_takes_the_first_answer_with_its_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=1)
        camille, noe = await ready_agents(floor, campaign, "Camille", "Noé")
        (first,) = await floor.prospects(campaign, 1, PATIENT)
        await camille.talks()
        assert camille.state["record"]["contact_id"] == first.pk
        assert noe.doing == "ready"
        assert (await floor.calls())[0].agent_id == camille.user.pk

    tell(story)


def test_until_somebody_answers_the_agent_stays_ready_and_sees_no_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor)
        (camille,) = await ready_agents(floor, campaign, "Camille")
        await floor.prospects(campaign, 2, Callee(answers_after=10, talks_for=60))
        await floor.passes(seconds=8)
        assert (camille.doing, camille.state["record"]) == ("ready", None)
        await camille.talks()

    tell(story)


def test_an_agent_freed_within_two_seconds_takes_the_one_who_waits(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=2, wrap_up="none")
        (camille,) = await ready_agents(floor, campaign, "Camille")
        early, late = await floor.prospects(campaign, 2, PATIENT)
        floor.asterisk.numbers[floor.number_of(late)] = Callee(answers_after=6.0)
        await camille.talks()
        await floor.passes(seconds=3)
        first = camille.call["id"]
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.state["call"] and camille.call["id"] != first, 10)
        await camille.talks()
        assert camille.state["record"]["contact_id"] == late.pk
        assert early.pk != late.pk

    tell(story)


async def one_too_many(floor: Story, **fields: Any) -> tuple[Campaign, Agent]:
    """One agent, two persons who answer together."""
    campaign = await power(floor, ratio=2, **fields)
    (camille,) = await ready_agents(floor, campaign, "Camille")
    await floor.prospects(campaign, 2, PATIENT)
    await camille.talks()
    await floor.passes(seconds=4)
    return campaign, camille


def test_a_person_for_whom_nobody_is_free_hears_the_campaigns_own_message(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        sound = uuid4()
        campaign = await power(floor, ratio=2)

        def record() -> None:
            Announcement.objects.create(
                id=sound, campaign=campaign, kind="abandoned", duration_s=9, made_at=floor.clock.now()
            )

        await floor.rows(record)
        await floor.floor.campaigns.load()
        (camille,) = await ready_agents(floor, campaign, "Camille")
        await floor.prospects(campaign, 2, PATIENT)
        await camille.talks()
        await floor.passes(seconds=10)
        lost = next(call for call in await floor.calls() if call.agent_id is None)
        assert (f"call-{lost.pk}", f"sound:announcements/{sound}") in floor.asterisk.played
        assert lost.result == "abandoned"
        assert lost.answered_at is not None
        waited = next(e.at for e in await events(floor, lost.pk) if e.new == "closing") - lost.answered_at
        assert timedelta(seconds=1.9) < waited < timedelta(seconds=2.2)

    tell(story)


async def events(floor: Story, call_id: UUID) -> list[CallEvent]:
    return await floor.rows(lambda: list(CallEvent.objects.filter(call_id=call_id).order_by("id")))


def test_an_abandoned_number_is_left_alone_by_machines_for_72_hours_and_may_be_called_by_hand(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, camille = await one_too_many(floor, rules={"abandoned": {"delay_s": 60, "max_attempts": 5}})
        lost = next(call for call in await floor.calls() if call.agent_id is None)
        await floor.passes(minutes=10)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        await floor.passes(minutes=5)
        entry = await floor.rows(lambda: lost.queue_entry)
        assert entry is not None
        assert lost.answered_at is not None
        assert entry.refused_reason == "abandoned_lately"
        assert entry.not_before == lost.answered_at + timedelta(hours=72)
        await camille.does("dial", contact_id=lost.contact_id)
        await camille.talks()

    tell(story)


def test_the_manager_sees_the_share_of_abandoned_calls(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=2)
        boss = await floor.supervisor("Nadia")
        (camille,) = await ready_agents(floor, campaign, "Camille")
        await floor.prospects(campaign, 2, PATIENT)
        await camille.talks()
        await floor.passes(seconds=10)
        (row,) = boss.state["campaigns"]
        assert (row["pacing"]["answered_today"], row["pacing"]["abandoned_today"]) == (402, 1)
        assert row["pacing"]["allowance"] == pytest.approx(402 * 0.03 - 1)
        assert row["pacing"]["lines"] == 1

    tell(story)


def test_once_the_allowance_is_spent_power_dials_one_for_each_ready_agent_only(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign, camille = await one_too_many(floor, answered=40)
        await floor.prospects(campaign, 5, NOBODY)
        dialed = len(floor.asterisk.dialed)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        await floor.passes(seconds=5)
        assert len(floor.asterisk.dialed) == dialed + 1

    tell(story)


def test_a_change_of_mode_counts_from_the_next_decision(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=3)
        (camille,) = await ready_agents(floor, campaign, "Camille")

        def change() -> None:
            Campaign.objects.filter(pk=campaign.pk).update(mode="progressive")

        await floor.rows(change)
        await floor.floor.campaigns.load()
        await floor.prospects(campaign, 5, NOBODY)
        await floor.passes(seconds=5)
        assert len(floor.asterisk.dialed) == 1
        assert camille.doing == "ringing"

    tell(story)


def test_no_more_lines_than_the_manager_allows(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=5, lines_max=3)
        await ready_agents(floor, campaign, "Camille", "Noé")
        await floor.prospects(campaign, 10, NOBODY)
        await floor.passes(seconds=5)
        assert len(floor.asterisk.dialed) == 3

    tell(story)


async def pauses_while_it_rings(floor: Story, rings_after: float, answers_after: float) -> Agent:
    campaign = await power(floor, ratio=2)
    (camille,) = await ready_agents(floor, campaign, "Camille")
    await floor.prospects(campaign, 2, Callee(rings_after=rings_after, answers_after=answers_after, talks_for=30))
    await floor.passes(seconds=3)
    await camille.does("pause", reason_id=await floor.pause_reason())
    return camille


def test_the_last_free_agent_stays_for_those_who_are_about_to_answer(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await pauses_while_it_rings(floor, rings_after=1, answers_after=9)
        assert (camille.doing, camille.state["state"]["next"]) == ("ready", "pause")
        assert "calls_count_on_you" in camille.notices
        await camille.talks(10)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        assert camille.doing == "paused"

    tell(story)


def test_nobody_stays_for_more_than_15_seconds_and_what_rings_then_is_given_up(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await pauses_while_it_rings(floor, rings_after=1, answers_after=24)
        await floor.passes(seconds=10)
        assert {call.state for call in await floor.calls()} == {"ringing"}
        await camille.sees(lambda: camille.doing == "paused", 8)
        await floor.passes(seconds=3)
        assert {call.result for call in await floor.calls()} == {"cancelled"}

    tell(story)


def test_a_call_that_rings_nowhere_yet_keeps_nobody(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await pauses_while_it_rings(floor, rings_after=6, answers_after=9)
        assert camille.doing == "paused"
        assert {call.result for call in await floor.calls()} == {"cancelled"}

    tell(story)


def test_with_enough_others_free_an_agent_goes_at_once(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=1)
        camille, *_ = await ready_agents(floor, campaign, "Camille", "Noé", "Inès")
        await floor.prospects(campaign, 3, Callee(rings_after=1, answers_after=20))
        await floor.passes(seconds=3)
        await camille.does("pause", reason_id=await floor.pause_reason())
        assert camille.doing == "paused"

    tell(story)


def test_a_promise_of_the_agents_own_comes_before_the_pool(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=1)
        (camille,) = await ready_agents(floor, campaign, "Camille")
        (promised,) = await floor.prospects(campaign, 1, PATIENT)
        await camille.talks()
        due = floor.clock.now() + timedelta(minutes=5)
        await camille.disposes("À rappeler", callback_at=due.isoformat())
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        await floor.passes(minutes=6)
        assert camille.state["record"]["contact_id"] == promised.pk
        assert (await floor.calls())[-1].agent_id == camille.user.pk

    tell(story)


def test_a_floor_that_starts_again_remembers_what_was_abandoned(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign, _ = await one_too_many(floor)
        await floor.settled()
        await floor.floor_is_killed()
        await floor.floor_starts()
        seen = floor.floor.world.campaigns[campaign.pk].observed
        counts = seen.last(60, floor.clock.now())
        assert counts.abandoned == 1

    tell(story)


def test_two_campaigns_never_count_on_the_same_agent(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        first, second = await power(floor), await power(floor, name="Fibre")
        await ready_agents(floor, first, "Noé")
        camille = await floor.agent("Camille", first, second)
        await camille.goes_ready()
        for campaign in (first, second):
            await floor.prospects(campaign, 10, NOBODY)
        await floor.passes(seconds=5)
        by_campaign = [call.campaign_id for call in await floor.calls()]
        assert (by_campaign.count(first.pk), by_campaign.count(second.pk)) == (4, 0)

    tell(story)


def test_a_person_who_hangs_up_before_an_agent_came_counts_as_abandoned(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await power(floor, ratio=2)
        (camille,) = await ready_agents(floor, campaign, "Camille")
        _, other = await floor.prospects(campaign, 2, PATIENT)
        floor.asterisk.numbers[floor.number_of(other)] = HANGS_UP_AT_ONCE
        await camille.talks()
        await floor.passes(seconds=5)
        results = {call.contact_id: call.result for call in await floor.calls()}
        assert "abandoned" in results.values()
        with pytest.raises(Refusal):
            await camille.does("end_wrap_up")

    tell(story)
