"""A telephone engine without telephones: implements `Ari`, with programmable callees and faults.

What it promises is what was measured on the real one (tests/telephony): order of events, causes, what survives a lost
connection, what a restart forgets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from decroche.ari import events as ev
from decroche.ari.errors import AriConflict, AriError, AriNotFound, AriUnavailable
from decroche.ari.model import AsteriskInfo, Bridge, Channel, Endpoint
from decroche.telephony.amd import CAUSE
from decroche.telephony.conf_floor import AMD_CONTEXT
from tests.fakes.channel_log import FakeChannelLog


@dataclass(frozen=True)
class Callee:
    """What happens at a number. Delays in seconds from the order to dial; None: it never does."""

    rings_after: float | None = 1.0
    answers_after: float | None = None
    talks_for: float | None = None
    """Hangs up by himself so long after his answer."""
    cause: int = 16
    sip: int = 0
    fails_after: float | None = None
    """Ends unanswered then, with `cause` and `sip`."""
    machine: bool = False
    silent: bool = False
    """Says nothing when he answers: a machine to AMD(), which waits for a word."""
    refused: bool = False
    """The order to dial is refused at once."""


PERSON = Callee(answers_after=4.0, talks_for=60.0)
PATIENT = Callee(answers_after=4.0)
NOBODY = Callee()
BUSY = Callee(rings_after=None, fails_after=0.5, cause=17, sip=486)
REJECTS = Callee(fails_after=3.0, cause=21, sip=603)
UNALLOCATED = Callee(rings_after=None, fails_after=0.5, cause=1, sip=404)
CONGESTION = Callee(rings_after=None, fails_after=0.5, cause=34, sip=503)
MACHINE = Callee(answers_after=6.0, talks_for=30.0, machine=True)
REFUSED = Callee(refused=True)


@dataclass
class Line:
    """A channel as the fake keeps it."""

    channel: Channel
    callee: Callee | None = None
    number: str = ""
    bridge: str = ""
    music: bool = False
    muted: bool = False
    here: bool = True
    """In our application: a snoop gets there a moment after Asterisk has answered that it is made."""
    timers: list[asyncio.TimerHandle] = field(default_factory=list)


class FakeAsterisk:
    """`numbers` says who is at each number; `phones` are endpoints of agents that answer by themselves."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.numbers: dict[str, Callee] = {}
        self.everybody: Callee = PERSON
        self.lines: dict[str, Line] = {}
        self.bridge_names: dict[str, str] = {}
        self.objects: dict[str, Mapping[str, str]] = {}
        self.loads_in: list[float] = []
        """Seconds that each of the next objects takes to be there; 0 once there are no more."""
        self.refuses_objects = 0
        """So many of the next objects are refused."""
        self.online: set[str] = set()
        self.silent_phones: set[str] = set()
        """Endpoints that ring and do not answer."""
        self.dialed: list[str] = []
        self.turned_away: list[tuple[str, str]] = []
        """(channel, reason) of callers who were refused without an answer."""
        self.played: list[tuple[str, str]] = []
        self._playing: dict[str, ev.PlaybackFinished] = {}
        self.recorded: list[str] = []
        self.silenced: set[str] = set()
        """Recordings that are written as silence now."""
        self.keys: list[tuple[str, str]] = []
        self.log = FakeChannelLog(now)
        self.connected = False
        self._callers = 0
        self.screens_after = 0.0
        """Seconds until a search for an answering machine begins."""
        self.duplicates = False
        """Every event comes twice, the second time late."""
        self._on_event: Callable[[ev.Event], None] | None = None
        self._lost = asyncio.Event()
        self._reconnect = asyncio.Event()
        self._reconnect.set()

    # ── Connection ───────────────────────────────────────────────────────────
    async def run(
        self, *, on_event: Callable[[ev.Event], None], on_connected: Callable[[], Awaitable[None]],
        on_disconnected: Callable[[], None],
    ) -> None:  # fmt: skip
        while True:
            await self._reconnect.wait()
            self._lost.clear()
            self.connected, self._on_event = True, on_event
            ready = asyncio.ensure_future(on_connected())
            try:
                await self._lost.wait()
            finally:
                self.connected, self._on_event = False, None
                ready.cancel()
                await asyncio.gather(ready, return_exceptions=True)
            on_disconnected()

    def lose_connection(self) -> None:
        """Calls go on; nobody is told what happens."""
        self._reconnect.clear()
        self._on_event = None
        self.connected = False
        self._lost.set()

    def find_connection(self) -> None:
        self._reconnect.set()

    def restart(self) -> None:
        """Every channel, bridge and pushed object is gone, without a word."""
        self.lose_connection()
        for line in self.lines.values():
            for timer in line.timers:
                timer.cancel()
        self.lines.clear()
        self.bridge_names.clear()
        self.objects.clear()
        self.online.clear()

    def _emit(self, event: ev.Event) -> None:
        if self._on_event is None:
            return
        self._on_event(event)
        if self.duplicates:
            asyncio.get_running_loop().call_later(0.3, self._emit_late, event)

    def _emit_late(self, event: ev.Event) -> None:
        if self._on_event is not None:
            self._on_event(event)

    def _check(self) -> None:
        if not self.connected:
            raise AriUnavailable(0, "not connected")

    # ── Telephones ───────────────────────────────────────────────────────────
    def register(self, endpoint: str) -> None:
        """A browser or a desk telephone is there."""
        self.online.add(endpoint)
        self._contact(endpoint, "NonQualified")

    def unregister(self, endpoint: str) -> None:
        self.online.discard(endpoint)
        self._contact(endpoint, "Removed")

    def _contact(self, endpoint: str, status: str) -> None:
        self._emit(
            ev.ContactStatusChange(
                at=self._now(), endpoint=Endpoint("PJSIP", endpoint), uri=f"sip:{endpoint}@browser", status=status
            )
        )

    def calls_in(self, number: str, caller: str = "anonymous", *, stays_for: float | None = None) -> str:
        """Somebody dials `number`; the channel's id. He hangs up by himself so long after."""
        self._callers += 1
        identifier = f"1764147600.{self._callers}"
        channel = Channel(
            id=identifier, name=f"PJSIP/trunk-1-{self._callers:08x}", state="Ring", caller_number=caller,
            extension=number, dialplan_app="Stasis", dialplan_app_data="decroche,inbound", creation_time=self._now(),
        )  # fmt: skip
        line = self.lines[identifier] = Line(channel, callee=PATIENT, number=caller)
        if stays_for is not None:
            self._after(line, stays_for, self._destroy, identifier, 16, 0)
        self._emit(ev.StasisStart(at=self._now(), channel=channel, args=("inbound",)))
        return identifier

    def callee_hangs_up(self, channel_id: str) -> None:
        self._destroy(channel_id, 16, 0)

    # ── Calls ────────────────────────────────────────────────────────────────
    async def originate(
        self, *, channel_id: str, endpoint: str, app_args: str = "", caller_id: str = "", timeout_s: int = 30,
        variables: Mapping[str, str] | None = None, formats: str | None = None, originator: str | None = None,
    ) -> Channel:  # fmt: skip
        self._check()
        await asyncio.sleep(0.001)
        if channel_id in self.lines:
            raise AriConflict(409, "channel exists")
        target = endpoint.removeprefix("PJSIP/")
        number, _, trunk = target.partition("@")
        channel = Channel(id=channel_id, name=endpoint, caller_number=caller_id, creation_time=self._now())
        line = Line(channel, number=number if trunk else "")
        if not trunk and target not in self.online:
            raise AriError(500, "Allocation failed")
        callee = self.numbers.get(number, self.everybody) if trunk else None
        if callee is not None and callee.refused:
            raise AriError(500, "Allocation failed")
        self.lines[channel_id] = line
        if callee is not None:
            line.callee = callee
            self.dialed.append(number)
            self._schedule(line, callee, app_args, timeout_s)
        elif target not in self.silent_phones:
            self._after(line, 0.2, self._answer, channel_id, app_args)
        else:
            self._after(line, timeout_s, self._destroy, channel_id, 19, 480)
        return channel

    def _schedule(self, line: Line, callee: Callee, app_args: str, timeout_s: int) -> None:
        identifier = line.channel.id
        if callee.rings_after is not None:
            self._after(line, callee.rings_after, self._ring, identifier)
        if callee.fails_after is not None:
            self._after(line, callee.fails_after, self._destroy, identifier, callee.cause, callee.sip)
        elif callee.answers_after is not None and callee.answers_after < timeout_s:
            self._after(line, callee.answers_after, self._answer, identifier, app_args)
            if callee.talks_for is not None:
                self._after(line, callee.answers_after + callee.talks_for, self._destroy, identifier, 16, 0)
        else:
            self._after(line, timeout_s, self._destroy, identifier, 19, 480)

    def _after(self, line: Line, seconds: float, do: Callable[..., None], *args: Any) -> None:
        line.timers.append(asyncio.get_running_loop().call_later(seconds, do, *args))

    def _ring(self, channel_id: str) -> None:
        line = self.lines[channel_id]
        line.channel = replace(line.channel, state="Ringing")
        self._emit(ev.ChannelStateChange(at=self._now(), channel=line.channel))
        self._emit(ev.Dial(at=self._now(), peer=line.channel, dialstatus="RINGING"))

    def _answer(self, channel_id: str, app_args: str) -> None:
        line = self.lines[channel_id]
        line.channel = replace(line.channel, state="Up")
        self.log.note(channel_id, "ANSWER")
        self._emit(ev.ChannelStateChange(at=self._now(), channel=line.channel))
        self._emit(ev.StasisStart(at=self._now(), channel=line.channel, args=tuple(app_args.split(","))))

    def _destroy(self, channel_id: str, cause: int, sip: int, *, here: bool = False) -> None:
        line = self.lines.pop(channel_id, None)
        if line is None:
            return
        for timer in line.timers:
            timer.cancel()
        source = "" if here else f"PJSIP/{channel_id}"
        self.log.note(channel_id, "HANGUP", hangupcause=cause, hangupsource=source)
        self._emit(ev.ChannelDestroyed(at=self._now(), channel=line.channel, cause=cause, tech_cause=sip))

    async def hangup(self, channel_id: str, *, reason: str = "normal") -> bool:
        self._check()
        if channel_id not in self.lines:
            return False
        if self.lines[channel_id].channel.state == "Ring":
            self.turned_away.append((channel_id, reason))
        self._destroy(channel_id, 16, 0, here=True)
        return True

    async def answer(self, channel_id: str) -> bool:
        self._check()
        if channel_id not in self.lines:
            return False
        line = self.lines[channel_id]
        if not line.channel.is_up:
            line.channel = replace(line.channel, state="Up")
            self.log.note(channel_id, "ANSWER")
        return True

    async def follow(self, channel_id: str) -> None:
        self._line(channel_id)

    async def channels(self) -> list[Channel]:
        self._check()
        return [line.channel for line in self.lines.values()]

    async def channel(self, channel_id: str) -> Channel | None:
        self._check()
        return self.lines[channel_id].channel if channel_id in self.lines else None

    # ── Bridges ──────────────────────────────────────────────────────────────
    async def bridges(self) -> list[Bridge]:
        self._check()
        return [Bridge(name, name, channel_ids=tuple(self.members(name))) for name in self.bridge_names]

    def members(self, bridge_id: str) -> list[str]:
        return [identifier for identifier, line in self.lines.items() if line.bridge == bridge_id]

    async def bridge(self, bridge_id: str) -> Bridge | None:
        return next((bridge for bridge in await self.bridges() if bridge.id == bridge_id), None)

    async def create_bridge(self, bridge_id: str, *, name: str = "", type: str = "mixing") -> Bridge:  # noqa: A002
        self._check()
        self.bridge_names[bridge_id] = name
        return Bridge(bridge_id, name)

    async def destroy_bridge(self, bridge_id: str) -> bool:
        self._check()
        for identifier in self.members(bridge_id):
            self.lines[identifier].bridge = ""
        return self.bridge_names.pop(bridge_id, None) is not None

    async def add_to_bridge(
        self, bridge_id: str, *channel_ids: str, absorb_dtmf: bool = False, mute: bool = False
    ) -> None:
        self._check()
        if bridge_id not in self.bridge_names:
            raise AriNotFound(404, "bridge")
        for identifier in channel_ids:
            if identifier not in self.lines:
                raise AriNotFound(404, "channel")
            self.lines[identifier].bridge = bridge_id
            self.log.note(identifier, "BRIDGE_ENTER", bridge_id=bridge_id)

    async def remove_from_bridge(self, bridge_id: str, *channel_ids: str) -> bool:
        self._check()
        found = [i for i in channel_ids if i in self.lines and self.lines[i].bridge == bridge_id]
        for identifier in found:
            self.lines[identifier].bridge = ""
        return bool(found)

    # ── Sounds ───────────────────────────────────────────────────────────────
    def _line(self, channel_id: str) -> Line:
        self._check()
        if channel_id not in self.lines:
            raise AriNotFound(404, "channel")
        return self.lines[channel_id]

    def _here(self, channel_id: str) -> Line:
        line = self._line(channel_id)
        if not line.here:
            raise AriConflict(409, "Channel not in Stasis application")
        return line

    async def play(self, channel_id: str, media: str | Sequence[str], playback_id: str) -> None:
        line = self._here(channel_id)
        self.played.append((channel_id, str(media)))
        over = ev.PlaybackFinished(
            at=self._now(), playback_id=playback_id, target_uri=f"channel:{channel_id}", state="done"
        )
        self._playing[playback_id] = over
        self._after(line, 5.0, self._played, over)

    def _played(self, over: ev.PlaybackFinished) -> None:
        if self._playing.pop(over.playback_id, None) is not None:
            self._emit(over)

    async def play_on_bridge(self, bridge_id: str, media: str | Sequence[str], playback_id: str) -> None:
        self._check()

    async def stop_playback(self, playback_id: str) -> bool:
        over = self._playing.get(playback_id)
        if over is not None:
            self._played(over)
        return over is not None

    async def start_moh(self, channel_id: str, music_class: str = "default") -> None:
        self._line(channel_id).music = True

    async def stop_moh(self, channel_id: str) -> bool:
        self._line(channel_id).music = False
        return True

    async def start_bridge_moh(self, bridge_id: str, music_class: str = "default") -> None:
        self._check()

    async def stop_bridge_moh(self, bridge_id: str) -> bool:
        return True

    async def mute(self, channel_id: str, direction: str = "in") -> None:
        self._line(channel_id).muted = True

    async def unmute(self, channel_id: str, direction: str = "in") -> None:
        self._line(channel_id).muted = False

    async def send_dtmf(self, channel_id: str, digits: str, *, between_ms: int = 100, duration_ms: int = 100) -> None:
        self._line(channel_id)
        self.keys.append((channel_id, digits))

    async def ring(self, channel_id: str) -> None:
        self._line(channel_id)

    async def snoop(
        self, channel_id: str, *, snoop_id: str, app_args: str = "", spy: str = "none", whisper: str = "none"
    ) -> Channel:
        self._line(channel_id)
        if snoop_id in self.lines:
            raise AriConflict(409, "snoop exists")
        channel = Channel(id=snoop_id, name=f"Snoop/{channel_id}", state="Up")
        self.lines[snoop_id] = line = Line(channel, callee=self.lines[channel_id].callee, here=False)
        self._after(line, 0.02, self._arrives, line, app_args)
        return channel

    def _arrives(self, line: Line, app_args: str) -> None:
        line.here = True
        self._emit(ev.StasisStart(at=self._now(), channel=line.channel, args=tuple(app_args.split(","))))

    async def record(self, channel_id: str, *, name: str, format: str = "wav", max_duration_s: int = 0) -> None:  # noqa: A002
        self._here(channel_id)
        self.recorded.append(name)

    async def mute_recording(self, name: str) -> bool:
        self._check()
        if name in self.recorded:
            self.silenced.add(name)
        return name in self.recorded

    async def unmute_recording(self, name: str) -> bool:
        self._check()
        self.silenced.discard(name)
        return name in self.recorded

    async def stop_recording(self, name: str) -> bool:
        self._check()
        self._emit(ev.RecordingFinished(at=self._now(), name=name, target_uri=""))
        return True

    # ── The rest ─────────────────────────────────────────────────────────────
    async def continue_in_dialplan(
        self, channel_id: str, context: str, extension: str = "s", priority: int = 1
    ) -> None:
        """The search for answering machines lives there, and the wait for the end of their greeting."""
        line = self._line(channel_id)
        line.bridge = ""
        silent = line.callee is not None and line.callee.silent
        what, seconds = (
            ("amd", self.screens_after + (2.5 if silent else 1.5)) if context == AMD_CONTEXT else ("quiet", 6.0)
        )
        self._after(line, seconds, self._answer_again, channel_id, what)

    def _answer_again(self, channel_id: str, what: str) -> None:
        line = self.lines[channel_id]
        args = (what, channel_id.removeprefix("call-"))
        self._emit(ev.StasisStart(at=self._now(), channel=line.channel, args=args))

    async def set_variable(self, channel_id: str, name: str, value: str) -> None:
        self._line(channel_id)

    async def get_variable(self, channel_id: str, name: str) -> str:
        callee = self._line(channel_id).callee
        silent, machine = (callee is not None and callee.silent), (callee is not None and callee.machine)
        if name == CAUSE:
            return "INITIALSILENCE-2510-2500" if silent else "LONGGREETING-1620-1600" if machine else "HUMAN-740-700"
        return "MACHINE" if machine or silent else "HUMAN"

    async def put_object(self, object_class: str, object_type: str, object_id: str, fields: Mapping[str, str]) -> None:
        self._check()
        await asyncio.sleep(self.loads_in.pop(0) if self.loads_in else 0)
        if self.refuses_objects:
            self.refuses_objects -= 1
            raise AriUnavailable(0, "TimeoutError")
        self.objects[f"{object_type}/{object_id}"] = fields

    async def delete_object(self, object_class: str, object_type: str, object_id: str) -> bool:
        self._check()
        return self.objects.pop(f"{object_type}/{object_id}", None) is not None

    async def endpoint(self, technology: str, resource: str) -> Endpoint | None:
        self._check()
        if f"endpoint/{resource}" not in self.objects:
            return None
        return Endpoint(technology, resource, "online" if resource in self.online else "offline")

    async def endpoints(self) -> list[Endpoint]:
        return [Endpoint("PJSIP", name.partition("/")[2]) for name in self.objects if name.startswith("endpoint/")]

    async def reload_module(self, name: str) -> None:
        self._check()

    async def info(self) -> AsteriskInfo:
        return AsteriskInfo("22.10.1")
