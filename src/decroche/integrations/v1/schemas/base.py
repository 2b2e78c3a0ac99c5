"""What all of version 1 shares."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, ValidationInfo, model_validator

from decroche.common.errors import InvalidFields
from decroche.common.pagination import Limit
from decroche.contacts.values import kept
from decroche.integrations.scopes import ScopeCode

NO_SUCH_FILTER = ("Ce filtre n'existe pas.", "There is no such filter.")
EMPTY_FILTER = (
    "Un filtre vide ne cherche rien : donnez-lui une valeur, ou retirez-le.",
    "An empty filter looks for nothing: give it a value, or leave it out.",
)
_POSITIVE = Field(ge=1, le=2**63 - 1)
IdFilter = Annotated[int, _POSITIVE]
"""In an address, where everything is text."""
# In a body a number is a number, yes is `true`: else `true` is the priority 1.
Id = Annotated[int, _POSITIVE, Field(strict=True)]
Priority = Annotated[int, Field(strict=True, ge=-100, le=100)]
Flag = Annotated[bool, Field(strict=True)]


class Filters(Schema):
    """Of every list: `cursor` is the `next_cursor` of the page before."""

    cursor: str = ""
    limit: Limit = 50

    @model_validator(mode="after")
    def no_other_name(self, info: ValidationInfo) -> Self:
        """A misspelt filter would list everything. Raises InvalidFields."""
        request: HttpRequest | None = (info.context or {}).get("request")
        unknown = sorted(set(request.GET) - set(type(self).model_fields)) if request else []
        if unknown:
            raise InvalidFields(**dict.fromkeys(unknown, NO_SUCH_FILTER))
        return self

    @model_validator(mode="after")
    def none_empty(self) -> Self:
        """A program that lost the code it looks for is not given all who have none. Raises InvalidFields."""
        texts = self.model_dump(exclude={"cursor"}, exclude_unset=True)
        empty = [name for name, value in texts.items() if isinstance(value, str) and not kept(value)]
        if empty:
            raise InvalidFields(**dict.fromkeys(empty, EMPTY_FILTER))
        return self


class WhoAmI(Schema):
    """The key that was sent."""

    name: str
    prefix: str
    scopes: list[ScopeCode]
    requests_per_minute: int
    expires_at: datetime | None
