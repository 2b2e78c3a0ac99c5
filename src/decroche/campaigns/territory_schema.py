"""What crosses the API about territories."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from decroche.campaigns.territory import PartKind
from decroche.common.pagination import Page
from decroche.common.schemas import Body


class Place(Schema):
    """What a territory may hold, with its French name."""

    kind: PartKind
    code: str
    name: str
    detail: str = ""
    """What tells it from a namesake, or what it holds: a town's postal codes, a postal code's towns."""


class TerritoryPart(Schema):
    """A piece of a territory; the name of a postal code is itself."""

    kind: PartKind
    code: str
    name: str


class TerritoryPartIn(Body):
    """A postal code of five digits, its beginning, a department ("69", "2A", "974"), a region or town by INSEE's code.

    Or a radius: a town's code and 5 to 200 kilometres ("69123:20").
    """

    kind: PartKind
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=9)]


class TerritoryIn(Body):
    """All the parts, together; none: everywhere."""

    parts: Annotated[list[TerritoryPartIn], Field(max_length=500)]


class Kept(Schema):
    """Of the `waiting` entries without promise, those `inside`. `promises` are kept wherever their contact lives.

    `callable_now`: as the live floor counts them, due promises included.
    """

    waiting: int
    inside: int
    callable_now: int
    promises: int


class TerritoryOut(Schema):
    """Where a campaign calls. `label`: short, empty where it calls everywhere."""

    parts: list[TerritoryPart]
    label: str
    kept: Kept
    set_by: str
    """Who changed it last; empty where nobody ever did."""
    set_at: datetime | None


class PlacePage(Page[Place]):
    """Places, the likeliest first."""
