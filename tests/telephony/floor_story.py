"""A floor on the real Asterisk: the stories' words, in real time; agents are simulated telephones."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from decroche.ari.client import AriClient
from decroche.calls.models import Recording
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.common.clock import SystemClock
from decroche.common.crypto import encrypt
from decroche.contacts.models import Contact, ContactPhone
from decroche.floor.db import Database
from decroche.floor.main import RealTrunks
from decroche.floor.service import Floor
from decroche.telephony.channel_log import AsteriskChannelLog
from decroche.telephony.simulator_behaviours import number_ending_in
from decroche.telephony.trunks import apply, registration_states
from tests.fakes.story import Agent, Story
from tests.telephony.harness import Engine, trunk_to_simulator

TONE_AGENT = 92
"""An agent who whistles 440 Hz for two minutes."""
BUSY_S = 30
PERSON, TONE, HANGS_UP = 93, 91, 96


class _RealLoop:
    """What a story asks of its loop."""

    def __init__(self) -> None:
        self.busy: list[Any] = []

    def time(self) -> float:
        return asyncio.get_running_loop().time()


class LiveStory(Story):
    """`contact(campaign, ending)` makes a prospect whose simulated telephone behaves by its last two digits."""

    def __init__(self, engine: Engine, conninfo: str, folder: Path) -> None:
        super().__init__(_RealLoop(), conninfo, folder)  # type: ignore[arg-type]
        self.clock = SystemClock()
        self.engine = engine
        trunk = trunk_to_simulator(engine.env)
        self.trunk_fields = {
            "host": trunk.host, "port": trunk.port, "username": trunk.username, "secret": encrypt(trunk.secret),
            "registers": trunk.registers,
        }  # fmt: skip
        self._ranks = itertools.count()

    def make_floor(self, database: Database, name: str, asterisk: object) -> Floor:
        ari = self._client = self.engine.client()
        return Floor(
            ari=ari, database=database, clock=self.clock, name=name,
            spool=self.engine.env.asterisk_dir / "spool/recording", recordings=self._folder,
            channel_log=AsteriskChannelLog(self.engine.env.asterisk_dir), trunk_engine=RealTrunks(self.engine.env, ari),
        )  # fmt: skip

    async def floor_goes(self) -> None:
        """Conversations outlive it: `floor_starts` finds them."""
        await super().floor_stops()
        await self._client.__aexit__(None, None, None)

    async def floor_stops(self) -> None:
        await super().floor_stops()
        async with self.engine.client() as ari:  # conversations outlive a floor: the next test wants an empty one
            for channel in await ari.channels():
                await ari.hangup(channel.id)
            await self._put_trunk_back(ari)
        await self._client.__aexit__(None, None, None)

    async def _put_trunk_back(self, ari: AriClient) -> None:
        """The floor had the trunks of its own table: the tests without a floor count on the engine's."""
        env, trunks = self.engine.env, self.engine.trunks
        await apply(env, ari, trunks)
        async with asyncio.timeout(20):
            while any(state != "registered" for state in (await registration_states(env, ari, trunks)).values()):
                await asyncio.sleep(0.1)

    async def campaign(self, *args: Any, **fields: Any) -> Campaign:
        made = await super().campaign(*args, **fields)
        await self.until(lambda: all(t.registration == "registered" for t in self.floor.world.trunks.values()), 20)
        return made

    async def telephone_agent(self, name: str, *campaigns: Any, ending: int = TONE_AGENT) -> Agent:
        """Signed in at an ordinary telephone, which the floor calls out through the trunk."""
        agent = await self.agent(name, *campaigns, signed_in=False)
        await agent.does("sign_in", device="number", number="0" + number_ending_in(ending, block=1)[3:])
        await agent.sees(lambda: agent.leg == "up", 15)
        return agent

    async def until(self, what: Callable[[], Any], within_s: float = 120) -> None:
        """As long as a busy machine may take: that it was slow says nothing of the floor."""
        await super().until(what, max(within_s, BUSY_S))

    async def comes(self, what: Callable[[], Awaitable[Any]]) -> None:
        """As `until`, where Asterisk or the database has to be asked."""
        async with asyncio.timeout(BUSY_S):
            while not await what():
                await asyncio.sleep(0.1)

    async def recorded(self) -> Recording:
        """The only recording, once both its file and its row are whole."""

        async def ready() -> bool:
            return await self.rows(lambda: Recording.objects.filter(status="ready").exists())

        await self.comes(ready)
        return await self.rows(Recording.objects.get)

    async def contact(self, campaign: Any, ending: int) -> Contact:
        """Waits in the campaign's queue."""
        (contact,) = await self.prospects(None, 1)
        number = number_ending_in(ending, rank=next(self._ranks))

        def queue() -> None:
            ContactPhone.objects.filter(contact=contact).update(e164=number)
            QueueEntry.objects.create(campaign=campaign, contact=contact, not_before=self.clock.now())

        await self.floor.db.django(queue)
        self.floor.campaigns.wake(campaign.pk)
        return contact
