"""Trunks: registration, reload, numbers as a carrier wants them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from decroche.ari.events import StasisStart
from decroche.telephony import trunks
from decroche.telephony.trunk_config import TrunkConfig
from tests.telephony.harness import Engine, Line, trunk_to_simulator


async def state_of(engine: Engine, line: Line, trunk: TrunkConfig, wanted: str) -> str:
    """Its state, waited for: a registration takes a moment."""
    state = ""
    for _ in range(80):
        state = (await trunks.registration_states(engine.env, line.ari, [trunk]))[trunk.id]
        if state == wanted:
            break
        await asyncio.sleep(0.1)
    return state


async def test_the_trunk_registers_at_the_simulator(asterisk: Engine, phone_line: Line) -> None:
    assert await state_of(asterisk, phone_line, phone_line.trunk, "registered") == "registered"


async def test_a_trunk_with_a_wrong_secret_is_rejected(asterisk: Engine, phone_line: Line) -> None:
    wrong = replace(trunk_to_simulator(asterisk.env, trunk_id=7), secret="wrong")
    await trunks.apply(asterisk.env, phone_line.ari, [phone_line.trunk, wrong])
    assert await state_of(asterisk, phone_line, wrong, "rejected") == "rejected"
    await trunks.apply(asterisk.env, phone_line.ari, [phone_line.trunk])


async def test_a_trunk_to_nowhere_is_unreachable(asterisk: Engine, phone_line: Line) -> None:
    nowhere = replace(trunk_to_simulator(asterisk.env, trunk_id=8), port=9, registers=False)
    await trunks.apply(asterisk.env, phone_line.ari, [phone_line.trunk, nowhere])
    assert await state_of(asterisk, phone_line, nowhere, "unreachable") == "unreachable"
    await trunks.apply(asterisk.env, phone_line.ari, [phone_line.trunk])


@pytest.mark.parametrize("written", ["0199001292", "+33199001292", "0033199001292"])
async def test_the_simulator_takes_fiction_numbers_however_they_are_written(phone_line: Line, written: str) -> None:
    await phone_line.ari.originate(channel_id=f"call-{written}", endpoint=f"PJSIP/{written}@trunk-1", app_args="x")
    await phone_line.wait_for(StasisStart)


@pytest.mark.parametrize("written", ["0140000092", "+33612345692", "0033499001292", "15", "3639"])
async def test_the_simulator_refuses_all_other_numbers(phone_line: Line, written: str) -> None:
    await phone_line.ari.originate(channel_id=f"call-{written}", endpoint=f"PJSIP/{written}@trunk-1", app_args="x")
    assert (await phone_line.ended(f"call-{written}")).tech_cause == 403


async def test_a_reload_of_the_trunks_leaves_calls_alone(asterisk: Engine, phone_line: Line) -> None:
    channel_id = await phone_line.answered(92)
    await trunks.apply(asterisk.env, phone_line.ari, [phone_line.trunk])
    assert (await phone_line.channel(channel_id)).is_up


async def test_a_real_trunk_opens_the_public_port_without_a_restart(asterisk: Engine, phone_line: Line) -> None:
    real = TrunkConfig(id=9, host="127.0.0.1", port=asterisk.env.simulator_sip_port, codecs=("alaw",))
    await trunks.apply(asterisk.env, phone_line.ari, [phone_line.trunk, real])
    assert await state_of(asterisk, phone_line, real, "reachable") == "reachable"
    await trunks.apply(asterisk.env, phone_line.ari, [phone_line.trunk])
