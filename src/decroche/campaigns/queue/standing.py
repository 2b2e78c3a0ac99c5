"""Where an entry stands, in SQL: one definition for every figure and for the list behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, get_args

from decroche.campaigns.models import Campaign
from decroche.campaigns.territory import multirange

Standing = Literal["callable", "later", "promised", "refused", "outside", "in_call", "finished", "withdrawn"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
OUTCOMES = ("close", "callback", "retry", "do_not_call")
"""Reasons of an end that a disposition gave."""

# A promise that is due is callable wherever its contact lives; a refusal that is over is one no more.
# A steered campaign has admitted what it calls (0: to be judged when it is due), territory included.
_INSIDE = """(CASE WHEN {steering} > 0 THEN COALESCE(q.admitted IN (0, {steering}), FALSE)
  ELSE {within} IS NULL OR q.place <@ {within} END)"""


def waits_inside(steering: str, within: str) -> str:
    """SQL of "it waits, and its campaign calls it": what is callable is that, and due. For the floor's figures too."""
    inside = _INSIDE.format(steering=steering, within=within)
    return f"(q.state = 'waiting' AND (q.owner_until IS NOT NULL OR {inside}))"


INSIDE = _INSIDE.format(steering="%(steering)s::int", within="%(within)s::int4multirange")
STANDING = f"""CASE
  WHEN q.state = 'claimed' THEN 'in_call' WHEN q.state = 'withdrawn' THEN 'withdrawn'
  WHEN q.state = 'finished' THEN CASE WHEN q.refused_reason <> '' THEN 'refused' ELSE 'finished' END
  WHEN q.not_before > %(now)s AND q.refused_reason <> '' THEN 'refused'
  WHEN q.owner_until IS NOT NULL THEN CASE WHEN q.not_before > %(now)s THEN 'promised' ELSE 'callable' END
  WHEN NOT {INSIDE} THEN 'outside'
  WHEN q.not_before > %(now)s THEN 'later' ELSE 'callable' END"""

OUTCOME = """CASE WHEN q.state = 'finished' AND q.refused_reason = '' AND q.disposition_id IS NOT NULL
  AND q.finished_reason IN ('close', 'callback', 'retry', 'do_not_call') THEN q.disposition_id END"""
"""The disposition that ended it, or NULL."""
WHY = f"""CASE WHEN q.state = 'withdrawn' THEN '' WHEN q.refused_reason <> '' THEN q.refused_reason
  WHEN {OUTCOME} IS NOT NULL THEN '' ELSE q.finished_reason END"""
"""The code of the refusal, or of the end that no disposition gave."""
LAST_RESULT = "CASE WHEN q.finished_reason = 'max_attempts' THEN q.last_result ELSE '' END"
"""What the last of too many attempts gave."""


def facts(row: Campaign, now: datetime) -> dict[str, Any]:
    """The parameters that these expressions need."""
    ranges = [(first, last) for first, last in row.territory_ranges]
    within = multirange(ranges) if ranges else None
    return {"campaign": row.pk, "now": now, "within": within, "steering": row.steering}
