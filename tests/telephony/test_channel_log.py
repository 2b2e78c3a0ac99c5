"""What the real Asterisk notes of a channel, and what is read of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from decroche.ari.events import StasisStart
from decroche.telephony import channel_log
from decroche.telephony.channel_log import AsteriskChannelLog, ChannelTimes
from tests.telephony.harness import Engine, Line

TONE, PERSON, BUSY = 91, 93, 70
A_MOMENT = timedelta(seconds=2)
"""Between two of Asterisk's threads, on a busy machine."""
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def noted(engine: Engine, channel_id: str, what: str = "ended_at") -> ChannelTimes:
    """What the log says of a channel, once it says this: Asterisk writes it beside its events."""
    async with asyncio.timeout(30):
        while True:
            found = (await AsteriskChannelLog(engine.env.asterisk_dir).read()).channels.get(channel_id)
            if found is not None and getattr(found, what) is not None:
                return found
            await asyncio.sleep(0.05)


async def test_answer_meeting_and_end_are_noted_at_the_time_of_their_events(asterisk: Engine, phone_line: Line) -> None:
    channel_id = await phone_line.answered(PERSON)
    await phone_line.bridged(channel_id)
    await phone_line.ari.hangup(channel_id)
    ended = await phone_line.ended(channel_id)
    answered = await phone_line.wait_for(StasisStart, lambda e: e.channel_id == channel_id)
    times = await noted(asterisk, channel_id)
    assert times.answered_at is not None
    assert times.joined_at is not None
    assert times.ended_at is not None
    assert abs(times.answered_at - answered.at) < A_MOMENT
    assert abs(times.ended_at - ended.at) < A_MOMENT
    assert (times.cause, times.ended_here) == (16, True)


async def test_an_end_without_an_answer_has_its_cause(asterisk: Engine, phone_line: Line) -> None:
    channel_id = await phone_line.call(BUSY)
    await phone_line.ended(channel_id)
    times = await noted(asterisk, channel_id)
    assert (times.answered_at, times.cause, times.ended_here) == (None, 17, False)


async def test_the_log_goes_on_after_a_cut(asterisk: Engine, phone_line: Line) -> None:
    log = AsteriskChannelLog(asterisk.env.asterisk_dir)
    first = await phone_line.answered(TONE)
    await log.cut()
    second = await phone_line.answered(TONE)
    assert (await noted(asterisk, first, "answered_at")).answered_at is not None
    assert (await noted(asterisk, second, "answered_at")).answered_at is not None


async def test_no_number_is_in_the_log(asterisk: Engine, phone_line: Line) -> None:
    channel_id = await phone_line.answered(TONE)
    await phone_line.far_end_done(channel_id)
    await noted(asterisk, channel_id)
    text = (asterisk.env.asterisk_dir / "log/cel-custom/channels.jsonl").read_text()
    assert channel_id in text
    assert "99000" not in text


# ── The reader alone ─────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log/cel-custom").mkdir(parents=True)
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "log/cel-custom/channels.jsonl"
    path.write_text(text)
    return path


def test_a_half_written_line_harms_no_other(folder: Path) -> None:
    whole = '{"eventtype":"HANGUP","eventtime":"1795429385.5","uniqueid":"call-a","eventextra":"{}"}\n'
    write(folder, 'x\n[]\n{"eventtype":"HANGUP","uniqueid":"call-b"}\n' + whole + '{"eventtype":"HAN')
    assert list(asyncio.run(AsteriskChannelLog(folder).read()).channels) == ["call-a"]


def test_a_long_log_is_cut_only_when_it_may_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel_log, "AT_MOST_BYTES", 10)
    path, log = write(folder, "x" * 11), AsteriskChannelLog(folder)
    asyncio.run(log.alive(NOW, may_cut=False))
    assert path.exists()
    asyncio.run(log.alive(NOW, may_cut=True))
    assert not path.exists()


def test_the_last_sign_of_life_is_kept_for_the_next_floor(folder: Path) -> None:
    asyncio.run(AsteriskChannelLog(folder).alive(NOW, may_cut=True))
    assert asyncio.run(AsteriskChannelLog(folder).read()).last_alive == NOW


def test_without_a_log_nothing_is_known(tmp_path: Path) -> None:
    noted = asyncio.run(AsteriskChannelLog(tmp_path).read())
    assert (noted.channels, noted.last_alive) == ({}, None)
