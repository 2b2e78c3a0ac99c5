"""Two real Asterisks on free ports, and a listener that remembers what they said."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from decroche.ari.client import AriClient
from decroche.ari.errors import AriConflict
from decroche.ari.events import ChannelDestroyed, Event, RecordingFinished, StasisStart
from decroche.ari.model import Channel
from decroche.config.env import Env, get_env, read_env
from decroche.runtime.testing import free_ports
from decroche.telephony.conf_simulator import TRUNK_USERNAME, simulator_trunk
from decroche.telephony.instance import ARI_USER, Role, prepare
from decroche.telephony.simulator_behaviours import number_ending_in
from decroche.telephony.trunk_config import TrunkConfig, dial_string
from tests.telephony.sound import Sound, closed

E = TypeVar("E", bound=Event)

PRESENTED = "+33199000100"


@contextmanager
def temporary_env() -> Iterator[Env]:
    """A var folder with a short path, the machine's shared Asterisk, free ports."""
    folder = Path(tempfile.mkdtemp(prefix="dt-", dir="/tmp"))  # a socket's path is limited to 107 characters
    folder.chmod(0o755)
    environ = {
        "DECROCHE_VAR": str(folder),
        "DECROCHE_PORT": str(free_ports(10)),
        "DECROCHE_MODE": "test",
        "DECROCHE_PACKAGES": str(get_env().packages_dir),
        "DECROCHE_RTP_START": os.environ["DECROCHE_RTP_START"],  # of this run: another may speak beside it
    }
    try:
        yield read_env(environ)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def trunk_to_simulator(env: Env, trunk_id: int = 1) -> TrunkConfig:
    return simulator_trunk(
        trunk_id=trunk_id, sip_port=env.simulator_sip_port, secret=env.secret("simulator_trunk_secret")
    )


@dataclass
class Engine:
    """One running Asterisk; `log()` is what it printed."""

    env: Env
    role: Role
    trunks: Sequence[TrunkConfig] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        return self.env.asterisk_dir if self.role == "floor" else self.env.simulator_dir

    def start(self) -> None:
        prepared = prepare(self.env, self.role, trunks=self.trunks if self.role == "floor" else None)
        with self._log_path.open("ab") as log:
            self.process = subprocess.Popen(
                prepared.argv,
                env=dict(prepared.env),
                cwd=prepared.cwd,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        until = time.monotonic() + 60
        while not prepared.ready():
            if time.monotonic() > until or self.process.poll() is not None:
                self.stop()
                raise RuntimeError(f"Asterisk did not start:\n{self.log()[-3000:]}")
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    @property
    def _log_path(self) -> Path:
        return self.env.var / f"{self.role}.log"

    def log(self) -> str:
        return self._log_path.read_text(errors="replace") if self._log_path.exists() else ""

    def client(self, **options: object) -> AriClient:
        is_floor = self.role == "floor"
        url = self.env.ari_url if is_floor else self.env.simulator_ari_url
        password = self.env.ari_password if is_floor else self.env.simulator_ari_password
        return AriClient(url, ARI_USER, password, **options)  # type: ignore[arg-type]


@contextmanager
def running(env: Env, role: Role, trunks: Sequence[TrunkConfig] = ()) -> Iterator[Engine]:
    engine = Engine(env, role, trunks)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()


async def calls_in(simulator: Engine, number: str, caller: str) -> None:
    """A simulated person at `caller`, in national form, dials `number`; what it hears is kept."""
    async with simulator.client() as ari:
        await ari._http.request(
            "POST",
            "/channels",
            params={
                "endpoint": f"PJSIP/{number}@{TRUNK_USERNAME}", "callerId": caller, "context": "caller",
                "extension": caller, "priority": 1, "timeout": 60,
            },
        )  # fmt: skip


async def heard_by(simulator: Engine, ending: int) -> Sound:
    """What the callee with this ending heard until he hung up, for the endings that keep it (90, 91, 95)."""
    number = "0" + number_ending_in(ending)[3:]
    return await closed(simulator.folder / "spool/monitor" / f"heard-{number}.wav")


@dataclass
class Line:
    """An ARI connection, what was heard on it, and the shortcuts that tests need."""

    ari: AriClient
    trunk: TrunkConfig
    events: list[Event] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0

    def hear(self, event: Event) -> None:
        self.events.append(event)
        self._news.set()

    async def wait_for(
        self, kind: type[E], where: Callable[[E], bool] = lambda _: True, *, timeout_s: float = 30, after: int = 0
    ) -> E:
        async with asyncio.timeout(timeout_s):
            seen = after
            while True:
                while seen < len(self.events):
                    event = self.events[seen]
                    seen += 1
                    if isinstance(event, kind) and where(event):
                        return event
                self._news.clear()
                await self._news.wait()

    async def call(self, ending: int, *, call_id: str = "", timeout_s: int = 30, args: str = "customer") -> str:
        """Originates to a simulated callee; returns the channel id."""
        channel_id = f"call-{call_id or uuid4()}"
        await self.ari.originate(
            channel_id=channel_id,
            endpoint=dial_string(self.trunk, number_ending_in(ending)),
            app_args=args,
            caller_id=PRESENTED,
            timeout_s=timeout_s,
        )
        return channel_id

    async def answered(self, ending: int, *, timeout_s: float = 30) -> str:
        channel_id = await self.call(ending)
        await self.wait_for(StasisStart, lambda e: e.channel_id == channel_id, timeout_s=timeout_s)
        return channel_id

    async def ended(self, channel_id: str, *, timeout_s: float = 30) -> ChannelDestroyed:
        return await self.wait_for(ChannelDestroyed, lambda e: e.channel_id == channel_id, timeout_s=timeout_s)

    async def bridged(self, *channel_ids: str) -> str:
        bridge = await self.ari.create_bridge(f"agent-{uuid4()}")
        await self.ari.add_to_bridge(bridge.id, *channel_ids)
        return bridge.id

    async def snooped(self, channel_id: str, **directions: str) -> str:
        snoop_id = f"snoop-{uuid4()}"
        await self.ari.snoop(channel_id, snoop_id=snoop_id, **directions)  # type: ignore[arg-type]
        await self.wait_for(StasisStart, lambda e: e.channel_id == snoop_id)
        return snoop_id

    async def recorded(self, name: str) -> None:
        """Stops a recording and waits until it is whole on the disk."""
        await self.ari.stop_recording(name)
        await self.recording_finished(name)

    async def recording_finished(self, name: str) -> None:
        await self.wait_for(RecordingFinished, lambda e: e.name == name)

    async def hang_up_everything(self) -> None:
        for channel in await self.ari.channels():
            await self.ari.hangup(channel.id)
        for bridge in await self.ari.bridges():
            with suppress(AriConflict):  # one of Asterisk's own, which ends by itself
                await self.ari.destroy_bridge(bridge.id)

    async def far_end_done(self, channel_id: str) -> None:
        """Hung up, here at least: the simulator closes its file in its own time."""
        await self.ari.hangup(channel_id)
        await self.ended(channel_id)

    async def hold(self, bridge_id: str, customer: str) -> None:
        """As the floor does it."""
        await self.ari.remove_from_bridge(bridge_id, customer)
        await self.ari.start_moh(customer)

    async def back(self, bridge_id: str, *channel_ids: str) -> None:
        """As the floor does it; the customer is the last one."""
        await self.ari.stop_moh(channel_ids[-1])
        await self.ari.add_to_bridge(bridge_id, *channel_ids)

    async def channel(self, channel_id: str) -> Channel:
        found = await self.ari.channel(channel_id)
        assert found is not None
        return found


@asynccontextmanager
async def line(engine: Engine, **options: object) -> AsyncIterator[Line]:
    """A connected line; every channel is hung up at the end."""
    async with engine.client(**options) as ari:
        listener = Line(ari, trunk_to_simulator(engine.env))
        connected = asyncio.Event()

        async def on_connected() -> None:
            listener.connections += 1
            connected.set()

        running_client = asyncio.create_task(
            ari.run(on_event=listener.hear, on_connected=on_connected, on_disconnected=lambda: None)
        )
        try:
            async with asyncio.timeout(30):
                await connected.wait()
            yield listener
            await listener.hang_up_everything()
        finally:
            running_client.cancel()
            await asyncio.gather(running_client, return_exceptions=True)
