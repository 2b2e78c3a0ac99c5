"""One try: the body sent, the status answered. No redirect is followed, nothing of the answer is kept."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime

import aiohttp

from decroche.integrations.webhooks import guard

TIMEOUT_S = 10
BUSY = (429, 503)
HEADERS = {"content-type": "application/json", "user-agent": "Decroche-Webhooks/1"}


@dataclass(frozen=True, slots=True)
class Tried:
    """`status` is None where nothing was answered; `error` is empty where it was a 2xx.

    `retry_after_s`: how long the receiver asked to be left alone (429, 503); 0 where it did not.
    """

    status: int | None
    error: str
    duration_ms: int = 0
    retry_after_s: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.error


async def post(url: str, body: bytes, headers: dict[str, str], *, private_allowed: bool) -> Tried:
    """Never raises for what the other side does."""
    start = time.monotonic()
    tried = await _post(url, body, headers, private_allowed=private_allowed)
    return replace(tried, duration_ms=round((time.monotonic() - start) * 1000))


async def _post(url: str, body: bytes, headers: dict[str, str], *, private_allowed: bool) -> Tried:
    resolver = guard.GuardedResolver(private_allowed=private_allowed)
    try:
        guard.require_literal(url, private_allowed=private_allowed)
        async with (
            asyncio.timeout(TIMEOUT_S),  # of the whole: a server that drips its answer is cut off too
            aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True) as connector,
            aiohttp.ClientSession(connector=connector, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.post(url, data=body, headers={**HEADERS, **headers}, allow_redirects=False) as answer,
        ):
            asked_s = _asked_s(answer.status, answer.headers.get("Retry-After", ""))
            return Tried(answer.status, _judged(answer.status), retry_after_s=asked_s)
    except guard.Unreachable as error:
        return Tried(None, error.code)
    except TimeoutError:
        return Tried(None, "timeout")
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError, ssl.SSLError):
        return Tried(None, "tls")
    except aiohttp.ClientConnectorError:
        return Tried(None, "refused")
    except (aiohttp.ClientError, OSError, ValueError):
        return Tried(None, "broken")


def _judged(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return "redirect" if 300 <= status < 400 else "bad_status"


def _asked_s(status: int, retry_after: str) -> float:
    """Seconds or a date, as RFC 9110 has them; 0 for anything else."""
    if status not in BUSY:
        return 0.0
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, at.replace(tzinfo=at.tzinfo or UTC).timestamp() - time.time())
