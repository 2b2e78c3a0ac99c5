"""Rows of agents at work: sessions, and intervals of state. Only the floor runs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from decroche.calls.journal import Kind, Line, Statement

Row = dict[str, Any]

_OPEN_SESSION = """
INSERT INTO agents_agentsession (user_id, device, number, started_at, end_reason, floor)
VALUES (%(user)s, %(device)s, %(number)s, %(at)s, '', %(floor)s)
ON CONFLICT DO NOTHING RETURNING id
"""


async def open_session(
    conn: AsyncConnection[Any], *, user_id: int, device: str, number: str, at: datetime, floor: str
) -> int | None:
    """The session's id; None where the user has an open one (on another floor)."""
    facts = {"user": user_id, "device": device, "number": number, "at": at, "floor": floor}
    row = await (await conn.execute(_OPEN_SESSION, facts)).fetchone()
    return None if row is None else int(row[0])


_CHANGE_STATES = """
WITH fresh AS (SELECT * FROM jsonb_to_recordset(%(lines)s) AS l(n int, session bigint, "user" bigint, campaign bigint,
    call uuid, state text, reason bigint, at timestamptz, until timestamptz)),
closed AS (
  UPDATE agents_agentstateinterval i SET ended_at = f.at
  FROM (SELECT DISTINCT ON (session) session, at FROM fresh ORDER BY session, n) f
  WHERE i.session_id = f.session AND i.ended_at IS NULL)
INSERT INTO agents_agentstateinterval (session_id, user_id, campaign_id, call_id, state, pause_reason_id, started_at,
  ended_at)
SELECT session, "user", campaign, call, state, reason, at, until FROM fresh ORDER BY n
"""


def _change_states(lines: Sequence[Row]) -> list[Statement]:
    """Each interval ends where the same session's next begins; the last of each stays open."""
    rows: list[Row] = []
    last: dict[int, Row] = {}
    for n, line in enumerate(lines):
        if (before := last.get(line["session"])) is not None:
            before["until"] = line["at"]
        last[line["session"]] = row = {**line, "n": n, "until": None}
        rows.append(row)
    return [(_CHANGE_STATES, {"lines": Jsonb(rows)})]


STATE_CHANGE = Kind("agent's state", _change_states, first=True)


def change_state(
    *,
    session_id: int,
    user_id: int,
    state: str,
    at: datetime,
    campaign_id: int | None = None,
    call_id: UUID | None = None,
    pause_reason_id: int | None = None,
) -> Line:
    """Closes the open interval and opens the next."""
    facts = {
        "session": session_id,
        "user": user_id,
        "campaign": campaign_id,
        "call": str(call_id) if call_id else None,
        "state": state,
        "reason": pause_reason_id,
        "at": at.isoformat(),
    }
    return Line(STATE_CHANGE, facts)


def end_session(session_id: int, *, at: datetime, reason: str) -> list[Statement]:
    facts = {"session": session_id, "at": at, "reason": reason[:20]}
    return [
        ("UPDATE agents_agentstateinterval SET ended_at = %(at)s WHERE session_id = %(session)s"
         " AND ended_at IS NULL", facts),
        ("UPDATE agents_agentsession SET ended_at = %(at)s, end_reason = %(reason)s WHERE id = %(session)s"
         " AND ended_at IS NULL", facts),
    ]  # fmt: skip


_FIGURES = """
SELECT
  (SELECT jsonb_object_agg(state, seconds) FROM (
    SELECT i.state,
      sum(extract(epoch FROM COALESCE(i.ended_at, %(now)s) - GREATEST(i.started_at, %(since)s))) AS seconds
    FROM agents_agentstateinterval i WHERE i.user_id = %(user)s AND COALESCE(i.ended_at, %(now)s) > %(since)s
    GROUP BY i.state) t) AS seconds,
  count(c.id) FILTER (WHERE c.placed_at IS NOT NULL AND c.state = 'ended') AS calls,
  count(c.id) FILTER (WHERE d.reached) AS reached,
  count(c.id) FILTER (WHERE d.pitched) AS pitched,
  count(c.id) FILTER (WHERE d.tone = 'positive') AS positive,
  (SELECT count(*) FROM appointments_appointment a
    WHERE a.created_by_id = %(user)s AND a.created_at >= %(since)s AND a.cancelled_at IS NULL) AS appointments
FROM calls_call c LEFT JOIN dispositions_disposition d ON d.id = c.disposition_id
WHERE c.agent_id = %(user)s AND c.claimed_at >= %(since)s
"""


async def figures(conn: AsyncConnection[Any], user_id: int, *, since: datetime, now: datetime) -> tuple[Any, ...]:
    """(seconds by state, calls, reached, pitched, positive, appointments) since then, the open interval included."""
    row = await (await conn.execute(_FIGURES, {"user": user_id, "since": since, "now": now})).fetchone()
    assert row is not None
    return tuple(row)


_CALLBACKS = """
SELECT b.id, b.contact_id, b.campaign_id, b.due_at, b.note, c.first_name, c.last_name, c.company
FROM callbacks_callback b JOIN contacts_contact c ON c.id = b.contact_id
WHERE b.state = 'scheduled' AND b.owner_id = %(user)s AND b.due_at < %(until)s
ORDER BY b.due_at LIMIT 50
"""


async def own_callbacks(conn: AsyncConnection[Any], user_id: int, *, until: datetime) -> list[tuple[Any, ...]]:
    """Promises of this agent, soonest first: id, contact, campaign, due_at, note, first and last name, company."""
    return [tuple(row) for row in await (await conn.execute(_CALLBACKS, {"user": user_id, "until": until})).fetchall()]
