"""A contact's changes as one list: the journal's rows, and what imports did, worked out from what they found.

An import keeps a contact's values before it, whole (`BatchChange`), and not those after. A value after it is what the
next change found: the earliest later row of the journal for that field, the next import, or the contact as it is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from decroche.accounts.models import User
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.access import get_contact
from decroche.contacts.changes.schemas import ChangeOut, ChangePage
from decroche.contacts.changes.values import flat, values_of
from decroche.contacts.models import BatchChange, Contact, ContactChange, CustomField, ImportBatch
from decroche.contacts.questions import Questions
from decroche.contacts.records import TEXT_FIELDS, person
from decroche.contacts.schemas import BatchRef

Key = tuple[datetime, str, int, str]
"""When, which table (b: an import's, c: the journal's), which row, which field: sorts and names a change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value's change, whichever table tells it."""

    key: Key
    field: str
    before: Any
    after: Any
    source: str
    actor: User | None
    batch: ImportBatch | None
    erased: bool = False
    former_id: int | None = None
    rolled_back: bool = False

    @property
    def id(self) -> str:
        """Names it in an address: "c12", "b3.city"."""
        _, table, row, _ = self.key
        return f"{table}{row}" if table == "c" else f"{table}{row}.{self.field}"


def contact_changes(contact_id: int, user: User, *, cursor: str, limit: int) -> ChangePage:
    """A page, newest first. Raises NotFound where the user may not see the contact."""
    contact = get_contact(user, contact_id)
    before = decode_cursor(cursor, datetime.fromisoformat, str, int, str) if cursor else None
    rows = ContactChange.objects.filter(contact=contact).select_related("actor", "batch").order_by("-at", "-id")
    if before is not None:
        at, table, row, _ = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=row)) if table == "c" else rows.filter(at__lt=at)
    found = [*map(_of_journal, rows[: limit + 1]), *imported(contact)]
    found = sorted(found, key=lambda one: one.key, reverse=True)
    page, next_cursor = cut(
        [one for one in found if before is None or one.key < tuple(before)][: limit + 1],
        limit,
        lambda one: (one.key[0].isoformat(), *one.key[1:]),
    )
    now, custom = values_of(contact), dict(CustomField.objects.values_list("key", "kind"))
    questions = Questions()
    merges = set(contact.merged.filter(undo__isnull=False).values_list("former_id", "at")) if user.is_supervisor else ()
    return ChangePage(items=[_out(one, now, custom, questions, merges) for one in page], next_cursor=next_cursor)


def find(contact: Contact, change_id: str) -> Change | None:
    """The change of this contact that has this id."""
    table, row = change_id[:1], change_id[1:].partition(".")[0]
    if not (row.isascii() and row.isdigit() and len(row) < 19):
        return None
    if table == "c":
        found = ContactChange.objects.filter(contact=contact, pk=int(row)).select_related("actor", "batch").first()
        return None if found is None else _of_journal(found)
    return next((one for one in imported(contact) if one.id == change_id), None)


def imported(contact: Contact) -> list[Change]:
    """What imports changed on it, field by field."""
    imports = list(BatchChange.objects.filter(contact=contact).select_related("batch__created_by"))
    if not imports:
        return []
    journal = list(
        ContactChange.objects.filter(contact=contact, former_id=None)
        .exclude(field="*")
        .order_by("at", "id")
        .values_list("at", "field", "before")
    )
    found = [(_at(one.batch), flat(one.before)) for one in imports]
    now = values_of(contact)
    return [change for one in imports for change in _changes_of(one, journal, found, now)]


def _changes_of(
    one: BatchChange,
    journal: Iterable[tuple[datetime, str, Any]],
    imports: Iterable[tuple[datetime, dict[str, Any]]],
    now: dict[str, Any],
) -> Iterator[Change]:
    at, before = _at(one.batch), flat(one.before)
    after: dict[str, tuple[datetime, Any]] = {}
    for later, values in imports:
        if later > at:
            for field in {*values, *now, *before}:
                if _was_kept(field, values) and (field not in after or later < after[field][0]):
                    after[field] = (later, values.get(field))
    for later, field, value in journal:
        if later > at and (field not in after or later < after[field][0]):
            after[field] = (later, value)
    facts: dict[str, Any] = {"source": ContactChange.Source.IMPORT, "actor": one.batch.created_by, "batch": one.batch}
    differs = False
    for field in sorted({*before, *now, *after}):
        then, since = before.get(field), after[field][1] if field in after else now.get(field)
        if _was_kept(field, before) and _empty(then) != _empty(since):
            differs = True
            yield Change(key=(at, "b", one.pk, field), field=field, before=then, after=since, **facts)
    if not differs and one.batch.status == ImportBatch.Status.ROLLED_BACK:
        when = one.batch.finished_at or at
        yield Change(
            key=(when, "b", one.pk, "*"), field="*", before=None, after=None, rolled_back=True,
            **{**facts, "source": ContactChange.Source.ROLL_BACK},
        )  # fmt: skip


def _of_journal(row: ContactChange) -> Change:
    return Change(
        key=(row.at, "c", row.pk, ""), field=row.field, before=row.before, after=row.after, source=row.source,
        actor=row.actor, batch=row.batch, erased=row.erased, former_id=row.former_id,
    )  # fmt: skip


def _at(batch: ImportBatch) -> datetime:
    return batch.started_at or batch.created_at


def restorable(change: Change, now: dict[str, Any], custom: Container[str]) -> bool:
    """Its field is still there, its value before is known, and the contact has another one now."""
    group, _, key = change.field.partition(".")
    known = key in custom if group == "custom" else group == "phones" or change.field in TEXT_FIELDS
    differs = _empty(change.before) != _empty(now.get(change.field))
    return known and differs and not change.erased and not (change.field == "country" and not change.before)


def _out(
    one: Change,
    now: dict[str, Any],
    custom: dict[str, str],
    questions: Questions,
    merges: Container[tuple[int | None, datetime]],
) -> ChangeOut:
    return ChangeOut.model_validate(
        {
            "id": one.id,
            "at": one.key[0],
            "actor": person(one.actor),
            "source": one.source,
            "batch": BatchRef(id=one.batch.pk, name=one.batch.name) if one.batch else None,
            "field": one.field,
            "kind": _kind(one.field, custom, questions),
            "before": one.before,
            "after": one.after,
            "erased": one.erased,
            "former_id": one.former_id,
            "rolled_back": one.rolled_back,
            "restorable": restorable(one, now, custom),
            "undoable": one.field == "*" and (one.former_id, one.key[0]) in merges,
        }
    )


def _kind(field: str, custom: Mapping[str, str], questions: Questions) -> str | None:
    group, _, key = field.partition(".")
    if group == "answers":
        campaign_id, _, key = key.partition(".")
        return questions.of(int(campaign_id), key).kind
    return custom.get(key) if group == "custom" else None


def _was_kept(field: str, values: Mapping[str, Any]) -> bool:
    """An import of before a column was made says nothing of it."""
    return field not in TEXT_FIELDS or field in values


def _empty(value: Any) -> Any:
    return "" if value is None else value
