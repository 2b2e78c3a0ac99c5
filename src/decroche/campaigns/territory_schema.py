"""What crosses the API about territories."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from decroche.campaigns.territory import PartKind
from decroche.common.pagination import Page
from decroche.common.schemas import Body


class Place(Schema):
    """A department or a region, with its French name."""

    kind: PartKind
    code: str
    name: str


class TerritoryPart(Place):
    """A piece of a territory; the name of a postal code is itself."""


class TerritoryPartIn(Body):
    """A postal code of five digits, its beginning, a department ("69", "2A", "974") or a region by INSEE's code."""

    kind: PartKind
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5)]


class TerritoryIn(Body):
    """All the parts, together; none: everywhere."""

    parts: Annotated[list[TerritoryPartIn], Field(max_length=500)]


class Kept(Schema):
    """Of the `waiting` entries without promise, those `inside`. `promises` are kept wherever their contact lives."""

    waiting: int
    inside: int
    promises: int


class TerritoryOut(Schema):
    """Where a campaign calls. `label`: short, empty where it calls everywhere."""

    parts: list[TerritoryPart]
    label: str
    kept: Kept


class PlacePage(Page[Place]):
    """Departments, then regions."""
