"""Answering machines: told apart before an agent is needed or beside him, checked, spoken to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from decroche.calls.models import CallEvent
from decroche.campaigns.amd_report import report
from decroche.campaigns.models import Announcement, Campaign
from tests.fakes.asterisk import MACHINE, PATIENT, Callee
from tests.fakes.story import PRESENTED, Agent, Story
from tests.flows.tell import Tell

TALKS_ON = Callee(answers_after=4.0, machine=True)
SILENT = Callee(answers_after=4.0, silent=True)


async def one_call(floor: Story, callee: Callee, **fields: Any) -> tuple[Campaign, Agent]:
    values: dict[str, Any] = {
        "mode": "power",
        "power_ratio": 1,
        "amd_enabled": True,
        "caller_name": "Mutuelle",
        "amd_check_share": 0,
    }
    campaign = await floor.campaign(**values | {"callback_number": PRESENTED} | fields)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await floor.prospects(campaign, 1, callee)
    return campaign, camille


def test_detection_first_spares_the_agent_the_machine(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, camille = await one_call(floor, MACHINE)
        await floor.passes(seconds=20)
        (call,) = await floor.calls()
        assert (call.result, call.agent_id) == ("machine", None)
        assert camille.doing == "ready"

    tell(story)


def test_detection_first_gives_a_person_to_the_agent(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, camille = await one_call(floor, PATIENT)
        await camille.talks(10)

    tell(story)


def test_who_says_nothing_from_the_answer_on_is_a_machine(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        await one_call(floor, SILENT)
        await floor.passes(seconds=20)
        (call,) = await floor.calls()
        assert (call.result, call.agent_id) == ("machine", None)

    tell(story)


def test_a_search_that_began_late_proves_nothing_by_silence(tell: Tell) -> None:
    """Bug: the "allô" was over when a busy machine began to listen, and the person was hung up on."""

    async def story(floor: Story) -> None:
        floor.asterisk.screens_after = 1.2
        _, camille = await one_call(floor, SILENT)
        await camille.talks(15)

    tell(story)


def test_who_listens_to_the_agent_is_not_taken_for_a_machine_by_silence(tell: Tell) -> None:
    """Bug: beside a conversation the silence of who is being spoken to cut him off."""

    async def story(floor: Story) -> None:
        _, camille = await one_call(floor, SILENT, amd_timing="during")
        await camille.talks(10)
        await floor.passes(seconds=10)
        assert camille.doing == "talking"

    tell(story)


def test_detection_beside_the_agent_frees_him_from_a_machine(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign, camille = await one_call(floor, TALKS_ON, amd_timing="during")
        await camille.talks(10)
        await camille.sees(lambda: camille.doing == "ready", 10)
        (call,) = await floor.calls()
        assert (call.result, call.agent_id) == ("machine", camille.user.pk)
        assert "machine_heard" in camille.notices
        counts = floor.floor.world.campaigns[campaign.pk].observed.last(5, floor.clock.now())
        assert (counts.machine, counts.connected) == (1, 0)

    tell(story)


def test_detection_beside_the_agent_leaves_him_with_a_person(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, camille = await one_call(floor, PATIENT, amd_timing="during")
        await camille.talks(10)
        await floor.passes(seconds=10)
        assert camille.doing == "talking"

    tell(story)


def test_an_outcome_that_the_agent_gave_is_not_overruled_by_detection(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, camille = await one_call(floor, TALKS_ON, amd_timing="during")
        await camille.talks(10)
        await camille.disposes("Intéressé")
        await floor.passes(seconds=10)
        assert camille.doing == "talking"

    tell(story)


def test_a_machine_gets_the_message_once_its_greeting_is_over(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(
            mode="power", power_ratio=1, amd_enabled=True, machine_action="message", amd_check_share=0
        )
        sound = uuid4()
        fields: dict[str, Any] = {"kind": "machine", "duration_s": 9, "made_at": floor.clock.now()}
        await floor.rows(lambda: Announcement.objects.create(id=sound, campaign=campaign, **fields))
        await floor.floor.campaigns.load()
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.prospects(campaign, 1, TALKS_ON)
        await floor.passes(seconds=30)
        (call,) = await floor.calls()
        assert (call.state, call.result) == ("ended", "machine")
        assert (f"call-{call.pk}", f"sound:announcements/{sound}") in floor.asterisk.played

    tell(story)


def test_a_call_taken_for_a_machine_is_checked_by_a_free_agent_and_reported(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign, camille = await one_call(floor, TALKS_ON, amd_check_share=1)
        await camille.talks(20)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        said = await floor.rows(
            lambda: CallEvent.objects.get(trigger="screened", old="screening", new="screening").detail
        )
        assert said == {"verdict": "MACHINE", "cause": "LONGGREETING-1620-1600", "checked": True}
        found = await floor.rows(lambda: report(campaign.pk))
        assert (found.machines, found.checked, found.false_machines) == (1, 1, 1)

    tell(story)
