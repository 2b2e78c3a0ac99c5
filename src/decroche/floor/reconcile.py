"""After each connection to Asterisk: nothing missed is replayed, so what is known is compared with what is there.

The comparison itself does not wait, so that events that arrive meanwhile find a consistent world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from decroche.ari.errors import AriError
from decroche.ari.model import Bridge, Channel
from decroche.calls import machine_events as ev
from decroche.calls.effects import Bridge as BridgeEffect
from decroche.calls.machine import Phase
from decroche.floor.accounts import put_back, variant_of
from decroche.floor.effects import carry_out
from decroche.floor.restore import settle_left_over
from decroche.floor.return_calls import ARGUMENT
from decroche.floor.world import Agent, LiveCall
from decroche.telephony import agent_endpoint

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

OURS = ("call-", "agent-", "boss-", "test-", "snoop-")
JUST_PLACED_S = 5.0


async def reconcile(floor: Floor) -> None:
    """Conversations go on with the same agent and screen; what ended is closed; what is nobody's is hung up."""
    await floor.journal.flush()
    channels = {channel.id: channel for channel in await floor.ari.channels()}
    bridges = {bridge.id: bridge for bridge in await floor.ari.bridges()}
    live = [call for call in floor.world.calls.values() if not call.is_over]
    await floor.missed.read(call for call in live if call.channel_id not in channels and not _is_fresh(floor, call))
    for agent in floor.world.sessions():
        _check_leg(floor, agent, channels, bridges)
    for call in list(floor.world.calls.values()):
        _check_call(floor, call, channels, bridges)
    await _push_endpoints(floor)
    await _hang_up_strangers(floor, channels, bridges)
    await settle_left_over(floor)
    await floor.recordings.resume(set(channels))
    floor.spawn(floor.missed.forget(), "cut the log of channels")
    log.info(
        "reconciled",
        channels=len(channels),
        sessions=len(floor.world.sessions()),
        calls=sum(not call.is_over for call in floor.world.calls.values()),
    )


# ── Agents' legs ─────────────────────────────────────────────────────────────


def _check_leg(floor: Floor, agent: Agent, channels: dict[str, Channel], bridges: dict[str, Bridge]) -> None:
    session = agent.session
    assert session is not None
    mine = _legs_of(session.id, channels)
    if session.leg_channel not in channels and mine:
        session.leg_channel = mine[-1].id
        session.legs_called = max(session.legs_called, len(mine), _number_of(mine[-1].id))
    channel = channels.get(session.leg_channel)
    if channel is None:
        if session.leg in ("up", "calling") and session.leg_channel:
            floor.legs.ended(agent, session.leg_channel)
        elif session.leg == "calling":
            floor.legs.not_there(agent)
        elif agent.call is not None:
            floor.calls.feed(agent.call, ev.AgentGone())
        return
    if not channel.is_up:
        session.leg = "calling"
        return
    bridge = bridges.get(session.bridge_id)
    if bridge is not None and channel.id in bridge.channel_ids:
        session.leg, session.leg_error, session.registered = "up", None, True
    else:
        session.leg = "calling"
        floor.legs.answered(agent, channel.id)


def _legs_of(session_id: int, channels: dict[str, Channel]) -> list[Channel]:
    name = f"agent-{session_id}"
    found = [c for c in channels.values() if c.id == name or c.id.startswith(f"{name}-")]
    return sorted(found, key=lambda channel: _number_of(channel.id))


def _number_of(channel_id: str) -> int:
    last = channel_id.rpartition("-")[2]
    return int(last) if channel_id.count("-") == 2 and last.isdigit() else 1


# ── Calls ────────────────────────────────────────────────────────────────────


def _check_call(floor: Floor, call: LiveCall, channels: dict[str, Channel], bridges: dict[str, Bridge]) -> None:
    if call.is_over:
        return
    channel = channels.get(call.channel_id)
    if channel is None:
        if _is_fresh(floor, call):
            floor.later(JUST_PLACED_S, _check_again, floor, call)
        else:
            floor.missed.close(call)
        return
    if call.row.is_inbound:
        floor.spawn(floor.return_calls.follow_again(call), "follow return call")
    if channel.is_up and call.phase in (Phase.PLACING, Phase.RINGING):
        floor.meeting.answered(call, floor.missed.answered_at(call))
    elif call.phase is Phase.TALKING:
        _check_conversation(floor, call, bridges)
    elif call.phase is Phase.SCREENING:
        floor.meeting.screened(call, machine=False)
    elif call.phase is Phase.WAITING:
        floor.meeting.find_agent(call)
        floor.calls.keep_waiting(call)
    elif call.phase is Phase.CLAIMED and call.row.is_inbound:
        floor.spawn(floor.return_calls.resume(call), "return call")
    elif call.phase is Phase.CLOSING:
        floor.calls.feed(call, ev.MessageOver())


def _check_conversation(floor: Floor, call: LiveCall, bridges: dict[str, Bridge]) -> None:
    agent = call.agent
    if agent is None or agent.session is None or agent.session.leg in ("none", "lost", "failed"):
        floor.calls.feed(call, ev.AgentGone())
        return
    bridge = bridges.get(agent.session.bridge_id)
    if agent.leg_up and (bridge is None or call.channel_id not in bridge.channel_ids):
        call.lane.put(lambda: carry_out(floor, call, BridgeEffect(), agent))


def _is_fresh(floor: Floor, call: LiveCall) -> bool:
    """The order to dial may be on its way."""
    age = (floor.now - call.since).total_seconds()
    return call.phase in (Phase.CLAIMED, Phase.PLACING) and age < JUST_PLACED_S


def _check_again(floor: Floor, call: LiveCall) -> None:
    async def check() -> None:
        if call.phase in (Phase.CLAIMED, Phase.PLACING) and await floor.ari.channel(call.channel_id) is None:
            await floor.missed.read([call])
            if not call.is_over:
                floor.missed.close(call)

    floor.spawn(check(), "check call")


# ── The rest ─────────────────────────────────────────────────────────────────


async def _push_endpoints(floor: Floor) -> None:
    """Asterisk keeps them in memory: after it restarted they are pushed again, and softphones register."""
    restarted = False
    for agent in floor.world.sessions():
        session = agent.session
        if session is None:
            continue
        if await put_back(floor.ari, session, variant_of(session), agent.language):
            restarted = True
            session.registered, session.contact_uri = False, ""
        await floor.ari.create_bridge(session.bridge_id, name=session.bridge_id)
        if session.leg in ("lost", "awaiting_registration"):
            floor.spawn(_call_if_registered(floor, agent), "call leg")
    if restarted:
        await floor.monitoring.lost_all()


async def _call_if_registered(floor: Floor, agent: Agent) -> None:
    session = agent.session
    if session is None:
        return
    if session.device == "number":
        floor.legs.call(agent)
    elif await agent_endpoint.is_registered(floor.ari, session.endpoint):
        session.registered = True
        floor.legs.call(agent)


async def _hang_up_strangers(floor: Floor, channels: dict[str, Channel], bridges: dict[str, Bridge]) -> None:
    """Channels in our application that belong to nothing we know."""
    known = {call.channel_id for call in floor.world.calls.values() if not call.is_over}
    sessions = [agent.session for agent in floor.world.sessions() if agent.session is not None]
    known |= {session.leg_channel for session in sessions}
    known |= floor.monitoring.channels() | floor.test_calls.channels() | floor.return_calls.channels()
    for channel in channels.values():
        if channel.app_args[:1] == (ARGUMENT,) and channel.id not in known:
            await _receive_or_drop(floor, channel)
    for channel_id in channels:
        if not channel_id.startswith(OURS) or channel_id in known or channel_id.startswith("snoop-rec-"):
            continue
        log.warning("stranger_hung_up", kind=channel_id.partition("-")[0])
        await _quietly(floor, channel_id)
    for bridge_id in bridges:
        if bridge_id.startswith("agent-") and bridge_id not in {session.bridge_id for session in sessions}:
            await floor.ari.destroy_bridge(bridge_id)


async def _receive_or_drop(floor: Floor, channel: Channel) -> None:
    """He called while no floor was there to answer; or he hears a message whose end nobody would hear."""
    if channel.is_up:
        await _quietly(floor, channel.id)
    else:
        floor.return_calls.arrived(channel)


async def _quietly(floor: Floor, channel_id: str) -> None:
    try:
        await floor.ari.hangup(channel_id)
    except AriError as error:
        log.info("hangup_failed", status=error.status)
