"""Sums of calls, states, callbacks and appointments by agent or campaign: a few queries, however long the period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import connection

from decroche.statistics.figures import StateSums, Sums

By = Literal["agent", "campaign"]
Key = int | None
ON_TIME_S = 15 * 60
"""A callback is on time when it is called at most this late, or this early."""
LONGEST_INTERVAL = timedelta(days=1)
"""No state lasts longer than this; it lets the index on (user, started_at) be used."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` (included) to `end` (excluded); `now` closes what is still open."""

    start: datetime
    end: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Narrows to some agents (None: all of them) and one campaign."""

    agent_ids: list[int] | None = None
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True)
class Grouped:
    """`{key}` in the SQL becomes the column of the agent or of the campaign."""

    agent: str
    campaign: str
    sql: str

    def by(self, by: By) -> str:
        """The SQL, grouped so."""
        return self.sql.format(key=self.agent if by == "agent" else self.campaign)


CALLS = Grouped(
    agent="c.agent_id",
    campaign="c.campaign_id",
    sql="""
SELECT {key},
    count(*) FILTER (WHERE c.placed_at IS NOT NULL) AS attempts,
    count(*) FILTER (WHERE c.result = 'connected' AND c.direction = 'outbound') AS connected,
    count(*) FILTER (WHERE d.reached) AS reached,
    count(*) FILTER (WHERE d.reached AND c.direction = 'outbound') AS reached_by_us,
    count(*) FILTER (WHERE d.pitched) AS pitched,
    count(*) FILTER (WHERE d.tone = 'positive') AS positive,
    count(*) FILTER (WHERE d.tone = 'negative' AND d.pitched) AS negative,
    count(*) FILTER (WHERE d.tone = 'neutral' AND d.pitched) AS neutral,
    count(*) FILTER (WHERE c.result = 'abandoned') AS abandoned,
    count(*) FILTER (WHERE c.bridged_at IS NOT NULL AND c.ended_at IS NOT NULL) AS talks,
    COALESCE(sum(extract(epoch FROM c.ended_at - c.bridged_at)), 0)::float8 AS talk_s,
    COALESCE(sum(extract(epoch FROM c.wrap_up_ended_at - c.ended_at)) FILTER (WHERE c.bridged_at IS NOT NULL), 0)
        ::float8 AS wrap_up_s,
    count(*) FILTER (WHERE c.answered_at IS NOT NULL AND c.bridged_at IS NOT NULL AND c.direction = 'outbound')
        AS silences,
    COALESCE(sum(extract(epoch FROM c.bridged_at - c.answered_at)) FILTER (WHERE c.direction = 'outbound'), 0)
        ::float8 AS silence_s,
    count(*) FILTER (WHERE c.placed_at IS NOT NULL AND COALESCE(c.answered_at, c.ended_at) IS NOT NULL) AS rings,
    COALESCE(sum(extract(epoch FROM COALESCE(c.answered_at, c.ended_at) - c.placed_at)), 0)::float8 AS ring_s
FROM calls_call c LEFT JOIN dispositions_disposition d ON d.id = c.disposition_id
WHERE c.claimed_at >= %(start)s AND c.claimed_at < %(end)s
    AND (%(agents)s::bigint[] IS NULL OR c.agent_id = ANY(%(agents)s))
    AND (%(campaign)s::bigint IS NULL OR c.campaign_id = %(campaign)s)
GROUP BY 1
""",
)
APPOINTMENTS = Grouped(
    agent="a.created_by_id",
    campaign="a.campaign_id",
    sql="""
SELECT {key}, count(*) AS appointments FROM appointments_appointment a
WHERE a.created_at >= %(start)s AND a.created_at < %(end)s AND a.cancelled_at IS NULL
    AND (%(agents)s::bigint[] IS NULL OR a.created_by_id = ANY(%(agents)s))
    AND (%(campaign)s::bigint IS NULL OR a.campaign_id = %(campaign)s)
GROUP BY 1
""",
)
CALLBACKS_MADE = Grouped(
    agent="b.created_by_id",
    campaign="b.campaign_id",
    sql="""
SELECT {key}, count(*) AS callbacks_made FROM callbacks_callback b
WHERE b.created_at >= %(start)s AND b.created_at < %(end)s
    AND (%(agents)s::bigint[] IS NULL OR b.created_by_id = ANY(%(agents)s))
    AND (%(campaign)s::bigint IS NULL OR b.campaign_id = %(campaign)s)
GROUP BY 1
""",
)
CALLBACKS_DUE = Grouped(
    agent="b.owner_id",
    campaign="b.campaign_id",
    sql="""
SELECT {key},
    count(*) AS callbacks_due,
    count(*) FILTER (WHERE b.kept_in_call_id IS NOT NULL) AS callbacks_kept,
    count(*) FILTER (WHERE abs(extract(epoch FROM k.claimed_at - b.due_at)) <= %(on_time)s) AS callbacks_on_time
FROM callbacks_callback b LEFT JOIN calls_call k ON k.id = b.kept_in_call_id
WHERE b.due_at >= %(start)s AND b.due_at < LEAST(%(end)s, %(now)s) AND b.state <> 'cancelled'
    AND (%(agents)s::bigint[] IS NULL OR b.owner_id = ANY(%(agents)s))
    AND (%(campaign)s::bigint IS NULL OR b.campaign_id = %(campaign)s)
GROUP BY 1
""",
)
STATES = Grouped(
    agent="i.user_id",
    campaign="i.campaign_id",
    sql="""
SELECT {key}, i.state, i.pause_reason_id,
    sum(extract(epoch FROM LEAST(COALESCE(i.ended_at, %(now)s), %(end)s) - GREATEST(i.started_at, %(start)s)))::float8
FROM accounts_user u JOIN agents_agentstateinterval i ON i.user_id = u.id
WHERE i.started_at >= %(earliest)s AND i.started_at < LEAST(%(end)s, %(now)s)
    AND COALESCE(i.ended_at, %(now)s) > %(start)s AND i.state <> 'offline'
    AND (%(agents)s::bigint[] IS NULL OR u.id = ANY(%(agents)s))
    AND (%(campaign)s::bigint IS NULL OR i.campaign_id = %(campaign)s)
GROUP BY 1, 2, 3
""",
)


def sums(by: By, span: Span, scope: Scope) -> defaultdict[Key, Sums]:
    """By the agent's or campaign's id; None: calls without one."""
    found: defaultdict[Key, Sums] = defaultdict(Sums)
    for grouped in (CALLS, APPOINTMENTS, CALLBACKS_MADE, CALLBACKS_DUE):
        names, rows = _run(grouped.by(by), span, scope)
        for row in rows:
            found[row[0]].add(Sums(**dict(zip(names[1:], row[1:], strict=True))))
    return found


def states(by: By, span: Span, scope: Scope) -> defaultdict[Key, StateSums]:
    """Seconds by state, cut at the limits of the span; by the agent's or campaign's id (None: no campaign)."""
    found: defaultdict[Key, StateSums] = defaultdict(StateSums)
    for key, state, reason_id, seconds in _run(STATES.by(by), span, scope)[1]:
        found[key].put(state, reason_id, max(seconds, 0.0))
    return found


def results(span: Span) -> dict[Key, dict[str, int]]:
    """How many calls ended in each result, by campaign."""
    sql = """
        SELECT campaign_id, result, count(*) FROM calls_call
        WHERE claimed_at >= %(start)s AND claimed_at < %(end)s AND result <> '' AND direction = 'outbound'
        GROUP BY 1, 2
    """
    found: defaultdict[Key, dict[str, int]] = defaultdict(dict)
    for campaign_id, result, count in _rows(sql, {"start": span.start, "end": span.end})[1]:
        found[campaign_id][result] = count
    return found


def dispositions(span: Span) -> dict[Key, list[tuple[int, str, str, int]]]:
    """(disposition, label, colour, count) in the order of the buttons, by campaign."""
    sql = """
        SELECT c.campaign_id, d.id, d.label, d.color, count(*)
        FROM calls_call c JOIN dispositions_disposition d ON d.id = c.disposition_id
        WHERE c.claimed_at >= %(start)s AND c.claimed_at < %(end)s
        GROUP BY 1, 2, 3, 4 ORDER BY 1, min(d.position), 2
    """
    found: defaultdict[Key, list[tuple[int, str, str, int]]] = defaultdict(list)
    for campaign_id, *rest in _rows(sql, {"start": span.start, "end": span.end})[1]:
        found[campaign_id].append(tuple(rest))
    return found


def _run(sql: str, span: Span, scope: Scope) -> tuple[list[str], list[tuple[Any, ...]]]:
    values = {
        "start": span.start,
        "end": span.end,
        "now": span.now,
        "earliest": span.start - LONGEST_INTERVAL,
        "agents": scope.agent_ids,
        "campaign": scope.campaign_id,
        "on_time": ON_TIME_S,
    }
    return _rows(sql, values)


def _rows(sql: str, values: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [column.name for column in cursor.description], cursor.fetchall()
