"""What crosses the API about recyclings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from decroche.common.pagination import Page
from decroche.common.schemas import Body

Code = Annotated[str, StringConstraints(max_length=40)]


class EndIn(Body):
    """One way in which entries ended, as the queue's view counts them.

    `outcome`: by a disposition; `reason`: by a result or a reason's code (`last_result` where attempts ran out);
    `refused`: by a rule, for good or for now.
    """

    kind: Literal["outcome", "reason", "refused"]
    disposition_id: int | None = None
    code: Code = ""
    last_result: Code = ""


class RecycleIn(Body):
    """Which ends, and how: `not_before` None is now. Legal counts of attempts are never reset."""

    ends: Annotated[list[EndIn], Field(min_length=1, max_length=100)]
    keeps_attempts: bool = True
    not_before: datetime | None = None


class RecyclePreview(Schema):
    """What a recycling would do now: of the entries `chosen`, those `callable` again and those that stay out."""

    chosen: int
    callable: int
    never: int
    """Do-not-call list, erased: they stay as they are."""
    no_number: int
    """No number to call: they stay as they are."""
    too_many_attempts: int
    """Put back, and refused until their 30 days are over."""
    abandoned_lately: int
    """Put back, and left alone by the dialer until 72 hours have passed."""
    refusals: int
    """Of those chosen, persons who said that they are not interested: the law takes a no for a no."""


class RecyclingOut(Schema):
    """One recycling. `kept`: called, promised or taken out since, which an undo left."""

    id: int
    campaign_id: int
    campaign: str
    """Its name."""
    status: Literal["running", "done", "undoing", "undone"]
    ends: list[EndIn]
    labels: list[str]
    """Of the dispositions among the ends, in their order; empty for the others."""
    keeps_attempts: bool
    not_before: datetime
    expected: int
    recycled: int
    restored: int
    kept: int
    created_by: str
    created_at: datetime
    undone_by: str
    undone_at: datetime | None


class RecyclingPage(Page[RecyclingOut]):
    """The newest first."""
