"""The search for answering machines: before an agent is needed, or beside the conversation, and how it is checked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from decroche.ari.errors import AriError
from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.floor.world import LiveCall
from decroche.telephony.amd import AMD_VARIABLE, CAUSE, STATUS, is_machine
from decroche.telephony.conf_floor import AMD_CONTEXT

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

SNOOP = "snoop-amd-"


class Screening:
    """The part of the floor that tells persons from machines."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    # ── Before an agent ──────────────────────────────────────────────────────
    async def over(self, channel_id: str, at: datetime) -> None:
        """The contact's own channel comes back from AMD(), `at` by Asterisk's clock."""
        call = self._floor.calls.of_channel(channel_id)
        if call is None or call.phase is not Phase.SCREENING:
            return
        verdict, cause = await self._verdict(channel_id)
        machine = is_machine(verdict, cause, at - call.row.answered_at if call.row.answered_at else None)
        checked = machine and self._is_checked(call)
        self._floor.calls.note(call, "screened", verdict=verdict, cause=cause, checked=checked)
        self._floor.meeting.screened(call, machine=machine and not checked)

    async def _verdict(self, channel_id: str) -> tuple[str, str]:
        ari = self._floor.ari
        return await ari.get_variable(channel_id, STATUS), await ari.get_variable(channel_id, CAUSE)

    def _is_checked(self, call: LiveCall) -> bool:
        """Some of the calls taken for machines are heard by an agent who is free: his outcome says what they were.

        Drawn by the call's own id (as good as chance, and the same after a restart).
        """
        if call.id.int % 10_000 >= call.campaign.amd_check_share * 10_000:
            return False
        return self._floor.legs.agent_there(call) or self._floor.meeting.has_free_agent(call)

    # ── Beside the conversation ──────────────────────────────────────────────
    async def listen(self, call: LiveCall) -> None:
        """The agent is with the contact already; AMD() hears the contact through a channel of its own."""
        try:
            await self._floor.ari.snoop(call.channel_id, snoop_id=f"{SNOOP}{call.id}", spy="in", app_args="amd-begins")
        except AriError as error:
            log.warning("amd_beside_failed", call=str(call.id), status=error.status)

    def on_snoop(self, snoop_id: str, args: tuple[str, ...]) -> None:
        work = self._begin(snoop_id) if args[:1] == ("amd-begins",) else self._heard(snoop_id)
        self._floor.spawn(work, "amd beside")

    async def _begin(self, snoop_id: str) -> None:
        call = self._call_of(snoop_id)
        try:
            if call is None or call.phase is not Phase.TALKING:
                await self._floor.ari.hangup(snoop_id)
                return
            if call.campaign.amd_arguments:
                await self._floor.ari.set_variable(snoop_id, AMD_VARIABLE, call.campaign.amd_arguments)
            await self._floor.ari.continue_in_dialplan(snoop_id, AMD_CONTEXT)
        except AriError as error:
            log.warning("amd_beside_failed", status=error.status)

    async def _heard(self, snoop_id: str) -> None:
        verdict, cause = await self._verdict(snoop_id)
        await self._floor.ari.hangup(snoop_id)
        call = self._call_of(snoop_id)
        if call is None or call.phase not in (Phase.TALKING, Phase.WAITING):
            return
        machine = is_machine(verdict, cause, None)
        # An outcome already given is the agent's own word; a call that is checked is left to him.
        checked = machine and call.id.int % 10_000 < call.campaign.amd_check_share * 10_000
        self._floor.calls.note(call, "screened", verdict=verdict, cause=cause, checked=checked)
        if machine and not checked and call.outcome is None:
            self._floor.calls.feed(call, ev.MachineHeard())

    def _call_of(self, snoop_id: str) -> LiveCall | None:
        try:
            return self._floor.world.calls.get(UUID(snoop_id.removeprefix(SNOOP)))
        except ValueError:
            return None
