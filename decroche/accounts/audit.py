"""The audit log's one writer."""

from __future__ import annotations

from datetime import UTC, datetime

from decroche.accounts.models import AuditEntry, User


def audit(actor: User | None, action: str, *, object_type: str = "", object_id: object = "", **detail: object) -> None:
    """Append what `actor` (None: the system) did, in the caller's transaction. `detail` is JSON, before and after where it changed."""
    AuditEntry.objects.create(
        at=datetime.now(UTC),
        actor=actor,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        detail=detail,
    )
