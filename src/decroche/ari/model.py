# ruff: noqa: D101 — named as Asterisk names them
"""What Asterisk says exists: channels, bridges, endpoints. Frozen; nothing here is fetched lazily."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Channel:
    """One leg of a call.

    `state` is Asterisk's word: Down, Rsrvd, OffHook, Dialing, Ring, Ringing, Up, Busy…
    """

    id: str
    name: str = ""
    state: str = "Down"
    caller_number: str = ""
    connected_number: str = ""
    creation_time: datetime | None = None
    dialplan_app: str = ""
    dialplan_app_data: str = ""
    context: str = ""
    extension: str = ""
    protocol_id: str = ""
    caller_name: str = ""
    accountcode: str = ""
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def is_up(self) -> bool:
        return self.state == "Up"

    @property
    def app_args(self) -> tuple[str, ...]:
        """Arguments the channel was sent into its Stasis application with (empty while it is elsewhere)."""
        if self.dialplan_app != "Stasis":
            return ()
        return tuple(self.dialplan_app_data.split(",")[1:])


@dataclass(frozen=True, slots=True)
class Bridge:
    id: str
    name: str = ""
    type: str = "mixing"
    channel_ids: tuple[str, ...] = ()
    technology: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`state` is unknown, offline or online."""

    technology: str
    resource: str
    state: str = "unknown"
    channel_ids: tuple[str, ...] = ()

    @property
    def is_online(self) -> bool:
        return self.state == "online"


@dataclass(frozen=True, slots=True)
class AsteriskInfo:
    version: str
    entity_id: str = ""
    startup_time: datetime | None = None
    last_reload_time: datetime | None = None


def parse_time(text: str) -> datetime:
    """Asterisk writes `2026-11-23T08:12:05.123+0000`, which fromisoformat reads since Python 3.11. Returned in UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _time_or_none(text: object) -> datetime | None:
    return parse_time(text) if isinstance(text, str) and text else None


def parse_channel(raw: dict[str, Any]) -> Channel:
    caller = raw.get("caller") or {}
    dialplan = raw.get("dialplan") or {}
    return Channel(
        id=raw["id"],
        name=raw.get("name", ""),
        state=raw.get("state", "Down"),
        caller_number=caller.get("number", ""),
        caller_name=caller.get("name", ""),
        connected_number=(raw.get("connected") or {}).get("number", ""),
        creation_time=_time_or_none(raw.get("creationtime")),
        dialplan_app=dialplan.get("app_name", ""),
        dialplan_app_data=dialplan.get("app_data", ""),
        context=dialplan.get("context", ""),
        extension=dialplan.get("exten", ""),
        protocol_id=raw.get("protocol_id", ""),
        accountcode=raw.get("accountcode", ""),
        variables=tuple(sorted((raw.get("channelvars") or {}).items())),
    )


def parse_bridge(raw: dict[str, Any]) -> Bridge:
    return Bridge(
        id=raw["id"],
        name=raw.get("name", ""),
        type=raw.get("bridge_type", "mixing"),
        technology=raw.get("technology", ""),
        channel_ids=tuple(raw.get("channels", ())),
    )


def parse_endpoint(raw: dict[str, Any]) -> Endpoint:
    return Endpoint(
        technology=raw["technology"],
        resource=raw["resource"],
        state=raw.get("state", "unknown"),
        channel_ids=tuple(raw.get("channel_ids", ())),
    )


def parse_info(raw: dict[str, Any]) -> AsteriskInfo:
    system, status = raw.get("system") or {}, raw.get("status") or {}
    return AsteriskInfo(
        version=system.get("version", ""),
        entity_id=system.get("entity_id", ""),
        startup_time=_time_or_none(status.get("startup_time")),
        last_reload_time=_time_or_none(status.get("last_reload_time")),
    )
