"""Statements of the call's row and its events. A transition is a guarded UPDATE and an event row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from decroche.calls.journal import Kind, Line, Statement


@dataclass(slots=True)
class CallRow:
    """What the table holds of a live call, as the floor knows it now. Times in UTC, durations in seconds."""

    id: UUID
    campaign_id: int | None
    contact_id: int | None
    queue_entry_id: int | None
    agent_id: int | None
    session_id: int | None
    trunk_id: int | None
    mode: str
    e164: str
    phone_kind: str
    presented: str
    claimed_at: datetime
    floor: str = "main"
    placed_at: datetime | None = None
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    bridged_at: datetime | None = None
    ended_at: datetime | None = None
    hold_s: float = 0
    result: str = ""
    cause: int | None = None
    sip_code: int | None = None
    hung_up_by: str = ""
    cut: bool = False
    why: dict[str, Any] = field(default_factory=dict)
    decision: dict[str, Any] = field(default_factory=dict)
    """What the judge was asked and answered; kept in `ledger_decision`."""
    direction: str = "outbound"
    channel: str = ""
    """Asterisk's own name of it, where it was not us who made it."""

    @property
    def is_inbound(self) -> bool:
        return self.direction == "inbound"


_INSERT = """
WITH r AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(%(rows)s) AS r(id uuid, campaign_id bigint, contact_id bigint,
  queue_entry_id bigint, agent_id bigint, session_id bigint, trunk_id bigint, mode text, e164 text, phone_kind text,
  presented text, claimed_at timestamptz, why jsonb, floor text, decision jsonb, direction text, channel text)),
made AS (INSERT INTO calls_call (id, campaign_id, contact_id, queue_entry_id, agent_id, session_id, trunk_id, mode,
  e164, phone_kind, presented, state, result, hung_up_by, claimed_at, hold_s, cut, why, floor, direction, channel)
SELECT r.id, r.campaign_id, r.contact_id, r.queue_entry_id, r.agent_id, r.session_id, r.trunk_id, r.mode, r.e164,
  r.phone_kind, r.presented, 'claimed', '', '', r.claimed_at, 0, FALSE, r.why, r.floor, r.direction, r.channel
  FROM r ON CONFLICT DO NOTHING RETURNING id),
decided AS (INSERT INTO ledger_decision (call_id, at, rulebook, rows, until, "case", override)
  SELECT r.id, r.claimed_at, r.decision->>'rulebook', r.decision->'rows', (r.decision->>'until')::timestamptz,
    r.decision->'case', NULLIF(r.decision->'override', 'null'::jsonb)
  FROM r JOIN made ON made.id = r.id WHERE r.decision <> '{}')
SELECT id FROM made
"""
_INSERTED = (
    "campaign_id", "contact_id", "queue_entry_id", "agent_id", "session_id", "trunk_id", "mode", "e164", "phone_kind",
    "presented", "why", "floor", "decision", "direction", "channel",
)  # fmt: skip


def insert(*rows: CallRow) -> Statement:
    """Returns the ids it inserted: not those whose contact or number is in a live call already."""
    fresh = [
        {
            "id": str(row.id),
            "claimed_at": row.claimed_at.isoformat(),
            **{name: getattr(row, name) for name in _INSERTED},
        }
        for row in rows
    ]
    return _INSERT, {"rows": Jsonb(fresh)}


_TRANSITIONS = """
WITH moved AS (
  UPDATE calls_call c SET state = r.state, agent_id = r.agent_id, session_id = r.session_id, placed_at = r.placed_at,
    ringing_at = r.ringing_at, answered_at = r.answered_at, bridged_at = r.bridged_at, ended_at = r.ended_at,
    hold_s = r.hold_s, result = r.result, cause = r.cause, sip_code = r.sip_code, hung_up_by = r.hung_up_by, cut = r.cut
  FROM jsonb_to_recordset(%(rows)s) AS r(id uuid, was text, state text, agent_id bigint, session_id bigint,
    placed_at timestamptz, ringing_at timestamptz, answered_at timestamptz, bridged_at timestamptz,
    ended_at timestamptz, hold_s float8, result text, cause int, sip_code int, hung_up_by text, cut boolean)
  WHERE c.id = r.id AND c.state = r.was RETURNING c.id)
INSERT INTO calls_callevent (call_id, at, old, new, trigger, detail)
SELECT s.call, s.at, s.old, s.new, s.trigger, s.detail
FROM jsonb_to_recordset(%(steps)s) AS s(n int, call uuid, at timestamptz, old text, new text, trigger text,
  detail jsonb)
JOIN moved ON moved.id = s.call ORDER BY s.n
"""
_LIVES = ("agent_id", "session_id", "hold_s", "result", "cause", "sip_code", "hung_up_by", "cut")
_TIMES = ("placed_at", "ringing_at", "answered_at", "bridged_at", "ended_at")


def _transitions(lines: Sequence[dict[str, Any]]) -> list[Statement]:
    """Several steps of one call are one UPDATE, guarded by the state before the first; each is an event of its own."""
    statements: list[Statement] = []
    rows: dict[str, dict[str, Any]] = {}
    steps: list[dict[str, Any]] = []

    def close() -> None:
        if rows:
            statements.append((_TRANSITIONS, {"rows": Jsonb(list(rows.values())), "steps": Jsonb(list(steps))}))
            rows.clear()
            steps.clear()

    for line in lines:
        step, row = line["step"], line["row"]
        known = rows.get(row["id"])
        if known is not None and known["state"] != step["old"]:
            close()  # not a chain: the guard of each must speak for itself
            known = None
        rows[row["id"]] = {**row, "was": known["was"] if known else step["old"], "state": step["new"]}
        steps.append({**step, "call": row["id"], "n": len(steps)})
    close()
    return statements


TRANSITION = Kind("call transition", _transitions, first=True)


def transition(
    row: CallRow, *, old: str, new: str, trigger: str, at: datetime, detail: dict[str, Any] | None = None
) -> Line:
    """The row as it is now, and why. Also used for facts that change no state (`old` = `new`): bridged, recorded."""
    now: dict[str, Any] = {"id": str(row.id), **{name: getattr(row, name) for name in _LIVES}}
    for name in _TIMES:
        value = getattr(row, name)
        now[name] = value.isoformat() if value is not None else None
    step = {"old": old, "new": new, "trigger": trigger[:30], "at": at.isoformat(), "detail": detail or {}}
    return Line(TRANSITION, {"row": now, "step": step})


def wrap_up_over(call_id: UUID, at: datetime) -> Statement:
    return "UPDATE calls_call SET wrap_up_ended_at = %(at)s WHERE id = %(id)s", {"id": call_id, "at": at}


_KEEP_PROMISE = """
UPDATE callbacks_callback SET kept_in_call_id = COALESCE(kept_in_call_id, %(call)s), updated_at = %(at)s,
  state = CASE WHEN %(over)s THEN 'done' ELSE state END
WHERE id = %(id)s AND state = 'scheduled'
"""


def promise_called(callback_id: int, call_id: UUID, *, at: datetime, over: bool) -> Statement:
    """A promise was called; `over`: somebody was reached, or no attempt is left."""
    return _KEEP_PROMISE, {"id": callback_id, "call": call_id, "at": at, "over": over}


def recording_row(recording_id: UUID, call_id: UUID, at: datetime) -> Statement:
    return (
        "INSERT INTO calls_recording (id, call_id, status, started_at, paused, deleted_for)"
        " VALUES (%(id)s, %(call)s, 'recording', %(at)s, FALSE, '')",
        {"id": recording_id, "call": call_id, "at": at},
    )


def recording_paused(recording_id: UUID, paused: bool) -> Statement:
    return "UPDATE calls_recording SET paused = %(paused)s WHERE id = %(id)s", {"id": recording_id, "paused": paused}


def recording_over(
    recording_id: UUID, *, status: str, at: datetime, duration_s: float | None = None, size_bytes: int | None = None
) -> Statement:
    """What was deleted meanwhile stays deleted."""
    return (
        "UPDATE calls_recording SET status = %(status)s, paused = FALSE, ended_at = COALESCE(ended_at, %(at)s),"
        " duration_s = COALESCE(%(duration)s, duration_s), size_bytes = COALESCE(%(size)s, size_bytes)"
        " WHERE id = %(id)s AND status <> 'deleted'",
        {"id": recording_id, "status": status, "at": at, "duration": duration_s, "size": size_bytes},
    )
