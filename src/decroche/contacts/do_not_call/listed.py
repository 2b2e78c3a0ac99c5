"""What forbids numbers: their own lines on the list, and the beginnings that they have."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from decroche.contacts.models import DoNotCall


def lines_on(numbers: Collection[str], campaign_ids: Collection[int] = ()) -> dict[str, list[DoNotCall]]:
    """By number: its lines everywhere and in these campaigns, the oldest first; numbers without any are left out."""
    wanted = set(numbers)
    begins = {number[:length] for number in wanted for length in range(2, len(number) + 1)}
    rows = DoNotCall.objects.filter(
        Q(campaign=None) | Q(campaign__in=campaign_ids),
        Q(e164__in=wanted, is_prefix=False) | Q(e164__in=begins, is_prefix=True),
    )
    found: dict[str, list[DoNotCall]] = {}
    for row in rows.select_related("campaign", "created_by").order_by("created_at", "pk"):
        begun = (number for number in wanted if number.startswith(row.e164))
        for number in begun if row.is_prefix else (row.e164,):
            found.setdefault(number, []).append(row)
    return found
