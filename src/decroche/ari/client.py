"""`AriClient`: every command of `Ari` as HTTP requests, and the event socket."""

# ruff: noqa: A002 — parameters are named as Asterisk names them
from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from decroche.ari.errors import AriConflict, AriError, AriNotFound
from decroche.ari.http import AriHttp, Params
from decroche.ari.model import (
    AsteriskInfo,
    Bridge,
    Channel,
    Endpoint,
    parse_bridge,
    parse_channel,
    parse_endpoint,
    parse_info,
)
from decroche.ari.protocol import (
    BridgeType,
    Direction,
    HangupReason,
    MuteDirection,
    OnConnected,
    OnDisconnected,
    OnEvent,
)
from decroche.ari.socket import PING_EVERY_S, Backoff, EventSocket

NOISE = ("ChannelVarset", "ChannelDialplan", "ChannelCallerId", "ChannelConnectedLine", "DeviceStateChanged")
"""Events that Asterisk is asked not to send: several per call, and nothing here listens to them."""
OF_ENDPOINTS = ("ContactStatusChange",)
"""All that the second application hears. (EndpointStateChange comes twice for each call on a trunk.)

A subscription to endpoints brings the events of their channels too, so that an application which also owns the channels
hears each twice. Two applications on the one socket share the work: calls for one, registrations for the other.
"""


def _id(identifier: str) -> str:
    return quote(identifier, safe="")


class AriClient:
    """Implements `Ari`. Made inside a running event loop; `async with` closes it."""

    def __init__(
        self,
        base_url: str,
        username: str,
        password: str,
        *,
        app: str = "decroche",
        event_sources: Sequence[str] = ("endpoint:PJSIP",),
        backoff: Backoff | None = None,
        ping_every_s: float = PING_EVERY_S,
    ) -> None:
        self._http = AriHttp(base_url, username, password)
        self._app = app
        self._event_sources = event_sources
        self._observer = f"{app}-endpoints"
        self._backoff = backoff or Backoff()
        self._ping_every_s = ping_every_s

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.close()

    # ── Events ───────────────────────────────────────────────────────────────
    async def run(self, *, on_event: OnEvent, on_connected: OnConnected, on_disconnected: OnDisconnected) -> None:
        base = self._http.base_url.replace("http", "ws", 1)
        socket = EventSocket(
            self._http.session,
            f"{base}/events?app={','.join(map(_id, self._apps))}",
            self._subscribe,
            self._backoff,
            self._ping_every_s,
        )
        await socket.run(on_event=on_event, on_connected=on_connected, on_disconnected=on_disconnected)

    async def _subscribe(self) -> None:
        await self._filter(self._app, disallowed=NOISE)
        if self._event_sources:
            await self._filter(self._observer, allowed=OF_ENDPOINTS)
            path = f"/applications/{_id(self._observer)}/subscription"
            await self._http.request("POST", path, params={"eventSource": ",".join(self._event_sources)})

    async def _filter(self, app: str, **kinds: Sequence[str]) -> None:
        body = {rule: [{"type": kind} for kind in names] for rule, names in kinds.items()}
        await self._http.request("PUT", f"/applications/{_id(app)}/eventFilter", body=body)

    @property
    def _apps(self) -> list[str]:
        return [self._app, self._observer] if self._event_sources else [self._app]

    # ── Channels ─────────────────────────────────────────────────────────────
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
        params: dict[str, str | int] = {
            "endpoint": endpoint,
            "app": self._app,
            "channelId": channel_id,
            "timeout": timeout_s,
        }
        optional = {"appArgs": app_args, "callerId": caller_id, "formats": formats, "originator": originator}
        params.update({name: value for name, value in optional.items() if value})
        body = {"variables": dict(variables)} if variables else None
        return parse_channel(await self._http.request("POST", "/channels", params=params, body=body))

    async def hangup(self, channel_id: str, *, reason: HangupReason = "normal") -> bool:
        return await self._unless_gone("DELETE", f"/channels/{_id(channel_id)}", {"reason": reason})

    async def answer(self, channel_id: str) -> bool:
        return await self._unless_gone("POST", f"/channels/{_id(channel_id)}/answer")

    async def follow(self, channel_id: str) -> None:
        path = f"/applications/{_id(self._app)}/subscription"
        try:
            await self._http.request("POST", path, params={"eventSource": f"channel:{channel_id}"})
        except AriError as error:
            if error.status == 422:  # "event source does not exist"
                raise AriNotFound(error.status, error.message) from error
            raise

    async def channels(self) -> list[Channel]:
        return [parse_channel(raw) for raw in await self._http.request("GET", "/channels")]

    async def channel(self, channel_id: str) -> Channel | None:
        raw = await self._get(f"/channels/{_id(channel_id)}")
        return parse_channel(raw) if raw else None

    async def mute(self, channel_id: str, direction: MuteDirection = "in") -> None:
        await self._http.request("POST", f"/channels/{_id(channel_id)}/mute", params={"direction": direction})

    async def unmute(self, channel_id: str, direction: MuteDirection = "in") -> None:
        await self._http.request("DELETE", f"/channels/{_id(channel_id)}/mute", params={"direction": direction})

    async def ring(self, channel_id: str) -> None:
        await self._http.request("POST", f"/channels/{_id(channel_id)}/ring")

    async def send_dtmf(self, channel_id: str, digits: str, *, between_ms: int = 100, duration_ms: int = 100) -> None:
        params: Params = {"dtmf": digits, "between": between_ms, "duration": duration_ms}
        await self._http.request("POST", f"/channels/{_id(channel_id)}/dtmf", params=params)

    async def snoop(
        self,
        channel_id: str,
        *,
        snoop_id: str,
        app_args: str = "",
        spy: Direction = "none",
        whisper: Direction = "none",
    ) -> Channel:
        params: Params = {"app": self._app, "spy": spy, "whisper": whisper, "appArgs": app_args}
        path = f"/channels/{_id(channel_id)}/snoop/{_id(snoop_id)}"
        return parse_channel(await self._http.request("POST", path, params=params))

    async def continue_in_dialplan(
        self, channel_id: str, context: str, extension: str = "s", priority: int = 1
    ) -> None:
        params: Params = {"context": context, "extension": extension, "priority": priority}
        await self._http.request("POST", f"/channels/{_id(channel_id)}/continue", params=params)

    async def set_variable(self, channel_id: str, name: str, value: str) -> None:
        params = {"variable": name, "value": value}
        await self._http.request("POST", f"/channels/{_id(channel_id)}/variable", params=params)

    async def get_variable(self, channel_id: str, name: str) -> str:
        raw = await self._get(f"/channels/{_id(channel_id)}/variable", {"variable": name})
        return str(raw["value"]) if raw else ""

    # ── Bridges ──────────────────────────────────────────────────────────────
    async def bridges(self) -> list[Bridge]:
        return [parse_bridge(raw) for raw in await self._http.request("GET", "/bridges")]

    async def bridge(self, bridge_id: str) -> Bridge | None:
        raw = await self._get(f"/bridges/{_id(bridge_id)}")
        return parse_bridge(raw) if raw else None

    async def create_bridge(self, bridge_id: str, *, name: str = "", type: BridgeType = "mixing") -> Bridge:
        params = {"type": type, "bridgeId": bridge_id, "name": name}
        try:
            return parse_bridge(await self._http.request("POST", "/bridges", params=params))
        except AriConflict:
            existing = await self.bridge(bridge_id)
            if existing is None:
                raise
            return existing

    async def destroy_bridge(self, bridge_id: str) -> bool:
        return await self._unless_gone("DELETE", f"/bridges/{_id(bridge_id)}")

    async def add_to_bridge(
        self, bridge_id: str, *channel_ids: str, absorb_dtmf: bool = False, mute: bool = False
    ) -> None:
        params = {"channel": ",".join(channel_ids), "absorbDTMF": _flag(absorb_dtmf), "mute": _flag(mute)}
        try:
            await self._http.request("POST", f"/bridges/{_id(bridge_id)}/addChannel", params=params)
        except AriError as error:
            if error.status == 400:
                raise AriNotFound(404, error.message) from error
            if error.status == 422:
                raise AriConflict(409, error.message) from error
            raise

    async def remove_from_bridge(self, bridge_id: str, *channel_ids: str) -> bool:
        params = {"channel": ",".join(channel_ids)}
        try:
            return await self._unless_gone("POST", f"/bridges/{_id(bridge_id)}/removeChannel", params)
        except AriError as error:
            if error.status in (400, 409, 422):
                return False
            raise

    # ── Sound ────────────────────────────────────────────────────────────────
    async def play(self, channel_id: str, media: str | Sequence[str], playback_id: str) -> None:
        path = f"/channels/{_id(channel_id)}/play/{_id(playback_id)}"
        await self._http.request("POST", path, params={"media": _media(media)})

    async def play_on_bridge(self, bridge_id: str, media: str | Sequence[str], playback_id: str) -> None:
        path = f"/bridges/{_id(bridge_id)}/play/{_id(playback_id)}"
        await self._http.request("POST", path, params={"media": _media(media)})

    async def stop_playback(self, playback_id: str) -> bool:
        return await self._unless_gone("DELETE", f"/playbacks/{_id(playback_id)}")

    async def start_moh(self, channel_id: str, music_class: str = "default") -> None:
        await self._http.request("POST", f"/channels/{_id(channel_id)}/moh", params={"mohClass": music_class})

    async def stop_moh(self, channel_id: str) -> bool:
        return await self._unless_gone("DELETE", f"/channels/{_id(channel_id)}/moh")

    async def start_bridge_moh(self, bridge_id: str, music_class: str = "default") -> None:
        await self._http.request("POST", f"/bridges/{_id(bridge_id)}/moh", params={"mohClass": music_class})

    async def stop_bridge_moh(self, bridge_id: str) -> bool:
        return await self._unless_gone("DELETE", f"/bridges/{_id(bridge_id)}/moh")

    async def record(self, channel_id: str, *, name: str, format: str = "wav", max_duration_s: int = 0) -> None:
        params: Params = {"name": name, "format": format, "maxDurationSeconds": max_duration_s, "ifExists": "fail"}
        await self._http.request("POST", f"/channels/{_id(channel_id)}/record", params=params)

    async def stop_recording(self, name: str) -> bool:
        return await self._of_recording("POST", f"/recordings/live/{_id(name)}/stop")

    async def mute_recording(self, name: str) -> bool:
        return await self._of_recording("POST", f"/recordings/live/{_id(name)}/mute")

    async def unmute_recording(self, name: str) -> bool:
        return await self._of_recording("DELETE", f"/recordings/live/{_id(name)}/mute")

    # ── Asterisk itself ──────────────────────────────────────────────────────
    async def put_object(self, object_class: str, object_type: str, object_id: str, fields: Mapping[str, str]) -> None:
        body = {"fields": [{"attribute": name, "value": value} for name, value in fields.items()]}
        await self._http.request("PUT", _object(object_class, object_type, object_id), body=body)

    async def delete_object(self, object_class: str, object_type: str, object_id: str) -> bool:
        return await self._unless_gone("DELETE", _object(object_class, object_type, object_id))

    async def endpoint(self, technology: str, resource: str) -> Endpoint | None:
        raw = await self._get(f"/endpoints/{_id(technology)}/{_id(resource)}")
        return parse_endpoint(raw) if raw else None

    async def endpoints(self) -> list[Endpoint]:
        return [parse_endpoint(raw) for raw in await self._http.request("GET", "/endpoints")]

    async def reload_module(self, name: str) -> None:
        await self._http.request("PUT", f"/asterisk/modules/{_id(name)}")

    async def info(self) -> AsteriskInfo:
        return parse_info(await self._http.request("GET", "/asterisk/info"))

    # ── Requests ─────────────────────────────────────────────────────────────
    async def _get(self, path: str, params: Params | None = None) -> Any:
        """None where Asterisk says 404."""
        try:
            return await self._http.request("GET", path, params=params)
        except AriNotFound:
            return None

    async def _unless_gone(self, method: str, path: str, params: Params | None = None) -> bool:
        try:
            await self._http.request(method, path, params=params)
        except AriNotFound:
            return False
        return True

    async def _of_recording(self, method: str, path: str) -> bool:
        """409: it is over, and its name not yet gone."""
        try:
            return await self._unless_gone(method, path)
        except AriConflict:
            return False


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _media(media: str | Sequence[str]) -> str:
    return media if isinstance(media, str) else ",".join(media)


def _object(object_class: str, object_type: str, object_id: str) -> str:
    return f"/asterisk/config/dynamic/{_id(object_class)}/{_id(object_type)}/{_id(object_id)}"
