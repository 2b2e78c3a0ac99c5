"""Conditions about a contact's numbers: any form of them, and the list that forbids them."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import Reverse

from decroche.contacts import phones
from decroche.contacts.filters.asked import Asked, has, listed_values, numbers_of
from decroche.contacts.filters.schema import Condition
from decroche.contacts.models import DoNotCall

NATIONAL = 10
"""Figures of a French number."""


def phone(one: Condition, asked: Asked) -> Q:
    numbers = numbers_of()
    if one.op == "known":
        return has(numbers, one.value)
    text = str(one.value)
    if one.op == "is":
        return Q(Exists(numbers.filter(e164=phones.normalise(text))))
    if one.op == "ends":
        end = phones.digits_of(text)
        if len(end) == NATIONAL:  # the whole number: its 0 is not in E.164
            end = end.removeprefix("0")
        return Q(Exists(numbers.alias(backwards=Reverse("e164")).filter(backwards__startswith=end[::-1])))
    return Q(Exists(numbers.filter(e164__startswith=phones.beginning(text))))


def phone_kind(one: Condition, asked: Asked) -> Q:
    numbers = numbers_of()
    return has(numbers, one.value) if one.op == "known" else Q(Exists(numbers.filter(kind__in=listed_values(one))))


def do_not_call(one: Condition, asked: Asked) -> Q:
    """By a line of its own, or by the beginning of one of its numbers."""
    lines = DoNotCall.objects.filter(Q(campaign=None) | Q(campaign=one.campaign_id))
    begins = Func(OuterRef("e164"), F("e164"), function="starts_with", output_field=BooleanField())
    its_own = lines.filter(e164=OuterRef("e164"), is_prefix=False)
    by_prefix = lines.filter(is_prefix=True).alias(begins=begins).filter(begins=True)
    # Apart, so that each may be answered for all contacts at once.
    listed = reduce(or_, (Q(Exists(numbers_of().filter(Exists(rows)))) for rows in (its_own, by_prefix)))
    return listed if one.value else ~listed
