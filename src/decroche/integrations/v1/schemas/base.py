"""What all of version 1 shares."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from decroche.common.pagination import Limit
from decroche.integrations.scopes import ScopeCode

Priority = Annotated[int, Field(ge=-100, le=100)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Filters(Schema):
    """Of every list: `cursor` is the `next_cursor` of the page before."""

    cursor: str = ""
    limit: Limit = 50


class WhoAmI(Schema):
    """The key that was sent."""

    name: str
    prefix: str
    scopes: list[ScopeCode]
    requests_per_minute: int
    expires_at: datetime | None
