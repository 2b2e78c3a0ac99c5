"""Test calls of a line: ring a number, play a sentence, say how it went. No row is written: nobody is canvassed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from decroche.ari import events as ari
from decroche.ari.errors import AriError
from decroche.calls.causes import result_of
from decroche.calls.results import Result
from decroche.compliance import History, Intent, ListEntry, Refused, decide
from decroche.compliance.numbers import normalise
from decroche.contacts.do_not_call import erased
from decroche.floor.errors import BadNumber, CallRefused, NoLine, UnknownTrunk
from decroche.telephony.trunk_config import caller_id, dial_string

if TYPE_CHECKING:
    from decroche.floor.desks import Desk
    from decroche.floor.service import Floor

RING_S = 25
AT_MOST_S = 60
SENTENCE = "sound:decroche/please-hold"
_LISTED = """
SELECT CASE WHEN is_prefix THEN 'prefix' ELSE 'everywhere' END AS scope, created_at FROM contacts_donotcall
WHERE campaign_id IS NULL AND ((e164 = %(e164)s AND NOT is_prefix) OR (is_prefix AND starts_with(%(e164)s, e164)))
"""


@dataclass(slots=True)
class TestCall:
    """One under way; `over` gets (result, Q.850 cause, SIP code)."""

    __test__ = False
    desk: Desk
    rang: bool = False
    answered: bool = False
    over: asyncio.Future[tuple[Result, int, int]] = field(default_factory=asyncio.Future)


class TestCalls:
    """The part of the floor that tries lines."""

    __test__ = False

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._live: dict[str, TestCall] = {}

    async def call(self, desk: Desk, trunk_id: int, number: str) -> dict[str, Any]:
        """Progress as notices; returns when it is over. Raises `UnknownTrunk`, `BadNumber`, `CallRefused`, `NoLine`."""
        floor, trunk = self._floor, self._floor.world.trunks.get(trunk_id)
        e164 = normalise(number)
        if trunk is None or not trunk.enabled:
            raise UnknownTrunk
        if not e164:
            raise BadNumber
        presented = await self._presented()
        await floor.db.django(partial(erased.restore, [e164]))
        listed = await floor.db.fetch(_LISTED, {"e164": e164})
        intent = Intent("test", e164, floor.now, presented, trunk.config.simulator)
        history = History(do_not_call=tuple(ListEntry(row["scope"], row["created_at"]) for row in listed))
        verdict = decide(intent, history)
        if isinstance(verdict, Refused):
            raise CallRefused(verdict)
        if len(trunk.holders) >= trunk.config.channel_limit:
            raise NoLine
        identifier = str(uuid4())
        test = self._live[f"test-{identifier}"] = TestCall(desk)
        floor.trunks.take(trunk, identifier)
        try:
            await floor.ari.originate(
                channel_id=f"test-{identifier}", endpoint=dial_string(trunk.config, e164), app_args="test",
                caller_id=caller_id(trunk.config, presented), timeout_s=RING_S,
            )  # fmt: skip
            floor.desks.notify(desk, "info", "test_dialing")
            async with asyncio.timeout(AT_MOST_S):
                result, cause, sip_code = await test.over
        except AriError:
            floor.desks.notify(desk, "error", "line_not_ready")
            return {"result": "failed", "cause": 0, "sip_code": 0}
        except TimeoutError:
            await floor.ari.hangup(f"test-{identifier}")
            result, cause, sip_code = (Result.CONNECTED if test.answered else Result.NO_ANSWER), 0, 0
        finally:
            self._live.pop(f"test-{identifier}", None)
            floor.trunks.free(identifier)
        floor.desks.notify(desk, "info", "test_over", result=str(result))
        return {"result": str(result), "cause": cause, "sip_code": sip_code}

    async def _presented(self) -> str:
        found = await self._floor.db.fetch(
            "SELECT e164 FROM campaigns_presentednumber WHERE active ORDER BY id LIMIT 1"
        )
        return found[0]["e164"] if found else ""

    def channels(self) -> set[str]:
        return set(self._live)

    def on_event(self, channel_id: str, event: ari.Event) -> None:
        test = self._live.get(channel_id)
        if test is None:
            return
        if isinstance(event, ari.Dial) and event.dialstatus in ("RINGING", "PROGRESS") and not test.rang:
            test.rang = True
            self._floor.desks.notify(test.desk, "info", "test_ringing")
        elif isinstance(event, ari.StasisStart):
            test.answered = True
            self._floor.desks.notify(test.desk, "info", "test_answered")
            self._floor.spawn(self._play(channel_id), "test message")
        elif isinstance(event, ari.ChannelDestroyed) and not test.over.done():
            unanswered = result_of(event.cause, event.tech_cause, rang=test.rang)
            result = Result.CONNECTED if test.answered else unanswered
            test.over.set_result((result, event.cause, event.tech_cause))

    async def _play(self, channel_id: str) -> None:
        try:
            await self._floor.ari.play(channel_id, SENTENCE, channel_id)
        except AriError:
            await self._floor.ari.hangup(channel_id)

    def playback_over(self, identifier: str) -> None:
        if f"test-{identifier}" in self._live:
            self._floor.spawn(self._hang_up(f"test-{identifier}"), "test over")

    async def _hang_up(self, channel_id: str) -> None:
        await self._floor.ari.hangup(channel_id)
