"""Campaigns in memory: loaded, reloaded when the web says that they changed, chosen for each agent, counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from decroche.campaigns import reconsider
from decroche.campaigns.retry import Rule
from decroche.campaigns.settlement import queue_counts
from decroche.campaigns.showing import Shown
from decroche.campaigns.steering.fitting import predicate_of
from decroche.campaigns.steering.in_force import rule_in_force, streams_of
from decroche.campaigns.steering.order import read_order
from decroche.campaigns.steering.rule import Params
from decroche.campaigns.steering.shares import Turns
from decroche.campaigns.territory import Part, label_of, zones
from decroche.compliance import CampaignFacts, calling_hours
from decroche.compliance.hours import next_opening, read_slots
from decroche.compliance.numbers import MAINLAND, ZONES
from decroche.compliance.reasons import PresentedExhausted
from decroche.floor import past
from decroche.floor.protocol import CampaignView
from decroche.floor.world import Agent, Campaign, Outcome, PutOffLately
from decroche.telephony.amd import amd_arguments

if TYPE_CHECKING:
    from decroche.floor.service import Floor

LOOK_AGAIN = timedelta(seconds=5)
"""Where entries wait that somebody else holds back: nobody will tell us when they are free."""
SORTED_SOON = timedelta(seconds=1)
PUT_OFF_LATELY = timedelta(minutes=1)
"""Longer than a change of settings takes from its commit to the floor."""
SETTINGS_AND_LIMITS = [*reconsider.SETTINGS, PresentedExhausted.code]
EXHAUSTED = ("no_entries", "territory_done", "filter_done")

_CAMPAIGNS = """
SELECT c.*, COALESCE((SELECT p.siren FROM ledger_principal p WHERE p.id = c.principal_id), '') AS siren,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(n.e164, p.zone, p.department, n.daily_limit,
      COALESCE((SELECT h.siren FROM ledger_principal h WHERE h.id = n.principal_id), '')) ORDER BY p.id)
    FROM campaigns_campaignpresentednumber p JOIN campaigns_presentednumber n ON n.id = p.number_id AND n.active
    WHERE p.campaign_id = c.id), '[]') AS presented,
  COALESCE((SELECT jsonb_object_agg(r.result, jsonb_build_array(r.delay_s, r.max_attempts, r.next_phone))
    FROM campaigns_retryrule r WHERE r.campaign_id = c.id), '{}') AS rules,
  COALESCE((SELECT jsonb_object_agg(n.kind, n.id) FROM campaigns_announcement n WHERE n.campaign_id = c.id), '{}')
    AS announcements,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(d.id, d.effect, d.retry_delay_s, d.reached))
    FROM dispositions_disposition d WHERE d.campaign_id = c.id), '[]') AS outcomes,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(w.user_id, w.priority)) FROM (
    SELECT a.user_id, a.priority FROM campaigns_campaignassignment a
      WHERE a.campaign_id = c.id AND a.user_id IS NOT NULL
    UNION ALL
    SELECT m.user_id, a.priority FROM campaigns_campaignassignment a
      JOIN agents_agentgroup_members m ON m.agentgroup_id = a.group_id WHERE a.campaign_id = c.id) w), '[]')
    AS assigned,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(l.id, l.priority, l.share) ORDER BY l.id)
    FROM campaigns_campaignlist l WHERE l.campaign_id = c.id), '[]') AS lists
FROM campaigns_campaign c WHERE c.status <> 'archived' AND (%(id)s::bigint IS NULL OR c.id = %(id)s)
"""

_TODAY = """
SELECT campaign_id, count(*) FILTER (WHERE placed_at IS NOT NULL) AS calls,
  count(*) FILTER (WHERE result = 'connected') AS connected, count(*) FILTER (WHERE result = 'abandoned') AS abandoned
FROM calls_call WHERE claimed_at >= %(since)s AND campaign_id IS NOT NULL AND direction = 'outbound'
GROUP BY campaign_id
"""


class Campaigns:
    """The part of the floor that knows campaigns."""

    zone = ZoneInfo(MAINLAND)

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._version = 0

    # ── Loading ──────────────────────────────────────────────────────────────
    async def load(self, campaign_id: int | None = None) -> None:
        """All of them, or one that changed (gone from memory where it was archived or deleted)."""
        floor = self._floor
        rows = await floor.db.fetch(_CAMPAIGNS, {"id": campaign_id})
        today = await floor.db.fetch(_TODAY, {"since": floor.since_midnight()})
        self._version = max(self._version + 1, int(floor.now.timestamp()))
        # Asked of Django only where there is one: days are of now, and the fields too.
        filters = {row["id"]: row["filter"] for row in rows if row["filter"] is not None}
        fitting: dict[int, tuple[str, Params] | None] = {}
        if filters:
            fitting = await floor.db.django(
                lambda: {n: predicate_of(one, clock=floor.clock) for n, one in filters.items()}
            )
        found: dict[int, Campaign] = {row["id"]: self._read(row, fitting.get(row["id"])) for row in rows}
        for gone in ({campaign_id} if campaign_id is not None else set(floor.world.campaigns)) - set(found):
            if gone in floor.world.campaigns:
                floor.world.campaigns[gone].status = "archived"  # live calls still refer to it
        for campaign in found.values():
            if campaign.id not in floor.world.campaigns:
                await past.recall(floor, campaign)
        for identifier, campaign in found.items():
            if self._merge(identifier, campaign):
                await self._look_again(floor.world.campaigns[identifier])
        for row in today:
            if row["campaign_id"] in floor.world.campaigns:
                tally = floor.world.campaigns[row["campaign_id"]].tally
                tally.calls, tally.connected, tally.abandoned = row["calls"], row["connected"], row["abandoned"]
        for campaign in floor.world.campaigns.values():
            if campaign_id in (None, campaign.id):
                await self.count(campaign)
        floor.agents.campaigns_changed()
        floor.desks.touch_all()
        floor.dialer.poke()

    def _read(self, row: dict[str, Any], fitting: tuple[str, Params] | None) -> Campaign:
        streams = streams_of([tuple(one) for one in row["lists"]])
        return Campaign(
            id=row["id"],
            name=row["name"],
            mode=row["mode"],
            status=row["status"],
            audience=row["audience"],
            priority=row["priority"],
            caller_name=row["caller_name"],
            trunk_id=row["trunk_id"],
            slots=read_slots(row["hours"]),
            ring_timeout_s=max(15, row["ring_timeout_s"]),
            wrap_up=row["wrap_up"],
            wrap_up_s=row["wrap_up_s"],
            wrap_up_extension_s=row["wrap_up_extension_s"],
            recording=row["recording"],
            recording_share=row["recording_share"],
            power_ratio=row["power_ratio"],
            abandon_cap=row["abandon_cap"],
            lines_max=row["lines_max"],
            amd_enabled=row["amd_enabled"],
            amd_timing=row["amd_timing"],
            amd_arguments=amd_arguments(row["amd_settings"]) if row["amd_settings"] else "",
            amd_check_share=row["amd_check_share"],
            machine_action=row["machine_action"],
            announcements=row["announcements"],
            disposition_hangs_up=row["disposition_hangs_up"],
            max_attempts=row["max_attempts"],
            presented=tuple(Shown(*one) for one in row["presented"]),
            rules={result: Rule(*rule) for result, rule in row["rules"].items()},
            outcomes={o[0]: Outcome(*o) for o in row["outcomes"]},
            assigned=_highest(row["assigned"]),
            version=self._version,
            facts=CampaignFacts(
                basis=row["basis"],
                audience=row["audience"],
                sector=row["sector"],
                principal=row["siren"],
                slots=read_slots(row["hours"]),
                on_days_off=row["on_days_off"],
                regional_days_off=row["regional_days_off"],
            ),
            territory=label_of([Part(*part) for part in row["territory"]]),
            ranges=(ranges := tuple((first, last) for first, last in row["territory_ranges"])),
            zones=tuple(zones(ranges)),
            order=read_order(row["order"]).label,
            filter=row["filter_label"] if row["filter"] is not None else "",
            rule=rule_in_force(row, streams, fitting),
            turns=Turns(streams),
        )

    def _merge(self, identifier: int, fresh: Campaign) -> bool:
        """The object stays the same one: calls and agents hold it. True where the judge is told something else now."""
        known = self._floor.world.campaigns.get(identifier)
        if known is None:
            self._floor.world.campaigns[identifier] = fresh
            return False
        judged_otherwise = (known.facts, known.presented) != (fresh.facts, fresh.presented)
        if known.mode != fresh.mode:
            known.why = None
        if known.ranges != fresh.ranges or known.rule != fresh.rule:
            known.news += 1  # a claim under way found what it found elsewhere
        if known.turns.streams == fresh.turns.streams:
            fresh.turns = known.turns  # what each list has had is not forgotten
        kept = ("tally", "memory", "counting", "news", "claiming", "why", "observed", "in_flight", "put_off")
        for name in Campaign.__dataclass_fields__:
            if name not in kept:
                setattr(known, name, getattr(fresh, name))
        return judged_otherwise

    async def _look_again(self, campaign: Campaign) -> None:
        """The web had committed other settings and had its entries back when these were still sent away by the old."""
        ids, now = [one.entry_id for one in campaign.put_off], self._floor.now
        campaign.put_off.clear()
        if ids:
            facts = {"ids": ids, "now": now, "settings": SETTINGS_AND_LIMITS, "mendable": reconsider.MENDABLE}
            await self._floor.db.execute(reconsider.OF_ENTRIES, facts)
            self.settled(campaign, now)

    # ── Choice ───────────────────────────────────────────────────────────────
    def of(self, agent: Agent) -> list[Campaign]:
        """The agent's campaigns that are open, in the order in which he serves them."""
        mine = [c for c in self._floor.world.campaigns.values() if c.is_open and agent.user_id in c.assigned]
        return sorted(mine, key=lambda c: (-c.assigned[agent.user_id], -c.priority, c.name))

    def due_promise(self, agent: Agent) -> Campaign | None:
        """Where a promise of his is due, which comes before his campaign's queue."""
        now = self._floor.now
        due = {callback.campaign_id for callback in agent.callbacks if callback.due_at <= now}
        if not due or (agent.promises_rest_until is not None and agent.promises_rest_until > now):
            return None
        return next((c for c in self.of(agent) if c.id in due and c.mode != "manual"), None)

    def own_choice(self, agent: Agent) -> Campaign | None:
        """Where the floor dials for him now, promises aside: his own choice, else by priority."""
        now = self._floor.now
        mine = self.of(agent)
        if agent.selected_campaign_id is not None:
            chosen = [c for c in mine if c.id == agent.selected_campaign_id]
            return next((c for c in chosen if self._dials(c, now)), None)
        return next((c for c in mine if self._dials(c, now)), None)

    def _dials(self, campaign: Campaign, now: datetime) -> bool:
        """A pooled campaign keeps its agents until its last call in flight is over, though its queue is empty."""
        if campaign.mode == "manual":
            return False
        return campaign.has_work(now) or (campaign.is_pooled and campaign.in_flight > 0)

    def shown(self, agent: Agent) -> Campaign | None:
        """The campaign at the top of his screen while nothing is under way."""
        mine = self.of(agent)
        chosen = next((c for c in mine if c.id == agent.selected_campaign_id), None)
        current = agent.campaign if agent.campaign in mine else None
        return chosen or current or (mine[0] if mine else None)

    # ── Work left ────────────────────────────────────────────────────────────
    def wake(self, campaign_id: int) -> None:
        """Something may be callable again."""
        campaign = self._floor.world.campaigns.get(campaign_id)
        if campaign is not None:
            campaign.news += 1
            campaign.awake()
            self._floor.dialer.poke()
            self.recount(campaign)

    def put_off(self, campaign: Campaign, entry_id: int) -> None:
        """The judge refused it as the campaign is known now."""
        lately, now = campaign.put_off, self._floor.now
        while lately and now - lately[0].at > PUT_OFF_LATELY:
            lately.popleft()
        lately.append(PutOffLately(now, entry_id))

    def settled(self, campaign: Campaign, not_before: datetime) -> None:
        """An entry went back to the queue until then: a sleeping campaign wakes at that time, not later."""
        campaign.news += 1
        sleeps = campaign.idle_reason in (*EXHAUSTED, "all_later", "all_held")
        if sleeps and (campaign.wake_at is None or not_before < campaign.wake_at):
            campaign.sleep("all_later", not_before)

    def recount(self, campaign: Campaign) -> None:
        if not campaign.counting:
            campaign.counting = True
            self._floor.spawn(self._count(campaign), "count queue")

    async def _count(self, campaign: Campaign) -> None:
        await self.count(campaign)

    def count_stale(self) -> None:
        for campaign in self._floor.world.campaigns.values():
            if campaign.is_open and self._floor.desks.any_open:
                self.recount(campaign)

    async def count(self, campaign: Campaign) -> dict[str, Any]:
        """Fresh counts: see `queue_counts`."""
        campaign.counting = True
        try:
            async with self._floor.db.connection() as conn:
                steering = campaign.rule.number if campaign.rule else 0
                row = await queue_counts(conn, campaign.id, self._floor.now, campaign.ranges, steering)
        finally:
            campaign.counting = False
        tally = campaign.tally
        tally.waiting, tally.callable_now, tally.finished = row["waiting"], row["callable_now"], row["finished"]
        self._floor.desks.touch_campaign(campaign)
        return row

    async def went_dry(self, campaign: Campaign, news: int) -> None:
        """A claim found nothing: why, and until when. `news` is what the campaign's was before the claim."""
        await self._floor.journal.flush()
        counts = await self.count(campaign)
        next_at: datetime | None = counts["next_at"]
        if campaign.news != news:  # an entry that came (back) meanwhile must not be slept over
            self._floor.dialer.poke()
            return
        now = self._floor.now
        if not campaign.is_open:
            campaign.sleep("not_open", None)
        elif counts["is_sorting"]:
            campaign.sleep("sorting", None, wake_at=now + SORTED_SOON)
        elif next_at is None:
            campaign.sleep(_exhausted(campaign) if counts["outside"] else "no_entries", None)
        elif next_at > now:
            campaign.sleep("all_later", next_at)
        else:
            campaign.sleep("all_held", now + LOOK_AGAIN)
        self._floor.desks.touch_campaign(campaign)

    def opening(self, campaign: Campaign) -> tuple[bool, bool, datetime | None, datetime | None]:
        """(may the mainland be called, may some place overseas, when the mainland may, when any place may next)."""
        now, off = self._floor.now, campaign.audience == "b2c" or not campaign.facts.on_days_off
        slots = calling_hours(campaign.facts, now)
        openings = {zone: next_opening(slots, now, zone, days_off=off, regional=False) for zone in ZONES}
        overseas = any(zone != MAINLAND and at is not None and at <= now for zone, at in openings.items())
        mainland = openings[MAINLAND]
        soonest = min((at for at in openings.values() if at is not None), default=None)
        return mainland is not None and mainland <= now, overseas, mainland or soonest, soonest

    def local_day(self) -> date:
        return self._floor.now.astimezone(self.zone).date()

    # ── Views ────────────────────────────────────────────────────────────────
    def view(self, campaign: Campaign) -> CampaignView:
        return CampaignView(
            id=campaign.id,
            name=campaign.name,
            mode=campaign.mode,  # type: ignore[arg-type]
            status=campaign.status,  # type: ignore[arg-type]
            version=campaign.version,
            waiting=campaign.tally.waiting,
            callable_now=campaign.tally.callable_now,
            idle_reason="not_open" if not campaign.is_open else campaign.idle_reason,
            idle_until=campaign.idle_until,
            territory=campaign.territory,
            filter=campaign.filter,
        )


def _exhausted(campaign: Campaign) -> str:
    """Entries wait, outside of what the campaign is restricted to."""
    return "territory_done" if campaign.ranges and not campaign.filter else "filter_done"


def _highest(assigned: Iterable[tuple[int, int]]) -> dict[int, int]:
    """By user, directly or through a group: the highest priority counts."""
    best: dict[int, int] = {}
    for user_id, priority in assigned:
        best[user_id] = max(priority, best.get(user_id, priority))
    return best
