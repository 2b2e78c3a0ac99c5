"""Both records as they are before a merge and what the merge makes of them, kept so that it may be undone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet

from decroche.callbacks.models import Callback
from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.contacts.changes.values import values_of
from decroche.contacts.merging.relations import STEPS, Union, model_of, move, relations
from decroche.contacts.models import (
    BatchChange,
    BulkItem,
    Contact,
    ContactChange,
    ContactPhone,
    DoNotCall,
    ScriptAnswer,
)

Before = dict[str, Any]
"""JSON: see `take` and `add_after`. `rows` and `made` hold whole rows as Django's serializers write them."""


def take(union: Union) -> Before:
    """Before anything is done. Rows that the merge removes or changes are kept whole, those that follow by number."""
    kept, other = union.kept, union.other
    both = Q(contact=kept) | Q(contact=other)
    journal = ContactChange.objects.filter(contact=other)
    of_places = Call.objects.filter(queue_entry__contact=other)
    return {
        "kept": kept.pk,
        "values": values_of(kept),
        "contact": rows([other]),
        "rows": rows(
            ContactPhone.objects.filter(contact=other),
            BatchChange.objects.filter(contact=other),
            BulkItem.objects.filter(contact=other),
            ScriptAnswer.objects.filter(both),
        ),
        "places": rows(QueueEntry.objects.filter(both)),
        "promises": pks(Callback.objects.filter(both, state=Callback.State.SCHEDULED)),
        "followed": {name: pks(_of(name, other)) for name in relations() if _follows(name)},
        "calls": [[place, str(pk)] for place, pk in of_places.values_list("queue_entry", "pk")],
        "journal": pks(journal),
        "journal_own": pks(journal.filter(former_id=None)),
        "journal_kept": pks(ContactChange.objects.filter(contact=kept)),
        "refusals": pks(DoNotCall.objects.filter(both)),
    }


def add_after(before: Before, union: Union) -> Before:
    """With what it has become: a later change of that is another's work, which an undo must not overwrite."""
    kept = union.kept
    known = {*before["journal"], *before["journal_kept"]}
    return before | {
        "values_after": values_of(kept),
        "places_after": rows(QueueEntry.objects.filter(contact=kept)),
        "journal_made": sorted(set(pks(ContactChange.objects.filter(contact=kept).exclude(field="*"))) - known),
        "refusals_made": rows(DoNotCall.objects.filter(contact=kept).exclude(pk__in=before["refusals"])),
    }


class _Exact(DjangoJSONEncoder):
    """Django's leaves microseconds out."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def rows(*found: QuerySet[Any] | list[Any]) -> list[dict[str, Any]]:
    """Whole rows as JSON."""
    written: list[dict[str, Any]] = []
    for some in found:
        written += json.loads(serializers.serialize("json", some, cls=_Exact))
    return written


def put_back(kept_rows: list[dict[str, Any]]) -> None:
    """The same rows again, with their numbers and dates; what pointed to something that is gone points to nothing."""
    for one in serializers.deserialize("json", json.dumps(kept_rows), ignorenonexistent=True):
        if _links(one.object):
            one.save()


def _links(row: Any) -> bool:
    """False where what it belonged to is gone."""
    for field in row._meta.concrete_fields:
        if field.related_model is None or field.related_model is Contact or getattr(row, field.attname) is None:
            continue
        if not field.related_model._base_manager.filter(pk=getattr(row, field.attname)).exists():
            if not field.null:
                return False
            setattr(row, field.attname, None)
    return True


def _follows(name: str) -> bool:
    """Rows that change hands and nothing else; refusals and promises have more to them, and change hands too."""
    return STEPS.get(name, move) is move or name in ("contacts.DoNotCall.contact", "callbacks.Callback.contact")


def _of(name: str, contact: Contact) -> QuerySet[Any]:
    model, field = model_of(name)
    found: QuerySet[Any] = model._default_manager.filter(**{field: contact})
    return found


def pks(found: QuerySet[Any]) -> list[Any]:
    """Their numbers, in order, as JSON has them."""
    return [str(pk) if not isinstance(pk, int) else pk for pk in found.order_by("pk").values_list("pk", flat=True)]


def give_back(followed: dict[str, list[Any]], former: Contact) -> None:
    """What changed hands changes them again, as it is now."""
    for name, numbers in followed.items():
        model, field = model_of(name)
        model._default_manager.filter(pk__in=numbers).update(**{field: former})


def same(one: Model, kept_row: dict[str, Any], fields: tuple[str, ...]) -> bool:
    """Whether a row is still as it was written down, in these columns."""
    (now,) = rows([one])
    return all(now["fields"][field] == kept_row["fields"].get(field) for field in fields)
