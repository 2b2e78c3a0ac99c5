"""The erasure of persons takes their numbers out of the decisions; what was decided, and by which rules, stays.

A number keeps its beginning, by which the judge knows its zone and its kind: judged again, the case gets the same
answer. Beside it stands the keyed hash of the whole (`do_not_call/erased.py`): who brings the number finds its calls.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from decroche.contacts.do_not_call.erased import digests
from decroche.ledger.models import Decision

HIDDEN = "0000"
"""In the place of a number's last digits."""


def forget_numbers(contact_ids: Sequence[int]) -> int:
    """Of the decisions about calls to these contacts; how many."""
    found = Decision.objects.filter(call__contact__in=contact_ids, number_digest="").values_list("call_id", "case")
    rows = [
        {"id": str(call_id), "case": masked(case), "digest": digest}
        for call_id, case in found.iterator(chunk_size=2000)
        for digest in digests([number_of(case)])
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL decroche.erasure = 'on'")
        cursor.execute(
            """
            UPDATE ledger_decision d SET "case" = r."case", number_digest = r.digest
            FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, "case" jsonb, digest text) WHERE d.call_id = r.id
            """,
            [json.dumps(rows)],
        )
        cursor.execute("SET LOCAL decroche.erasure = 'off'")
    return len(rows)


def number_of(case: Mapping[str, Any]) -> str:
    """The number that was called; "" where a later program does not find it."""
    return str((case.get("intent") or {}).get("e164") or "")


def masked(case: Mapping[str, Any]) -> dict[str, Any]:
    """The case without its numbers' last digits: that which was called, and those of the proofs."""
    history = dict(case.get("history") or {})
    if "proofs" in history:
        history["proofs"] = [{**one, "e164": hidden(one.get("e164") or "")} for one in history["proofs"]]
    return {**case, "intent": {**case["intent"], "e164": hidden(number_of(case))}, "history": history}


def hidden(e164: str) -> str:
    """+33639980011 → +33639980000; "" stays."""
    return e164[: -len(HIDDEN)] + HIDDEN if e164 else ""
