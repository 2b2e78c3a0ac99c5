"""Power mode and answering machines on the real Asterisk: what each contact really heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from decroche.campaigns import announcement_files
from decroche.campaigns.models import Announcement, Campaign
from decroche.contacts.models import Contact
from decroche.telephony.speech import speak
from tests.fakes.story import PRESENTED
from tests.telephony.floor_story import PERSON, LiveStory
from tests.telephony.harness import Engine
from tests.telephony.sound import Sound, closed

RECORDS, MACHINE, TALKATIVE = 90, 97, 98


@pytest.fixture
async def floor(
    asterisk: Engine, transactional_db: None, database_url: str, tmp_path: Path, settings: Any
) -> AsyncIterator[LiveStory]:
    settings.ANNOUNCEMENTS_DIR = asterisk.env.announcements_dir
    story = LiveStory(asterisk, database_url, tmp_path)
    await story.floor_starts()
    yield story
    await story.floor_stops()


async def power(floor: LiveStory, ratio: float = 2, **fields: Any) -> Campaign:
    """With its announcements spoken, as opening it does."""
    values = {"caller_name": "Mutuelle Santé", "callback_number": PRESENTED, "amd_check_share": 0, **fields}
    campaign = await floor.campaign(mode="power", power_ratio=ratio, **values)

    def speaks() -> None:
        announcement_files.keep_in_step(campaign)
        if campaign.machine_action == "message":
            announcement_files.put(campaign, "machine", speak("Bonjour, merci de nous rappeler."), "")

    await floor.rows(speaks)
    await floor.floor.campaigns.load()
    floor.has_answered(campaign)
    return campaign


async def heard_by(floor: LiveStory, contact: Contact) -> Sound:
    """The sound that reached the contact's telephone, once he has hung up."""
    e164 = await floor.rows(lambda: contact.phones.get().e164)
    return await closed(floor.engine.env.simulator_dir / f"spool/monitor/heard-0{e164[3:]}.wav")


async def test_a_person_for_whom_nobody_is_free_hears_who_called_and_is_let_go(floor: LiveStory) -> None:
    campaign = await power(floor)
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, PERSON)
    lost = await floor.contact(campaign, RECORDS)
    await camille.goes_ready()
    await camille.talks(20)
    await floor.until(lambda: len(floor.floor.world.calls) == 1, 40)
    results = {call.contact_id: call.result for call in await floor.calls()}
    assert results[lost.pk] == "abandoned"
    sound = await heard_by(floor, lost)
    length_s = (await floor.rows(lambda: Announcement.objects.get(kind="abandoned"))).duration_s
    begins_s = sound.starts_s() or 0
    assert abs(sound.duration_s - begins_s - length_s) < 5
    assert sound.part(begins_s, begins_s + length_s - 1).rms() > 300


async def test_the_agent_and_the_person_who_answered_hear_each_other(floor: LiveStory) -> None:
    campaign = await power(floor, ratio=1)
    camille = await floor.telephone_agent("Camille", campaign)
    contact = await floor.contact(campaign, RECORDS)
    await camille.goes_ready()
    await camille.talks(20)
    await asyncio.sleep(3)
    await camille.does("hang_up")
    assert (await heard_by(floor, contact)).part(1.0, 2.5).share_of(440) > 0.5  # the agent whistles


async def test_detection_beside_the_agent_frees_him_from_a_machine(floor: LiveStory) -> None:
    campaign = await power(floor, ratio=1, amd_enabled=True, amd_timing="during")
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, MACHINE)
    await camille.goes_ready()
    await camille.talks(20)
    await camille.sees(lambda: camille.doing == "ready", 15)
    (call,) = await floor.calls()
    assert (call.result, call.agent_id) == ("machine", camille.user.pk)


async def test_detection_beside_the_agent_leaves_him_with_a_person(floor: LiveStory) -> None:
    campaign = await power(floor, ratio=1, amd_enabled=True, amd_timing="during")
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, PERSON)
    await camille.goes_ready()
    await camille.talks(20)
    await asyncio.sleep(8)
    assert camille.doing == "talking"


async def test_the_campaigns_own_settings_of_detection_are_used(floor: LiveStory) -> None:
    """So strict that a person who says more than « allô » is taken for a machine."""
    strict = {"maximum_words": 1, "greeting_ms": 500, "after_greeting_silence_ms": 1500}
    campaign = await power(floor, ratio=1, amd_enabled=True, amd_settings=strict)
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, TALKATIVE)
    await camille.goes_ready()
    await floor.until(lambda: not floor.floor.world.calls and floor.floor.world.campaigns[campaign.pk].tally.calls, 20)
    assert [call.result for call in await floor.calls()] == ["machine"]


async def test_a_machine_gets_the_message_after_its_greeting(floor: LiveStory) -> None:
    campaign = await power(floor, ratio=1, amd_enabled=True, machine_action="message")
    camille = await floor.telephone_agent("Camille", campaign)
    contact = await floor.contact(campaign, MACHINE)
    await camille.goes_ready()
    await floor.until(lambda: not floor.floor.world.calls and floor.floor.world.campaigns[campaign.pk].tally.calls, 60)
    assert [call.result for call in await floor.calls()] == ["machine"]
    sound = await heard_by(floor, contact)
    begins_s = sound.starts_s() or 0
    assert begins_s > 8  # the greeting takes so long, and is not spoken over
    assert sound.part(begins_s, begins_s + 1).rms() > 300
