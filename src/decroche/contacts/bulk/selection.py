"""The contacts that somebody chose: by hand, or all that a filter finds but a few; or those that feed a campaign."""
# ruff: noqa: S608, S611 - what is put together are texts of our own services; values are parameters

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from ninja import Field

from decroche.accounts.models import User
from decroche.campaigns.feeding import condition
from decroche.campaigns.schemas import FeedIn
from decroche.common.errors import InvalidFields
from decroche.common.schemas import Body
from decroche.contacts.access import visible_contacts
from decroche.contacts.filters.found import found_contacts
from decroche.contacts.filters.schema import Node, plain, read_filter
from decroche.contacts.models import Contact

Ids = Annotated[list[Annotated[int, Field(ge=1, lt=2**63)]], Field(max_length=10_000)]


class Selection(Body):
    """Contacts chosen one by one (`ids`), or all that a filter finds but a few."""

    ids: Ids | None = None
    filter: Node | None = None
    except_ids: Ids = []


def kept(given: Selection) -> dict[str, Any]:
    """As plain data. Raises InvalidFields."""
    if (given.ids is None) == (given.filter is None):
        both = ("Choisissez des fiches, ou un filtre.", "Choose contacts, or a filter.")
        raise InvalidFields(selection=both)
    if given.filter is None:
        return {"ids": given.ids}
    return {"filter": plain(given.filter), "except_ids": given.except_ids}


def selected(user: User, selection: dict[str, Any]) -> QuerySet[Contact]:
    """The contacts of a selection, as they are now; `feed` as `FeedIn`. Raises InvalidFields."""
    if selection.get("feed") is not None:
        sql, values = condition(FeedIn.model_validate(selection["feed"]))
        chosen = RawSQL(f"SELECT c.id FROM contacts_contact c WHERE {sql}", values)
        return visible_contacts(user).filter(pk__in=chosen).order_by()
    if selection.get("ids") is not None:
        return visible_contacts(user).filter(pk__in=selection["ids"]).order_by()
    return found_contacts(user, read_filter(selection["filter"])).exclude(pk__in=selection.get("except_ids") or [])
