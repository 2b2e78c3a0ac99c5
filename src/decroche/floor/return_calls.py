"""Contacts who call one of our numbers: whom they reach, what they hear, and the promise where they reach nobody.

`calls.returning` decides; here it is carried out. Nothing that comes from the carrier is trusted: the number that is
called must be one of ours, the caller's is a number or nothing.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog

from decroche.ari import events as ari
from decroche.ari.errors import AriError, AriNotFound
from decroche.ari.model import Channel
from decroche.calls import machine_events as ev
from decroche.calls import rows
from decroche.calls.effects import Message
from decroche.calls.machine import CallState
from decroche.calls.returning import (
    Answer,
    ReturnNumber,
    Team,
    answer,
    campaign_for,
    last_agent,
)
from decroche.compliance.numbers import normalise
from decroche.contacts.do_not_call import erased
from decroche.floor import return_promises, return_rows
from decroche.floor.effects import MESSAGES
from decroche.floor.lane import Lane
from decroche.floor.return_rows import Caller
from decroche.floor.world import Campaign, LiveCall

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

ARGUMENT = "inbound"
"""What the dialplan says of a channel that came in (conf_floor.py)."""
END_AT_MOST_S = 2.0
"""From a channel's leaving of the application to its end."""
_TRUNK = re.compile(r"PJSIP/trunk-(\d+)-")
_USER = re.compile(r"sips?:([+0-9().-]{3,30})@")


class ReturnCalls:
    """The part of the floor that receives calls."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._arriving: set[str] = set()
        """Channels that nobody has decided on yet; gone from here where the caller hangs up."""
        self._messages: set[str] = set()
        """Channels that hear a message without being a live call."""

    # ── Events ───────────────────────────────────────────────────────────────
    def on_event(self, channel_id: str, event: ari.Event) -> None:
        """Of a channel that Asterisk named."""
        if isinstance(event, ari.StasisStart):
            if event.args[:1] == (ARGUMENT,):
                self.arrived(event.channel)
        elif isinstance(event, ari.StasisEnd):
            self._floor.later(END_AT_MOST_S, self._make_sure, channel_id)
        elif isinstance(event, ari.ChannelDestroyed):
            self._arriving.discard(channel_id)
            self._messages.discard(channel_id)
            self._floor.trunks.free(channel_id)
            if (call := self._floor.calls.of_channel(channel_id)) is not None:
                self._floor.calls.feed(call, ev.Destroyed(event.cause, event.tech_cause), event.at)

    def _make_sure(self, channel_id: str) -> None:
        """It left the application, and its end has not come: nobody else would tell."""
        if channel_id in self._arriving | self._messages or self._floor.calls.of_channel(channel_id) is not None:
            log.warning("end_of_return_call_not_seen")
            self._arriving.discard(channel_id)
            self._messages.discard(channel_id)
            self._floor.trunks.free(channel_id)
            self._floor.calls.feed_by_id(channel_id, ev.Vanished())

    def arrived(self, channel: Channel) -> None:
        """Somebody calls; also one whom a floor that died had not answered yet."""
        known = self._arriving | self._messages
        if channel.id not in known and self._floor.calls.of_channel(channel.id) is None:
            self._arriving.add(channel.id)
            self._floor.spawn(self._receive(channel), "return call")

    def channels(self) -> set[str]:
        return self._arriving | self._messages

    def message_over(self, channel_id: str) -> None:
        if channel_id in self._messages:
            self._floor.spawn(self._hang_up(channel_id), "message over")

    def over(self, call: LiveCall) -> None:
        """It has its result."""
        self._floor.trunks.free(call.channel_id)
        return_promises.after(self._floor, call)

    async def _hang_up(self, channel_id: str) -> None:
        await self._floor.ari.hangup(channel_id)

    # ── Arrival ──────────────────────────────────────────────────────────────
    async def _receive(self, channel: Channel) -> None:
        try:
            await self._decide(channel)
        except AriError as error:
            log.info("caller_gone", status=error.status)
        except Exception:
            self._messages.add(channel.id)  # whatever failed is ours: he hears something all the same
            await self._say(channel.id, None)
            raise
        finally:
            self._arriving.discard(channel.id)

    async def _decide(self, channel: Channel) -> None:
        floor = self._floor
        did = await self._number_called(channel)
        number = await return_rows.number_called(floor.db, did) if did else None
        if number is None:
            log.info("unknown_number_called")
            await floor.ari.hangup(channel.id, reason="unallocated")
            return
        await floor.ari.follow(channel.id)
        await floor.ari.ring(channel.id)
        self._occupy(channel)
        e164 = normalise(channel.caller_number)
        if e164:
            await floor.db.django(partial(erased.restore, [e164]))
        who = await return_rows.caller(floor.db, e164, did)
        known = {c.id for c in floor.world.campaigns.values() if c.status in ("open", "stopped")}
        campaign = floor.world.campaigns.get(campaign_for(number, who.attempts, known) or 0)
        reply = self._answer(campaign, number, who) if campaign is not None else Answer("nobody")
        reaches_nobody = reply.agent_id is None and reply.wait_s == 0
        if campaign is None or (who.contact_id is None and reaches_nobody):
            await self._leave_message(channel, campaign, did, who, reply)
            return
        call = await self._adopt(channel, campaign, did, who, reply)
        if call is None:
            await self._leave_message(channel, campaign, did, who, reply)
        elif channel.id not in self._arriving:  # he hung up meanwhile
            floor.calls.feed(call, ev.Vanished())
        else:
            self._give(call, self._answer(campaign, number, who))  # the floor went on meanwhile

    async def _number_called(self, channel: Channel) -> str:
        """As dialed; carriers that call the account's own name say it in To."""
        if found := normalise(channel.extension):
            return found
        to = _USER.search(await self._floor.ari.get_variable(channel.id, "PJSIP_HEADER(read,To)"))
        return normalise(to[1]) if to is not None else ""

    def _answer(self, campaign: Campaign, number: ReturnNumber, who: Caller) -> Answer:
        floor = self._floor
        mainland, overseas, _, _ = floor.campaigns.opening(campaign)
        team = Team(
            in_hours=mainland or overseas,
            signed_in=frozenset(a.user_id for a in floor.world.sessions() if a.user_id in campaign.assigned),
            ready=tuple(agent.user_id for agent in floor.meeting.free_agents(campaign)),
        )
        return answer(number, team, last_agent(who.attempts, campaign.id))

    def _occupy(self, channel: Channel) -> None:
        """One of the line's channels, however full the line is for us."""
        trunk = self._floor.world.trunks.get(_trunk_id(channel))
        if trunk is not None and channel.id in self._arriving:
            trunk.holders.add(channel.id)
            self._floor.desks.touch_supervisors()

    # ── As a call of the floor ───────────────────────────────────────────────
    async def _adopt(
        self, channel: Channel, campaign: Campaign, did: str, who: Caller, reply: Answer
    ) -> LiveCall | None:
        """Its record claimed, its row committed."""
        floor, now, identifier = self._floor, self._floor.now, uuid4()
        async with floor.db.connection() as conn, conn.transaction():
            found = await return_rows.find_record(conn, who, campaign.id, identifier, now)
            if found is None:
                return None
            due = None if found.is_new else return_promises.due_at(floor, campaign, found.candidate, who.e164)
            owner = last_agent(who.attempts, campaign.id)
            row = rows.CallRow(
                id=identifier, campaign_id=campaign.id, contact_id=found.candidate.contact_id,
                queue_entry_id=found.candidate.entry_id, agent_id=None, session_id=None,
                trunk_id=_trunk_id(channel) if _trunk_id(channel) in floor.world.trunks else None,
                mode="manual", e164=who.e164, phone_kind=_kind_of(found, who.e164), presented=did, claimed_at=now,
                floor=floor.name, direction="inbound", channel=channel.id,
                why={
                    "rule": "inbound", "reason": reply.why, "wait_s": reply.wait_s, "former": found.former,
                    "bare": found.is_new, "due": due.isoformat() if due else None, "owner": owner,
                },
            )  # fmt: skip
            await conn.execute(*rows.insert(row))
        call = LiveCall(
            row=row, state=CallState(inbound=True, promises=due is not None), since=now, campaign=campaign,
            candidate=found.candidate, lane=Lane(floor.spawn, f"call {identifier}"), position=0,
        )  # fmt: skip
        floor.world.calls[call.id] = call
        return call

    def _give(self, call: LiveCall, reply: Answer) -> None:
        floor = self._floor
        agent = floor.world.agents.get(reply.agent_id or 0)
        if agent is not None:
            floor.meeting.attach(call, agent)
        floor.calls.feed(call, ev.CameIn(agent_there=floor.legs.agent_there(call), wait_s=reply.wait_s))

    async def follow_again(self, call: LiveCall) -> None:
        """After a connection: Asterisk may have forgotten who listens."""
        try:
            await self._floor.ari.follow(call.channel_id)
        except AriNotFound:
            await self._floor.missed.read([call])
            if not call.is_over:
                self._floor.missed.close(call)

    async def resume(self, call: LiveCall) -> None:
        """A floor died between the row and the answer: decided again."""
        number = await return_rows.number_called(self._floor.db, call.row.presented)
        who = await return_rows.caller(self._floor.db, call.row.e164, call.row.presented)
        self._give(call, self._answer(call.campaign, number or ReturnNumber("message"), who))

    # ── As a message alone ───────────────────────────────────────────────────
    async def _leave_message(
        self, channel: Channel, campaign: Campaign | None, did: str, who: Caller, reply: Answer
    ) -> None:
        """Nobody can be called back: a line of the log, and the words of goodbye."""
        now = self._floor.now
        row = rows.CallRow(
            id=uuid4(), campaign_id=campaign.id if campaign else None, contact_id=who.contact_id, queue_entry_id=None,
            agent_id=None, session_id=None, trunk_id=None, mode="manual", e164=who.e164, phone_kind="", presented=did,
            claimed_at=now, floor=self._floor.name, direction="inbound", channel=channel.id,
            why={"rule": "inbound", "reason": reply.why},
        )  # fmt: skip
        async with self._floor.db.connection() as conn:
            await conn.execute(*rows.insert(row))
        row.answered_at = row.ended_at = now
        row.result, row.hung_up_by = "missed", "system"
        self._floor.journal.write(rows.transition(row, old="claimed", new="ended", trigger="came_in", at=now))
        self._messages.add(channel.id)
        await self._say(channel.id, campaign)

    async def _say(self, channel_id: str, campaign: Campaign | None) -> None:
        own = campaign.announcements.get(Message.GOODBYE.value) if campaign is not None else None
        media = f"sound:announcements/{own}" if own else MESSAGES[Message.GOODBYE]
        await self._floor.ari.answer(channel_id)
        await self._floor.ari.play(channel_id, media, f"farewell-{channel_id}")


def _trunk_id(channel: Channel) -> int:
    found = _TRUNK.match(channel.name)
    return int(found[1]) if found is not None else 0


def _kind_of(found: return_rows.Found, e164: str) -> str:
    return next((kind for kind, number in found.candidate.phones if number == e164), "")
