"""A trunk as Asterisk and the floor see it: plain, checked, with its secret in clear. Pure.

The table of trunks (models.py) is for people; whoever reads it makes `TrunkConfig`s of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from decroche.common.fiction import is_fiction

Transport = Literal["udp", "tcp", "tls"]
NumberFormat = Literal["e164", "00", "national"]

CODECS = ("alaw", "ulaw", "g722", "opus")

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_IPV6 = re.compile(r"\[[0-9A-Fa-f:.]{2,45}\]")
_E164 = re.compile(r"\+[1-9][0-9]{3,14}")


class InvalidTrunk(ValueError):
    """A value that would not survive in Asterisk's files, or would say something else there. `field` names it."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(f"{field_name}: {reason}")
        self.field = field_name
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkConfig:
    """One SIP account at a carrier, or the simulator. Raises `InvalidTrunk` when made of an unusable value."""

    id: int
    host: str
    port: int = 5060
    transport: Transport = "udp"
    username: str = ""
    secret: str = field(default="", repr=False)
    registers: bool = False
    codecs: tuple[str, ...] = ("alaw", "ulaw")
    channel_limit: int = 30
    cps_limit: float = 5
    """New calls per second."""
    number_format: NumberFormat = "e164"
    priority: int = 0
    """Lower is tried first."""
    simulator: bool = False

    def __post_init__(self) -> None:
        if not (_HOST.fullmatch(self.host) or _IPV6.fullmatch(self.host)):
            raise InvalidTrunk("host", "not a host name or an address")
        if not 1 <= self.port <= 65535:
            raise InvalidTrunk("port", "not between 1 and 65535")
        if self.transport not in ("udp", "tcp", "tls"):
            raise InvalidTrunk("transport", "not udp, tcp or tls")
        if self.number_format not in ("e164", "00", "national"):
            raise InvalidTrunk("number_format", "not e164, 00 or national")
        if self.registers and not self.username:
            raise InvalidTrunk("username", "needed to register")
        _check_text("username", self.username, forbidden=';\\@<> "')
        _check_text("secret", self.secret, forbidden=";\\")
        if not self.codecs or (unknown := set(self.codecs) - set(CODECS)):
            raise InvalidTrunk("codecs", f"none, or unknown: {', '.join(sorted(unknown)) if self.codecs else ''}")

    @property
    def endpoint(self) -> str:
        """Its name in Asterisk."""
        return f"trunk-{self.id}"


def _check_text(name: str, value: str, *, forbidden: str) -> None:
    if not value.isprintable():
        raise InvalidTrunk(name, "a character that cannot be printed")
    if any(character in forbidden for character in value):
        raise InvalidTrunk(name, f"one of these characters: {forbidden}")
    if value != value.strip() or value.startswith((">", "=")):
        raise InvalidTrunk(name, "begins or ends with a character that Asterisk would drop")
    if len(value) > 128:
        raise InvalidTrunk(name, "too long")


def carrier_number(trunk: TrunkConfig, e164: str) -> str:
    """The number as this carrier wants it written. ValueError where `e164` is not one."""
    if not _E164.fullmatch(e164):
        raise ValueError("not an E.164 number")
    if trunk.number_format == "e164":
        return e164
    if trunk.number_format == "national" and e164.startswith("+33"):
        return "0" + e164[3:]
    return "00" + e164[1:]


def dial_string(trunk: TrunkConfig, e164: str) -> str:
    """What `originate` takes as endpoint."""
    return f"PJSIP/{carrier_number(trunk, e164)}@{trunk.endpoint}"


def caller_id(trunk: TrunkConfig, presented_e164: str) -> str:
    """What `originate` takes as caller ID: goes into From and P-Asserted-Identity, as this carrier writes numbers."""
    return carrier_number(trunk, presented_e164)


def allowed_on(trunk: TrunkConfig, e164: str) -> bool:
    """A real trunk never carries the numbers kept for fiction, the simulator carries nothing else."""
    return is_fiction(e164) == trunk.simulator
