"""Keeping, sharing and deleting searches. Supervisors manage those that are shared with them; others only their own."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.agents.models import AgentGroup
from decroche.common.errors import Forbidden, InvalidFields, NotFound
from decroche.contacts.filters.check import check
from decroche.contacts.filters.query import current_catalogue
from decroche.contacts.filters.schema import Node, plain
from decroche.contacts.models import SavedSearch
from decroche.contacts.records import person
from decroche.contacts.saved_searches.schemas import GroupRef, SavedSearchIn, SavedSearchOut, SavedSearchPatch

MOST = 500
"""Of one person."""


def visible_searches(user: User) -> QuerySet[SavedSearch]:
    """His own, and those shared with him; supervisors find all that is shared."""
    shared = ~Q(shared="nobody") if user.is_supervisor else Q(shared="team") | Q(shared="group", group__members=user)
    found = SavedSearch.objects.filter(Q(owner=user) | shared).distinct()
    return found.select_related("owner", "group").order_by("name", "pk")


def list_searches(user: User) -> list[SavedSearchOut]:
    """By name."""
    return [search_out(one, user) for one in visible_searches(user)]


def search_out(one: SavedSearch, user: User) -> SavedSearchOut:
    """As the API shows it."""
    owner = person(one.owner)
    assert owner is not None
    return SavedSearchOut(
        id=one.pk,
        name=one.name,
        owner=owner,
        filter=one.filter,
        shared=one.shared,  # type: ignore[arg-type]
        group=GroupRef(id=one.group.pk, name=one.group.name) if one.group else None,
        mine=_may_change(one, user),
    )


@transaction.atomic
def save_search(user: User, body: SavedSearchIn) -> SavedSearch:
    """Raises InvalidFields; Forbidden where an agent would share."""
    if SavedSearch.objects.filter(owner=user).count() >= MOST:
        raise InvalidFields(
            name=(f"{MOST} recherches au plus : supprimez-en.", f"{MOST} searches at most: delete some.")
        )
    one = SavedSearch(owner=user)
    _put(one, user, {**body.given(), "shared": body.shared}, body.filter)
    record(user, "saved_search.create", one, shared=one.shared)
    return one


@transaction.atomic
def change_search(user: User, search_id: int, body: SavedSearchPatch) -> SavedSearch:
    """Raises NotFound, Forbidden, InvalidFields."""
    one = _own(user, search_id)
    given = body.given()
    _put(one, user, given, body.filter if "filter" in given else None)
    record(user, "saved_search.update", one, shared=one.shared)
    return one


@transaction.atomic
def delete_search(user: User, search_id: int) -> None:
    """Raises NotFound, Forbidden."""
    one = _own(user, search_id)
    record(user, "saved_search.delete", one)
    one.delete()


def _own(user: User, search_id: int) -> SavedSearch:
    one = visible_searches(user).filter(pk=search_id).first()
    if one is None:
        raise NotFound
    if not _may_change(one, user):
        raise Forbidden
    return one


def _may_change(one: SavedSearch, user: User) -> bool:
    return one.owner_id == user.pk or user.is_supervisor


def _put(one: SavedSearch, user: User, given: dict[str, Any], node: Node | None) -> None:
    if node is not None:
        check(node, current_catalogue())
        one.filter = plain(node)
    one.name = given.get("name", one.name)
    if SavedSearch.objects.filter(owner=one.owner, name__iexact=one.name).exclude(pk=one.pk or 0).exists():
        raise InvalidFields(name=_taken(one.owner, user))
    if "shared" in given or "group_id" in given:
        _share(one, user, given)
    one.save()


def _taken(owner: User, user: User) -> tuple[str, str]:
    if owner == user:
        return ("Une de vos recherches porte déjà ce nom.", "One of your searches has this name already.")
    name = owner.display_name
    return (f"{name} a déjà une recherche de ce nom.", f"{name} has a search of this name already.")


def _share(one: SavedSearch, user: User, given: dict[str, Any]) -> None:
    one.shared = given.get("shared", one.shared)
    group_id = given.get("group_id", one.group_id)
    if one.shared != "nobody" and not user.is_supervisor:
        raise Forbidden
    one.group = AgentGroup.objects.filter(pk=group_id or 0).first() if one.shared == "group" else None
    if one.shared == "group" and one.group is None:
        raise InvalidFields(group_id=("Choisissez un groupe.", "Choose a group."))
