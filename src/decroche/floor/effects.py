"""The machine's effects, as commands to Asterisk. Each call's are carried out in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from decroche.ari.errors import AriConflict, AriError, AriNotFound, AriUnavailable
from decroche.calls import machine_events as ev
from decroche.calls.effects import (
    AwaitSilence,
    Bridge,
    Effect,
    Hangup,
    Message,
    Park,
    PickUp,
    PlayMessage,
    Screen,
    Welcome,
)
from decroche.calls.machine import Phase
from decroche.floor.snoops import once_there
from decroche.floor.world import Agent, LiveCall
from decroche.telephony.amd import AMD_VARIABLE
from decroche.telephony.conf_floor import AMD_CONTEXT, MACHINE_CONTEXT
from decroche.telephony.trunk_config import caller_id, dial_string

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

MESSAGES = {
    Message.ABANDONED: "sound:decroche/abandoned",
    Message.APOLOGY: "sound:decroche/apology-cut",
    Message.MISSED: "sound:decroche/return-missed",
    Message.GOODBYE: "sound:decroche/return-goodbye",
}
WELCOME = "sound:decroche/inbound-welcome"
BEEP = "sound:decroche/beep"
MESSAGE_AT_MOST_S = 90
"""A message that never says that it is over does not keep a line for ever."""


async def originate(floor: Floor, call: LiveCall) -> None:
    """Dial the contact; a refusal of the engine is an event of the call like any other."""
    trunk = floor.world.trunks.get(call.row.trunk_id or 0)
    refused = floor.refusals.stops(call)  # at the last instant, whatever the path that led here
    if refused is not None:
        log.info("call_stopped_by_the_rules", call=str(call.id), reason=refused.reason.code)
    if trunk is None or refused is not None:
        floor.calls.feed(call, ev.Refused())
        return
    call.campaign.tally.calls += 1
    try:
        await floor.ari.originate(
            channel_id=call.channel_id,
            endpoint=dial_string(trunk.config, call.row.e164),
            app_args=f"call,{call.id}",
            caller_id=caller_id(trunk.config, call.row.presented),
            timeout_s=call.campaign.ring_timeout_s,
            variables=_variables(call),
            formats=",".join(trunk.config.codecs),
        )
    except AriConflict:
        pass  # the order was given twice: the first one holds
    except AriUnavailable:
        floor.calls.feed(call, ev.Refused(congestion=True))
    except AriError as error:
        log.warning("originate_refused", call=str(call.id), status=error.status)
        floor.calls.feed(call, ev.Refused())
    else:
        if call.phase is Phase.CLOSING:  # hung up while the order was on its way
            await _hang_up(floor, call)


def _variables(call: LiveCall) -> dict[str, str]:
    variables = {"DECROCHE_CALL": str(call.id)}
    if call.state.screened and call.campaign.amd_arguments:
        variables[AMD_VARIABLE] = call.campaign.amd_arguments
    return variables


async def carry_out(floor: Floor, call: LiveCall, effect: Effect, agent: Agent | None) -> None:
    """One effect; what Asterisk cannot do because a channel is gone comes to us as its own event."""
    try:
        if isinstance(effect, Bridge):
            await _bridge(floor, call, agent)
        elif isinstance(effect, Park):
            await _park(floor, call, agent)
        elif isinstance(effect, Screen):
            await floor.ari.continue_in_dialplan(call.channel_id, AMD_CONTEXT)
        elif isinstance(effect, AwaitSilence):
            floor.later(MESSAGE_AT_MOST_S, floor.calls.feed, call, ev.MessageOver())
            await floor.ari.continue_in_dialplan(call.channel_id, MACHINE_CONTEXT)
        elif isinstance(effect, PickUp):
            await floor.ari.answer(call.channel_id)
        elif isinstance(effect, Welcome):
            await _welcome(floor, call)
        elif isinstance(effect, PlayMessage):
            await _play(floor, call, effect.message)
        elif isinstance(effect, Hangup):
            await _hang_up(floor, call)
    except AriError as error:
        log.warning("effect_failed", call=str(call.id), effect=type(effect).__name__, status=error.status)
        if isinstance(effect, PlayMessage | AwaitSilence):
            floor.calls.feed(call, ev.MessageOver())
        elif isinstance(effect, Screen):
            floor.meeting.screened(call, machine=False)
        elif isinstance(effect, Bridge) and isinstance(error, AriNotFound | AriConflict):
            await _bridge_failed(floor, call, agent)


async def _bridge(floor: Floor, call: LiveCall, agent: Agent | None) -> None:
    session = agent.session if agent is not None else None
    if session is None or call.phase is not Phase.TALKING:
        if call.phase is Phase.TALKING:
            floor.calls.feed(call, ev.AgentGone())
        return
    await _quiet(floor, call)
    await floor.ari.add_to_bridge(session.bridge_id, call.channel_id)
    first = call.row.bridged_at is None
    if first:
        call.row.bridged_at = floor.now
        if not call.row.is_inbound:
            call.campaign.observed.heard(call.row.answered_at, call.row.bridged_at)
        floor.calls.note(call, "bridged")
        floor.spawn(beep(floor, call, session.leg_channel), "beep")
        floor.recordings.call_bridged(call)
    floor.desks.touch_call(call)


async def beep(floor: Floor, call: LiveCall, leg_channel: str) -> None:
    """For the agent alone, mixed with the contact's first word: whispered into the agent's leg (see docs/telephony)."""
    snoop_id = f"snoop-beep-{call.id}"
    try:
        await floor.ari.snoop(leg_channel, snoop_id=snoop_id, whisper="out", app_args="beep")
        await once_there(lambda: floor.ari.play(snoop_id, BEEP, f"beep-{call.id}"))
    except AriError:
        await floor.ari.hangup(snoop_id)


async def _bridge_failed(floor: Floor, call: LiveCall, agent: Agent | None) -> None:
    """Either side may be what is missing; the machine is told which."""
    if await floor.ari.channel(call.channel_id) is None:
        floor.calls.feed(call, ev.Vanished())
        return
    floor.calls.feed(call, ev.AgentGone())
    if agent is not None:
        floor.legs.verify(agent)


async def _park(floor: Floor, call: LiveCall, agent: Agent | None) -> None:
    if agent is not None and agent.session is not None:
        await floor.ari.remove_from_bridge(agent.session.bridge_id, call.channel_id)
    call.on_music = True
    await floor.ari.start_moh(call.channel_id)


async def _quiet(floor: Floor, call: LiveCall) -> None:
    """What he hears while he waits is over: Asterisk does nothing else on a channel that is being spoken to."""
    if call.welcomed:
        call.welcomed = False
        await floor.ari.stop_playback(f"welcome-{call.id}")
    if call.on_music:
        call.on_music = False
        await floor.ari.stop_moh(call.channel_id)


async def _welcome(floor: Floor, call: LiveCall) -> None:
    if call.phase is not Phase.WAITING:
        return
    call.welcomed = True
    own = call.campaign.announcements.get("waiting")
    await floor.ari.play(call.channel_id, f"sound:announcements/{own}" if own else WELCOME, f"welcome-{call.id}")


async def welcomed(floor: Floor, call: LiveCall) -> None:
    """The words are said: music, as long as he waits."""
    if call.welcomed and call.phase is Phase.WAITING:
        call.welcomed, call.on_music = False, True
        await floor.ari.start_moh(call.channel_id)


async def _play(floor: Floor, call: LiveCall, message: Message) -> None:
    floor.later(MESSAGE_AT_MOST_S, floor.calls.feed, call, ev.MessageOver())
    await _quiet(floor, call)
    own = call.campaign.announcements.get(message.value)
    media = f"sound:announcements/{own}" if own else MESSAGES.get(message)
    if media is None:  # removed since
        floor.calls.feed(call, ev.MessageOver())
        return
    await floor.ari.play(call.channel_id, media, f"message-{call.id}")


async def _hang_up(floor: Floor, call: LiveCall) -> None:
    if not await floor.ari.hangup(call.channel_id) and not call.is_over:
        floor.later(1.0, _make_sure, floor, call)


def _make_sure(floor: Floor, call: LiveCall) -> None:
    """The channel was gone before we hung up, and its end did not reach us."""
    if not call.is_over:
        floor.calls.feed(call, ev.Vanished())
