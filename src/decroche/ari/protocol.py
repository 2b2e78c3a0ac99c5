# ruff: noqa: A002 — parameters are named as Asterisk names them
"""The commands the floor gives to a telephone engine: implemented by `AriClient` and by the tests' fake Asterisk.

Every command may raise `AriError` or a subclass (`decroche.ari.errors`); what each treats
as success in spite of an error answer is said below. Commands that carry an identifier of ours are safe to repeat.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal, Protocol

from decroche.ari.events import Event
from decroche.ari.model import AsteriskInfo, Bridge, Channel, Endpoint

HangupReason = Literal[
    "normal",
    "busy",
    "congestion",
    "no_answer",
    "timeout",
    "rejected",
    "unallocated",
    "normal_unspecified",
    "number_incomplete",
    "codec_mismatch",
    "interworking",
    "failure",
    "answered_elsewhere",
]
Direction = Literal["none", "both", "out", "in"]
"""Seen from Asterisk's channel: `in` is what its far side says, `out` is what its far side hears."""
MuteDirection = Literal["both", "in", "out"]
BridgeType = Literal["mixing", "holding", "dtmf_events", "proxy_media", "mixing,dtmf_events", "mixing,proxy_media"]

OnEvent = Callable[[Event], None]
OnConnected = Callable[[], Awaitable[None]]
OnDisconnected = Callable[[], None]


class Ari(Protocol):
    """One connection to one Asterisk, for one application."""

    async def run(self, *, on_event: OnEvent, on_connected: OnConnected, on_disconnected: OnDisconnected) -> None:
        """Until cancelled: keeps the event socket open, reconnecting with back-off.

        `on_event` is called in arrival order from the single reader and must return at once (queue it).
        `on_connected` runs beside the reader after each (re)connection: events already flow while it reconciles.
        """
        ...

    async def originate(
        self,
        *,
        channel_id: str,
        endpoint: str,
        app_args: str = "",
        caller_id: str = "",
        timeout_s: int = 30,
        variables: Mapping[str, str] | None = None,
        formats: str | None = None,
        originator: str | None = None,
    ) -> Channel:
        """Dials `endpoint` (`PJSIP/…`) into our application. `AriConflict`: a live channel has that id already.

        `timeout_s` -1 never gives up. StasisStart comes on answer only; an end before it comes as ChannelDestroyed.
        """
        ...

    async def hangup(self, channel_id: str, *, reason: HangupReason = "normal") -> bool:
        """False where the channel is gone already."""
        ...

    async def answer(self, channel_id: str) -> bool:
        """False where the channel is gone already."""
        ...

    async def follow(self, channel_id: str) -> None:
        """Hear of its end too, of a channel that came in by itself: else the last event is StasisEnd. Idempotent.

        `AriNotFound`: it is gone.
        """
        ...

    async def channels(self) -> list[Channel]: ...

    async def bridges(self) -> list[Bridge]: ...

    async def channel(self, channel_id: str) -> Channel | None: ...

    async def bridge(self, bridge_id: str) -> Bridge | None: ...

    async def create_bridge(self, bridge_id: str, *, name: str = "", type: BridgeType = "mixing") -> Bridge:
        """Idempotent: one that exists is returned (its type is not changed)."""
        ...

    async def destroy_bridge(self, bridge_id: str) -> bool:
        """False where it is gone already. Its channels stay in the application, unbridged."""
        ...

    async def add_to_bridge(
        self, bridge_id: str, *channel_ids: str, absorb_dtmf: bool = False, mute: bool = False
    ) -> None:
        """`AriNotFound`: the bridge or a channel is gone. `AriConflict`: a channel is not in the application.

        A channel that is in another bridge is moved.
        """
        ...

    async def remove_from_bridge(self, bridge_id: str, *channel_ids: str) -> bool:
        """False where the bridge or the channel is gone, or the channel is not in that bridge."""
        ...

    async def play(self, channel_id: str, media: str | Sequence[str], playback_id: str) -> None:
        """`media`: `sound:…`, `tone:…`; several play one after the other. The end comes as PlaybackFinished.

        On a bridged channel the sound is heard by that channel alone, but it interrupts what it hears of the bridge.
        """
        ...

    async def play_on_bridge(self, bridge_id: str, media: str | Sequence[str], playback_id: str) -> None:
        """Heard by everybody in the bridge."""
        ...

    async def stop_playback(self, playback_id: str) -> bool:
        """False where it is over already."""
        ...

    async def start_moh(self, channel_id: str, music_class: str = "default") -> None: ...

    async def stop_moh(self, channel_id: str) -> bool: ...

    async def start_bridge_moh(self, bridge_id: str, music_class: str = "default") -> None: ...

    async def stop_bridge_moh(self, bridge_id: str) -> bool: ...

    async def mute(self, channel_id: str, direction: MuteDirection = "in") -> None:
        """`in`: nobody hears this channel's far side."""
        ...

    async def unmute(self, channel_id: str, direction: MuteDirection = "in") -> None: ...

    async def send_dtmf(self, channel_id: str, digits: str, *, between_ms: int = 100, duration_ms: int = 100) -> None:
        """Digits 0-9 A-D * # towards the far side."""
        ...

    async def ring(self, channel_id: str) -> None: ...

    async def snoop(
        self,
        channel_id: str,
        *,
        snoop_id: str,
        app_args: str = "",
        spy: Direction = "none",
        whisper: Direction = "none",
    ) -> Channel:
        """A second ear (`spy`) or mouth (`whisper`) on a channel, as a channel of its own in the application."""
        ...

    async def record(
        self,
        channel_id: str,
        *,
        name: str,
        format: str = "wav",
        max_duration_s: int = 0,
    ) -> None:
        """Into the spool's recording folder. `AriConflict` on a bridged channel: record a snoop of it."""
        ...

    async def stop_recording(self, name: str) -> bool:
        """Stops and keeps it. False where it is over already."""
        ...

    async def mute_recording(self, name: str) -> bool:
        """Silence is written from now on, so that the file keeps its length. Safe to repeat. False where it is over."""
        ...

    async def unmute_recording(self, name: str) -> bool:
        """Sound is written again. Safe to repeat. False where it is over."""
        ...

    async def continue_in_dialplan(
        self, channel_id: str, context: str, extension: str = "s", priority: int = 1
    ) -> None: ...

    async def set_variable(self, channel_id: str, name: str, value: str) -> None: ...

    async def get_variable(self, channel_id: str, name: str) -> str:
        """ "" where it is not set. Functions too: `CHANNEL(rtcp,rxploss)`."""
        ...

    async def put_object(self, object_class: str, object_type: str, object_id: str, fields: Mapping[str, str]) -> None:
        """A sorcery object: `put_object("res_pjsip", "auth", id, {...})`. Replaces one of the same id."""
        ...

    async def delete_object(self, object_class: str, object_type: str, object_id: str) -> bool:
        """False where it is gone already."""
        ...

    async def endpoint(self, technology: str, resource: str) -> Endpoint | None: ...

    async def endpoints(self) -> list[Endpoint]: ...

    async def reload_module(self, name: str) -> None: ...

    async def info(self) -> AsteriskInfo: ...
