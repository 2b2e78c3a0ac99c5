"""Where a webhook may go. The address that is judged is the address that is called: names are resolved once, here.

An administrator may allow the local network for one webhook. This machine itself, link-local addresses (a cloud's
metadata) and what is no machine's address are never called; tests allow the loopback by a setting.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from django.conf import settings

from decroche.common.errors import InvalidFields
from decroche.integrations.errors import AddressNeverCalled, AddressRefused

Address = IPv4Address | IPv6Address
_NAT64 = ip_network("64:ff9b::/96")
_SHAPE = (
    "Une adresse https:// est attendue, sans identifiant ni mot de passe "
    "(http:// seulement vers un réseau privé autorisé).",
    "An https:// address is expected, without user nor password (http:// only to an allowed private network).",
)


class Unreachable(Exception):
    """`code`: unresolved, or private_address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(url: str, *, private_allowed: bool) -> str:
    """The address, as kept. Raises InvalidFields for its shape, AddressRefused where it names a forbidden machine.

    A name is resolved at each delivery only: what it leads to may change.
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 — raises where it is no port
    except ValueError as error:
        raise InvalidFields(url=_SHAPE) from error
    schemes = ("https", "http") if private_allowed or _to_loopback() else ("https",)
    bad = parts.username or parts.password or parts.fragment or not parts.hostname or not url.isascii()
    if parts.scheme not in schemes or bad or any(character <= " " for character in url):
        raise InvalidFields(url=_SHAPE)
    literal = _literal(parts)
    if literal is not None and not may_be_called(literal, private_allowed=private_allowed):
        raise AddressRefused if may_be_called(literal, private_allowed=True) else AddressNeverCalled
    if (parts.hostname or "").rstrip(".").endswith("localhost") and not _to_loopback():
        raise AddressNeverCalled
    return url


def may_be_called(address: Address, *, private_allowed: bool) -> bool:
    """Whether this machine may be called, whatever its name."""
    address = _embedded(address)
    if address.is_loopback:
        return _to_loopback()
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    return address.is_global or (private_allowed and address.is_private and not address.is_reserved)


class GuardedResolver(AbstractResolver):
    """Of the machines behind a name, all must be allowed: a name with one of each is a trap."""

    def __init__(self, *, private_allowed: bool) -> None:
        self._private_allowed = private_allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        except (OSError, UnicodeError) as error:
            raise Unreachable("unresolved") from error
        results: list[ResolveResult] = []
        for kind, _, protocol, _, where in found:
            require(ip_address(str(where[0]).partition("%")[0]), private_allowed=self._private_allowed)
            results.append(
                ResolveResult(
                    hostname=host, host=str(where[0]), port=port, family=kind, proto=protocol,
                    flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                )
            )  # fmt: skip
        if not results:
            raise Unreachable("unresolved")
        return results

    async def close(self) -> None:
        return None


def require(address: Address, *, private_allowed: bool) -> None:
    """Raises Unreachable."""
    if not may_be_called(address, private_allowed=private_allowed):
        raise Unreachable("private_address")


def require_literal(url: str, *, private_allowed: bool) -> None:
    """An address written in digits is not resolved by anybody. Raises Unreachable."""
    literal = _literal(urlsplit(url))
    if literal is not None:
        require(literal, private_allowed=private_allowed)


def _literal(parts: SplitResult) -> Address | None:
    try:
        return ip_address((parts.hostname or "").partition("%")[0])
    except ValueError:
        return None


def _embedded(address: Address) -> Address:
    """The IPv4 machine that an IPv6 address leads to, where it does."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address


def _to_loopback() -> bool:
    return bool(settings.WEBHOOKS_TO_LOOPBACK)
