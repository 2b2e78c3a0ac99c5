"""Building blocks of request bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from decroche.common.paper import Section

Text60 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Text80 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Text120 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Text250 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=250)]
Label60 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Label80 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Label120 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class TextLine(Schema):
    """`label` empty: a sentence of its own."""

    label: str
    text: str


class TextSection(Schema):
    """A part of a document that is read on the screen and on paper, in the reader's language."""

    code: str
    title: str
    lines: list[TextLine]


def text_sections(parts: Sequence[Section]) -> list[TextSection]:
    """For a screen."""
    return [
        TextSection(code=one.code, title=one.title, lines=[TextLine(**line._asdict()) for line in one.lines])
        for one in parts
    ]


Color = Literal[
    "gray",
    "red",
    "pink",
    "grape",
    "violet",
    "indigo",
    "blue",
    "cyan",
    "teal",
    "green",
    "lime",
    "yellow",
    "orange",
    "dark",
]
"""Mantine's palette: the theme is the only source of colours."""


class Body(Schema):
    """A request body: unknown keys are refused, so that a misspelt one is not silently lost."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """What the request named, as plain data; fields that were left out are absent."""
        return self.model_dump(exclude_unset=True)


def left_out() -> Any:
    """Default of a field of a PATCH body: absent from `given()`, and not nullable unless its type says so."""
    return Field(default_factory=lambda: None)
