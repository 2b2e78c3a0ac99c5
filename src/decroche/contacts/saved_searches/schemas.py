"""What the API says of saved searches."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema

from decroche.common.schemas import Body, Label80, left_out
from decroche.contacts.filters.schema import Node
from decroche.contacts.schemas import PersonRef

SharedCode = Literal["nobody", "team", "group"]


class GroupRef(Schema):
    """A group, by name."""

    id: int
    name: str


class SavedSearchOut(Schema):
    """A saved search; `mine`: the user may rename, share and delete it."""

    id: int
    name: str
    owner: PersonRef
    filter: dict[str, Any]
    shared: SharedCode
    group: GroupRef | None
    mine: bool


class SavedSearchIn(Body):
    """A new one; `group_id` where it is shared with a group."""

    name: Label80
    filter: Node
    shared: SharedCode = "nobody"
    group_id: int | None = None


class SavedSearchPatch(Body):
    """Any subset."""

    name: Label80 = left_out()
    filter: Node = left_out()
    shared: SharedCode = left_out()
    group_id: int | None = left_out()
