"""Entries that the rules had ended come back to the queue when what was missing is there; the judge decides again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from decroche.common.notify import notify_floor
from decroche.compliance.reasons import BY_CODE, PresentedExhausted

MENDABLE = sorted(kind.code for kind in BY_CODE.values() if kind.mended_by in ("ledger", "record"))
LISTED = sorted(kind.code for kind in BY_CODE.values() if kind.code.startswith("do_not_call"))

_BACK = """
UPDATE campaigns_queueentry q SET state = 'waiting', finished_reason = '', refused_reason = '', not_before = now(),
  admitted = 0
WHERE q.state = 'finished' AND q.finished_reason = q.refused_reason AND q.refused_reason = ANY(%(codes)s)
  AND {which} RETURNING q.campaign_id
"""

SETTINGS = sorted(kind.code for kind in BY_CODE.values() if kind.mended_by in ("campaign", "time"))
"""What other settings of the campaign may end: hours, days off, principal, sector."""

_SOONER = """
UPDATE campaigns_queueentry SET not_before = now(), refused_reason = '', admitted = 0
WHERE campaign_id = ANY(%(ids)s) AND state = 'waiting' AND refused_reason = ANY(%(codes)s) RETURNING campaign_id
"""

OF_ENTRIES = """
UPDATE campaigns_queueentry SET state = 'waiting', finished_reason = '', refused_reason = '', not_before = %(now)s,
  admitted = 0
WHERE id = ANY(%(ids)s) AND (
  (state = 'waiting' AND owner_until IS NULL AND refused_reason = ANY(%(settings)s))
  OR (state = 'finished' AND finished_reason = refused_reason AND refused_reason = ANY(%(mendable)s)))
"""
"""The floor's own: entries that it judged by settings which were no longer those of the campaign."""


def of_contacts(contact_ids: Sequence[int], codes: Sequence[str] = MENDABLE) -> int:
    """After a proof, a number or the end of an entry of a list: how many places wait again."""
    return _back("q.contact_id = ANY(%(ids)s)", codes, ids=list(contact_ids))


def of_batch(batch_id: int) -> int:
    """After the proofs that an import wrote: how many places wait again."""
    return _back(
        "q.contact_id IN (SELECT f.contact_id FROM ledger_proof f WHERE f.batch_id = %(id)s)", MENDABLE, id=batch_id
    )


def of_campaign(campaign_id: int) -> int:
    """After a change of the settings that the judge reads: how many places wait again."""
    over = _back("q.campaign_id = %(id)s", MENDABLE, id=campaign_id)
    return over + _run(_SOONER, {"ids": [campaign_id], "codes": SETTINGS})


def after_exhaustion(campaign_ids: Sequence[int]) -> int:
    """After a change of the numbers that these campaigns may show: places that waited for the next day for them."""
    return _run(_SOONER, {"ids": list(campaign_ids), "codes": [PresentedExhausted.code]})


def _back(which: str, codes: Sequence[str], **facts: Any) -> int:
    return _run(_BACK.format(which=which), {"codes": list(codes), **facts})


def _run(statement: str, facts: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        campaigns = [row[0] for row in cursor.fetchall()]
    for campaign_id in sorted(set(campaigns)):
        notify_floor("queue_changed", campaign_id=campaign_id)
    return len(campaigns)
