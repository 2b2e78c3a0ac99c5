"""One try: the body sent, the status answered. No redirect is followed, nothing of the answer is kept."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass

import aiohttp

from decroche.integrations.webhooks import guard

TIMEOUT_S = 10
HEADERS = {"content-type": "application/json", "user-agent": "Decroche-Webhooks/1"}


@dataclass(frozen=True, slots=True)
class Tried:
    """`status` is None where nothing was answered; `error` is empty where it was a 2xx."""

    status: int | None
    error: str
    duration_ms: int

    @property
    def ok(self) -> bool:
        return not self.error


async def post(url: str, body: bytes, headers: dict[str, str], *, private_allowed: bool) -> Tried:
    """Never raises for what the other side does."""
    start = time.monotonic()
    status, error = await _post(url, body, headers, private_allowed=private_allowed)
    return Tried(status, error, round((time.monotonic() - start) * 1000))


async def _post(url: str, body: bytes, headers: dict[str, str], *, private_allowed: bool) -> tuple[int | None, str]:
    resolver = guard.GuardedResolver(private_allowed=private_allowed)
    try:
        guard.require_literal(url, private_allowed=private_allowed)
        async with (
            asyncio.timeout(TIMEOUT_S),  # of the whole: a server that drips its answer is cut off too
            aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True) as connector,
            aiohttp.ClientSession(connector=connector, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.post(url, data=body, headers={**HEADERS, **headers}, allow_redirects=False) as answer,
        ):
            return answer.status, _judged(answer.status)
    except guard.Unreachable as error:
        return None, error.code
    except TimeoutError:
        return None, "timeout"
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError, ssl.SSLError):
        return None, "tls"
    except aiohttp.ClientConnectorError:
        return None, "refused"
    except (aiohttp.ClientError, OSError, ValueError):
        return None, "broken"


def _judged(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return "redirect" if 300 <= status < 400 else "bad_status"
