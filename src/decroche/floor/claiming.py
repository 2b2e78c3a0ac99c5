"""From a queue entry to a call that may be dialed: the rules, the line, the number to show; in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from decroche.calls import rows
from decroche.campaigns.candidate import Candidate, Row
from decroche.campaigns.claim import Claimed, PutOff, Search, Wanted, claim_next
from decroche.campaigns.claim_contact import LOCKED, claim_contact, reclaim
from decroche.campaigns.question import judged, set_aside
from decroche.campaigns.retry import dialable
from decroche.compliance import Allowed, History, Intent, Kind, Refused, Verdict
from decroche.compliance.reasons import AbandonedLately, NoNumber
from decroche.floor.errors import CallRefused, ContactInCall, NoLine
from decroche.floor.permit import Override, Permit
from decroche.floor.protocol import Phone, Record
from decroche.floor.world import Agent, Campaign, LiveCall, Trunk

if TYPE_CHECKING:
    from decroche.floor.service import Floor

MENDED_SOON = timedelta(hours=1)
"""How long an entry waits where the campaign's own settings forbid the call: they may be mended meanwhile."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the contact's numbers, over which line, showing what; and the judge's permit."""

    campaign: Campaign
    phone_kind: str
    e164: str
    position: int
    presented: str
    trunk: Trunk
    permit: Permit


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
        shown: dict[UUID, str] = {}
        full = False

        def judge(candidate: Candidate, claim: UUID) -> Chosen | PutOff | None:
            nonlocal full
            verdict = self.judge(candidate, kind)
            full = verdict is None
            if isinstance(verdict, Refused):
                self._remember(candidate)
                return put_off(verdict, now)
            if verdict is not None and insert is not None:
                floor.trunks.take(verdict.trunk, str(claim))
                self._shows(claim, verdict.presented, shown)
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
                if claim in shown:
                    floor.shown_today.give_back(shown[claim])
        if full and not found:
            raise NoLine
        return found

    # ── By a person ──────────────────────────────────────────────────────────
    async def call_of(
        self, agent: Agent, campaign: Campaign, contact_id: int, *, kind: Kind, mode: str,
        identifier: UUID | None = None, former: UUID | None = None, position: int | None = None, e164: str = "",
        phone_kind: str = "", carried: tuple[int, dict[str, int]] | None = None, override: Override | None = None,
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
                    conn,
                    campaign_id=campaign.id,
                    contact_id=contact_id,
                    claim=identifier,
                    now=now,
                    also=[e164] if e164 else [],
                )
                if candidate is None:
                    raise ContactInCall
                candidate = _with_carried(candidate, carried)
                verdict = self.judge(
                    candidate, kind, position=position, e164=e164, phone_kind=phone_kind, override=override
                )
                if isinstance(verdict, Refused):
                    raise CallRefused(verdict)
                if verdict is None:
                    raise NoLine
                floor.trunks.take(verdict.trunk, str(identifier))
                row = self._row(Claimed(identifier, candidate, verdict), agent, mode, {"rule": kind})
                cursor = await conn.execute(*rows.insert(row))
                if cursor.rowcount != 1:
                    raise ContactInCall
                if verdict.permit.override is not None:
                    await conn.execute(_AUDIT, _audited(identifier, candidate, verdict.permit.override, now))
            placed = True
            floor.shown_today.take(verdict.presented)
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
        self, candidate: Candidate, kind: Kind, *, position: int | None = None, e164: str = "", phone_kind: str = "",
        override: Override | None = None,
    ) -> Chosen | Refused | None:  # fmt: skip
        """The number to dial; Refused where none may be; None where no line has room now."""
        campaign = self._floor.world.campaigns.get(candidate.campaign_id)
        if campaign is None:
            return None
        numbers = [(phone_kind, e164)] if e164 else dialable(candidate.phones)
        if not numbers:
            return Refused((NoNumber(),))
        start = (candidate.phone_position if position is None else position) % len(numbers)
        refused: Refused | None = None
        for step in range(1 if e164 or position is not None else len(numbers)):
            index = (start + step) % len(numbers)
            this_kind, number = numbers[index]
            intent, history, verdict = self._decide(candidate, campaign, number, kind)
            permit = self._permit(intent, history, verdict, override)
            if permit is not None:
                trunk = self._floor.trunks.pick(campaign, number)
                if trunk is None:
                    return None
                return Chosen(campaign, this_kind, number, index, intent.presented, trunk, permit)
            assert isinstance(verdict, Refused)
            refused = verdict if refused is None else _sooner(refused, verdict)
            if any(isinstance(reason, AbandonedLately) for reason in verdict.reasons):
                break  # a machine leaves the person alone, not that telephone only
        return refused

    def _permit(self, intent: Intent, history: History, verdict: Verdict, override: Override | None) -> Permit | None:
        if isinstance(verdict, Allowed):
            return Permit(intent, history, verdict.until)
        without = set_aside(intent, history, verdict) if override is not None else None
        if override is None or without is None:
            return None
        relaxed, allowed = without
        return Permit(intent, history, allowed.until, override.as_row(verdict, self._floor.now), relaxed)

    def may_call(self, candidate: Candidate, campaign: Campaign, number: str, kind: Kind) -> Verdict:
        return self._decide(candidate, campaign, number, kind)[2]

    def _decide(
        self, candidate: Candidate, campaign: Campaign, number: str, kind: Kind
    ) -> tuple[Intent, History, Verdict]:
        """What the judge is asked about a call to this number, now, and his answer."""
        return judged(
            candidate, number, kind, self._floor.now,
            campaign=campaign.facts,
            shown=campaign.presented,
            lines=[trunk.config.simulator for trunk in self._floor.trunks.candidates(campaign)],
            today=self._floor.shown_today.calls(),
        )  # fmt: skip

    def _remember(self, candidate: Candidate) -> None:
        campaign = self._floor.world.campaigns.get(candidate.campaign_id)
        if campaign is not None and candidate.entry_id is not None:
            self._floor.campaigns.put_off(campaign, candidate.entry_id)

    def _shows(self, claim: UUID, e164: str, shown: dict[UUID, str]) -> None:
        """This claim's call shows that number; a claim judged again shows another."""
        if claim in shown:
            self._floor.shown_today.give_back(shown[claim])
        shown[claim] = e164
        self._floor.shown_today.take(e164)

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
        refused = verdict.reason.code if isinstance(verdict, Refused) else None
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
            decision=chosen.permit.as_row(),
        )


_AUDIT = """
INSERT INTO accounts_auditentry (at, actor_id, action, object_type, object_id, detail)
VALUES (%(at)s, %(by)s, 'call.override', 'call', %(call)s, %(detail)s)
"""


def _audited(call: UUID, candidate: Candidate, override: dict[str, Any], now: datetime) -> Row:
    detail = {"contact": candidate.contact_id, "codes": override["codes"], "reason": override["reason"]}
    return {"at": now, "by": override["by"], "call": str(call), "detail": Jsonb(detail)}


def _sooner(one: Refused, other: Refused) -> Refused:
    """The refusal that ends first; the former where both do at once."""
    if other.until is None:
        return one
    return other if one.until is None or other.until < one.until else one


def put_off(refused: Refused, now: datetime) -> PutOff:
    """What becomes of an entry that may not be called: it waits, or is over until a proof or a number comes.

    An entry is never over because of the campaign's own settings.
    """
    lasting = [reason for reason in refused.reasons if reason.until is None]
    if refused.until is not None or not lasting:
        return PutOff(refused.reason.code, refused.until or now + MENDED_SOON)
    gravest = next((one for one in lasting if one.mended_by != "campaign"), None)
    if gravest is None:
        return PutOff(lasting[0].code, now + MENDED_SOON)
    return PutOff(gravest.code, None)


def _with_carried(candidate: Candidate, carried: tuple[int, dict[str, int]] | None) -> Candidate:
    if carried is None:
        return candidate
    return replace(candidate, attempts=carried[0], attempts_by_result=carried[1])
