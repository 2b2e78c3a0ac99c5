"""Recordings: the right voice on the right side, in step, whole."""

from __future__ import annotations

import asyncio
from pathlib import Path

from decroche.floor import stereo_sound as recording
from tests.telephony.harness import Engine, Line
from tests.telephony.sound import read

TONE, PERSON, SILENT = 92, 93, 95


async def finished(line: Line, parts: recording.StereoRecording) -> None:
    await asyncio.gather(*(line.recording_finished(name) for name in parts.names))


def spool(asterisk: Engine) -> Path:
    return asterisk.env.asterisk_dir / "spool/recording"


async def test_the_customer_is_left_and_the_agent_is_right(phone_line: Line, asterisk: Engine, tmp_path: Path) -> None:
    agent, customer = await phone_line.answered(TONE), await phone_line.answered(PERSON)
    await phone_line.bridged(agent, customer)
    parts = await recording.start(phone_line.ari, customer, "sides")
    await asyncio.sleep(2)
    await recording.stop(phone_line.ari, parts)
    await finished(phone_line, parts)
    recording.mix(parts, spool(asterisk), tmp_path / "both.wav")
    left, right = read(tmp_path / "both.wav", side=0), read(tmp_path / "both.wav", side=1)
    assert right.share_of(440) > 0.8 > 0.3 > left.share_of(440)
    assert left.rms() > 100


async def test_a_hang_up_of_the_customer_ends_both_sides(phone_line: Line, asterisk: Engine, tmp_path: Path) -> None:
    agent, customer = await phone_line.answered(TONE), await phone_line.answered(SILENT)
    await phone_line.bridged(agent, customer)
    parts = await recording.start(phone_line.ari, customer, "ended")
    await asyncio.sleep(1)
    await phone_line.ari.hangup(customer)
    await finished(phone_line, parts)
    await recording.stop(phone_line.ari, parts)
    recording.mix(parts, spool(asterisk), tmp_path / "both.wav")
    assert read(tmp_path / "both.wav").duration_s > 0.3
    assert not list(spool(asterisk).glob("rec-ended-*"))


async def test_both_sides_stay_in_step_through_a_hold(phone_line: Line, asterisk: Engine) -> None:
    """A one-way snoop lost everything after the music while bridge_simple was loaded."""
    agent, customer = await phone_line.answered(TONE), await phone_line.answered(SILENT)
    bridge = await phone_line.bridged(agent, customer)
    await asyncio.sleep(1)
    parts = await recording.start(phone_line.ari, customer, "hold")
    await asyncio.sleep(1)
    await phone_line.hold(bridge, customer)
    await asyncio.sleep(1)
    await phone_line.back(bridge, customer)
    await asyncio.sleep(1)
    await recording.stop(phone_line.ari, parts)
    await finished(phone_line, parts)
    left, right = (read(path) for path in parts.files(spool(asterisk)))
    assert right.bursts_of(440) == 2
    assert abs(left.duration_s - right.duration_s) <= 0.1
