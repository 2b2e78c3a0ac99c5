"""The few contacts that somebody who is typing may mean, as quickly as they can be known to be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Collate
from django.db.models.lookups import StartsWith

from decroche.accounts.models import User
from decroche.campaigns.models import QueueEntry
from decroche.contacts.access import campaign_ids_of, visible_contacts
from decroche.contacts.folding import Fold, words_of
from decroche.contacts.models import Contact
from decroche.contacts.schemas import ContactRow
from decroche.contacts.search import by_number, holding, rows_out

NAME = Func("last_name", "first_name", function="decroche_name", output_field=TextField())
"""Last name and first name without accents, as their index has them (migration find)."""
NEWEST = 2_000
"""Contacts that are read one by one for words that many hold: who is in more than 1 in 170 fills a list of 12."""


@transaction.atomic
def quick_search(user: User, q: str, limit: int) -> list[ContactRow]:
    """Those that begin so first, then the newest that hold the words, then any other that does; `limit` at most.

    The index of words gathers all that hold them before it gives one: a tenth of a second for a word of every e-mail.
    Words that common are met soon among the newest; those that are not, the index gathers quickly.
    """
    words = words_of(q)
    if not words:
        return []
    # The planner takes a rare word for a common one, and reads the whole table; and to see whether an agent may see the
    # few that are found, it gathers all the places of his campaigns, unless they do not fit into memory.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '1MB'")
    campaigns = None if user.is_supervisor else campaign_ids_of(user)
    seen = visible_contacts(user, campaigns)
    is_number = by_number(q) is not None and len(words) > 1  # with its spaces
    found = _beginning(seen, q, words, limit)
    if is_number or not any(len(word) > 2 for word in words):
        return rows_out(found)
    if len(found) < limit:
        newest = _others(seen, found).filter(_among(_newest(campaigns)), holding(words, by_index=False))
        found += newest.order_by("-pk")[: limit - len(found)]
    if len(found) < limit:
        found += _others(seen, found).filter(holding(words)).order_by()[: limit - len(found)]
    return rows_out(found)


def _others(contacts: QuerySet[Contact], found: list[Contact]) -> QuerySet[Contact]:
    return contacts.exclude(pk__in=[one.pk for one in found])


def _beginning(seen: QuerySet[Contact], q: str, words: list[str], limit: int) -> list[Contact]:
    """One statement, its parts tried in this order until there are enough: each reads its own index and stops."""
    branches: list[QuerySet[Contact]] = []
    passed = Q()
    for test, order in _guesses(q, words):
        part = seen.filter(test & ~passed) if passed else seen.filter(test)
        branches.append((part.order_by(order) if order else part.order_by())[:limit])
        passed |= test
    first, *others = branches
    return list(first.union(*others, all=True)[:limit] if others else first)


def _guesses(q: str, words: list[str]) -> Iterator[tuple[Q, Any]]:
    """(test, order of the index that serves it), the likeliest first."""
    numbers = by_number(q)
    if numbers is not None:
        yield Q(pk__in=numbers.values("contact")), None
        if len(words) > 1:
            return
    whole = Fold(Value(" ".join(words)))
    for left in (NAME, Fold("company")):
        yield Q(StartsWith(Collate(left, "C"), whole)), Collate(left, "C")
    codes = dict.fromkeys((" ".join(words), q.strip().upper(), q.strip().lower()))
    # One guess a spelling: two in one test would be gathered whole, a hundred thousand codes, before one is shown.
    for code in codes:
        yield ~Q(client_code="") & Q(client_code__startswith=code), F("client_code")
    if len(words) == 1 and q.strip().isascii() and q.strip().isdigit() and len(q.strip()) <= 5:
        yield Q(postal_code__startswith=q.strip()), F("postal_code")


def _newest(campaigns: list[int] | None) -> list[int]:
    """Contacts among which somebody is likely to be meant, the newest: of these campaigns, or of all contacts."""
    if campaigns is None:
        return list(Contact.objects.order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    if not campaigns:
        return []
    each = NEWEST // len(campaigns)
    first, *others = (
        QueueEntry.objects.filter(campaign=one).order_by("-contact").values_list("contact", flat=True)[:each]
        for one in campaigns
    )
    return list(first.union(*others, all=True) if others else first)


def _among(ids: list[int]) -> Func:
    """As one value: the statement does not grow with their number, and reads them in the order of their index."""
    return Func(F("pk"), Value(ids), arg_joiner=" = ANY(", template="%(expressions)s)", output_field=BooleanField())
