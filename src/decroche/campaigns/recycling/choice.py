"""Which entries a recycling takes, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from decroche.campaigns.queue.standing import LAST_RESULT, OUTCOME, WHY
from decroche.campaigns.recycling.schemas import EndIn

# Those never come back, whatever was chosen: a person said so.
FOR_EVER = ("do_not_call", "do_not_call_campaign", "do_not_call_prefix", "objected", "erased")
"""Refusals that end for nobody."""
NEVER = """q.finished_reason IN ('do_not_call', 'erased') OR q.refused_reason IN ('do_not_call', 'do_not_call_campaign',
  'do_not_call_prefix', 'objected', 'erased') OR c.erased_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM dispositions_disposition d WHERE d.id = q.disposition_id AND d.effect = 'do_not_call')
  OR EXISTS (SELECT 1 FROM contacts_contactphone p JOIN contacts_donotcall n ON n.e164 = p.e164
    AND (n.campaign_id IS NULL OR n.campaign_id = q.campaign_id) WHERE p.contact_id = q.contact_id)"""
NO_NUMBER = """NOT EXISTS (SELECT 1 FROM contacts_contactphone p
  WHERE p.contact_id = q.contact_id AND p.kind IN ('phone', 'mobile', 'office'))"""
IS_CHOSEN = """(q.state = 'finished' OR q.state = 'waiting' AND q.refused_reason <> '' AND q.not_before > %(now)s
    AND q.owner_until IS NULL)
  AND ({ends})"""


def chosen(ends: Sequence[EndIn], facts: dict[str, Any]) -> str:
    """A condition on `q`; its values are added to `facts`."""
    found = []
    for n, end in enumerate(ends):
        if end.kind == "outcome":
            found.append(f"{OUTCOME} = %(end{n})s")
            facts[f"end{n}"] = end.disposition_id
        else:
            refused = "<>" if end.kind == "refused" else "="
            found.append(f"({OUTCOME} IS NULL AND q.refused_reason {refused} '' AND {WHY} = %(end{n})s"
                         f" AND {LAST_RESULT} = %(last{n})s)")  # fmt: skip
            facts[f"end{n}"], facts[f"last{n}"] = end.code, "" if end.kind == "refused" else end.last_result
    return IS_CHOSEN.format(ends=" OR ".join(found) or "FALSE")
