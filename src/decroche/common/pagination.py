"""Lists in pages: `{items, next_cursor, total}`.

A cursor is the sort key of the last row seen: a deep page costs as much as the first, and rows that move are
neither skipped nor repeated. Those that programs are given begin with the name of their list, `of`: a key of another
one would be read as a place in this one, and all before it missed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

from decroche.common.errors import DomainError

T = TypeVar("T")
R = TypeVar("R")
Limit = Annotated[int, Field(ge=1, le=200)]


class Page(Schema, Generic[T]):
    """Some rows; `next_cursor` goes back as `?cursor=` for the following ones (None: no more). `total` where cheap."""

    items: list[T]
    next_cursor: str | None = None
    total: int | None = None


class InvalidCursor(DomainError):
    """The cursor was not made by us, or by another version."""

    code = "invalid_cursor"
    status = 422
    fr = "La suite de cette liste n'est plus disponible. Rechargez la liste depuis le début."
    en = "The rest of this list is no longer available. Reload the list from its start."


def encode_cursor(*key: object) -> str:
    """The sort key of a row as URL-safe text (JSON values; others by `str`)."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def decode_cursor(text: str, *kinds: Callable[[Any], Any], of: str = "") -> tuple[Any, ...]:
    """The sort key back, each part through its `kind` (int, datetime.fromisoformat…). Raises InvalidCursor."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if of:
            parts = parts[1:] if isinstance(parts, list) and parts[:1] == [of] else None
        if not isinstance(parts, list) or len(parts) != len(kinds):
            raise InvalidCursor
        key = tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
    except (AttributeError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InvalidCursor from error
    if any(isinstance(part, datetime) and part.tzinfo is None for part in key):
        raise InvalidCursor
    return key


def cut(
    rows: Sequence[R], limit: int, key: Callable[[R], tuple[object, ...]], *, of: str = ""
) -> tuple[list[R], str | None]:
    """`limit` rows of the `limit + 1` that were read, and the cursor of the following ones."""
    if len(rows) <= limit:
        return list(rows), None
    kept = list(rows[:limit])
    name = (of,) if of else ()
    return kept, encode_cursor(*name, *key(kept[-1]))


def whole(rows: Iterable[object]) -> dict[str, Any]:
    """A short list as one page."""
    items = list(rows)
    return {"items": items, "next_cursor": None, "total": len(items)}
