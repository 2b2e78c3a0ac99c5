"""Reading access requests."""

from __future__ import annotations

from typing import cast

from decroche.contacts.records import person
from decroche.privacy.models import AccessRequest
from decroche.privacy.schemas import AccessRequestOut, AccessStatus

SHOWN = 100


def latest() -> list[AccessRequestOut]:
    """The last ones asked for, newest first."""
    return [out(one) for one in AccessRequest.objects.select_related("created_by").order_by("-created_at")[:SHOWN]]


def out(one: AccessRequest) -> AccessRequestOut:
    """Without names or numbers: the archive has them."""
    return AccessRequestOut(
        id=one.pk, status=cast(AccessStatus, one.status), records=one.records, rows=one.rows,
        size_bytes=one.size_bytes, downloads=one.downloads, created_by=person(one.created_by),
        created_at=one.created_at, expires_at=one.expires_at,
    )  # fmt: skip
