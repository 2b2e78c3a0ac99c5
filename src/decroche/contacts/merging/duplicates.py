"""Records that may be of the same person: a same number, a same e-mail, or a same name at the same postal code."""

from __future__ import annotations

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Lower

from decroche.accounts.models import User
from decroche.contacts.access import get_contact, visible_contacts
from decroche.contacts.merging.schemas import DuplicateOut
from decroche.contacts.models import Contact, ContactPhone
from decroche.contacts.records import contact_refs
from decroche.contacts.search import HAYSTACK

SHOWN = 20


def possible_duplicates(contact_id: int, user: User) -> list[DuplicateOut]:
    """At most twenty, those with the most in common first. Raises NotFound."""
    contact = get_contact(user, contact_id)
    others = visible_contacts(user).exclude(pk=contact.pk)
    why: dict[int, list[str]] = {}
    for reason, found in (
        ("phone", _by_number(contact, others)),
        ("email", _by_email(contact, others)),
        ("name", _by_name(contact, others)),
    ):
        for pk in found.order_by("pk").values_list("pk", flat=True)[:SHOWN] if found is not None else ():
            why.setdefault(pk, []).append(reason)
    best = sorted(why, key=lambda pk: (-len(why[pk]), pk))[:SHOWN]
    refs = contact_refs(Contact.objects.filter(pk__in=best))
    return [DuplicateOut.model_validate({"contact": refs[pk], "why": why[pk]}) for pk in best]


def _by_number(contact: Contact, others: QuerySet[Contact]) -> QuerySet[Contact] | None:
    numbers = list(ContactPhone.objects.filter(contact=contact).values_list("e164", flat=True))
    return others.filter(pk__in=ContactPhone.objects.filter(e164__in=numbers).values("contact")) if numbers else None


def _by_email(contact: Contact, others: QuerySet[Contact]) -> QuerySet[Contact] | None:
    if not contact.email:
        return None
    return others.exclude(email="").alias(low=Lower("email")).filter(low=contact.email.lower())


def _by_name(contact: Contact, others: QuerySet[Contact]) -> QuerySet[Contact] | None:
    if not contact.postal_code or not contact.last_name:
        return None
    found = _holding(others, f"{contact.last_name} {contact.first_name}").filter(postal_code=contact.postal_code)
    return found.alias(
        last=Func(F("last_name"), function="decroche_fold", output_field=TextField()),
        first=Func(F("first_name"), function="decroche_fold", output_field=TextField()),
    ).filter(last=_folded(contact.last_name), first=_folded(contact.first_name))


def _holding(others: QuerySet[Contact], text: str) -> QuerySet[Contact]:
    """By the index of the search, which holds names in this order."""
    haystack = Func(*HAYSTACK, function="decroche_haystack", output_field=TextField())
    return others.alias(haystack=haystack).filter(haystack__contains=_folded(text))


def _folded(text: str) -> Func:
    return Func(Value(text), function="decroche_fold", output_field=TextField())
