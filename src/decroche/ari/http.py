"""HTTP requests to Asterisk, a bounded number at once; errors become typed. No retries: commands are safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp

from decroche.ari.errors import AriUnavailable, error_for

MAX_CONCURRENT_REQUESTS = 16
"""Asterisk starts a thread per connection; more only queue in its locks (measured: 120 originates/s with 16)."""
REQUEST_TIMEOUT_S = 10.0
IDLE_CONNECTION_S = 60.0
"""Below http.conf's session_keep_alive, so that it is always we who close an idle connection."""

Params = Mapping[str, str | int]


class AriHttp:
    """`base_url` ends in /ari. Made inside a running event loop; `close()` when done."""

    def __init__(self, base_url: str, username: str, password: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.session = aiohttp.ClientSession(
            headers={"Authorization": aiohttp.encode_basic_auth(username, password)},
            connector=aiohttp.TCPConnector(limit=MAX_CONCURRENT_REQUESTS, keepalive_timeout=IDLE_CONNECTION_S),
            timeout=aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S),
        )

    async def close(self) -> None:
        await self.session.close()

    async def request(self, method: str, path: str, *, params: Params | None = None, body: object = None) -> Any:
        """The decoded JSON, or None for an empty answer. Raises `AriError` or a subclass."""
        try:
            async with self.session.request(method, self.base_url + path, params=params, json=body) as answer:
                if answer.status < 300:
                    return await answer.json(content_type=None) if answer.status != 204 else None
                raise error_for(answer.status, await _message(answer))
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise AriUnavailable(0, f"{type(error).__name__}: {error}") from error


async def _message(answer: aiohttp.ClientResponse) -> str:
    text = await answer.text()
    try:
        decoded = await answer.json(content_type=None)
    except ValueError:
        return text[:200]
    return (
        str(decoded.get("message") or decoded.get("error") or text[:200]) if isinstance(decoded, dict) else text[:200]
    )
