"""Calls that ended while nobody listened: closed at their true times, which Asterisk noted itself.

Where it noted nothing (it died too), the call ended no later than this floor can vouch for: at the last sign of life.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from decroche.calls import machine_events as ev
from decroche.floor.world import LiveCall
from decroche.telephony.channel_log import ChannelLog, ChannelTimes, Noted

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

READ_AGAIN_AFTER_S = 0.2
"""Asterisk writes a channel's end within a millisecond of the channel's disappearance; once more, to be sure."""


class Missed:
    """Reads Asterisk's own log of channels at each reconciliation, and cuts it down."""

    def __init__(self, floor: Floor, channel_log: ChannelLog) -> None:
        self._floor, self._log = floor, channel_log
        self._noted = Noted({})
        self._lost_at: datetime | None = None

    # ── Signs of life ────────────────────────────────────────────────────────
    async def keep_up(self) -> None:
        """Each second while Asterisk is connected and calls' ends reach us as events."""
        if self._floor.world.telephony_up:
            await self._log.alive(self._floor.now, may_cut=self._floor.journal.backlog == 0)

    def connection_lost(self) -> None:
        """A socket breaks at the instant when the process behind it dies."""
        self._lost_at = self._floor.now

    # ── At reconciliation ────────────────────────────────────────────────────
    async def read(self, gone: Iterable[LiveCall]) -> None:
        """What was noted, of these calls whose channels are not there in particular."""
        self._noted = await self._log.read()
        if any(self._times(call).ended_at is None for call in gone):
            await asyncio.sleep(READ_AGAIN_AFTER_S)
            self._noted = await self._log.read()

    async def forget(self) -> None:
        """All that was read has become rows: the log starts anew."""
        await self._floor.journal.flush()
        await self._log.cut()
        self._noted = Noted({})

    def answered_at(self, call: LiveCall) -> datetime | None:
        """Of a channel that is up, whose answer did not reach us."""
        return self._times(call).answered_at

    def close(self, call: LiveCall) -> None:
        """This call's channel is not there any more."""
        times = self._times(call)
        if times.ended_at is None:
            log.warning("end_unknown", call=str(call.id))
            self._floor.calls.feed(call, ev.Vanished(), self._between(call, self._last_alive()))
            return
        _catch_up(call, times)
        self._floor.calls.feed(call, ev.Destroyed(times.cause), self._between(call, times.ended_at))

    def _times(self, call: LiveCall) -> ChannelTimes:
        return self._noted.channels.get(call.channel_id, ChannelTimes())

    def _last_alive(self) -> datetime | None:
        return max((at for at in (self._noted.last_alive, self._lost_at) if at is not None), default=None)

    def _between(self, call: LiveCall, at: datetime | None) -> datetime:
        """Not before what is known of the call, not in the future."""
        row = call.row
        known = [row.claimed_at, row.placed_at, row.ringing_at, row.answered_at, row.bridged_at, at]
        return min(max(time for time in known if time is not None), self._floor.now)


def _catch_up(call: LiveCall, times: ChannelTimes) -> None:
    """Answers and encounters whose events or rows were lost with the floor."""
    row, state = call.row, call.state
    if times.answered_at is not None:
        row.answered_at = row.answered_at or times.answered_at
        state = replace(state, answered=True)
    if times.joined_at is not None:
        row.bridged_at = row.bridged_at or times.joined_at
        state = replace(state, talked=True)
    if times.ended_here and state.answered and not state.hung_up_by:
        state = replace(state, hung_up_by="system")  # nobody was there to take the answer: Asterisk let it go
    call.state = state
