"""What crosses the API about a campaign's order, filter and lists."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from decroche.campaigns.steering.order import OrderKind
from decroche.common.pagination import Page
from decroche.common.schemas import Body, Text120
from decroche.contacts.filters.schema import Node


class OrderIn(Body):
    """`field` and `descending` only with the kind "field"; see `list_order_fields`. Blank values come last."""

    kind: OrderKind
    field: Annotated[str, Field(max_length=80)] = ""
    descending: bool = False


class OrderOut(Schema):
    """`label`: in a few words, empty where it is the usual one: by priority, then as entries are due."""

    kind: OrderKind
    field: str
    descending: bool
    label: str


class OrderField(Schema):
    """A field that a queue may be ordered by."""

    id: str
    label: str
    reads: Literal["text", "number"]


class OrderFieldPage(Page[OrderField]):
    """The standard ones, then this floor's own."""


class Progress(Schema):
    """Entries that have found their place in the new order, of those that must."""

    done: int
    total: int


class KeptNow(Schema):
    """Of the `waiting` entries without promise, those `inside`. `promises` are kept whatever restricts the campaign.

    `callable`: now, as the live floor counts them, due promises included.
    """

    waiting: int
    inside: int
    callable: int
    promises: int


class FilterIn(Body):
    """A tree of conditions, as `list_filter_fields` offers them. `label`: in a few words, what all will read."""

    filter: Node
    label: Text120 = ""


class SteeringOut(Schema):
    """How a campaign chooses whom to call. `progress`: entries are still finding their place; calls obey already."""

    order: OrderOut
    filter: Node | None
    filter_label: str
    """Empty where there is no filter."""
    filter_set_by: str
    """Who changed it last; empty where nobody ever did."""
    filter_set_at: datetime | None
    progress: Progress | None
    kept: KeptNow


ListKind = Literal["batch", "fed", "rest"]
ListKey = Annotated[str, Field(pattern=r"^(batch:[1-9][0-9]{0,17}|list:[1-9][0-9]{0,17}|rest)$")]
ListPriority = Annotated[int, Field(ge=-100, le=100)]
ListShare = Annotated[int, Field(ge=0, le=100)]


class ListOut(Schema):
    """A part of the queue: what one import batch brought, what one feeding brought, or the rest.

    A batch without entries and the rest are told only where their priority or share is set.
    """

    key: str
    kind: ListKind
    name: str
    """Empty for the rest."""
    since: datetime | None
    """When its file was sent, or it was fed first."""
    batch_id: int | None
    priority: int
    share: int
    total: int
    called: int
    """Called at least once."""
    callable: int
    """This and what follows: as the queue's view counts them, each entry once."""
    later: int
    promised: int
    refused: int
    outside: int
    in_call: int
    finished: int
    withdrawn: int


class ListPage(Page[ListOut]):
    """The highest priority first."""


class ListIn(Body):
    """A higher priority is emptied first; lists of one priority share the calls in proportion. Share 0: not called."""

    key: ListKey
    priority: ListPriority = 0
    share: ListShare = 1


class ListsIn(Body):
    """Lists that are left out keep priority 0 and share 1."""

    lists: Annotated[list[ListIn], Field(max_length=500)]
