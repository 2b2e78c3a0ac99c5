"""The floor itself: its parts, joined, and the tasks that keep it going. One task that dies ends the process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from decroche.ari.events import Event
from decroche.ari.protocol import Ari
from decroche.calls.journal import Journal
from decroche.campaigns import settlement
from decroche.common.clock import Clock
from decroche.floor.accounts import Accounts
from decroche.floor.agents import Agents
from decroche.floor.calls import Calls
from decroche.floor.campaigns import Campaigns
from decroche.floor.claiming import Claiming
from decroche.floor.db import Database
from decroche.floor.desks import Desks
from decroche.floor.dialer import Dialer
from decroche.floor.events import route
from decroche.floor.leaving import Leaving
from decroche.floor.legs import Legs
from decroche.floor.listener import Listener
from decroche.floor.meeting import Meeting
from decroche.floor.missed import Missed
from decroche.floor.monitoring import Monitoring
from decroche.floor.notices import on_notice
from decroche.floor.reconcile import reconcile
from decroche.floor.recordings import Recordings
from decroche.floor.refusals import Refusals
from decroche.floor.restore import restore
from decroche.floor.return_calls import ReturnCalls
from decroche.floor.screening import Screening
from decroche.floor.sessions import Sessions
from decroche.floor.shown_today import ShownToday
from decroche.floor.testcalls import TestCalls
from decroche.floor.trunks import TrunkEngine, Trunks
from decroche.floor.world import World
from decroche.telephony.channel_log import ChannelLog

log = structlog.get_logger(__name__)

TICK_S = 1.0
RENEW_EVERY_S = 120
COUNT_EVERY_S = 15


class Floor:
    """`run()` until cancelled. Everything is on one event loop; handlers of events never wait."""

    def __init__(
        self, *, ari: Ari, database: Database, clock: Clock, name: str = "main", spool: Path, recordings: Path,
        channel_log: ChannelLog, trunk_engine: TrunkEngine | None = None,
    ) -> None:  # fmt: skip
        self.ari, self.db, self.clock, self.name = ari, database, clock, name
        self.world = World()
        self.journal = Journal(database.connection)
        self.listener = Listener(database.conninfo, self._noticed, self._missed_notices)
        self.desks = Desks(self)
        self.campaigns = Campaigns(self)
        self.trunks = Trunks(self, trunk_engine)
        self.agents = Agents(self)
        self.sessions = Sessions(self)
        self.accounts = Accounts(self)
        self.legs = Legs(self)
        self.calls = Calls(self)
        self.shown_today = ShownToday(self)
        self.claiming = Claiming(self)
        self.dialer = Dialer(self)
        self.meeting = Meeting(self)
        self.return_calls = ReturnCalls(self)
        self.refusals = Refusals(self)
        self.leaving = Leaving(self)
        self.screening = Screening(self)
        self.recordings = Recordings(self, spool, recordings)
        self.monitoring = Monitoring(self)
        self.test_calls = TestCalls(self)
        self.missed = Missed(self, channel_log)
        self.started = asyncio.Event()
        self.reconciled = asyncio.Event()
        self.stopping = False
        self._tasks: set[asyncio.Task[None]] = set()

    # ── Life ─────────────────────────────────────────────────────────────────
    async def run(self) -> None:
        """Opens, works until cancelled, closes: the journal is written to the end, conversations go on without us."""
        await self.db.open()
        tasks = {asyncio.create_task(self.journal.run(), name="journal")}
        try:
            await self.load()
            await restore(self)
            self.started.set()
            tasks |= {asyncio.create_task(work, name=name) for name, work in self._services().items()}
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                log.error("service_died", task=task.get_name(), error=repr(task.exception()))
                task.result()
        finally:
            await asyncio.shield(self._close(tasks))

    def _services(self) -> dict[str, Coroutine[Any, Any, None]]:
        return {
            "listener": self.listener.run(),
            "asterisk": self.ari.run(
                on_event=self._on_event, on_connected=self._on_connected, on_disconnected=self._on_lost
            ),
            "dialer": self.dialer.run(),
            "ticker": self._tick(),
            "desks": self.desks.run(),
            "trunks": self.trunks.watch(),
        }

    async def load(self) -> None:
        """Campaigns, lines, pause reasons and settings, from their rows."""
        await self.trunks.load()
        await self.campaigns.load()
        await self.shown_today.load()
        await self.agents.load_reasons()
        await self.agents.load_settings()

    async def _close(self, tasks: set[asyncio.Task[None]]) -> None:
        self.stopping = True
        self.desks.say_goodbye()
        writer = next((task for task in tasks if task.get_name() == "journal"), None)
        for task in [*tasks, *self._tasks]:
            if task is not writer:
                task.cancel()
        if writer is not None and not writer.done():
            await asyncio.wait({asyncio.ensure_future(self.journal.flush())}, timeout=5)
            writer.cancel()
        await asyncio.gather(*tasks, *self._tasks, return_exceptions=True)
        await self.db.close()

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """A piece of work of its own; what it raises is logged and harms nothing else."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._spawned_done)
        return task

    def _spawned_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("work_failed", task=task.get_name(), exc_info=error)

    def later(self, seconds: float, do: Callable[..., None], *args: Any) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, do, *args)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    # ── Asterisk ─────────────────────────────────────────────────────────────
    def _on_event(self, event: Event) -> None:
        try:
            route(self, event)
        except Exception:
            log.exception("event_failed", kind=type(event).__name__)

    async def _on_connected(self) -> None:
        await self.started.wait()
        await self.trunks.apply()
        await reconcile(self)
        self.world.telephony_up = True
        self.reconciled.set()
        self.desks.touch_all()
        self.dialer.poke()

    def _on_lost(self) -> None:
        if self.world.telephony_up:
            log.warning("telephony_lost")
            self.missed.connection_lost()
        self.world.telephony_up = False
        self.reconciled.clear()
        self.desks.touch_all()

    # ── Web and worker ───────────────────────────────────────────────────────
    def _noticed(self, kind: str, ids: dict[str, Any]) -> None:
        on_notice(self, kind, ids)

    def _missed_notices(self) -> None:
        self.spawn(self.load(), "load again")

    # ── Time ─────────────────────────────────────────────────────────────────
    async def _tick(self) -> None:
        last_renewal = last_count = self.clock.monotonic()
        day = self.campaigns.local_day()
        while True:
            await asyncio.sleep(TICK_S)
            now = self.clock.monotonic()
            self.agents.tick()
            await self.missed.keep_up()
            if now - last_renewal >= RENEW_EVERY_S:
                last_renewal = now
                self.spawn(self._renew(), "leases")
            if now - last_count >= COUNT_EVERY_S:
                last_count = now
                self.campaigns.count_stale()
            if self.campaigns.local_day() != day:
                day = self.campaigns.local_day()
                self.spawn(self.campaigns.load(), "new day")

    async def _renew(self) -> None:
        mine = self.world.live_claims()
        if mine:
            self.journal.write(settlement.renew_leases(mine, self.now))
            await self.journal.flush()
        async with self.db.connection() as conn:
            for campaign_id in await settlement.release_expired(conn, now=self.now, mine=mine):
                self.campaigns.wake(campaign_id)

    def since_midnight(self) -> datetime:
        """Start of the day in Paris, in UTC."""
        local = self.now.astimezone(self.campaigns.zone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
