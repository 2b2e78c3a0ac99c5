"""The fields of the floor's own that an import made: a roll-back takes them away where nothing needs them any more."""

from __future__ import annotations

from typing import Any

from decroche.common.errors import InvalidFields
from decroche.contacts.imports.sql import run
from decroche.contacts.models import Contact, CustomField, ImportBatch

NAMED_IN = (
    ("campaigns_script", "concat(pages, objections)"),
    ("campaigns_campaign", 'concat(filter, "order", recording_notice)'),
    ("contacts_savedsearch", "filter"),
    ("contacts_importmapping", "targets"),
    ("exports_exportlayout WHERE name <> ''", "columns"),
)
"""What names a field as custom.key or custom:key, and would miss it; not the columns that somebody only took last."""
IN_PREPARATION = "status IN ('draft', 'queued', 'running')"


_KINDS = {
    "text": ("texte", "text"),
    "number": ("nombre", "number"),
    "date": ("date", "date"),
    "choice": ("choix", "choice"),
    "yes_no": ("oui/non", "yes/no"),
    "link": ("lien", "link"),
}


def there_already(field: CustomField) -> InvalidFields:
    """A new field was asked for under the name of one that has another type."""
    french, english = _KINDS[field.kind]
    return InvalidFields(
        new_custom_fields=(
            f"« {field.label} » est déjà un de vos champs, de type {french} : "
            "choisissez-le dans la liste de la colonne, ou donnez un autre nom au nouveau champ.",
            f'"{field.label}" is a field of yours already, of type {english}: '
            "choose it in the column's list, or give the new field another name.",
        )
    )


def two_columns(label: str) -> InvalidFields:
    """Two columns were to go to one field of this floor's own."""
    return InvalidFields(
        new_custom_fields=(
            f"Deux colonnes vont dans le champ « {label} » : changez le nom de l'un, ou laissez une colonne de côté.",
            f'Two columns go to the field "{label}": change the name of one, or leave one column out.',
        )
    )


def remember(batch: ImportBatch, field: CustomField) -> None:
    """It was made for this batch; the caller saves."""
    batch.new_fields = [*batch.new_fields, _told(field)]


def take_back(batch: ImportBatch) -> dict[str, list[str]]:
    """Labels of those that went, and of those that stay: somebody gave them values, or something names them."""
    found = CustomField.objects.select_for_update().filter(key__in=[one["key"] for one in batch.new_fields])
    gone: list[str] = []
    kept: list[str] = []
    for field in found:
        used = Contact.objects.filter(custom__has_key=field.key).exists() or _is_named(field.key, batch.pk)
        (kept if used else gone).append(field.label)
        if not used:
            batch.new_fields = [_told(field) if one["key"] == field.key else one for one in batch.new_fields]
            field.delete()
    return {"fields_removed": gone, "fields_kept": kept}


def bring_back(batch: ImportBatch) -> None:
    """Rolled forward: those that went are there again, under their keys; one of that label made meanwhile stands in.

    The batch's row is written at the end only: its progress is, beside this transaction.
    """
    for one in batch.new_fields:
        if CustomField.objects.filter(key=one["key"]).exists():
            continue
        same = CustomField.objects.filter(label__iexact=one["label"]).first()
        if same is None:
            CustomField.objects.create(**one)
            continue
        target = f"custom:{one['key']}"
        batch.mapping = {
            column: f"custom:{same.key}" if known == target else known for column, known in batch.mapping.items()
        }


def _told(field: CustomField) -> dict[str, Any]:
    return {name: getattr(field, name) for name in ("key", "label", "kind", "choices", "position")}


def _is_named(key: str, batch_id: int) -> bool:
    name = {"name": rf"custom[^[:alnum:]_]{key.replace('-', '[-]')}([^[:alnum:]_-]|$)", "batch": batch_id}
    places = [
        *NAMED_IN,
        (f"contacts_importbatch WHERE id <> %(batch)s AND {IN_PREPARATION}", "concat(mapping, choices)"),
    ]
    named = " OR ".join(
        f"EXISTS (SELECT FROM {table} {'AND' if 'WHERE' in table else 'WHERE'} {text}::text ~ %(name)s)"
        for table, text in places
    )
    return bool(run(f"SELECT {named}", name)[0][0])
