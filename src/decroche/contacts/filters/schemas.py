"""What the API says of filters: the fields that a search may ask about."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from decroche.common.schemas import Body
from decroche.contacts.filters.catalogue import Group, Kind, Source
from decroche.contacts.filters.found import Sort
from decroche.contacts.filters.schema import Node, Op
from decroche.contacts.schemas import Limit


class Choice(Schema):
    """A value and how it is shown."""

    value: str
    label: str


class FilterField(Schema):
    """A field of the catalogue. The screen names the fixed ones and their `values`; `label` is of the floor's own."""

    id: str
    group: Group
    kind: Kind
    ops: list[Op]
    values: list[str]
    source: Source | None
    by_campaign: bool
    label: str


class FilterSource(Schema):
    """Values to choose from: of campaigns, batches and agents by id."""

    source: Source
    choices: list[Choice]


class FilterCatalogue(Schema):
    """All that a filter may say."""

    fields: list[FilterField]
    sources: list[FilterSource]


class BatchesIn(Body):
    """Batches by what is typed of their names or files'; `ids`: these ones, instead."""

    q: Annotated[str, Field(max_length=200)] = ""
    ids: Annotated[list[int], Field(max_length=1000)] = []
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class BatchChoice(Schema):
    """A batch to choose; `contacts`: how many it brought or changed."""

    id: int
    name: str
    created_at: datetime
    contacts: int


class SearchIn(Body):
    """A page of what a filter finds; the filter goes in the body, since addresses land in logs."""

    filter: Node
    sort: Sort = "-created"
    cursor: Annotated[str, Field(max_length=2000)] = ""
    limit: Limit = 50


class QuickIn(Body):
    """What somebody is typing: in the body, since it names people."""

    q: Annotated[str, Field(max_length=200)]
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class CountIn(Body):
    """A filter."""

    filter: Node


class Counted(Schema):
    """How many contacts, exactly."""

    contacts: int
