"""Finding contacts by what a person remembers of them."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Reverse

from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts import phones
from decroche.contacts.access import visible_contacts
from decroche.contacts.folding import holds, words_of
from decroche.contacts.models import Contact, ContactPhone
from decroche.contacts.records import phones_out
from decroche.contacts.schemas import ContactPage, ContactRow

COUNTED_UP_TO = 10_000
HAYSTACK = ("last_name", "first_name", "company", "client_code", "email", "postal_code", "city")
"""Arguments, in this order, of the indexed expression (migration 0003)."""
LINE = ("id", *HAYSTACK, "civility", "address", "custom", "batch_id", "created_at")


def search_contacts(
    user: User, *, q: str, campaign_id: int | None, batch_id: int | None, cursor: str, limit: int
) -> ContactPage:
    """A page of the user's contacts, newest first; the total with the first page, where it is at most 10,000."""
    few, before = decode_cursor(cursor, flag, int) if cursor else (None, None)
    found = matching(visible_contacts(user), q).order_by()
    if campaign_id is not None:
        found = found.filter(Exists(QueueEntry.objects.filter(contact=OuterRef("pk"), campaign=campaign_id)))
    if batch_id is not None:
        found = found.filter(batch=batch_id)
    total = None
    if few is None:
        counted = found[: COUNTED_UP_TO + 1].count()
        few = counted <= COUNTED_UP_TO
        total = counted if few else None
    # Few are gathered first and sorted; many are met soon on the way back from the newest.
    page = Contact.objects.filter(pk__in=found.values("pk")[: COUNTED_UP_TO + 1]) if few else found
    if before is not None:
        page = page.filter(pk__lt=before)
    rows, next_cursor = cut(list(page.order_by("-pk")[: limit + 1]), limit, lambda one: (few, one.pk))
    return ContactPage(items=rows_out(rows), next_cursor=next_cursor, total=total)


def flag(value: object) -> bool:
    """Of a cursor. Raises ValueError."""
    if not isinstance(value, bool):
        raise ValueError
    return value


def matching(contacts: QuerySet[Contact], q: str) -> QuerySet[Contact]:
    """Those with every word of `q` in names, code, e-mail, postal code or town, or whose number ends by `q`."""
    words = words_of(q)
    if not words:
        return contacts
    numbers = by_number(q)
    if numbers is not None and len(words) > 1:  # a number with its spaces
        return contacts.filter(pk__in=numbers.values("contact"))
    found = Contact.objects.filter(holding(words)).order_by().values("pk")
    return contacts.filter(pk__in=found if numbers is None else found.union(numbers.values("contact")))


def holding(words: list[str], *, by_index: bool = True) -> Q:
    """Whether a contact has every word, or the part of one, in names, company, code, e-mail, postal code or town.

    Without `by_index`, as an expression that the index of words does not know: for few, found by another one.
    """
    haystack = Func(*HAYSTACK, function="decroche_haystack", output_field=TextField())
    text = haystack if by_index else Func(haystack, template="(%(expressions)s || '')", output_field=TextField())
    return reduce(and_, (holds(text, word) for word in words))


def by_number(q: str) -> QuerySet[ContactPhone] | None:
    """Numbers that `q` may mean: itself, or four digits or more of a start or an end; None where it is no number."""
    whole = phones.normalise(q)
    if isinstance(whole, str):
        return ContactPhone.objects.filter(e164=whole)
    digits = phones.digits_of(q)
    if len(digits) < 4 or any(c.isalpha() for c in q):
        return None
    numbers = ContactPhone.objects.alias(backwards=Reverse("e164"))
    return numbers.filter(Q(backwards__startswith=digits[::-1]) | Q(e164__startswith=phones.beginning(q)))


def rows_out(contacts: list[Contact]) -> list[ContactRow]:
    """Contacts as lines of a list, with their numbers and last call, in three queries whatever their number."""
    ids = [one.pk for one in contacts]
    numbers = phones_out(ids)
    last: dict[int, tuple[Any, str]] = {
        contact: (at, result)
        for contact, at, result in Call.objects.filter(contact__in=ids)
        .order_by("contact", "-claimed_at")
        .distinct("contact")
        .values_list("contact", "claimed_at", "result")
    }
    return [
        ContactRow.model_validate(
            {
                **{name: getattr(one, name) for name in LINE},
                "phones": numbers.get(one.pk, []),
                "last_call_at": last[one.pk][0] if one.pk in last else None,
                "last_result": (last[one.pk][1] or None) if one.pk in last else None,
            }
        )
        for one in contacts
    ]
