"""A campaign's filter as SQL on the entry `q`: a kept tree of conditions, held to the fields of now."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet

from decroche.campaigns.steering.rule import Params
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields
from decroche.contacts.filters.query import contacts_matching
from decroche.contacts.filters.schema import All, AnyOf, Node, Not, read_filter
from decroche.contacts.models import Contact

CLOCK = SystemClock()
NOBODY: tuple[str, Params] = ("FALSE", {})
Found = tuple[str, Params]
"""A query of the ids of contacts, and its values."""
NO_CONTACT: Found = ("SELECT NULL::bigint WHERE FALSE", {})


def predicate_of(kept: Mapping[str, Any] | None, *, clock: Clock = CLOCK) -> tuple[str, Params] | None:
    """Of a filter as a campaign keeps it. One whose field is gone fits nobody: it is never half applied."""
    if kept is None:
        return None
    try:
        return predicate(read_filter(kept), clock=clock)
    except InvalidFields:
        return NOBODY


def predicate(node: Node, *, clock: Clock = CLOCK) -> tuple[str, Params]:
    """SQL that is true of the entries whose contact matches, one index look each. Raises InvalidFields."""
    found = found_by(node, clock=clock)
    if found is NO_CONTACT:
        return NOBODY
    sql, params = found
    return f"EXISTS (SELECT 1 FROM ({sql}) fitting(id) WHERE fitting.id = q.contact_id)", params  # noqa: S608 — Django's


def found_by_kept(kept: Mapping[str, Any] | None, *, clock: Clock = CLOCK) -> Found | None:
    """Whom a filter as a campaign keeps it finds, all at once; nobody where its field is gone."""
    if kept is None:
        return None
    try:
        return found_by(read_filter(kept), clock=clock)
    except InvalidFields:
        return NO_CONTACT


def found_by(node: Node, *, clock: Clock = CLOCK) -> Found:
    """All contacts that match, each once. Raises InvalidFields."""
    found = contacts_matching(node, Contact.objects.order_by(), clock=clock).values("pk")
    try:
        sql, values = found.query.sql_with_params()
    except EmptyResultSet:
        return NO_CONTACT
    names = itertools.count()
    named = re.sub(r"%[%s]", lambda sign: "%%" if sign[0] == "%%" else f"%(f{next(names)})s", sql)
    return named, {f"f{n}": value for n, value in enumerate(values)}


def criteria(node: Node) -> int:
    """How many conditions a filter has."""
    if isinstance(node, Not):
        return criteria(node.not_)
    if isinstance(node, All | AnyOf):
        return sum(criteria(child) for child in (node.all if isinstance(node, All) else node.any))
    return 1
