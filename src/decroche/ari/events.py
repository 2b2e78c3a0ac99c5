# ruff: noqa: D101 — an event named as Asterisk names it needs no sentence of ours
"""Events as Asterisk tells them, typed and frozen.

Each has `at` (Asterisk's own timestamp, UTC) and `channel_id` (None where no single channel is concerned), so that a
reader can keep the order per channel. An event whose type is not listed, or whose JSON is not as expected, becomes an
`UnknownEvent`: a newer Asterisk must never stop the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from decroche.ari.model import Bridge, Channel, Endpoint, parse_bridge, parse_channel, parse_endpoint, parse_time

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    at: datetime

    @property
    def channel_id(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEvent(Event):
    channel: Channel

    @property
    def channel_id(self) -> str | None:
        return self.channel.id


@dataclass(frozen=True, slots=True, kw_only=True)
class StasisStart(ChannelEvent):
    """The channel is ours to command. For an originated one this comes on answer, and not before."""

    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StasisEnd(ChannelEvent):
    """The channel left the application: hung up, or continued in the dialplan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCreated(ChannelEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStateChange(ChannelEvent):
    """`channel.state` is the new state; Ringing and Up are the two that matter to an outbound call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDestroyed(ChannelEvent):
    """The end of a channel. `cause` is Q.850; `tech_cause` the SIP status that ended it, 0 where there was none."""

    cause: int
    cause_txt: str = ""
    tech_cause: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHangupRequest(ChannelEvent):
    """The far side asked to hang up; the channel is still there. `cause` is 0 where Asterisk gives none."""

    cause: int = 0
    tech_cause: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDtmfReceived(ChannelEvent):
    digit: str
    duration_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHold(ChannelEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUnhold(ChannelEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelVarset(ChannelEvent):
    variable: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUserevent(Event):
    name: str
    payload: Json = field(default_factory=dict)
    channel: Channel | None = None

    @property
    def channel_id(self) -> str | None:
        return self.channel.id if self.channel else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial(Event):
    """Progress of an originated channel: `dialstatus` is "" (dialing), PROGRESS, RINGING, ANSWER, BUSY, NOANSWER,
    CANCEL, CONGESTION, CHANUNAVAIL…
    """

    peer: Channel
    dialstatus: str = ""
    caller: Channel | None = None

    @property
    def channel_id(self) -> str | None:
        return self.peer.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackStarted(Event):
    playback_id: str
    target_uri: str
    state: str = ""
    media_uri: str = ""

    @property
    def channel_id(self) -> str | None:
        return channel_of(self.target_uri)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackFinished(PlaybackStarted):
    """`state` is done or failed; one stopped or hung up upon also says done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStarted(Event):
    name: str
    target_uri: str

    @property
    def channel_id(self) -> str | None:
        return channel_of(self.target_uri)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFinished(RecordingStarted):
    """`duration_s` is None where Asterisk did not measure it."""

    duration_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFailed(RecordingStarted):
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEnteredBridge(ChannelEvent):
    bridge: Bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLeftBridge(ChannelEvent):
    bridge: Bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeCreated(Event):
    bridge: Bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeDestroyed(Event):
    bridge: Bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointStateChange(Event):
    endpoint: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactStatusChange(Event):
    """A registration, or the qualify answer of one: `status` is NonQualified, Reachable, Unreachable, Removed…"""

    endpoint: Endpoint
    uri: str
    status: str
    aor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerStatusChange(Event):
    endpoint: Endpoint
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReplaced(Event):
    """Another client took our application's place: this connection is closed by Asterisk right after."""

    application: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEvent(Event):
    type: str
    raw: Json = field(default_factory=dict)

    @property
    def channel_id(self) -> str | None:
        channel = self.raw.get("channel")
        found = channel.get("id") if isinstance(channel, dict) else None
        return found if isinstance(found, str) else None


def channel_of(target_uri: str) -> str | None:
    """`channel:ID` → ID; None for a bridge."""
    kind, _, identifier = target_uri.partition(":")
    return identifier if kind == "channel" else None


def parse_event(raw: Json) -> Event:
    """Never raises on a JSON object that has a readable timestamp; ValueError or KeyError where it has none."""
    at = parse_time(raw["timestamp"])
    kind = str(raw.get("type", ""))
    parser = _PARSERS.get(kind)
    if parser is None:
        return UnknownEvent(at=at, type=kind, raw=raw)
    try:
        return parser(at, raw)
    except (KeyError, TypeError, ValueError):
        return UnknownEvent(at=at, type=kind, raw=raw)


def _optional_channel(raw: Json | None) -> Channel | None:
    return parse_channel(raw) if raw else None


def _playback(kind: type[PlaybackStarted]) -> Callable[[datetime, Json], Event]:
    def parse(at: datetime, raw: Json) -> Event:
        playback = raw["playback"]
        return kind(
            at=at,
            playback_id=playback["id"],
            target_uri=playback["target_uri"],
            state=playback.get("state", ""),
            media_uri=playback.get("media_uri", ""),
        )

    return parse


def _in_bridge(kind: type[ChannelEnteredBridge] | type[ChannelLeftBridge]) -> Callable[[datetime, Json], Event]:
    return lambda at, raw: kind(at=at, bridge=parse_bridge(raw["bridge"]), channel=parse_channel(raw["channel"]))


def _of_channel(kind: Callable[..., Event]) -> Callable[[datetime, Json], Event]:
    return lambda at, raw: kind(at=at, channel=parse_channel(raw["channel"]))


def _userevent(at: datetime, raw: Json) -> Event:
    return ChannelUserevent(
        at=at, name=raw["eventname"], payload=raw.get("userevent") or {}, channel=_optional_channel(raw.get("channel"))
    )


def _recording(raw: Json) -> tuple[str, str]:
    return raw["recording"]["name"], raw["recording"].get("target_uri", "")


def _recording_started(at: datetime, raw: Json) -> Event:
    name, target = _recording(raw)
    return RecordingStarted(at=at, name=name, target_uri=target)


def _recording_finished(at: datetime, raw: Json) -> Event:
    name, target = _recording(raw)
    return RecordingFinished(at=at, name=name, target_uri=target, duration_s=raw["recording"].get("duration"))


def _recording_failed(at: datetime, raw: Json) -> Event:
    name, target = _recording(raw)
    return RecordingFailed(at=at, name=name, target_uri=target, cause=raw["recording"].get("cause", ""))


def _contact(at: datetime, raw: Json) -> Event:
    info = raw["contact_info"]
    return ContactStatusChange(
        at=at,
        endpoint=parse_endpoint(raw["endpoint"]),
        uri=info["uri"],
        status=info["contact_status"],
        aor=info.get("aor", ""),
    )


_PARSERS: dict[str, Callable[[datetime, Json], Event]] = {
    "StasisStart": lambda at, raw: StasisStart(
        at=at, channel=parse_channel(raw["channel"]), args=tuple(raw.get("args", ()))
    ),
    "StasisEnd": _of_channel(StasisEnd),
    "ChannelCreated": _of_channel(ChannelCreated),
    "ChannelStateChange": _of_channel(ChannelStateChange),
    "ChannelHold": _of_channel(ChannelHold),
    "ChannelUnhold": _of_channel(ChannelUnhold),
    "ChannelDestroyed": lambda at, raw: ChannelDestroyed(
        at=at,
        channel=parse_channel(raw["channel"]),
        cause=int(raw["cause"]),
        cause_txt=raw.get("cause_txt", ""),
        tech_cause=int(raw.get("tech_cause", 0)),
    ),
    "ChannelHangupRequest": lambda at, raw: ChannelHangupRequest(
        at=at,
        channel=parse_channel(raw["channel"]),
        cause=int(raw.get("cause", 0)),
        tech_cause=int(raw.get("tech_cause", 0)),
    ),
    "ChannelDtmfReceived": lambda at, raw: ChannelDtmfReceived(
        at=at, channel=parse_channel(raw["channel"]), digit=raw["digit"], duration_ms=int(raw.get("duration_ms", 0))
    ),
    "ChannelVarset": lambda at, raw: ChannelVarset(
        at=at, channel=parse_channel(raw["channel"]), variable=raw["variable"], value=raw.get("value", "")
    ),
    "ChannelUserevent": _userevent,
    "Dial": lambda at, raw: Dial(
        at=at,
        peer=parse_channel(raw["peer"]),
        dialstatus=raw.get("dialstatus", ""),
        caller=_optional_channel(raw.get("caller")),
    ),
    "PlaybackStarted": _playback(PlaybackStarted),
    "PlaybackFinished": _playback(PlaybackFinished),
    "RecordingStarted": _recording_started,
    "RecordingFinished": _recording_finished,
    "RecordingFailed": _recording_failed,
    "ChannelEnteredBridge": _in_bridge(ChannelEnteredBridge),
    "ChannelLeftBridge": _in_bridge(ChannelLeftBridge),
    "BridgeCreated": lambda at, raw: BridgeCreated(at=at, bridge=parse_bridge(raw["bridge"])),
    "BridgeDestroyed": lambda at, raw: BridgeDestroyed(at=at, bridge=parse_bridge(raw["bridge"])),
    "EndpointStateChange": lambda at, raw: EndpointStateChange(at=at, endpoint=parse_endpoint(raw["endpoint"])),
    "ContactStatusChange": _contact,
    "PeerStatusChange": lambda at, raw: PeerStatusChange(
        at=at, endpoint=parse_endpoint(raw["endpoint"]), status=(raw.get("peer") or {}).get("peer_status", "")
    ),
    "ApplicationReplaced": lambda at, raw: ApplicationReplaced(at=at, application=raw.get("application", "")),
}
