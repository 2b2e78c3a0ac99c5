"""Mappings kept under a name, for files that come again; every supervisor sees and uses them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.errors import InvalidFields, Language, NotFound
from decroche.contacts.imports.consent_terms import terms_out
from decroche.contacts.imports.schemas import SavedMappingIn, SavedMappingOut, SavedMappingPatch, TitleTarget
from decroche.contacts.imports.targets import STANDARD, made_up_in
from decroche.contacts.models import CustomField, ImportBatch, ImportMapping
from decroche.contacts.records import person


def list_mappings(language: Language) -> list[SavedMappingOut]:
    """All, by name; targets that a deleted field was are left out."""
    known = _known()
    return [_out(one, known, language) for one in ImportMapping.objects.select_related("created_by").order_by("name")]


@transaction.atomic
def save_mapping(user: User, body: SavedMappingIn) -> SavedMappingOut:
    """Raises InvalidFields where the name is taken or a target is none."""
    consent = None if body.consent is None else body.consent.model_dump(mode="json")
    made = ImportMapping.objects.create(
        name=_free_name(body.name),
        targets=_checked(body.targets),
        tidy=_once(body.tidy),
        consent=consent,
        created_by=user,
    )
    record(user, "import_mapping.create", made, name=made.name)
    return _out(made, _known(), user.language)


@transaction.atomic
def change_mapping(user: User, mapping_id: int, body: SavedMappingPatch) -> SavedMappingOut:
    """Another name, other targets, other things to put right. Raises NotFound, InvalidFields."""
    mapping = _locked(mapping_id)
    before = mapping.name
    if body.name is not None:
        mapping.name = _free_name(body.name, but=mapping.pk)
    if body.targets is not None:
        mapping.targets = _checked(body.targets)
    if body.tidy is not None:
        mapping.tidy = _once(body.tidy)
    mapping.save()
    record(user, "import_mapping.update", mapping, before=before, name=mapping.name)
    return _out(mapping, _known(), user.language)


@transaction.atomic
def delete_mapping(user: User, mapping_id: int) -> None:
    """Raises NotFound. Batches that were imported by it keep theirs."""
    mapping = _locked(mapping_id)
    record(user, "import_mapping.delete", mapping, name=mapping.name)
    mapping.delete()


def keep_as(user: User, name: str, batch: ImportBatch, mapping: dict[int, str]) -> None:
    """The mapping of a batch, under a name; it takes the place of the one of that name, whatever its case."""
    name = name.strip()
    same = ImportMapping.objects.filter(name__iexact=name)
    if not same.exists():  # two may find none at once: the second waits here for the first, and takes its place
        ImportMapping.objects.bulk_create([ImportMapping(name=name, created_by=user)], ignore_conflicts=True)
    kept = max(same.select_for_update(), key=lambda one: one.name == name, default=ImportMapping(created_by=user))
    kept.name = name
    kept.targets = [[batch.columns[column], target] for column, target in sorted(mapping.items())]
    kept.tidy, kept.consent = batch.tidy, batch.consent
    kept.save()


def _locked(mapping_id: int) -> ImportMapping:
    mapping = ImportMapping.objects.select_for_update().filter(pk=mapping_id).first()
    if mapping is None:
        raise NotFound
    return mapping


def _known() -> set[str]:
    return {*STANDARD, *(f"custom:{key}" for key in CustomField.objects.values_list("key", flat=True))}


def _free_name(name: str, but: int = 0) -> str:
    name = name.strip()
    if not name:
        raise InvalidFields(name=("Donnez un nom.", "Give it a name."))
    if ImportMapping.objects.filter(name__iexact=name).exclude(pk=but).exists():
        raise InvalidFields(
            name=("Une correspondance porte déjà ce nom.", "A mapping has this name already."),
        )
    return name


def _once(tidy: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(tidy))


def _checked(targets: Sequence[TitleTarget]) -> list[list[str]]:
    known = _known()
    for one in targets:
        if one.target not in known:
            raise InvalidFields(targets=(f"Champ inconnu : {one.target[:60]}.", f"Unknown field: {one.target[:60]}."))
    if len({one.target for one in targets}) < len(targets):
        raise InvalidFields(targets=("Deux colonnes vont dans le même champ.", "Two columns go to the same field."))
    return [[one.header, one.target] for one in targets]


def _out(mapping: ImportMapping, known: set[str], language: str) -> SavedMappingOut:
    """Its titles are those that a file's preview shows to the same reader: columns are found by them."""
    targets = [(made_up_in(header, language), target) for header, target in mapping.targets if target in known]
    return SavedMappingOut(
        id=mapping.pk,
        name=mapping.name,
        targets=[TitleTarget(header=header, target=target) for header, target in targets],
        tidy=mapping.tidy,
        consent=terms_out(mapping.consent),
        created_by=person(mapping.created_by),
        created_at=mapping.created_at,
    )
