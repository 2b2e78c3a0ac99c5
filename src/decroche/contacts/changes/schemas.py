"""What the API says of a contact's changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from decroche.common.pagination import Page
from decroche.contacts.custom_fields.schemas import FieldKindCode
from decroche.contacts.schemas import BatchRef, PersonRef

SourceCode = Literal["agent", "manager", "import", "bulk", "api", "merge", "roll_back"]


class ChangeOut(Schema):
    """One value, before and after. Changes made together have one `at`, one `actor` and one `source`.

    `field`: "city", "phones.mobile", "custom.effectif"; "*": several that are not known any more. `kind`: of a field of
    the floor's own or a question that are still there. `restorable`: the value before may be brought back.
    `former_id`: made on a contact that was merged into this one since.
    """

    id: str
    at: datetime
    actor: PersonRef | None
    source: SourceCode
    batch: BatchRef | None
    field: str
    kind: FieldKindCode | None
    before: Any
    after: Any
    erased: bool
    former_id: int | None
    rolled_back: bool
    """Of an import: its batch was rolled back, and the contact has its former values again."""
    restorable: bool
    undoable: bool
    """It tells of a merge (`former_id` became part of this contact) that may still be undone."""


class ChangePage(Page[ChangeOut]):
    """Newest first."""
