"""Statements of the call's row and its events. A transition is a guarded UPDATE and an event row, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from decroche.calls.journal import Statement


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


_INSERT = """
INSERT INTO calls_call (id, campaign_id, contact_id, queue_entry_id, agent_id, session_id, trunk_id, mode, e164,
  phone_kind, presented, state, result, hung_up_by, claimed_at, hold_s, cut, why, floor)
VALUES (%(id)s, %(campaign)s, %(contact)s, %(entry)s, %(agent)s, %(session)s, %(trunk)s, %(mode)s, %(e164)s,
  %(phone_kind)s, %(presented)s, 'claimed', '', '', %(claimed_at)s, 0, FALSE, %(why)s, %(floor)s)
ON CONFLICT DO NOTHING
"""


def insert(row: CallRow) -> Statement:
    """Inserts nothing where the contact or the number is in a live call already."""
    return _INSERT, {
        "id": row.id,
        "campaign": row.campaign_id,
        "contact": row.contact_id,
        "entry": row.queue_entry_id,
        "agent": row.agent_id,
        "session": row.session_id,
        "trunk": row.trunk_id,
        "mode": row.mode,
        "e164": row.e164,
        "phone_kind": row.phone_kind,
        "presented": row.presented,
        "claimed_at": row.claimed_at,
        "why": Jsonb(row.why),
        "floor": row.floor,
    }


_TRANSITION = """
WITH moved AS (
  UPDATE calls_call SET state = %(new)s, agent_id = %(agent)s, session_id = %(session)s, placed_at = %(placed_at)s,
    ringing_at = %(ringing_at)s, answered_at = %(answered_at)s, bridged_at = %(bridged_at)s, ended_at = %(ended_at)s,
    hold_s = %(hold_s)s, result = %(result)s, cause = %(cause)s, sip_code = %(sip_code)s, hung_up_by = %(hung_up_by)s,
    cut = %(cut)s
  WHERE id = %(id)s AND state = %(old)s RETURNING id)
INSERT INTO calls_callevent (call_id, at, old, new, trigger, detail)
SELECT id, %(at)s, %(old)s, %(new)s, %(trigger)s, %(detail)s FROM moved
"""


def transition(
    row: CallRow, *, old: str, new: str, trigger: str, at: datetime, detail: dict[str, Any] | None = None
) -> Statement:
    """The row as it is now, and why. Also used for facts that change no state (`old` = `new`): bridged, recorded."""
    return _TRANSITION, {
        "id": row.id,
        "old": old,
        "new": new,
        "trigger": trigger[:30],
        "at": at,
        "detail": Jsonb(detail or {}),
        "agent": row.agent_id,
        "session": row.session_id,
        "placed_at": row.placed_at,
        "ringing_at": row.ringing_at,
        "answered_at": row.answered_at,
        "bridged_at": row.bridged_at,
        "ended_at": row.ended_at,
        "hold_s": row.hold_s,
        "result": row.result,
        "cause": row.cause,
        "sip_code": row.sip_code,
        "hung_up_by": row.hung_up_by,
        "cut": row.cut,
    }


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
        "INSERT INTO calls_recording (id, call_id, status, started_at) VALUES (%(id)s, %(call)s, 'recording', %(at)s)",
        {"id": recording_id, "call": call_id, "at": at},
    )


def recording_over(
    recording_id: UUID, *, status: str, at: datetime, duration_s: float | None = None, size_bytes: int | None = None
) -> Statement:
    return (
        "UPDATE calls_recording SET status = %(status)s, ended_at = COALESCE(ended_at, %(at)s),"
        " duration_s = COALESCE(%(duration)s, duration_s), size_bytes = COALESCE(%(size)s, size_bytes)"
        " WHERE id = %(id)s",
        {"id": recording_id, "status": status, "at": at, "duration": duration_s, "size": size_bytes},
    )
