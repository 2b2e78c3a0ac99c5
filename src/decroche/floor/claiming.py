"""From a queue entry to a call that may be dialed: the rules, the line, the number to show; in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from decroche.calls import rows
from decroche.campaigns.candidate import Candidate, Row
from decroche.campaigns.claim import Claimed, PutOff, Search, Wanted, claim_next
from decroche.campaigns.claim_contact import LOCKED, claim_contact, reclaim
from decroche.campaigns.retry import dialable
from decroche.compliance import Allowed, History, Intent, Reason, Refused, Verdict, allowed_on, decide, rules_for
from decroche.compliance.numbers import zone_called
from decroche.compliance.rules import Kind
from decroche.floor.errors import CallRefused, ContactInCall, NoLine
from decroche.floor.protocol import Phone, Record
from decroche.floor.world import Agent, Campaign, LiveCall, Trunk

if TYPE_CHECKING:
    from decroche.floor.service import Floor

NUMBER_ONLY = (
    Reason.NO_NUMBER, Reason.INVALID_NUMBER, Reason.FICTION_NUMBER, Reason.REAL_NUMBER_ON_SIMULATOR,
    Reason.DO_NOT_CALL, Reason.DO_NOT_CALL_CAMPAIGN,
)  # fmt: skip
"""Reasons that concern one number: the contact's next one may do."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the contact's numbers, over which line, showing what."""

    campaign: Campaign
    phone_kind: str
    e164: str
    position: int
    presented: str
    trunk: Trunk


class Claiming:
    """The part of the floor that decides whether a record may be called now."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    # ── By the queue ─────────────────────────────────────────────────────────
    async def next_calls(
        self, campaign: Campaign, takers: Sequence[Agent | None], wanted: Wanted, why: dict[str, Any]
    ) -> list[LiveCall]:
        """The next entries, claimed, as live calls: one for each taker in turn (None: for whoever is free) at most.

        Raises `NoLine` where an entry could be called but no line has room.
        """
        claims = [uuid4() for _ in takers]
        agents = dict(zip(claims, takers, strict=True))
        calls: dict[UUID, rows.CallRow] = {}

        def insert(claimed: Sequence[Claimed[Chosen]]) -> tuple[str, Row]:
            fresh = [self._row(c, agents[c.claim], c.chosen.campaign.mode, why) for c in claimed]
            calls.update({row.id: row for row in fresh})
            return rows.insert(*fresh)

        found = await self._search(wanted, claims, "automatic", insert)
        adopt = self._floor.calls.adopt
        return [adopt(calls[one.claim], one.candidate, one.chosen, agents[one.claim]) for one in found]

    async def next_offer(self, wanted: Wanted) -> Claimed[Chosen] | None:
        """The next entry for this agent to look at, claimed; its call comes later, under the claim."""
        found = await self._search(wanted, [uuid4()], "preview", None)
        return found[0] if found else None

    async def _search(
        self, wanted: Wanted, claims: Sequence[UUID], kind: Kind,
        insert: Callable[[Sequence[Claimed[Chosen]]], tuple[str, Row]] | None,
    ) -> list[Claimed[Chosen]]:  # fmt: skip
        floor, now = self._floor, self._floor.now
        found: list[Claimed[Chosen]] = []
        full = False

        def judge(candidate: Candidate, claim: UUID) -> Chosen | PutOff | None:
            nonlocal full
            verdict = self.judge(candidate, kind)
            full = verdict is None
            if isinstance(verdict, Refused):
                return PutOff(str(verdict.reason), verdict.until)
            if verdict is not None and insert is not None:
                floor.trunks.take(verdict.trunk, str(claim))
            return verdict

        try:
            async with floor.db.connection() as conn:
                search: Search[Chosen] = Search(more=True)
                while search.more:
                    taken = {one.claim for one in found}
                    left = [claim for claim in claims if claim not in taken]
                    search = await claim_next(conn, wanted, claims=left, now=now, judge=judge, insert_calls=insert)
                    found += search.found
        finally:
            for claim in set(claims) - {one.claim for one in found}:
                floor.trunks.free(str(claim))
        if full and not found:
            raise NoLine
        return found

    # ── By a person ──────────────────────────────────────────────────────────
    async def call_of(
        self, agent: Agent, campaign: Campaign, contact_id: int, *, kind: Kind, mode: str,
        identifier: UUID | None = None, former: UUID | None = None, position: int | None = None, e164: str = "",
        phone_kind: str = "", carried: tuple[int, dict[str, int]] | None = None,
    ) -> LiveCall:  # fmt: skip
        """This contact's call, claimed and committed. Raises `ContactInCall`, `CallRefused`, `NoLine`.

        `former`: the claim that the agent holds on the record (an offer, the call before). `carried`: attempts and
        counts by result that the queue does not know yet.
        """
        floor, now = self._floor, self._floor.now
        identifier = identifier or uuid4()
        placed = False
        try:
            async with floor.db.connection() as conn, conn.transaction():
                if former is not None and not await self._take_over(conn, campaign, contact_id, former, identifier):
                    raise ContactInCall
                candidate = await claim_contact(
                    conn, campaign_id=campaign.id, contact_id=contact_id, claim=identifier, now=now
                )
                if candidate is None:
                    raise ContactInCall
                candidate = _with_carried(candidate, carried)
                verdict = self.judge(candidate, kind, position=position, e164=e164, phone_kind=phone_kind)
                if isinstance(verdict, Refused):
                    raise CallRefused(verdict)
                if verdict is None:
                    raise NoLine
                floor.trunks.take(verdict.trunk, str(identifier))
                row = self._row(Claimed(identifier, candidate, verdict), agent, mode, {"rule": kind})
                cursor = await conn.execute(*rows.insert(row))
                if cursor.rowcount != 1:
                    raise ContactInCall
            placed = True
        except LOCKED as error:
            raise ContactInCall from error
        finally:
            if not placed:
                floor.trunks.free(str(identifier))
        return floor.calls.adopt(row, candidate, verdict, agent)

    async def _take_over(self, conn: Any, campaign: Campaign, contact_id: int, former: UUID, new: UUID) -> bool:
        facts = {"campaign": campaign.id, "contact": contact_id}
        found = await (await conn.execute(
            "SELECT id FROM campaigns_queueentry WHERE campaign_id = %(campaign)s AND contact_id = %(contact)s", facts
        )).fetchone()  # fmt: skip
        return found is not None and await reclaim(conn, entry_id=found[0], old=former, new=new, now=self._floor.now)

    # ── The rules ────────────────────────────────────────────────────────────
    def judge(
        self, candidate: Candidate, kind: Kind, *, position: int | None = None, e164: str = "", phone_kind: str = ""
    ) -> Chosen | Refused | None:
        """The number to dial; Refused where none may be; None where no line has room now."""
        campaign = self._floor.world.campaigns.get(candidate.campaign_id)
        if campaign is None:
            return None
        numbers = [(phone_kind, e164)] if e164 else dialable(candidate.phones)
        if not numbers:
            return Refused(Reason.NO_NUMBER)
        start = (candidate.phone_position if position is None else position) % len(numbers)
        refused: Refused | None = None
        for step in range(1 if e164 or position is not None else len(numbers)):
            index = (start + step) % len(numbers)
            this_kind, number = numbers[index]
            verdict = self.may_call(candidate, campaign, number, kind)
            if isinstance(verdict, Allowed):
                trunk = self._floor.trunks.pick(campaign, number)
                if trunk is None:
                    return None
                return Chosen(campaign, this_kind, number, index, self.presented(campaign, number), trunk)
            refused = verdict if refused is None or verdict.until is not None else refused
            if verdict.reason not in NUMBER_ONLY:
                break
        return refused

    def may_call(self, candidate: Candidate, campaign: Campaign, number: str, kind: Kind) -> Verdict:
        everywhere = candidate.do_not_call.get(number)
        history = History(
            attempts_at=candidate.attempts_at,
            do_not_call=everywhere is True,
            do_not_call_campaign=everywhere is False,
            erased=candidate.erased,
            abandoned_at=candidate.abandoned_at.get(number),
        )
        intent = Intent(
            kind=kind,
            e164=number,
            at=self._floor.now,
            presented=self.presented(campaign, number),
            on_simulator=self._on_simulator(campaign, number),
            postal_code=str(candidate.contact["postal_code"]),
        )
        return decide(intent, history, rules_for(campaign.audience, campaign.slots))

    def _on_simulator(self, campaign: Campaign, number: str) -> bool:
        """Where both kinds of lines are open, the number decides which it goes to."""
        natures = {trunk.config.simulator for trunk in self._floor.trunks.candidates(campaign)}
        if natures == {True, False}:
            return isinstance(allowed_on(number, simulator=True), Allowed)
        return natures == {True}

    def presented(self, campaign: Campaign, number: str) -> str:
        """By the zone called, else the campaign's own."""
        zone = zone_called(number)
        return (zone and campaign.presented.get(zone)) or campaign.presented.get("", "")

    # ── Forms ────────────────────────────────────────────────────────────────
    def record(self, candidate: Candidate, campaign: Campaign, *, note: str = "") -> Record:
        """The contact as the agent's screen shows it."""
        return Record(
            contact_id=candidate.contact_id,
            **candidate.contact,
            phones=[self._phone(candidate, campaign, kind, e164) for kind, e164 in candidate.phones],
            answers=dict(candidate.answers),
            note=note,
            queue_entry_id=candidate.entry_id,
            attempts=candidate.attempts,
            callback_note=candidate.callback_note if self._is_due(candidate) else None,
        )

    def _is_due(self, candidate: Candidate) -> bool:
        return candidate.callback_due_at is not None and candidate.callback_due_at <= self._floor.now

    def _phone(self, candidate: Candidate, campaign: Campaign, kind: str, e164: str) -> Phone:
        verdict = self.may_call(candidate, campaign, e164, "manual")
        refused = str(verdict.reason) if isinstance(verdict, Refused) else None
        return Phone(kind=kind, e164=e164, refused="fax" if kind == "fax" else refused)  # type: ignore[arg-type]

    def _row(self, claimed: Claimed[Chosen], agent: Agent | None, mode: str, why: dict[str, Any]) -> rows.CallRow:
        candidate, chosen = claimed.candidate, claimed.chosen
        return rows.CallRow(
            id=claimed.claim,
            campaign_id=candidate.campaign_id,
            contact_id=candidate.contact_id,
            queue_entry_id=candidate.entry_id,
            agent_id=agent.user_id if agent else None,
            session_id=agent.session.id if agent and agent.session else None,
            trunk_id=chosen.trunk.config.id,
            mode=mode,
            e164=chosen.e164,
            phone_kind=chosen.phone_kind,
            presented=chosen.presented,
            claimed_at=self._floor.now,
            floor=self._floor.name,
            why=why,
        )


def _with_carried(candidate: Candidate, carried: tuple[int, dict[str, int]] | None) -> Candidate:
    if carried is None:
        return candidate
    return replace(candidate, attempts=carried[0], attempts_by_result=carried[1])
