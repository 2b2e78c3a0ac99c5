"""What the API says of custom fields."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field, Schema

FieldKindCode = Literal["text", "number", "date", "choice", "yes_no", "link"]


class CustomFieldOut(Schema):
    """A field of this floor's own; `key` is its name in `contact.custom` and never changes."""

    id: int
    key: str
    label: str
    kind: FieldKindCode
    choices: list[str]
    position: int


class CustomFieldIn(Schema):
    """A new field; its key is made from the label."""

    label: Annotated[str, Field(min_length=1, max_length=120)]
    kind: FieldKindCode = "text"
    choices: list[str] = Field(default=[])
    position: int | None = None


class CustomFieldPatch(Schema):
    """Any subset."""

    label: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    kind: FieldKindCode | None = None
    choices: list[str] | None = None
    position: int | None = None
