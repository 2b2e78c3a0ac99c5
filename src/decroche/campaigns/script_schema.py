"""The structure of a script: pages with questions, and answers to objections."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from decroche.common.schemas import Body, Label120, Text120

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
LongText = Annotated[str, StringConstraints(max_length=20_000)]
QuestionKind = Literal["choice", "text", "number", "date", "yes_no"]


class Question(Body):
    """Its answer is kept by `key`; `choices` only where the kind is a choice."""

    key: Identifier
    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    kind: QuestionKind = "text"
    choices: Annotated[list[Label120], Field(max_length=50)] = []
    required: bool = False


class ScriptPage(Body):
    """A screen of the script: a text to say, then questions. `return_text`, where there is one, is said instead to who
    calls back.
    """

    id: Identifier
    title: Text120 = ""
    text: LongText = ""
    return_text: LongText = ""
    questions: Annotated[list[Question], Field(max_length=50)] = []


class Objection(Body):
    """What the contact may say, and what to answer."""

    id: Identifier
    title: Label120
    answer: LongText = ""


class ScriptOut(Schema):
    """Texts may hold {{ contact.last_name }}, {{ agent.first_name }}…; `variables` are all that they may hold."""

    version: int
    pages: list[ScriptPage]
    objections: list[Objection]
    variables: list[str]


class ScriptIn(Body):
    """The whole script. `version` is the one that was edited: another's change in between is refused, not lost."""

    version: int | None = None
    pages: Annotated[list[ScriptPage], Field(max_length=100)]
    objections: Annotated[list[Objection], Field(max_length=200)] = []
