"""The least that any dialer must do on this Asterisk: originate and wait for the end (or bridge), nothing else."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from uuid import uuid4

from decroche.ari.client import AriClient
from decroche.ari.events import ChannelDestroyed, ChannelEnteredBridge, Event, StasisStart


@dataclass
class BareLoop:
    """`in_flight` calls at once to numbers in turn, under an application of its own."""

    ari: AriClient
    started: dict[str, float] = field(default_factory=dict)
    ended: dict[str, asyncio.Event] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    bridged: dict[str, float] = field(default_factory=dict)
    bridge_id: str = ""

    def hear(self, event: Event) -> None:
        """Must return at once."""
        channel = event.channel_id or ""
        if channel not in self.ended:
            return
        if isinstance(event, ChannelDestroyed):
            self.ended[channel].set()
        elif isinstance(event, StasisStart):
            self.answered[channel] = event.at.timestamp()
            if self.bridge_id:
                asyncio.get_running_loop().create_task(self.ari.add_to_bridge(self.bridge_id, channel))
        elif isinstance(event, ChannelEnteredBridge):
            self.bridged[channel] = event.at.timestamp()

    async def one(self, endpoint: str, talk_s: float = 0) -> None:
        """One attempt, from originate to ChannelDestroyed."""
        channel = f"bare-{uuid4()}"
        over = self.ended[channel] = asyncio.Event()
        self.started[channel] = time.monotonic()
        await self.ari.originate(
            channel_id=channel, endpoint=endpoint, app_args="bare", caller_id="+33199000100", timeout_s=20, variables={}
        )
        if talk_s:
            async with asyncio.timeout(20):
                while channel not in self.bridged:
                    await asyncio.sleep(0.02)
            await asyncio.sleep(talk_s)
            await self.ari.hangup(channel)
        async with asyncio.timeout(30):
            await over.wait()

    async def run(self, endpoints: str | list[str], in_flight: int, *, seconds: float = 0, talk_s: float = 0) -> float:
        """All endpoints once, or one again and again for so long; so many at once. Returns seconds taken."""
        start = time.monotonic()
        waiting = [] if isinstance(endpoints, str) else list(reversed(endpoints))

        async def worker() -> None:
            if isinstance(endpoints, str):
                while time.monotonic() - start < seconds:
                    await self.one(endpoints)
            while waiting:
                await self.one(waiting.pop(), talk_s)

        await asyncio.gather(*(worker() for _ in range(in_flight)))
        return time.monotonic() - start
