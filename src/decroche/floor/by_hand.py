"""Calls and records that an agent chooses himself: manual calls, offered records, the contact's next number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from decroche.accounts.models import Role
from decroche.calls import rows
from decroche.campaigns.candidate import read_candidate
from decroche.campaigns.retry import dialable
from decroche.compliance.numbers import normalise
from decroche.contacts.do_not_call import erased
from decroche.floor import bare_record
from decroche.floor import protocol as p
from decroche.floor.errors import (
    BadNumber,
    ContactUnknown,
    InCall,
    LineNotReady,
    NoCall,
    NoCampaign,
    NoOffer,
    NoOtherNumber,
    NotNow,
    OfferGone,
    OutcomeMissing,
    OverrideNotYours,
)
from decroche.floor.permit import Override
from decroche.floor.settling import counts_after
from decroche.floor.world import Agent, Campaign, LiveCall

if TYPE_CHECKING:
    from decroche.floor.service import Floor

Result = dict[str, Any] | None

_FIND = """
SELECT ph.contact_id FROM contacts_contactphone ph
LEFT JOIN campaigns_queueentry q ON q.contact_id = ph.contact_id AND q.campaign_id = %(campaign)s
WHERE ph.e164 = %(e164)s ORDER BY (q.id IS NULL), ph.contact_id LIMIT 1
"""
_WHO = "SELECT role, is_active FROM accounts_user WHERE id = %(id)s"
_ENTRY = "SELECT id FROM campaigns_queueentry WHERE campaign_id = %(campaign)s AND contact_id = %(contact)s"


class ByHand:
    """The commands of this kind, for one agent."""

    def __init__(self, floor: Floor, agent: Agent) -> None:
        self._floor, self._agent = floor, agent

    # ── Manual calls ─────────────────────────────────────────────────────────
    async def dial(self, args: p.Dial) -> Result:
        """A contact's number, or one typed by hand: its record is found by the number, or a bare one is made."""
        agent = self._agent
        self._must_be_idle()
        campaign = self._campaign()
        agent.launching = True  # the dialer must not give him a call meanwhile
        try:
            override = await self._override(args.override_reason)
            self._floor.agents.release_offer(agent)
            e164, kind = "", ""
            if args.contact_id is not None:
                contact_id = args.contact_id
                e164, kind = await self._number_of(contact_id, args)
                await self._floor.db.django(partial(erased.restore, [e164]))
            else:
                e164 = normalise(args.number)
                if not e164:
                    raise BadNumber
                await self._floor.db.django(partial(erased.restore, [e164]))
                contact_id = await self._contact_of(e164, campaign)
            call = await self._claim(campaign, contact_id, e164=e164, phone_kind=kind, override=override)
        finally:
            agent.launching = False
            self._floor.dialer.poke()
        self._floor.calls.place(call)
        return {"call_id": str(call.id)}

    async def _override(self, reason: str) -> Override | None:
        """The word of whoever may set a refusal aside: asked of the table of users at that moment."""
        reason = " ".join(reason.split())
        if not reason:
            return None
        (user,) = await self._floor.db.fetch(_WHO, {"id": self._agent.user_id})
        if not user["is_active"] or user["role"] not in (Role.SUPERVISOR, Role.ADMIN):
            raise OverrideNotYours
        return Override(self._agent.user_id, self._agent.name, user["role"], reason)

    async def _number_of(self, contact_id: int, args: p.Dial) -> tuple[str, str]:
        """The number of that kind, or the one typed; ("", "") lets the order of the contact's numbers decide."""
        if args.number:
            e164 = normalise(args.number)
            if not e164:
                raise BadNumber
            return e164, args.phone_kind or ""
        if args.phone_kind is None:
            return "", ""
        found = await self._floor.db.fetch(
            "SELECT e164 FROM contacts_contactphone WHERE contact_id = %(id)s AND kind = %(kind)s",
            {"id": contact_id, "kind": args.phone_kind},
        )
        if not found:
            raise NoOtherNumber
        return found[0]["e164"], args.phone_kind

    async def _contact_of(self, e164: str, campaign: Campaign) -> int:
        found = await self._floor.db.fetch(_FIND, {"e164": e164, "campaign": campaign.id})
        if found:
            return int(found[0]["contact_id"])
        async with self._floor.db.connection() as conn, conn.transaction():
            return await bare_record.make(conn, e164, self._floor.now)

    async def _claim(self, campaign: Campaign, contact_id: int, **choice: Any) -> LiveCall:
        exists = await self._floor.db.fetch("SELECT 1 FROM contacts_contact WHERE id = %(id)s", {"id": contact_id})
        if not exists:
            raise ContactUnknown
        return await self._floor.claiming.call_of(
            self._agent, campaign, contact_id, kind="manual", mode="manual", **choice
        )

    # ── Offered records ──────────────────────────────────────────────────────
    async def call_offered(self, args: p.NoArgs) -> Result:
        agent, offer = self._agent, self._agent.offer
        if offer is None:
            raise NoOffer
        if not agent.leg_up:
            raise LineNotReady
        if not offer.campaign.is_open:
            self._floor.agents.release_offer(agent)
            raise OfferGone
        call = await self._floor.claiming.call_of(
            agent, offer.campaign, offer.candidate.contact_id, kind="preview", mode="preview",
            identifier=offer.claim, former=offer.claim,
        )  # fmt: skip
        self._floor.calls.place(call)
        return {"call_id": str(call.id)}

    async def skip_offered(self, args: p.Skip) -> Result:
        if self._agent.offer is None:
            raise NoOffer
        self._floor.agents.release_offer(self._agent, later_s=max(0, args.later_s), reason=args.reason or "-")
        return None

    # ── Records without a call ───────────────────────────────────────────────
    async def open_record(self, args: p.OpenRecord) -> Result:
        """A look at a record; the queue is not touched, but that a record offered just then goes back to it."""
        agent = self._agent
        if agent.call is not None:
            raise InCall
        if agent.offer is not None and agent.offer.candidate.contact_id == args.contact_id:
            return None
        campaign = self._campaign()
        facts = {"campaign": campaign.id, "contact": args.contact_id}
        async with self._floor.db.connection() as conn:
            found = await (await conn.execute(_ENTRY, facts)).fetchone()
            if found is None:
                exists = await (
                    await conn.execute("SELECT 1 FROM contacts_contact WHERE id = %(contact)s", facts)
                ).fetchone()
                if exists is None:
                    raise ContactUnknown
                await conn.execute(_ADD_FINISHED, facts | {"now": self._floor.now})
                found = await (await conn.execute(_ENTRY, facts)).fetchone()
            assert found is not None
            candidate = await read_candidate(conn, found[0], now=self._floor.now)
        assert candidate is not None
        if agent.call is not None:
            raise InCall
        self._floor.agents.release_offer(agent, state="paused")
        if agent.state == "ready":
            self._floor.agents.change(agent, "paused")
        agent.record = self._floor.claiming.record(candidate, campaign)
        self._floor.desks.touch(agent)
        return None

    async def close_record(self, args: p.NoArgs) -> Result:
        if self._agent.call is not None or self._agent.offer is not None:
            raise NotNow
        self._agent.record = None
        self._floor.desks.touch(self._agent)
        return None

    # ── Next number ──────────────────────────────────────────────────────────
    async def next_number(self, args: p.NoArgs) -> Result:
        """The same record under a new call; the former keeps its result, and the queue learns of both at the end."""
        agent, former = self._agent, self._agent.call
        if former is None or not former.is_over:
            raise NoCall
        if self._floor.agents.owes_outcome(former):
            raise OutcomeMissing
        if not agent.leg_up:
            raise LineNotReady
        phones = dialable(former.candidate.phones)
        if len(phones) < 2:
            raise NoOtherNumber
        call = await self._floor.claiming.call_of(
            agent, former.campaign, former.candidate.contact_id, kind="manual", mode="manual", former=former.id,
            position=(former.position + 1) % len(phones), carried=counts_after(former),
        )  # fmt: skip
        former.settled = True
        self._floor.world.calls.pop(former.id, None)
        self._floor.journal.write(rows.wrap_up_over(former.id, self._floor.now))
        self._floor.calls.place(call)
        return {"call_id": str(call.id)}

    # ── Parts ────────────────────────────────────────────────────────────────
    def _must_be_idle(self) -> None:
        agent = self._agent
        if agent.call is not None or agent.launching:
            if agent.call is not None and agent.call.is_over and not self._floor.agents.owes_outcome(agent.call):
                self._floor.agents.end_wrap_up(agent)
            elif agent.call is not None and agent.call.is_over:
                raise OutcomeMissing
            else:
                raise InCall
        if not agent.leg_up:
            raise LineNotReady
        if agent.state not in ("ready", "paused", "preview"):
            raise NotNow

    def _campaign(self) -> Campaign:
        shown = self._floor.campaigns.shown(self._agent)
        if shown is None:
            raise NoCampaign
        return shown


_ADD_FINISHED = """
INSERT INTO campaigns_queueentry (campaign_id, contact_id, state, priority, not_before, attempts, attempts_by_result,
  phone_position, last_result, finished_reason, refused_reason)
VALUES (%(campaign)s, %(contact)s, 'finished', 0, %(now)s, 0, '{}', 0, '', 'opened', '')
ON CONFLICT (campaign_id, contact_id) DO NOTHING
"""
