"""The only writer of `ContactChange`, within the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from decroche.accounts.models import User
from decroche.contacts.models import ContactChange

Source = ContactChange.Source
Changes = Mapping[str, tuple[Any, Any]]
"""Field → (before, after)."""


def source_of(user: User) -> Source:
    """Of an edit on a screen: by whom."""
    return Source.MANAGER if user.is_supervisor else Source.AGENT


def note(contact_id: int, changes: Changes, *, actor: User | None, source: Source, at: datetime) -> None:
    """One row a field; what did not change is left out."""
    ContactChange.objects.bulk_create(
        [
            ContactChange(
                contact_id=contact_id, at=at, actor=actor, source=source, field=field[:80], before=before, after=after
            )
            for field, (before, after) in changes.items()
            if before != after
        ]
    )


def note_many(
    field: str, changes: Mapping[int, tuple[Any, Any]], *, actor: User | None, source: Source, at: datetime
) -> None:
    """One row a contact: one field was given to many."""
    rows = (
        ContactChange(
            contact_id=contact_id, at=at, actor=actor, source=source, field=field[:80], before=before, after=after
        )
        for contact_id, (before, after) in changes.items()
        if before != after
    )
    ContactChange.objects.bulk_create(rows, batch_size=1000)


def note_dropped_field(key: str, *, actor: User, at: datetime) -> None:
    """Before a custom field is removed with its values: one row for each contact that has one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO contacts_contactchange (contact_id, at, actor_id, source, field, before, erased)
            SELECT id, %(at)s, %(actor)s, 'bulk', %(field)s, custom -> %(key)s, FALSE
            FROM contacts_contact WHERE custom ? %(key)s
            """,
            {"at": at, "actor": actor.pk, "field": f"custom.{key}", "key": key},
        )
