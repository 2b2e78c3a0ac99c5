"""Every result, from the real Asterisk to the call's row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.telephony.floor_story import PERSON, LiveStory
from tests.telephony.harness import Engine

NOBODY, BUSY, REJECTED, UNALLOCATED, CONGESTION, MACHINE, SWITCHED_OFF = 45, 70, 75, 77, 79, 97, 74


@pytest.fixture
async def floor(
    asterisk: Engine, transactional_db: None, database_url: str, tmp_path: Path
) -> AsyncIterator[LiveStory]:
    story = LiveStory(asterisk, database_url, tmp_path)
    await story.floor_starts()
    yield story
    await story.floor_stops()


@pytest.mark.parametrize(
    ("ending", "result", "cause", "sip_code"),
    [
        (BUSY, "busy", 17, 486),
        (REJECTED, "rejected", 21, 403),
        (UNALLOCATED, "unallocated", 1, 404),
        (CONGESTION, "congestion", 34, 503),
        (SWITCHED_OFF, "no_answer", 19, 480),
    ],
)
async def test_an_attempt_that_fails_keeps_its_cause(
    floor: LiveStory, ending: int, result: str, cause: int, sip_code: int
) -> None:
    campaign = await floor.campaign()
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, ending)
    await camille.goes_ready()
    await camille.sees(lambda: camille.doing == "dialing", 5)
    await camille.sees(lambda: camille.doing == "ready", 20)
    (call,) = await floor.calls()
    assert (call.result, call.cause, call.sip_code) == (result, cause, sip_code)


async def test_a_talk_is_connected_and_timed_by_asterisk(floor: LiveStory) -> None:
    campaign = await floor.campaign()
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, PERSON)
    await camille.goes_ready()
    await camille.talks(20)
    await camille.does("hang_up")
    await camille.sees(lambda: camille.doing == "wrap_up", 5)
    (call,) = await floor.calls()
    assert (call.result, call.hung_up_by) == ("connected", "agent")
    times = [call.claimed_at, call.placed_at, call.answered_at, call.bridged_at, call.ended_at]
    assert times == sorted(filter(None, times))


async def test_a_telephone_that_nobody_picks_up_is_no_answer(floor: LiveStory) -> None:
    campaign = await floor.campaign(ring_timeout_s=15)
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, NOBODY)
    await camille.goes_ready()
    await camille.sees(lambda: camille.doing == "ringing", 10)
    await camille.sees(lambda: camille.doing == "ready", 20)
    (call,) = await floor.calls()
    assert call.result == "no_answer"


async def test_a_call_hung_up_while_it_rings_is_cancelled(floor: LiveStory) -> None:
    campaign = await floor.campaign()
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, NOBODY)
    await camille.goes_ready()
    await camille.sees(lambda: camille.doing == "ringing", 10)
    await camille.does("hang_up")
    await camille.sees(lambda: camille.doing == "ready", 5)
    assert [call.result for call in await floor.calls()] == ["cancelled"]


async def test_a_machine_is_found_out_and_hung_up(floor: LiveStory) -> None:
    campaign = await floor.campaign(amd_enabled=True, amd_check_share=0)
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, MACHINE)
    await camille.goes_ready()
    await camille.sees(lambda: camille.state["call"] is not None, 10)
    await camille.sees(lambda: camille.doing == "ready", 25)
    assert [call.result for call in await floor.calls()] == ["machine"]


async def test_a_person_passes_the_search_for_machines(floor: LiveStory) -> None:
    campaign = await floor.campaign(amd_enabled=True)
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, PERSON)
    await camille.goes_ready()
    await camille.talks(20)
