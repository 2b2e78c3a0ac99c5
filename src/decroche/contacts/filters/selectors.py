"""The catalogue with the values of now."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from decroche.accounts.models import User
from decroche.campaigns.departments import DEPARTMENTS, REGIONS
from decroche.campaigns.models import Campaign
from decroche.contacts.access import campaign_ids_of
from decroche.contacts.filters.query import current_catalogue
from decroche.contacts.filters.schemas import BatchChoice, Choice, FilterCatalogue, FilterField, FilterSource
from decroche.contacts.folding import compared
from decroche.contacts.models import ImportBatch
from decroche.dispositions.models import Disposition
from decroche.ledger.models import Principal

MOST = 500
"""Batches that the catalogue names, newest first; `batch_choices` finds the others."""


def filter_catalogue(user: User) -> FilterCatalogue:
    """Every field, and what to choose from; an agent is offered his own campaigns."""
    fields = [
        FilterField(
            id=one.id,
            group=one.group,
            kind=one.kind,
            ops=list(one.ops),
            values=list(one.values),
            source=one.source,
            by_campaign=one.by_campaign,
            label=one.label,
        )
        for one in current_catalogue().values()
    ]
    return FilterCatalogue(fields=fields, sources=_sources(user))


def batch_choices(words: str, ids: Sequence[int], limit: int) -> list[BatchChoice]:
    """Those done whose name or file has every word, newest first; with `ids`, these ones whatever became of them."""
    batches = ImportBatch.objects.only("name", "created_at", "counts").order_by("-pk")
    if ids:
        batches = batches.filter(pk__in=ids)
    else:
        batches = batches.filter(status=ImportBatch.Status.DONE)
        for word in words.split():
            batches = batches.filter(compared(F("name"), "contains", word) | compared(F("file_name"), "contains", word))
        batches = batches[:limit]
    return [
        BatchChoice(
            id=one.pk,
            name=one.name,
            created_at=one.created_at,
            contacts=one.counts.get("new", 0) + one.counts.get("updated", 0),
        )
        for one in batches
    ]


def _sources(user: User) -> list[FilterSource]:
    campaigns = Campaign.objects.all()
    if not user.is_supervisor:
        campaigns = campaigns.filter(pk__in=campaign_ids_of(user))
    outcomes = Disposition.objects.filter(campaign__in=campaigns).order_by("label")
    batches = ImportBatch.objects.filter(status=ImportBatch.Status.DONE).order_by("-pk")[:MOST]
    people = User.objects.order_by("-is_active", "last_name", "first_name", "pk")
    return [
        FilterSource(source="campaigns", choices=[_choice(one.pk, one.name) for one in campaigns]),
        FilterSource(source="batches", choices=[_choice(one.pk, one.name) for one in batches]),
        FilterSource(source="agents", choices=[_choice(one.pk, _named(one, user)) for one in people]),
        FilterSource(
            source="outcomes",
            choices=[_choice(one, one) for one in outcomes.values_list("label", flat=True).distinct()],
        ),
        FilterSource(
            source="departments", choices=[_choice(code, f"{code} {name}") for code, name in DEPARTMENTS.items()]
        ),
        FilterSource(source="principals", choices=[_choice(one.pk, one.name) for one in Principal.objects.all()]),
        FilterSource(source="regions", choices=[_choice(code, name) for code, (name, _) in REGIONS.items()]),
    ]


def _named(one: User, reader: User) -> str:
    """Who left made calls all the same."""
    if one.is_active:
        return one.display_name
    return f"{one.display_name} ({'disabled' if reader.language == 'en' else 'désactivé'})"


def _choice(value: object, label: str) -> Choice:
    return Choice(value=str(value), label=label)
