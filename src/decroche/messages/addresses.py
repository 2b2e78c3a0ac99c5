"""E-mail addresses: which of them can be written to. Pure."""

from __future__ import annotations

import re
from ipaddress import ip_address

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_BETWEEN = re.compile(r"[\s,;]+")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


def is_address(text: str) -> bool:
    """Whether an e-mail can be addressed to it."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def addresses_in(field: str) -> list[str]:
    """A record's field may hold several, as files bring them; what is no address is left out."""
    return list(dict.fromkeys(one for one in _BETWEEN.split(field.strip()) if is_address(one)))


def is_host(text: str) -> bool:
    """A machine's name or address."""
    try:
        ip_address(text)
    except ValueError:
        return _HOST.fullmatch(text) is not None
    return True


def is_this_machine(host: str) -> bool:
    """Where what is said is heard by nobody else."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
