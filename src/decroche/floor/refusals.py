"""Who has just said no: nothing of his is dialed any more, offered or left ringing, whatever was claimed before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.compliance import Refused

if TYPE_CHECKING:
    from decroche.floor.service import Floor
    from decroche.floor.world import LiveCall

log = structlog.get_logger(__name__)

KEPT = timedelta(hours=1)
"""Longer than any claim waits to be dialed; by then every claim has read the list."""
BEFORE_THE_TALK = (Phase.CLAIMED, Phase.PLACING, Phase.RINGING)


class Refusals:
    """The part of the floor that stands between a permit and the order to dial."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._contacts: dict[int, datetime] = {}
        self._numbers: dict[str, datetime] = {}

    async def heard(self, contact_id: int) -> None:
        """This person refuses: his calls that nobody answered yet end, records offered of him go back."""
        floor, now = self._floor, self._floor.now
        self._forget(now)
        self._contacts[contact_id] = now
        rows = await floor.db.fetch(
            "SELECT e164 FROM contacts_contactphone WHERE contact_id = %(id)s"
            " UNION SELECT e164 FROM contacts_donotcall WHERE contact_id = %(id)s AND NOT is_prefix",
            {"id": contact_id},
        )
        self._numbers.update((row["e164"], now) for row in rows)
        for call in list(floor.world.calls.values()):
            if call.phase in BEFORE_THE_TALK and not call.row.is_inbound and self._concerns(call):
                call.hidden_release = call.settles_alone = True
                floor.calls.feed(call, ev.HangUp("system"))
        for agent in floor.world.sessions():
            if agent.offer is not None and self._is_his(agent.offer.candidate.contact_id, agent.offer.candidate.phones):
                floor.agents.release_offer(agent)
                floor.desks.notice(agent, "info", "offer_refused_meanwhile")

    def stops(self, call: LiveCall) -> Refused | None:
        """Why this call may not be dialed after all; None: dial. Asked right before the order, whoever asks."""
        permit = call.permit
        if permit is None:
            raise RuntimeError(f"call {call.id} has no permit")
        return permit.refused_at(self._floor.now, forbidden=self._concerns(call))

    def _concerns(self, call: LiveCall) -> bool:
        at = max(
            self._contacts.get(call.candidate.contact_id, _NEVER),
            self._numbers.get(call.row.e164, _NEVER),
        )
        return at >= call.row.claimed_at  # the claim of a later call read the list

    def _is_his(self, contact_id: int, phones: tuple[tuple[str, str], ...]) -> bool:
        return contact_id in self._contacts or any(e164 in self._numbers for _, e164 in phones)

    def _forget(self, now: datetime) -> None:
        for kept in (self._contacts, self._numbers):
            for key in [key for key, at in kept.items() if now - at > KEPT]:
                del kept[key]  # type: ignore[arg-type]


_NEVER = datetime.min.replace(tzinfo=UTC)
