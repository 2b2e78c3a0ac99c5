"""What Asterisk itself notes of our channels: when they were answered, joined to an agent, ended, and why.

ARI replays nothing: what happens while the floor is away is known from this file alone. Asterisk's channel event
logging appends a line of JSON at each event (`conf_floor.channel_log_files`), at once and on its own, whether or not
anybody is connected. No personal data is in it: kind of event, time, channel id, cause.

Two generations are kept, so that a line written at the very moment of a cut is not lost.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from decroche.telephony.conf_floor import CHANNEL_LOG

AT_MOST_BYTES = 1_000_000
"""Of one generation, while a floor is there to cut it: some four thousand calls."""
READ_AT_MOST_BYTES = 16_000_000
"""A floor that was away for long reads the end of the file only."""
OTHERS = ("agent-", "boss-", "test-", "snoop-")
"""Channels of ours that are no calls; a contact's own call has the name that Asterisk gave it."""


@dataclass(frozen=True, slots=True)
class ChannelTimes:
    """One channel's life, in UTC, as far as it was noted. `cause` is Q.850, 0 where there was none.

    `joined_at`: first put into an agent's bridge. `ended_here`: it was our side that hung up, not the far one.
    """

    answered_at: datetime | None = None
    joined_at: datetime | None = None
    ended_at: datetime | None = None
    cause: int = 0
    ended_here: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """All that was read. `last_alive`: Asterisk was certainly there at that time; None where nothing says so."""

    channels: Mapping[str, ChannelTimes]
    last_alive: datetime | None = None


class ChannelLog(Protocol):
    """What the floor asks of it. Nothing here raises: a log that cannot be read knows nothing."""

    async def read(self) -> Noted: ...

    async def alive(self, at: datetime, *, may_cut: bool) -> None:
        """Asterisk is there now. Called about each second; `may_cut`: nothing written so far is needed any more."""

    async def cut(self) -> None:
        """Everything written so far was made use of."""


class AsteriskChannelLog:
    """The files below Asterisk's own folder."""

    def __init__(self, asterisk_dir: Path) -> None:
        self._current = asterisk_dir / "log" / "cel-custom" / CHANNEL_LOG
        self._previous = self._current.with_name(f"previous-{CHANNEL_LOG}")
        self._alive = self._current.with_name("alive")

    async def read(self) -> Noted:
        return await asyncio.to_thread(self._read)

    async def alive(self, at: datetime, *, may_cut: bool) -> None:
        await asyncio.to_thread(self._touch, at, may_cut)

    async def cut(self) -> None:
        await asyncio.to_thread(self._cut)

    def _read(self) -> Noted:
        lines = [line for path in (self._previous, self._current) for line in _lines(path)]
        touched = None
        with suppress(OSError):
            touched = datetime.fromtimestamp(self._alive.stat().st_mtime, UTC)
        # Of channels that the floor had made: a caller's may be of an Asterisk that started since.
        ours = [line for line in lines if str(line.get("uniqueid")).startswith(("call-", "agent-"))]
        times = [touched, *map(_time, ours)]
        return Noted(channels(lines), max((time for time in times if time is not None), default=None))

    def _touch(self, at: datetime, may_cut: bool) -> None:
        with suppress(OSError):
            self._alive.touch(mode=0o600)
            os.utime(self._alive, (at.timestamp(), at.timestamp()))
            if may_cut and self._current.stat().st_size > AT_MOST_BYTES:
                self._cut()

    def _cut(self) -> None:
        """Asterisk opens the file anew for each line: it makes itself another."""
        with suppress(OSError):
            if self._current.stat().st_size > 0:
                self._current.replace(self._previous)


def channels(lines: Iterable[Mapping[str, Any]]) -> dict[str, ChannelTimes]:
    """By channel id, of calls to contacts only."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        identifier, at = line.get("uniqueid"), _time(line)
        if not isinstance(identifier, str) or identifier.startswith(OTHERS) or at is None:
            continue
        facts, extra = found.setdefault(identifier, {}), _extra(line)
        kind = line.get("eventtype")
        if kind == "ANSWER":
            facts.setdefault("answered_at", at)
        elif kind == "BRIDGE_ENTER" and str(extra.get("bridge_id", "")).startswith("agent-"):
            facts.setdefault("joined_at", at)
        elif kind == "HANGUP":
            cause = extra.get("hangupcause")
            facts |= {
                "ended_at": at,
                "cause": cause if isinstance(cause, int) else 0,
                "ended_here": not extra.get("hangupsource"),
            }
    return {identifier: ChannelTimes(**facts) for identifier, facts in found.items()}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The last line may be half-written; a full disk may have cut others."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - READ_AT_MOST_BYTES))
            text = file.read()
    except OSError:
        return
    for raw in text.splitlines():
        with suppress(ValueError):
            line = json.loads(raw)
            if isinstance(line, dict):
                yield line


def _time(line: Mapping[str, Any]) -> datetime | None:
    """`eventtime` is seconds since 1970, with six decimals."""
    try:
        return datetime.fromtimestamp(float(line["eventtime"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def _extra(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """JSON in JSON."""
    extra = line.get("eventextra")
    if isinstance(extra, str):
        try:
            extra = json.loads(extra or "{}")
        except ValueError:
            return {}
    return extra if isinstance(extra, dict) else {}
