"""A filter as a query.

`contacts_matching(filter, contacts)` cuts a queryset. `sql_predicate(filter, "q.contact_id")` is the same as text for
statements that are written by hand: `AND {sql}`, and its parameters in their place:

    sql, values = sql_predicate(campaign_filter, column="q.contact_id")
    cursor.execute(f"SELECT id FROM campaigns_queueentry q WHERE campaign_id = %s AND {sql}", [campaign_id, *values])

`column` is ours, never a person's. An empty filter is "TRUE". Both check the filter against the catalogue of now: one
kept for months and whose field is gone is refused in one sentence (InvalidFields), never half-applied. Days are of
Europe/Paris, and relative ones ("the last 7 days") count from the moment of the call. All values are parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models import BooleanField, Func, Q, QuerySet

from decroche.common.clock import Clock, SystemClock
from decroche.contacts.filters.asked import Asked
from decroche.contacts.filters.catalogue import CustomSpec, FieldSpec, catalogue
from decroche.contacts.filters.check import check
from decroche.contacts.filters.conditions import condition
from decroche.contacts.filters.schema import All, AnyOf, Condition, Node, Not
from decroche.contacts.models import Contact, CustomField

CLOCK = SystemClock()


class IsNotTrue(Func):
    """False or NULL: so that a filter and its negation share out all contacts, those without a value too."""

    template = "((%(expressions)s) IS NOT TRUE)"
    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: Any, connection: Any, *parts: Any, **context: Any) -> Any:
        """Nobody's opposite is everybody."""
        try:
            return super().as_sql(compiler, connection, *parts, **context)
        except EmptyResultSet:
            raise FullResultSet from None


def current_catalogue() -> dict[str, FieldSpec]:
    """All fields, with the floor's own as they are now."""
    own = CustomField.objects.values_list("key", "label", "kind", "choices")
    return catalogue(CustomSpec(key, label, kind, tuple(choices)) for key, label, kind, choices in own)


def contacts_matching(
    filter_: Node, contacts: QuerySet[Contact], *, campaigns: Sequence[int] | None = None, clock: Clock = CLOCK
) -> QuerySet[Contact]:
    """Those of `contacts` that the filter is true of. Raises InvalidFields.

    `campaigns`: what the person may know of queues, calls, notes and answers (None: all).
    """
    fields = current_catalogue()
    check(filter_, fields)
    asked = Asked(fields, clock.now(), None if campaigns is None else tuple(campaigns))
    return contacts.filter(_truth(filter_, asked))


def sql_predicate(filter_: Node, column: str = "c.id", *, clock: Clock = CLOCK) -> tuple[str, list[Any]]:
    """SQL of "the contact in this column matches", and its parameters. Raises InvalidFields."""
    if isinstance(filter_, All) and not filter_.all:
        return "TRUE", []
    found = contacts_matching(filter_, Contact.objects.order_by(), clock=clock).values("pk")
    try:
        sql, values = found.query.sql_with_params()
    except EmptyResultSet:
        return "FALSE", []
    return f"{column} IN ({sql})", list(values)


def _truth(node: Node, asked: Asked) -> Q:
    if isinstance(node, Condition):
        return condition(node, asked)
    if isinstance(node, Not):
        inner = _truth(node.not_, asked)
        return Q(IsNotTrue(inner)) if inner else Q(pk__in=[])
    join: Callable[[Q, Q], Q] = Q.__and__ if isinstance(node, All) else Q.__or__
    children = node.all if isinstance(node, All) else node.any
    truth = Q()
    for child in children:
        part = _truth(child, asked)
        if isinstance(node, AnyOf) and not part:  # everybody
            return part
        truth = join(truth, part)
    return truth
