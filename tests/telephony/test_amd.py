"""Answering machine detection, measured on the simulator's voices."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from decroche.ari.events import StasisStart
from decroche.telephony.amd import CAUSE, STATUS, is_machine
from decroche.telephony.conf_floor import AMD_CONTEXT
from tests.telephony.harness import Line


async def screened(line: Line, ending: int, *, late_s: float = 0) -> tuple[str, str, timedelta]:
    """Status, cause, and the time from the answer to them; `late_s`: the search begins so long after the answer."""
    channel_id = await line.call(ending)
    answer = await line.wait_for(StasisStart, lambda e: e.channel_id == channel_id, timeout_s=30)
    await asyncio.sleep(late_s)
    await line.ari.continue_in_dialplan(channel_id, AMD_CONTEXT)
    back = await line.wait_for(
        StasisStart, lambda e: e.channel_id == channel_id and e.args[:1] == ("amd",), timeout_s=30
    )
    assert back.args == ("amd", channel_id.removeprefix("call-"))
    status, cause = [await line.ari.get_variable(channel_id, name) for name in (STATUS, CAUSE)]
    return status, cause, back.at - answer.at


async def verdict(line: Line, ending: int) -> str:
    return (await screened(line, ending))[0]


@pytest.mark.parametrize("ending", [82, 85, 97], ids=["machine-1", "machine-2", "machine-1-at-once"])
async def test_a_machine_is_told_from_a_person(phone_line: Line, ending: int) -> None:
    assert await verdict(phone_line, ending) == "MACHINE"


async def test_persons_are_told_from_a_machine(phone_line: Line) -> None:
    """All three greetings in both voices; one mistake in six is allowed, as in the field."""
    told = await asyncio.gather(*(verdict(phone_line, ending) for ending in (0, 7, 15, 24, 16, 93)))
    assert told.count("HUMAN") >= 5


async def test_who_says_nothing_from_the_answer_on_is_a_machine(phone_line: Line) -> None:
    status, cause, _ = await screened(phone_line, 95)
    assert (status, cause.split("-")[0]) == ("MACHINE", "INITIALSILENCE")


async def test_a_person_whose_hello_was_over_when_the_search_began_is_no_machine(phone_line: Line) -> None:
    """Asterisk takes the silence for a machine's; the floor knows how long after the answer it began."""
    status, cause, since_answer = await screened(phone_line, 0, late_s=2.5)
    assert (status, cause.split("-")[0]) == ("MACHINE", "INITIALSILENCE")
    assert not is_machine(status, cause, since_answer)
