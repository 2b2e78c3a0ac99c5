"""Return calls on the real Asterisk: a simulated person dials one of our numbers over the carrier's line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from decroche.callbacks.models import Callback
from decroche.campaigns import announcement_files
from decroche.campaigns.models import Announcement, Campaign
from decroche.contacts.models import Contact
from decroche.telephony.simulator_behaviours import number_ending_in
from tests.fakes.story import PRESENTED, Agent
from tests.telephony.floor_story import PERSON, LiveStory
from tests.telephony.harness import Engine, calls_in
from tests.telephony.sip_phone import udp_phone
from tests.telephony.sound import Sound, closed

RINGS_OUT_AND_CALLS_BACK, STRANGER = 69, 11
WELCOME_S = 4.7
"""So long does one listen to the words of welcome."""
NEVER = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "03:00", "to": "03:01"}]


@pytest.fixture
async def floor(
    asterisk: Engine, transactional_db: None, database_url: str, tmp_path: Path, settings: Any
) -> AsyncIterator[LiveStory]:
    settings.ANNOUNCEMENTS_DIR = asterisk.env.announcements_dir
    story = LiveStory(asterisk, database_url, tmp_path)
    await story.floor_starts()
    yield story
    await story.floor_stops()


async def manual(floor: LiveStory, **fields: Any) -> Campaign:
    """It names itself, as opening it makes it."""
    campaign = await floor.campaign(mode="manual", caller_name="Mutuelle Santé", wrap_up="none", **fields)
    await floor.rows(lambda: announcement_files.keep_in_step(campaign))
    await floor.floor.campaigns.load()
    return campaign


async def free_agent(floor: LiveStory, campaign: Campaign) -> Agent:
    camille = await floor.telephone_agent("Camille", campaign)
    await camille.goes_ready()
    return camille


async def rings(floor: LiveStory, caller: str) -> None:
    await calls_in(Engine(floor.engine.env, "simulator"), PRESENTED, caller)


def national(e164: str) -> str:
    return "0" + e164[3:]


async def heard_by(floor: LiveStory, number: str) -> Sound:
    """What reached the caller's ear, once he has hung up."""
    return await closed(floor.engine.env.simulator_dir / f"spool/monitor/heard-{number}.wav")


async def over(floor: LiveStory) -> None:
    await floor.until(lambda: not floor.floor.world.calls, 60)


async def length_of(floor: LiveStory, kind: str) -> float:
    return (await floor.rows(lambda: Announcement.objects.get(kind=kind))).duration_s


async def test_a_person_who_was_not_there_calls_back_and_talks_to_who_called(floor: LiveStory) -> None:
    """The whole way: our call rings out, the simulated person dials the number that was shown, seconds later."""
    campaign = await manual(floor, ring_timeout_s=15)
    camille = await free_agent(floor, campaign)
    contact = await floor.contact(campaign, RINGS_OUT_AND_CALLS_BACK)
    await camille.does("dial", contact_id=contact.pk)
    await camille.sees(lambda: camille.doing == "ready", 30)
    await camille.sees(lambda: camille.state["record"], 30)
    await camille.talks(5)
    assert (camille.call["direction"], camille.state["record"]["contact_id"]) == ("inbound", contact.pk)
    await asyncio.sleep(3)
    await camille.disposes("Intéressé")
    await camille.does("hang_up")
    await over(floor)
    caller = await floor.rows(lambda: contact.phones.get().e164)
    assert (await heard_by(floor, national(caller))).part(1.0, 2.5).share_of(440) > 0.5  # the agent whistles
    calls = await floor.calls()
    assert [(call.direction, call.result) for call in calls] == [("outbound", "no_answer"), ("inbound", "connected")]


async def test_holding_and_recording_are_as_in_any_call(floor: LiveStory, tmp_path: Path) -> None:
    campaign = await manual(floor, recording="all", recording_share=1.0)
    camille = await free_agent(floor, campaign)
    caller = national(number_ending_in(STRANGER))
    await rings(floor, caller)
    await camille.talks(15)
    await camille.sees(lambda: camille.call["recording"], 15)
    await asyncio.sleep(2)
    await camille.does("hold", on=True)
    await asyncio.sleep(2)
    await camille.does("hold", on=False)
    await asyncio.sleep(2)
    await camille.disposes("Intéressé")
    await camille.does("hang_up")
    await floor.until(lambda: list(tmp_path.glob("*.wav")), 15)
    sound = await heard_by(floor, caller)
    assert sound.bursts_of(440) == 2
    assert sum(1 for part in sound.steps() if part.rms() > 100 and part.share_of(440) < 0.3) > 25  # music
    assert sound.part(sound.duration_s - 1.2, sound.duration_s - 0.3).share_of(440) > 0.5


async def test_who_finds_everybody_busy_is_welcomed_waits_on_music_and_gets_the_first_who_is_free(
    floor: LiveStory,
) -> None:
    campaign = await manual(floor)
    camille = await free_agent(floor, campaign)
    other = await floor.contact(campaign, PERSON)
    await camille.does("dial", contact_id=other.pk)
    await camille.talks(20)
    caller = national(number_ending_in(STRANGER))
    await rings(floor, caller)
    await floor.until(lambda: any(call.on_music for call in floor.floor.world.calls.values()), 15)
    await asyncio.sleep(2)
    await camille.disposes("Intéressé")
    await camille.does("hang_up")
    await camille.sees(lambda: camille.state["call"] and camille.call["direction"] == "inbound", 5)
    await camille.talks(5)
    await asyncio.sleep(3)
    await camille.disposes("Intéressé")
    await camille.does("hang_up")
    sound = await heard_by(floor, caller)
    assert sound.part(0.5, 3).rms() > 300  # the words of welcome
    assert sound.part(0.5, 3).share_of(440) < 0.3
    assert sound.part(sound.duration_s - 2, sound.duration_s - 0.5).share_of(440) > 0.5


async def test_an_agent_freed_during_the_welcome_cuts_it_short(floor: LiveStory) -> None:
    campaign = await manual(floor)
    camille = await floor.telephone_agent("Camille", campaign)
    caller = national(number_ending_in(STRANGER))
    await rings(floor, caller)
    await floor.until(lambda: any(call.welcomed for call in floor.floor.world.calls.values()), 10)
    await asyncio.sleep(0.5)
    await camille.goes_ready()
    await camille.talks(5)
    await asyncio.sleep(1)
    await camille.disposes("Intéressé")
    await camille.does("hang_up")
    sound = await heard_by(floor, caller)
    assert sound.begins_s(440) < (sound.starts_s() or 0) + WELCOME_S


async def test_out_of_hours_he_hears_who_was_called_and_is_called_back(floor: LiveStory) -> None:
    campaign = await manual(floor, hours=NEVER)
    await free_agent(floor, campaign)
    contact = await floor.contact(campaign, STRANGER)
    caller = await floor.rows(lambda: contact.phones.get().e164)
    await rings(floor, national(caller))
    await floor.until(lambda: floor.floor.world.calls, 10)
    await over(floor)
    length_s = await length_of(floor, "missed")
    sound = await heard_by(floor, national(caller))
    begins_s = sound.starts_s() or 0
    assert sound.part(begins_s, begins_s + length_s - 1).rms() > 300
    assert abs(sound.duration_s - begins_s - length_s) < 5
    assert [(call.result, call.cause) for call in await floor.calls()] == [("missed", 16)]
    promise = await floor.rows(Callback.objects.get)
    assert (promise.contact_id, promise.origin) == (contact.pk, "return")


async def test_a_stranger_whom_nobody_answers_hears_the_words_of_goodbye(floor: LiveStory) -> None:
    await manual(floor, hours=NEVER)
    caller = national(number_ending_in(STRANGER, rank=1))
    await rings(floor, caller)
    await floor.until(floor.floor.return_calls.channels, 10)
    await floor.until(lambda: not floor.floor.return_calls.channels(), 30)
    sound = await heard_by(floor, caller)
    assert abs(sound.duration_s - (sound.starts_s() or 0) - await length_of(floor, "goodbye")) < 5
    assert [(call.result, call.contact_id) for call in await floor.calls()] == [("missed", None)]
    assert not await floor.rows(Contact.objects.exists)


@pytest.mark.parametrize(
    ("number", "status"),
    [("+33199000999", 404), ("0199000999", 404), ("decroche", 404), ("0199000100%20%24%7BEPOCH%7D", 404)],
)
async def test_a_number_that_is_none_of_ours_is_not_found(
    floor: LiveStory, asterisk: Engine, number: str, status: int
) -> None:
    await manual(floor)
    phone, socket = await udp_phone("0639980011", "", asterisk.env.asterisk_sip_port)
    assert await phone.dial(number) == status
    socket.close()
    assert await floor.calls() == []


async def test_without_a_floor_he_is_told_that_nobody_is_there(floor: LiveStory) -> None:
    await manual(floor)
    caller = national(number_ending_in(STRANGER, rank=2))
    await floor.floor_goes()
    await rings(floor, caller)
    assert (await heard_by(floor, caller)).part(1, 3).rms() > 300
    await floor.floor_starts()


async def test_a_floor_that_starts_again_finds_him_with_his_agent(floor: LiveStory) -> None:
    campaign = await manual(floor)
    camille = await free_agent(floor, campaign)
    await rings(floor, national(number_ending_in(STRANGER)))
    await camille.talks(15)
    (call,) = floor.floor.world.calls.values()
    await floor.floor_goes()
    await floor.floor_starts()
    again = Agent(floor, camille.user)
    await again.does("reattach")
    await again.talks(15)
    assert (again.call["direction"], again.call["id"]) == ("inbound", str(call.id))
    assert floor.floor.calls.of_channel(call.row.channel) is not None  # by Asterisk's own name
    await again.disposes("Intéressé")
    await again.does("hang_up")
