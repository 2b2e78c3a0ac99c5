"""Answering machine detection, measured on the simulator's voices."""

from __future__ import annotations

import asyncio

import pytest

from decroche.ari.events import StasisStart
from decroche.telephony.conf_floor import AMD_CONTEXT
from tests.telephony.harness import Line


async def verdict(line: Line, ending: int) -> str:
    channel_id = await line.answered(ending)
    await line.ari.continue_in_dialplan(channel_id, AMD_CONTEXT)
    back = await line.wait_for(
        StasisStart, lambda e: e.channel_id == channel_id and e.args[:1] == ("amd",), timeout_s=12
    )
    assert back.args == ("amd", channel_id.removeprefix("call-"))
    return await line.ari.get_variable(channel_id, "AMDSTATUS")


@pytest.mark.parametrize("ending", [82, 85, 97], ids=["machine-1", "machine-2", "machine-1-at-once"])
async def test_a_machine_is_told_from_a_person(phone_line: Line, ending: int) -> None:
    assert await verdict(phone_line, ending) == "MACHINE"


async def test_persons_are_told_from_a_machine(phone_line: Line) -> None:
    """All three greetings in both voices; one mistake in six is allowed, as in the field."""
    told = await asyncio.gather(*(verdict(phone_line, ending) for ending in (0, 7, 15, 24, 16, 93)))
    assert told.count("HUMAN") >= 5
