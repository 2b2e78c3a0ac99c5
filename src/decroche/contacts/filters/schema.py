"""The grammar of a filter, as it crosses the API and is kept: a tree of groups and conditions.

`{"all": [{"field": "city", "op": "is", "value": "Dole"}, {"not": {"any": […]}}]}`. An empty `all` is everybody. Which
fields, operators and values there are is the catalogue's business (`catalogue.py`); `check.py` holds a tree to it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, StrictBool, StrictFloat, StrictInt, Tag, ValidationError

from decroche.common.errors import InvalidFields
from decroche.common.schemas import Body
from decroche.common.validation import field_sentences

MAX_DEPTH, MAX_NODES, MAX_VALUES, MAX_TEXT = 8, 200, 1000, 200
Op = Literal[
    "is", "contains", "starts", "ends", "one_of", "known",
    "at_least", "at_most", "between",
    "on", "from", "until", "last_days", "next_days", "before_days",
]  # fmt: skip
"""`known` asks whether there is a value at all; `last_days` counts today in; `before_days`: longer ago than that."""
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Scalar = StrictBool | StrictInt | StrictFloat | Text
Value = Scalar | Annotated[list[Scalar], Field(max_length=MAX_VALUES)]


class Condition(Body):
    """One question about a contact; `campaign_id` puts it to the place, calls or answers in that campaign only."""

    field: Annotated[str, Field(max_length=80)]
    op: Op
    value: Value
    campaign_id: Annotated[StrictInt, Field(ge=1, lt=2**31)] | None = None


class All(Body):
    """Every one of these."""

    all: Annotated[list[Node], Field(max_length=MAX_NODES)]


class AnyOf(Body):
    """One of these at least."""

    any: Annotated[list[Node], Field(min_length=1, max_length=MAX_NODES)]


class Not(Body):
    """Whoever the node is not true of, those without a value included."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    not_: Annotated[Node, Field(alias="not")]


def _kind(value: Any) -> str:
    given = value if isinstance(value, dict) else {"not" if isinstance(value, Not) else name for name in dir(value)}
    return next((kind for kind in ("all", "any", "not") if kind in given), "condition")


Node = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Condition, Tag("condition")],
    Discriminator(_kind),
]
"""A filter is any of these; most are an `All`."""
for model in (All, AnyOf, Not):
    model.model_rebuild()

EVERYBODY = All(all=[])


class _Kept(Body):
    filter: Node


def read_filter(data: Any) -> Node:
    """A filter from plain data, as it was kept; its shape is checked, its fields are not. Raises InvalidFields."""
    try:
        return _Kept.model_validate({"filter": data}).filter
    except ValidationError as error:
        french, english = (field_sentences(error.errors(), language) for language in ("fr", "en"))
        name = next(iter(french))
        raise InvalidFields(**{name: (french[name], english[name])}) from error


def plain(node: Node) -> dict[str, Any]:
    """A filter as it is kept: JSON."""
    kept: dict[str, Any] = node.model_dump(mode="json", by_alias=True, exclude_none=True)
    return kept
