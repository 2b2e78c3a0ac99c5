"""Making, changing and removing custom fields; keys never change."""

from __future__ import annotations

import re

from django.db import connection, transaction
from django.db.models import Max

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.changes.journal import note_dropped_field
from decroche.contacts.custom_fields.errors import FieldInUse
from decroche.contacts.custom_fields.schemas import CustomFieldIn, CustomFieldPatch
from decroche.contacts.models import Contact, CustomField
from decroche.contacts.values import fold

CLOCK = SystemClock()


def key_for(label: str, taken: set[str]) -> str:
    """A key made from the label, different from those taken: "Nombre de salariés" → "nombre_de_salaries"."""
    base = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:50] or "champ"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


@transaction.atomic
def create_field(user: User, body: CustomFieldIn) -> CustomField:
    """Raises InvalidFields where a choice has nothing to choose from, or the label is there already."""
    _check(body.label, body.kind, body.choices, except_id=None)
    last = CustomField.objects.aggregate(last=Max("position"))["last"]
    field = CustomField.objects.create(
        key=key_for(body.label, set(CustomField.objects.values_list("key", flat=True))),
        label=body.label.strip(),
        kind=body.kind,
        choices=_tidy(body.choices),
        position=body.position if body.position is not None else (last if last is not None else -1) + 1,
    )
    record(user, "custom_field.create", field, key=field.key, label=field.label)
    return field


@transaction.atomic
def update_field(user: User, field_id: int, body: CustomFieldPatch) -> CustomField:
    """Raises NotFound, InvalidFields. Values kept before a change of kind stay as they were."""
    field = CustomField.objects.select_for_update().filter(pk=field_id).first()
    if field is None:
        raise NotFound
    given = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    if "choices" in given:
        given["choices"] = _tidy(given["choices"])
    before = {name: getattr(field, name) for name in given}
    for name, value in given.items():
        setattr(field, name, value)
    _check(field.label, field.kind, field.choices, except_id=field.pk)
    field.save()
    record(user, "custom_field.update", field, before=before, after=given)
    return field


@transaction.atomic
def delete_field(user: User, field_id: int, *, drop_values: bool) -> None:
    """Raises NotFound; FieldInUse while contacts have values of it, unless they are to be dropped."""
    field = CustomField.objects.select_for_update().filter(pk=field_id).first()
    if field is None:
        raise NotFound
    used = Contact.objects.filter(custom__has_key=field.key).count()
    if used and not drop_values:
        raise FieldInUse(contacts=used)
    if used:
        note_dropped_field(field.key, actor=user, at=CLOCK.now())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE contacts_contact SET custom = custom - %s WHERE custom ? %s", [field.key, field.key])
    record(user, "custom_field.delete", field, key=field.key, label=field.label, values_dropped=used)
    field.delete()


def _tidy(choices: list[str]) -> list[str]:
    return list(dict.fromkeys(choice.strip()[:120] for choice in choices if choice.strip()))[:100]


def _check(label: str, kind: str, choices: list[str], *, except_id: int | None) -> None:
    if kind == "choice" and not _tidy(choices):
        raise InvalidFields(choices=("Donnez au moins un choix.", "Give at least one choice."))
    same = CustomField.objects.filter(label__iexact=label.strip()).exclude(pk=except_id or 0)
    if same.exists():
        raise InvalidFields(label=("Un champ porte déjà ce nom.", "There is already a field with this name."))
