"""Everything that leads to a person: all relations of the record, walked, and what only his numbers lead to.

Users' keys are left out: who of the floor wrote something is not the person's data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Field, ForeignKey, Model, Q

from decroche.calls.models import Call, Recording
from decroche.calls.playback import path_of as recording_path
from decroche.contacts.documents.files import path_of as document_path
from decroche.contacts.models import Contact, ContactDocument, ContactPhone, DoNotCall
from decroche.ledger.evidence import path_of as evidence_path
from decroche.ledger.models import Decision, Evidence, Proof, Withdrawal

BY_NUMBER: tuple[type[Model], ...] = (DoNotCall, Call, Proof)
"""Rows that may be of a number and of no record."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one model, by the names of their columns."""

    model: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file and its name within the archive."""

    name: str
    path: Path


def person_of(contact_id: int | None, number: str) -> tuple[list[int], list[str]]:
    """(records, numbers): of one record, or of all that have the number."""
    if contact_id is not None:
        numbers = ContactPhone.objects.filter(contact=contact_id).values_list("e164", flat=True)
        return [contact_id], sorted(set(numbers))
    records = Contact.objects.filter(phones__e164=number, erased_at=None).order_by("pk").distinct()
    return list(records.values_list("pk", flat=True)), [number]


def parts(ids: Sequence[int], numbers: Sequence[str]) -> list[Part]:
    """Each model once, empty ones too: that nothing is there is an answer."""
    found = [_part(Contact, Q(pk__in=ids))]
    for relation in Contact._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        found.append(_part(model, _of(model, name, ids, numbers)))
    calls, proofs = Call.objects.filter(_of(Call, "contact", ids, numbers)), _proofs(ids, numbers)
    return [
        *found,
        _part(Recording, Q(call__in=calls)),
        _part(Decision, Q(call__in=calls)),
        _part(Withdrawal, Q(proof__in=proofs)),
        _part(Evidence, Q(proofs__in=proofs)),
    ]


def files(ids: Sequence[int], numbers: Sequence[str]) -> Iterator[Attached]:
    """Voices, papers and proofs, those that are on the disk."""
    calls = Call.objects.filter(_of(Call, "contact", ids, numbers))
    for voice in Recording.objects.filter(call__in=calls, status=Recording.Status.READY).order_by("started_at"):
        yield Attached(f"enregistrements/{voice.started_at:%Y-%m-%d}-{voice.pk}.wav", recording_path(voice.pk))
    for paper in ContactDocument.objects.filter(contact__in=ids):
        yield Attached(f"documents/{paper.pk}{_ending(paper.name)}", document_path(paper.pk))
    for shown in Evidence.objects.filter(proofs__in=_proofs(ids, numbers)).distinct():
        yield Attached(f"preuves/{shown.pk}{_ending(shown.name)}", evidence_path(shown.pk))


def _ending(name: str) -> str:
    """Of a name that somebody else chose: letters and digits only."""
    ending = Path(name).suffix[1:9]
    return f".{ending}" if ending.isascii() and ending.isalnum() else ""


def _proofs(ids: Sequence[int], numbers: Sequence[str]) -> Any:
    return Proof.objects.filter(_of(Proof, "contact", ids, numbers))


def _of(model: type[Model], name: str, ids: Sequence[int], numbers: Sequence[str]) -> Q:
    mine = Q(**{f"{name}__in": list(ids)})
    if model in BY_NUMBER:  # what is somebody else's stays his, though he has the number too
        mine |= Q(**{f"{name}__isnull": True, "e164__in": list(numbers)})
    return mine


def _part(model: type[Model], condition: Q) -> Part:
    columns = [one.attname for one in model._meta.concrete_fields if not _is_user(one)]
    rows = model._default_manager.filter(condition).order_by("pk").values(*columns).distinct()
    return Part(model._meta.label, list(rows))


def _is_user(one: Field[Any, Any]) -> bool:
    return isinstance(one, ForeignKey) and one.related_model._meta.label == "accounts.User"
