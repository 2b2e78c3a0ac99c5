"""Refusals of erased persons: kept without the number, as keyed hashes, and set up again when the number comes back.

The hash is HMAC-SHA256 of the E.164 number with var/secrets/refusal_key: without that key, nobody tells the number.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.db import connection

from decroche.contacts.models import DoNotCall, ErasedRefusal

ORIGIN = "erased_refusal"
CHUNK = 5000

# Of these persons only: where somebody else has the number too, the refusal stays readable for him.
_TAKEN = """
DELETE FROM contacts_donotcall d WHERE NOT d.is_prefix
AND (d.contact_id = ANY(%(ids)s) OR d.e164 IN (SELECT e164 FROM contacts_contactphone WHERE contact_id = ANY(%(ids)s)))
AND NOT EXISTS (SELECT FROM contacts_contactphone o WHERE o.e164 = d.e164 AND o.contact_id <> ALL(%(ids)s))
RETURNING d.e164, d.campaign_id, d.created_at
"""


def digests(numbers: Iterable[str]) -> dict[str, str]:
    """Hash → number."""
    key: bytes = settings.ENV.refusal_key
    return {hmac.digest(key, one.encode(), "sha256").hex(): one for one in numbers if one}


def keep(ids: Sequence[int], now: datetime) -> None:
    """Before these contacts lose their numbers: their refusals lose theirs."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, {"ids": list(ids)})
        taken = cursor.fetchall()
    by_number = {number: digest for digest, number in digests(e164 for e164, _, _ in taken).items()}
    ErasedRefusal.objects.bulk_create(
        [
            ErasedRefusal(digest=by_number[e164], campaign_id=campaign, refused_at=at, erased_at=now)
            for e164, campaign, at in taken
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )


def restore(numbers: Iterable[str]) -> int:
    """Numbers that somebody brings: those whose owner refused and was erased are on the list again; how many."""
    if not ErasedRefusal.objects.exists():
        return 0
    restored = 0
    remaining = iter(numbers)
    while some := list(islice(remaining, CHUNK)):
        known = digests(some)
        found = list(ErasedRefusal.objects.filter(digest__in=list(known)))
        DoNotCall.objects.bulk_create(
            [
                DoNotCall(e164=known[one.digest], campaign_id=one.campaign_id, origin=ORIGIN, created_at=one.refused_at)
                for one in found
            ],
            ignore_conflicts=True,
        )
        restored += len(found)
    return restored


def forget(row: DoNotCall) -> None:
    """Somebody takes the number off the list: neither does its hash come back."""
    ErasedRefusal.objects.filter(digest__in=list(digests([row.e164])), campaign=row.campaign_id).delete()
