"""Keyset pages: lists that stay quick at any depth, and do not skip or repeat rows that move."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Generic, TypeVar

from ninja import Field, Schema

from decroche.common.errors import InvalidFields

Item = TypeVar("Item")
Limit = Annotated[int, Field(ge=1, le=200)]


class Page(Schema, Generic[Item]):
    """Some items; `next_cursor` asks for the following ones, null at the end; `total` where counting is cheap."""

    items: list[Item]
    next_cursor: str | None = None
    total: int | None = None


def encode_cursor(*keys: object) -> str:
    """An opaque text holding the sort keys of a page's last row (JSON values; others by `str`)."""
    return base64.urlsafe_b64encode(json.dumps(keys, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[str]:
    """The `length` keys, as text. Raises InvalidFields when somebody made the cursor up."""
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        keys = None
    if not isinstance(keys, list) or len(keys) != length:
        raise InvalidFields(cursor=("Reprenez la liste au début.", "Start the list again."))
    return [str(key) for key in keys]
