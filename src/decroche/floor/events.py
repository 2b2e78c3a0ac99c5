"""Asterisk's events, each to whom it concerns. Synchronous: the reader must never wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from decroche.ari import events as ari
from decroche.calls import machine_events as ev
from decroche.floor.effects import welcomed
from decroche.floor.screening import SNOOP

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

RINGS = ("RINGING", "PROGRESS")


def route(floor: Floor, event: ari.Event) -> None:
    if isinstance(event, ari.ContactStatusChange):
        resource = event.endpoint.resource
        if resource.startswith("trunk-"):
            floor.trunks.reachable(resource, event.status)
        else:
            floor.legs.registration(resource, event.uri, event.status)
            floor.monitoring.registration(resource, event.uri, event.status)
        return
    if isinstance(event, ari.PlaybackFinished):
        _playback_over(floor, event.playback_id)
        return
    if isinstance(event, ari.RecordingStarted | ari.RecordingFailed):  # RecordingFinished is a kind of RecordingStarted
        floor.recordings.on_event(event)
        return
    if isinstance(event, ari.ApplicationReplaced):
        log.error("another_floor_took_asterisk", application=event.application)
        return
    channel_id = event.channel_id or ""
    if channel_id.startswith("call-"):
        _call(floor, channel_id, event)
    elif channel_id.startswith("agent-"):
        _leg(floor, channel_id, event)
    elif channel_id.startswith("boss-"):
        floor.monitoring.on_leg_event(channel_id, event)
    elif channel_id.startswith("test-"):
        floor.test_calls.on_event(channel_id, event)
    elif channel_id.startswith("snoop-"):
        _snoop(floor, channel_id, event)
    else:
        floor.return_calls.on_event(channel_id, event)


def _call(floor: Floor, channel_id: str, event: ari.Event) -> None:
    call = floor.calls.of_channel(channel_id)
    if call is None:
        if isinstance(event, ari.StasisStart) and floor.reconciled.is_set():
            log.warning("unknown_call_hung_up")
            floor.spawn(_hang_up(floor, channel_id), "unknown call")
        return
    rings = isinstance(event, ari.Dial) and event.dialstatus in RINGS
    if rings or (isinstance(event, ari.ChannelStateChange) and event.channel.state == "Ringing"):
        floor.calls.feed(call, ev.Rang(), event.at)
    elif isinstance(event, ari.StasisStart) and event.args[:1] == ("amd",):
        call.lane.put(lambda: floor.screening.over(channel_id, event.at))
    elif isinstance(event, ari.StasisStart) and event.args[:1] == ("quiet",):
        floor.calls.feed(call, ev.GreetingOver())
    elif isinstance(event, ari.StasisStart):
        floor.meeting.answered(call, event.at)
    elif isinstance(event, ari.ChannelDestroyed):
        floor.calls.feed(call, ev.Destroyed(event.cause, event.tech_cause), event.at)


def _leg(floor: Floor, channel_id: str, event: ari.Event) -> None:
    digits = channel_id.removeprefix("agent-").split("-")[0]
    agent = floor.world.agent_of_session(int(digits)) if digits.isdigit() else None
    if agent is None:
        if isinstance(event, ari.StasisStart) and floor.reconciled.is_set():
            floor.spawn(_hang_up(floor, channel_id), "unknown leg")
        return
    if isinstance(event, ari.StasisStart):
        floor.legs.answered(agent, channel_id)
    elif isinstance(event, ari.ChannelDestroyed):
        floor.legs.ended(agent, channel_id)


def _snoop(floor: Floor, channel_id: str, event: ari.Event) -> None:
    if channel_id.startswith(SNOOP):
        if isinstance(event, ari.StasisStart):
            floor.screening.on_snoop(channel_id, event.args)
    elif isinstance(event, ari.StasisStart):
        floor.monitoring.on_snoop(channel_id)


def _playback_over(floor: Floor, playback_id: str) -> None:
    kind, _, rest = playback_id.partition("-")
    if kind == "beep":
        floor.spawn(_hang_up(floor, f"snoop-beep-{rest}"), "beep over")
    elif kind == "message":
        floor.calls.feed_by_id(f"call-{rest}", ev.MessageOver())
    elif kind == "welcome" and (call := floor.calls.of_channel(f"call-{rest}")) is not None:
        call.lane.put(lambda: welcomed(floor, call))
    elif kind == "farewell":
        floor.return_calls.message_over(rest)
    elif kind == "test":
        floor.test_calls.playback_over(rest)


async def _hang_up(floor: Floor, channel_id: str) -> None:
    await floor.ari.hangup(channel_id)
