"""What crosses the API about outcomes."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from decroche.common.schemas import Body, Color, Label60

Tone = Literal["positive", "negative", "neutral"]
Effect = Literal["close", "callback", "retry", "do_not_call"]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]?$")]


class DispositionOut(Schema):
    """A button under the contact."""

    id: int
    label: str
    color: Color
    key: str
    position: int
    reached: bool
    pitched: bool
    tone: Tone
    effect: Effect
    retry_delay_s: int
    wants_appointment: bool
    active: bool


class DispositionIn(Body):
    """One line of the whole list; its place in the list is its position. `id` None: a new one."""

    id: int | None = None
    label: Label60
    color: Color = "gray"
    key: Key = ""
    reached: bool = True
    pitched: bool = False
    tone: Tone = "neutral"
    effect: Effect = "close"
    retry_delay_s: Annotated[int, Field(ge=60, le=90 * 86_400)] = 3600
    wants_appointment: bool = False
    active: bool = True
