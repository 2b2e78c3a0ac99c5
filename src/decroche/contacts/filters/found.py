"""The contacts that a filter finds, a page at a time, in an order that pages follow whatever the size of the base."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import F, Func, Q, QuerySet, TextField
from django.db.models.functions import Collate

from decroche.accounts.models import User
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.access import campaign_ids_of, visible_contacts
from decroche.contacts.filters.query import contacts_matching
from decroche.contacts.filters.schema import Node
from decroche.contacts.models import Contact
from decroche.contacts.schemas import ContactPage
from decroche.contacts.search import COUNTED_UP_TO, flag, rows_out

SortKey = Literal["created", "name", "company", "postal_code", "city", "client_code"]
Sort = Literal[
    "created", "name", "company", "postal_code", "city", "client_code",
    "-created", "-name", "-company", "-postal_code", "-city", "-client_code",
]  # fmt: skip
"""`created` is the order in which contacts came; a minus turns it round."""


def found_contacts(user: User, filter_: Node) -> QuerySet[Contact]:
    """All that the filter finds among those that the user may see, in no order. Raises InvalidFields."""
    known = None if user.is_supervisor else campaign_ids_of(user)
    return contacts_matching(filter_, visible_contacts(user), campaigns=known).order_by()


def count_found(user: User, filter_: Node) -> int:
    """How many, exactly. Raises InvalidFields."""
    return found_contacts(user, filter_).count()


def search_page(user: User, filter_: Node, *, sort: Sort, cursor: str, limit: int) -> ContactPage:
    """A page; the total with the first one, where it is at most 10,000. Raises InvalidFields, InvalidCursor."""
    found = found_contacts(user, filter_)
    few, after = _place(cursor, sort)
    total = None
    if few is None:
        counted = found[: COUNTED_UP_TO + 1].count()
        few = counted <= COUNTED_UP_TO
        total = counted if few else None
    # Few are gathered first and sorted; many are met soon on the way through the index of the order.
    contacts = Contact.objects.filter(pk__in=found.values("pk")[: COUNTED_UP_TO + 1]) if few else found
    rows, next_cursor = cut(_ordered(contacts, sort, after, limit + 1), limit, lambda one: _key(one, sort, few))
    return ContactPage(items=rows_out(rows), next_cursor=next_cursor, total=total)


def _place(cursor: str, sort: Sort) -> tuple[bool | None, tuple[Any, ...] | None]:
    """Whether few were found (None: not known), and the key of the last row seen."""
    if not cursor:
        return None, None
    kinds = (int,) if sort.endswith("created") else (str, int)
    few, *after = decode_cursor(cursor, flag, *kinds)
    return few, tuple(after)


def _key(one: Any, sort: Sort, few: bool) -> tuple[object, ...]:
    return (few, one.pk) if sort.endswith("created") else (few, one.sorted_by, one.pk)


def _ordered(contacts: QuerySet[Contact], sort: Sort, after: tuple[Any, ...] | None, count: int) -> list[Contact]:
    down, name = sort.startswith("-"), sort.removeprefix("-")
    beyond = "lt" if down else "gt"
    sign = "-" if down else ""
    if name == "created":
        if after:
            contacts = contacts.filter(**{f"pk__{beyond}": after[0]})
        return list(contacts.order_by(f"{sign}pk")[:count])
    contacts = contacts.annotate(sorted_by=_sorted_by(name))
    if after:
        text, pk = after
        contacts = contacts.filter(
            Q(**{f"sorted_by__{beyond}e": text}), Q(**{f"sorted_by__{beyond}": text}) | Q(**{f"pk__{beyond}": pk})
        )
    return list(contacts.order_by(f"{sign}sorted_by", f"{sign}pk")[:count])


def _sorted_by(name: str) -> Collate:
    """As the indexes of migration `find` have it: É beside E, the same on every machine."""
    if name == "name":
        folded = Func(F("last_name"), F("first_name"), function="decroche_name", output_field=TextField())
    else:
        folded = Func(F(name), function="decroche_fold", output_field=TextField())
    return Collate(folded, "C")
