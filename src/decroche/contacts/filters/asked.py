"""What every condition is asked with, and the few turns that they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from decroche.contacts.filters.catalogue import FieldSpec
from decroche.contacts.filters.schema import Condition
from decroche.contacts.models import ContactPhone


@dataclass(frozen=True, slots=True)
class Asked:
    """What a filter is asked with: the catalogue, the moment, the campaigns that the person knows of (None: all)."""

    fields: Mapping[str, FieldSpec]
    now: datetime
    campaigns: tuple[int, ...] | None = None


def has(rows: QuerySet[Any], wanted: Any) -> Q:
    """A row, or none."""
    return Q(Exists(rows)) if wanted else ~Q(Exists(rows))


def listed_values(one: Condition) -> list[Any]:
    """One value or several, as several."""
    return one.value if isinstance(one.value, list) else [one.value]


def numbers_of() -> QuerySet[ContactPhone]:
    """The numbers of the contact that is asked about."""
    return ContactPhone.objects.filter(contact=OuterRef("pk"))
