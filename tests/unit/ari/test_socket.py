"""The event socket: order, loss and return."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from decroche.ari.client import AriClient
from decroche.ari.events import Event
from decroche.ari.socket import Backoff
from tests.unit.ari.fake_server import FakeServer, event, serving

QUICK = Backoff(first_s=0.001, longest_s=0.01)


@dataclass
class Listener:
    """Remembers; `news` is set at each thing heard."""

    events: list[Event] = field(default_factory=list)
    connected: int = 0
    lost: int = 0
    fails: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def on_event(self, heard: Event) -> None:
        self.events.append(heard)
        self.news.set()
        if heard.channel_id == "call-broken":
            raise RuntimeError("a listener's mistake")

    async def on_connected(self) -> None:
        self.connected += 1
        self.news.set()
        if self.fails:
            self.fails -= 1
            raise RuntimeError("reconciliation failed")

    def on_disconnected(self) -> None:
        self.lost += 1
        self.news.set()

    async def until(self, *, events: int = 0, connected: int = 0, lost: int = 0) -> None:
        async with asyncio.timeout(30):
            while len(self.events) < events or self.connected < connected or self.lost < lost:
                self.news.clear()
                await self.news.wait()


@asynccontextmanager
async def listening(server: FakeServer, **options: float) -> AsyncIterator[Listener]:
    listener = Listener()
    async with AriClient(server.url, "user", "password", backoff=QUICK, **options) as client:  # type: ignore[arg-type]
        task = asyncio.create_task(
            client.run(
                on_event=listener.on_event,
                on_connected=listener.on_connected,
                on_disconnected=listener.on_disconnected,
            )
        )
        try:
            yield listener
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_events_are_handed_on_in_the_order_they_came() -> None:
    async with serving(FakeServer()) as server, listening(server) as listener:
        await listener.until(connected=1)
        for number in range(50):
            await server.say(event("ChannelStateChange", f"call-{number}"))
        await listener.until(events=50)
        assert [heard.channel_id for heard in listener.events] == [f"call-{number}" for number in range(50)]


async def test_a_lost_connection_is_told_and_made_again() -> None:
    async with serving(FakeServer()) as server, listening(server) as listener:
        await listener.until(connected=1)
        await server.cut()
        await listener.until(connected=2, lost=1)
        await server.say(event("StasisEnd"))
        await listener.until(events=1)


async def test_each_connection_asks_for_its_subscriptions_again() -> None:
    async with serving(FakeServer()) as server, listening(server) as listener:
        await listener.until(connected=1)
        await server.cut()
        await listener.until(connected=2)
        asked = [query for method, path, query, _ in server.requests if path.endswith("/subscription")]
        assert asked == [{"eventSource": "endpoint:PJSIP"}] * 2


async def test_an_asterisk_that_starts_later_is_found() -> None:
    server = FakeServer()
    async with serving(server):
        pass  # takes a port, and leaves it
    async with listening(server) as listener:
        await asyncio.sleep(0.05)
        assert listener.connected == 0
        async with serving(server):
            await listener.until(connected=1)


async def test_a_failed_reconciliation_is_tried_again_on_a_new_connection() -> None:
    async with serving(FakeServer()) as server, listening(server) as listener:
        listener.fails = 2
        await listener.until(connected=3)
        assert listener.lost == 2


async def test_a_silent_peer_is_given_up() -> None:
    """A dead machine closes nothing: only the missing pong tells."""
    async with serving(FakeServer(autoping=False)) as server, listening(server, ping_every_s=0.1) as listener:
        await listener.until(connected=2, lost=1)


async def test_rubbish_and_a_listeners_mistake_lose_no_later_event() -> None:
    async with serving(FakeServer()) as server, listening(server) as listener:
        await listener.until(connected=1)
        await server.sockets[-1].send_str("{not json")
        await server.sockets[-1].send_str('{"type": "StasisEnd"}')
        await server.say(event("StasisEnd", "call-broken"))
        await server.say(event("StasisEnd", "call-good"))
        await listener.until(events=2)
        assert listener.events[-1].channel_id == "call-good"


@given(failures=st.integers(0, 10_000), spread=st.floats(0, 1, exclude_max=True))
def test_the_delay_grows_to_a_limit_and_is_spread(failures: int, spread: float) -> None:
    backoff = Backoff(first_s=0.1, longest_s=5)
    delay_s = backoff.delay_s(failures, lambda: spread)
    assert 0.05 <= delay_s <= 7.5
    assert delay_s >= min(0.1 * 2 ** min(failures, 16), 5) * 0.5
