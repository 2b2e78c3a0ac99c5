"""What crosses the API about trunks and softphones."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from decroche.common.pagination import Page
from decroche.common.schemas import Body, Label80, left_out
from decroche.telephony.models import Trunk

Transport = Literal["udp", "tcp", "tls"]
Codec = Literal["alaw", "ulaw", "g722", "opus"]
NumberFormat = Literal["e164", "00", "national"]
Host = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""Checked, as all of a trunk, by `trunk_config.TrunkConfig`: every value ends in Asterisk's files."""
Port = Annotated[int, Field(ge=1, le=65_535)]
SipUser = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Secret = Annotated[str, StringConstraints(max_length=128)]
Codecs = Annotated[list[Codec], Field(min_length=1, max_length=4)]
ChannelLimit = Annotated[int, Field(ge=1, le=10_000)]
CpsLimit = Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)]
Priority = Annotated[int, Field(ge=0, le=1000)]


class TrunkOut(Schema):
    """A SIP account; its password is never given back."""

    id: int
    name: str
    host: str
    port: int
    transport: Transport
    username: str
    has_secret: bool
    registers: bool
    codecs: list[Codec]
    channel_limit: int
    cps_limit: float
    number_format: NumberFormat
    priority: int
    enabled: bool
    simulator: bool

    @staticmethod
    def resolve_has_secret(trunk: Trunk) -> bool:
        return bool(trunk.secret)


class TrunkIn(Body):
    """A new trunk. `registers` false: the carrier knows us by our address."""

    name: Label80
    host: Host
    port: Port = 5060
    transport: Transport = "udp"
    username: SipUser = ""
    secret: Secret = ""
    registers: bool = True
    codecs: Codecs = ["alaw", "ulaw"]
    channel_limit: ChannelLimit = 30
    cps_limit: CpsLimit = 5
    number_format: NumberFormat = "e164"
    priority: Priority = 0
    enabled: bool = True


class TrunkPatch(Body):
    """Any subset; a `secret` that is left out stays."""

    name: Label80 = left_out()
    host: Host = left_out()
    port: Port = left_out()
    transport: Transport = left_out()
    username: SipUser = left_out()
    secret: Secret = left_out()
    registers: bool = left_out()
    codecs: Codecs = left_out()
    channel_limit: ChannelLimit = left_out()
    cps_limit: CpsLimit = left_out()
    number_format: NumberFormat = left_out()
    priority: Priority = left_out()
    enabled: bool = left_out()


class FormatPreviewIn(Body):
    """A number in any French form, and a carrier's way of writing numbers."""

    number: Annotated[str, StringConstraints(max_length=40)]
    number_format: NumberFormat


class FormatPreview(Schema):
    """The number as we keep it and as the carrier will be asked for it."""

    e164: str
    dialed: str


class IceServer(Schema):
    """As the browser's RTCPeerConnection wants it."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class Softphone(Schema):
    """`socket_path` is below the page's own origin."""

    socket_path: str
    ice_servers: list[IceServer]


class TrunkPage(Page[TrunkOut]):
    """All the trunks, the first tried first."""
