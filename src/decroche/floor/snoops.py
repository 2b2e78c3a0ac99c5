"""Asterisk answers that a snoop is made before it has entered our application; until then it refuses orders for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from decroche.ari.errors import AriConflict

TRIES, RETRY_S = 10, 0.05


async def once_there(order: Callable[[], Awaitable[None]]) -> None:
    """Give this order for a snoop that was just made. Raises what Asterisk answers in the end."""
    for _ in range(TRIES):
        try:
            return await order()
        except AriConflict:  # 409: it is on its way
            await asyncio.sleep(RETRY_S)
    return await order()
