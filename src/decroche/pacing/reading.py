"""A snapshot read from JSON: what is missing has a default, what is wrong is said in one sentence.

The names are those of `snapshot.py`. A list of samples may hold objects, or bare numbers of seconds: `LineReader` then
tells what is new in a list that overlaps the one before, and gives it the instant of its arrival.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast, get_args

from decroche.pacing.snapshot import (
    BusyAgent,
    Counts,
    Limits,
    Mode,
    Outcome,
    ReadyAgent,
    Result,
    Ringing,
    Settings,
    Snapshot,
    Spell,
)

T = TypeVar("T")
STATES = {"talking": "talking", "talk": "talking", "hold": "talking", "wrap_up": "wrap_up", "wrapup": "wrap_up"}


class Unreadable(Exception):
    """The line is no snapshot; the message says why."""


class LineReader:
    """Reads line after line of one campaign."""

    def __init__(self) -> None:
        self._before: dict[str, list[Any]] = {}
        self._now = 0.0

    def snapshot(self, data: object, mode: str | None = None) -> Snapshot:
        """`mode`: takes the place of the line's."""
        if not isinstance(data, dict):
            raise Unreadable("A snapshot is a JSON object.")
        now = self._now = _number(data, "now", self._now + 1.0)
        chosen = mode or data.get("mode") or "predictive"
        if chosen not in get_args(Mode):
            raise Unreadable(f"The mode {chosen!r} is none of {', '.join(get_args(Mode))}.")
        settings = data.get("settings") or {}
        return Snapshot(
            now=now,
            mode=cast(Mode, chosen),
            is_open=bool(data.get("is_open", True)),
            ready=_each(data, "ready", _ready),
            busy=_each(data, "busy", _busy),
            paused=_count(data, "paused"),
            ringing=_each(data, "ringing", _ringing),
            waiting_s=_each(data, "waiting_s", _seconds),
            today=_counts(data, "today") or Counts(),
            day_24h=_counts(data, "day_24h"),
            fading=_each(data, "fading", lambda value, _: _counts_of(value, "fading")),
            last_1_min=_counts(data, "last_1_min"),
            last_5_min=_counts(data, "last_5_min"),
            last_15_min=_counts(data, "last_15_min"),
            talks=self._spells(data, "talks", now),
            wrap_ups=self._spells(data, "wrap_ups", now),
            outcomes=tuple(_outcome(value, now) for value in self._fresh(data, "outcomes")),
            local_hour=_maybe(data, "local_hour"),
            seconds_to_close=_maybe(data, "seconds_to_close"),
            limits=_limits(data.get("limits") or {}),
            settings=Settings(
                ratio=_number(settings, "ratio", Settings().ratio),
                cap=min(1.0, _number(settings, "cap", Settings().cap)),
                grace_s=_number(settings, "grace_s", Settings().grace_s),
                ring_timeout_s=_number(settings, "ring_timeout_s", Settings().ring_timeout_s),
                amd=bool(settings.get("amd", True)),
            ),
        )

    def _spells(self, data: dict[str, Any], name: str, now: float) -> tuple[Spell, ...]:
        return tuple(_spell(value, name, now) for value in self._fresh(data, name))

    def _fresh(self, data: dict[str, Any], name: str) -> Sequence[Any]:
        """The part of the list that is new. Those with an instant are told apart by the memory; the others by how much
        of the list before is repeated at the start of this one."""
        values = _list(data, name)
        if all(isinstance(value, dict) and "at" in value for value in values):
            return values
        before = self._before.get(name, [])
        self._before[name] = values or before
        for length in range(min(len(before), len(values)), 0, -1):
            if before[-length:] == values[:length]:
                return values[length:]
        return values


def _list(data: dict[str, Any], name: str) -> list[Any]:
    values = data.get(name)
    if values is None:
        return []
    if not isinstance(values, list):
        raise Unreadable(f"{name} is a list.")
    return values


def _each(data: dict[str, Any], name: str, read: Callable[[Any, int], T]) -> tuple[T, ...]:
    """A bare count stands for so many of which nothing is known."""
    if isinstance(data.get(name), int) and not isinstance(data.get(name), bool):
        return tuple(read({}, rank) for rank in range(_count(data, name)))
    return tuple(read(value, rank) for rank, value in enumerate(_list(data, name)))


def _fields(value: object, name: str) -> dict[str, Any]:
    """A bare number is an elapsed time."""
    if isinstance(value, dict):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"elapsed_s": value}
    raise Unreadable(f"An entry of {name} is an object, or a number of seconds.")


def _number(data: dict[str, Any], name: str, default: float) -> float:
    value = _maybe(data, name)
    return default if value is None else max(0.0, value)


def _maybe(data: object, name: str) -> float | None:
    if not isinstance(data, dict):
        raise Unreadable("settings and limits are objects.")
    value = data.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unreadable(f"{name} is a number.")
    return float(value)


def _count(data: dict[str, Any], name: str) -> int:
    return int(_number(data, name, 0.0))


def _seconds(value: object, _: int) -> float:
    return _number(_fields(value, "waiting_s"), "elapsed_s", 0.0)


def _ready(value: object, _: int) -> ReadyAgent:
    data = _fields(value, "ready")
    wait = _number(data, "wait_s", _number(data, "elapsed_s", 0.0))
    return ReadyAgent(_count(data, "user_id"), wait, bool(data.get("leaving")), bool(data.get("kept_back")))


def _busy(value: object, _: int) -> BusyAgent:
    data = _fields(value, "busy")
    state = STATES.get(str(data.get("state", "talking")))
    if state is None:
        raise Unreadable("The state of a busy agent is talking or wrap_up.")
    return BusyAgent(
        _count(data, "user_id"),
        "talking" if state == "talking" else "wrap_up",
        _number(data, "elapsed_s", 0.0),
        bool(data.get("leaving")),
        bool(data.get("kept_back")),
        _maybe(data, "wrap_left_s"),
    )


def _ringing(value: object, _: int) -> Ringing:
    data = _fields(value, "ringing")
    owner = _maybe(data, "for_user_id")
    return Ringing(
        _number(data, "elapsed_s", 0.0),
        str(data.get("phone_kind") or ""),
        None if owner is None else int(owner),
        bool(data.get("rings")),
        _maybe(data, "screening_s"),
    )


def _counts(data: dict[str, Any], name: str) -> Counts | None:
    value = data.get(name)
    return None if value is None else _counts_of(value, name)


def _counts_of(value: object, name: str) -> Counts:
    if not isinstance(value, dict):
        raise Unreadable(f"{name} is an object of counts.")
    return Counts(*(_count(value, key) for key in ("launched", "finished", "connected", "machine", "abandoned")))


def _spell(value: object, name: str, now: float) -> Spell:
    data = value if isinstance(value, dict) else {"seconds": value}
    return Spell(_number(data, "at", now), _number(data, "seconds", 0.0), _count(data, "user_id"))


def _outcome(value: object, now: float) -> Outcome:
    if not isinstance(value, dict) or value.get("result") not in get_args(Result):
        raise Unreadable(f"An entry of outcomes is an object whose result is one of {', '.join(get_args(Result))}.")
    return Outcome(
        _number(value, "at", now),
        value["result"],
        _number(value, "seconds", 0.0),
        str(value.get("phone_kind") or ""),
        _number(value, "screened_s", 0.0),
    )


def _limits(data: dict[str, Any]) -> Limits:
    def whole(name: str) -> int | None:
        value = _maybe(data, name)
        return None if value is None else int(value)

    return Limits(whole("channels_left"), whole("launches_left"), whole("entries_left"), whole("lines_cap"))
