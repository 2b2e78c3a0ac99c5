"""The queue's SQL: who is next, claimed for a few calls at once, settled afterwards. Only the floor runs it.

A claim is one transaction, committed before anything is dialed: the entries are locked (SKIP LOCKED, so that two floors
pass each other by), judged, marked `claimed` with their call's id and a lease, and the calls' rows inserted. Two unique
indexes on live calls (one per contact, one per number) hold whatever two campaigns or two floors attempt at once.
A claim that is never settled, because its floor died, is over when its lease is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor
from psycopg.types.json import Jsonb

from decroche.campaigns.candidate import Candidate, Row, facts_of, read_candidates
from decroche.campaigns.settlement import LEASE
from decroche.campaigns.steering.rule import SteeringRule
from decroche.campaigns.steering.shares import Turns
from decroche.campaigns.territory import Zone

JUDGED_AT_ONCE = 40
"""Entries refused one after the other before a claim gives up and lets others work."""
TOGETHER_AT_MOST = 64
BLOCKED_FOR = timedelta(seconds=30)
"""How long an entry waits whose contact or number is in a call somewhere else."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PutOff:
    """The rules refuse the entry: it waits until then, or is over where `until` is None."""

    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Claimed(Generic[T]):
    """`chosen` is what the judge answered."""

    claim: UUID
    candidate: Candidate
    chosen: T


@dataclass(slots=True)
class Search(Generic[T]):
    """What a search found, in the queue's order. `more`: it gave up after many refusals, and should go on."""

    found: list[Claimed[T]] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose turn in a campaign: an agent's (his own promises first), or anybody's where `user_id` is None.

    The team's promises always come before the rest, whatever the territory. `overseas_only`: the mainland is
    closed now. `zones`: the campaign's territory; empty, everywhere. `rule`: its order, filter and lists, which hold
    the territory too; `turns`: whose turn among the lists.
    """

    campaign_id: int
    user_id: int | None = None
    promise_campaign_ids: Sequence[int] = ()
    overseas_only: bool = False
    promises_only: bool = False
    zones: Sequence[Zone] = ()
    rule: SteeringRule | None = None
    turns: Turns = field(default_factory=Turns)


_LIVE_ELSEWHERE = (
    "NOT EXISTS (SELECT 1 FROM calls_call live WHERE live.state <> 'ended' AND live.contact_id = q.contact_id)"
)

_OVERSEAS = """
  AND EXISTS (SELECT 1 FROM contacts_contact c JOIN contacts_contactphone p ON p.contact_id = c.id
    WHERE c.id = q.contact_id AND (c.postal_code ~ '^97[1-6]' OR p.e164 ~ '^[+](262|590|594|596|508)'))
"""


_HEADS = 4
"""How many times more than wanted are looked at where heads are merged: other claims of this instant may hold some."""
_JUDGED_AT_ONCE = 256
"""Entries of a steered campaign that are judged before a claim: they came due, came in or changed lately."""
_FREE = "q.state = 'waiting' AND q.owner_until IS NULL"


@cache
def _text(limit: int, overseas: bool, territory: bool) -> str:
    """The query of the next `limit` entries: promises first, then the queue, locked; ends in facts.

    `limit` is written into the text: where it is a parameter, the planner expects a tenth of the table and sorts it.
    """
    limit = int(limit)
    within = _heads(limit * _HEADS, _turn(limit), overseas) if territory else ""
    where = "q.id IN (SELECT id FROM heads)" if territory else f"{_LIVE_ELSEWHERE}{_OVERSEAS if overseas else ''}"
    next_ones = f"""{within}
next AS MATERIALIZED (
  SELECT q.id FROM campaigns_queueentry q
  WHERE {_turn(limit)} AND {_FREE} AND q.campaign_id = %(campaign)s AND q.not_before <= %(now)s AND {where}
  ORDER BY q.priority DESC, q.not_before, q.id LIMIT {limit} FOR UPDATE OF q SKIP LOCKED),"""  # noqa: S608 — constants and a number only
    return _picked(limit, next_ones, "TRUE")


@lru_cache(maxsize=256)
def _steered_text(limit: int, overseas: bool, fits: str) -> str:
    """The same where the campaign is steered: the heads of its streams, each read in the order of `queue_admitted`.

    The n-th entry of a stream costs `start` + n × `stride`; the cheapest go first. What was admitted is held to the
    filter once more, among those picked only: an entry that does not fit any more is set aside by the claim.
    """
    limit = int(limit)
    heads = limit * _HEADS
    next_ones = f"""
streams AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(%(streams)s)
  AS s(stream int, tier int, start float8, stride float8)),
heads AS MATERIALIZED (
  SELECT h.id, row_number() OVER (ORDER BY s.tier, s.start + s.stride * h.n, s.stream, h.n) AS place
  FROM (SELECT * FROM streams WHERE {_turn(limit)}) s CROSS JOIN LATERAL (
    SELECT f.id, row_number() OVER () AS n FROM (
      SELECT q.id FROM campaigns_queueentry q
      WHERE {_FREE} AND q.admitted = %(steering)s AND q.admitted > 0 AND q.stream = s.stream
        AND q.not_before <= %(now)s AND {_LIVE_ELSEWHERE}{_OVERSEAS if overseas else ""}
      ORDER BY q.priority DESC, q.rank, q.not_before, q.id LIMIT {heads}) f) h
  ORDER BY place LIMIT {heads}),
next AS MATERIALIZED (
  SELECT q.id FROM heads h JOIN campaigns_queueentry q ON q.id = h.id
  WHERE {_FREE} AND q.admitted = %(steering)s
  ORDER BY h.place LIMIT {limit} FOR UPDATE OF q SKIP LOCKED),"""  # noqa: S608 — constants and numbers only
    return _picked(limit, next_ones, fits)


def _turn(limit: int) -> str:
    """Whether the queue's turn has come. What is known of a campaign that is steered otherwise by now finds nothing."""
    return f"""NOT %(promises_only)s AND (SELECT count(*) FROM promise) < {limit}
    AND (SELECT steering FROM campaigns_campaign WHERE id = %(campaign)s) = %(steering)s"""  # noqa: S608 — a number only


def _picked(limit: int, next_ones: str, fits: str) -> str:
    return f"""
WITH promise AS MATERIALIZED (
  SELECT q.id FROM campaigns_queueentry q
  WHERE q.state = 'waiting' AND q.owner_until IS NOT NULL AND q.not_before <= %(now)s
    AND ((q.owner_id = %(user)s AND q.campaign_id = ANY(%(promise_campaigns)s))
         OR (q.campaign_id = %(campaign)s AND (q.owner_id IS NULL OR q.owner_until <= %(now)s)))
    AND {_LIVE_ELSEWHERE}
  ORDER BY q.not_before, q.id LIMIT {limit} FOR UPDATE OF q SKIP LOCKED),{next_ones}
picked AS (SELECT id, row_number() OVER () AS place
  FROM (SELECT id FROM promise UNION ALL SELECT id FROM next) both_of_them LIMIT {limit})
{facts_of(fits)}"""  # noqa: S608 — constants and a number only


def _heads(count: int, turn: str, overseas: bool) -> str:
    """The first `count` of the territory, merged from the first of each zone, each read in the order of `queue_places`.

    Filtering the queue in its order would do at first, and walk over all that lies outside once the territory's own
    have been called. Nothing is locked here: only those that are taken are, afterwards.
    """

    def first_of(zones: str, codes: str) -> str:
        return f"""
  SELECT h.id, h.priority, h.not_before FROM (SELECT * FROM zones WHERE {turn} AND {zones}) z CROSS JOIN LATERAL (
    SELECT q.id, q.priority, q.not_before FROM campaigns_queueentry q
    WHERE q.state = 'waiting' AND q.owner_until IS NULL AND q.campaign_id = %(campaign)s AND q.not_before <= %(now)s
      AND q.place / 1000 = z.zone{codes}
      AND {_LIVE_ELSEWHERE}{_OVERSEAS if overseas else ""}
    ORDER BY q.priority DESC, q.not_before, q.id LIMIT {count}) h"""  # noqa: S608 — constants and a number only

    return f"""
zones AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(%(zones)s) AS z(zone int, codes int[])),
heads AS MATERIALIZED ({first_of("codes IS NULL", "")}
  UNION ALL{first_of("codes IS NOT NULL", " AND q.place = ANY(z.codes)")}
  ORDER BY priority DESC, not_before, id LIMIT {count}),"""  # noqa: S608 — constants and a number only


@lru_cache(maxsize=256)
def _judgement(rank: str, stream: str, fits: str) -> str:
    """Entries that came due, came in or changed: admitted at their place, or set aside until something changes."""
    return f"""
WITH due AS MATERIALIZED (
  SELECT q.id FROM campaigns_queueentry q
  WHERE {_FREE} AND q.campaign_id = %(campaign)s AND q.admitted = 0 AND q.not_before <= %(now)s
  ORDER BY q.priority DESC, q.not_before, q.id LIMIT {_JUDGED_AT_ONCE} FOR UPDATE OF q SKIP LOCKED)
UPDATE campaigns_queueentry q SET admitted = CASE WHEN {fits} THEN %(steering)s::int END,
  rank = {rank}, stream = {stream}
FROM due JOIN campaigns_queueentry d ON d.id = due.id JOIN contacts_contact c ON c.id = d.contact_id
WHERE q.id = due.id
"""  # noqa: S608 — texts of `rule.py`


_CLAIM = """
UPDATE campaigns_queueentry q SET state = 'claimed', claim = c.claim, lease_until = %(lease_until)s,
  refused_reason = '', admitted = 0
FROM unnest(%(entries)s::bigint[], %(claims)s::uuid[]) AS c(entry, claim) WHERE q.id = c.entry
"""

_PUT_OFF = """
UPDATE campaigns_queueentry q SET refused_reason = r.reason, not_before = COALESCE(r.until, q.not_before),
  state = CASE WHEN r.until IS NULL THEN 'finished' ELSE 'waiting' END,
  finished_reason = CASE WHEN r.until IS NULL THEN left(r.reason, 40) ELSE '' END,
  claim = NULL, lease_until = NULL, admitted = 0
FROM unnest(%(entries)s::bigint[], %(reasons)s::text[], %(untils)s::timestamptz[]) AS r(entry, reason, until)
WHERE q.id = r.entry
"""

_SET_ASIDE = "UPDATE campaigns_queueentry SET admitted = NULL WHERE id = ANY(%(entries)s)"


async def claim_next(
    conn: AsyncConnection[Any],
    wanted: Wanted,
    *,
    claims: Sequence[UUID],
    now: datetime,
    judge: Callable[[Candidate, UUID], T | PutOff | None],
    insert_calls: Callable[[Sequence[Claimed[T]]], tuple[str, Row]] | None,
) -> Search[T]:
    """The next entries that the rules allow, one for each of `claims` at most, committed with their calls' rows.

    `judge` must not block; it answers None where nothing can be dialed at all (no free line), which ends the search.
    `insert_calls` answers a statement that returns the ids it inserted. None: records are only offered, their calls
    come later (`claim_contact`).
    """
    search: Search[T] = Search()
    left, judged = list(claims), 0
    while left:
        if judged >= max(JUDGED_AT_ONCE, len(claims)):
            search.more = True
            break
        turn = _Turn[T](left[:TOGETHER_AT_MOST], judge)
        # In a pipeline what needs no answer waits for what does: three round trips a turn, not seven.
        async with conn.pipeline() as pipeline, conn.transaction():
            judging = await _judge_due(conn, wanted, now)
            candidates = await _next_candidates(conn, wanted, turn.limit, now)
            turn.judge_all(candidates)
            if turn.claimed:
                await conn.execute(_CLAIM, turn.claim_facts(now + LEASE))
            if turn.claimed and insert_calls is not None:
                cursor = await conn.execute(*insert_calls(turn.claimed))
                await pipeline.sync()
                turn.keep_only({row[0] for row in await cursor.fetchall()}, now + BLOCKED_FOR)
            if turn.put_off:
                await conn.execute(_PUT_OFF, turn.put_off_facts())
            if turn.set_aside:
                await conn.execute(_SET_ASIDE, {"entries": turn.set_aside})
        judged += len(candidates)
        for one in turn.claimed:
            wanted.turns.took(one.candidate.stream)
        search.found += turn.claimed
        taken = {one.claim for one in turn.claimed}
        left = [claim for claim in left if claim not in taken]
        if turn.stopped:
            break
        if len(candidates) < turn.limit:
            search.more = bool(left) and judging is not None and judging.rowcount == _JUDGED_AT_ONCE
            break
    return search


class _Turn(Generic[T]):
    """One transaction's verdicts."""

    def __init__(self, claims: Sequence[UUID], judge: Callable[[Candidate, UUID], T | PutOff | None]) -> None:
        self._claims = claims
        self._judge = judge
        self.limit = 1 << (len(claims) - 1).bit_length()
        """Entries to look at: a power of two, so that the texts of the query are few and stay prepared."""
        self.claimed: list[Claimed[T]] = []
        self.put_off: list[tuple[int, PutOff]] = []
        self.set_aside: list[int] = []
        self.stopped = False

    def judge_all(self, candidates: Sequence[Candidate]) -> None:
        for candidate in candidates:
            if len(self.claimed) == len(self._claims):
                return
            if not candidate.fits:
                self.set_aside.append(candidate.entry_id)
                continue
            claim = self._claims[len(self.claimed)]
            verdict = self._judge(candidate, claim)
            if verdict is None:
                self.stopped = True
                return
            if isinstance(verdict, PutOff):
                self.put_off.append((candidate.entry_id, verdict))
            else:
                self.claimed.append(Claimed(claim, candidate, verdict))

    def keep_only(self, inserted: set[UUID], until: datetime) -> None:
        """Of the others, the contact or the number is in a live call: somebody else first, these soon."""
        for one in self.claimed:
            if one.claim not in inserted:
                self.put_off.append((one.candidate.entry_id, PutOff("in_call", until)))
        self.claimed = [one for one in self.claimed if one.claim in inserted]

    def claim_facts(self, lease_until: datetime) -> Row:
        return {
            "entries": [one.candidate.entry_id for one in self.claimed],
            "claims": [one.claim for one in self.claimed],
            "lease_until": lease_until,
        }

    def put_off_facts(self) -> Row:
        return {
            "entries": [entry for entry, _ in self.put_off],
            "reasons": [verdict.reason[:40] for _, verdict in self.put_off],
            "untils": [verdict.until for _, verdict in self.put_off],
        }


def picking(wanted: Wanted, count: int) -> str:
    """The query of `count` entries; see `read_candidates` for its parameters."""
    if wanted.rule is not None:
        return _steered_text(count, wanted.overseas_only, wanted.rule.fits)
    return _text(count, wanted.overseas_only, bool(wanted.zones))


async def _judge_due(conn: AsyncConnection[Any], wanted: Wanted, now: datetime) -> AsyncCursor[Any] | None:
    """Before a claim in a steered campaign; in the pipeline, its answer is not waited for."""
    if wanted.rule is None or wanted.promises_only:
        return None
    return await conn.execute(*judging(wanted, now))


def judging(wanted: Wanted, now: datetime) -> tuple[str, Row]:
    """What admits the entries of a steered campaign that wait to be judged."""
    assert wanted.rule is not None
    rule = wanted.rule
    facts = {**rule.params, "campaign": wanted.campaign_id, "steering": rule.number, "now": now}
    return _judgement(rule.rank, rule.stream, rule.fits), facts


async def _next_candidates(conn: AsyncConnection[Any], wanted: Wanted, count: int, now: datetime) -> list[Candidate]:
    """Locked, and read in the same statement: a row that changed since is not `waiting` any more, and passed by."""
    facts: Row = {
        "user": wanted.user_id,
        "campaign": wanted.campaign_id,
        "promise_campaigns": list(wanted.promise_campaign_ids),
        "promises_only": wanted.promises_only,
        "steering": wanted.rule.number if wanted.rule is not None else 0,
    }
    if wanted.rule is not None:
        facts |= {**wanted.rule.params, "streams": Jsonb(wanted.turns.offers())}
    elif wanted.zones:
        facts["zones"] = Jsonb([{"zone": zone.number, "codes": zone.codes} for zone in wanted.zones])
    return await read_candidates(conn, picking(wanted, count), facts, now)
