"""The PJSIP objects of one agent session: pushed over ARI at sign-in, deleted at sign-out, never written to a file.

Order matters: an endpoint names its auth and its aor, so it is put last and deleted first. Asterisk keeps them in
memory: push them again whenever it has restarted.
"""

from __future__ import annotations

import re
import secrets
from typing import Literal

from decroche.ari.protocol import Ari

Variant = Literal["webrtc", "sip"]
SorceryObject = tuple[str, str, dict[str, str]]
"""Type, id and fields, for `Ari.put_object("res_pjsip", type, id, fields)`."""

CLASS = "res_pjsip"
FORMATS: dict[Variant, str] = {"webrtc": "opus,alaw", "sip": "alaw,ulaw"}
"""What to ask of `originate` for the leg: told nothing, Asterisk takes mu-law."""
RTP_TIMEOUT_S = 10
"""A browser sends audio even when muted: without any for so long, the leg is dead (lid closed, power cut)."""

_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def endpoint_name(session_id: str | int) -> str:
    """The agent's SIP user name. ValueError on an id that is not a plain word."""
    if not _SESSION_ID.fullmatch(str(session_id)):
        raise ValueError("a session id is letters, digits, - and _")
    return f"a{session_id}"


def dial_string(session_id: str | int) -> str:
    return f"PJSIP/{endpoint_name(session_id)}"


def new_secret() -> str:
    """A password for one session."""
    return secrets.token_urlsafe(24)


def objects(
    session_id: str | int, secret: str, variant: Variant = "webrtc", language: str = "fr"
) -> list[SorceryObject]:
    name = endpoint_name(session_id)
    auth = {"auth_type": "userpass", "username": name, "password": secret}
    aor = {"max_contacts": "1", "remove_existing": "yes", "minimum_expiration": "30", "qualify_frequency": "0"}
    if variant == "sip":
        aor |= {"qualify_frequency": "15", "remove_unavailable": "yes"}
    return [("auth", name, auth), ("aor", name, aor), ("endpoint", name, _endpoint(name, variant, language))]


def _endpoint(name: str, variant: Variant, language: str) -> dict[str, str]:
    common = {
        "aors": name,
        "auth": name,
        "context": "decroche-agents",  # where nothing can be dialed
        "disallow": "all",
        "direct_media": "no",
        "language": language,
        "dtmf_mode": "rfc4733",
        "trust_id_inbound": "no",
        "allow_subscribe": "no",
        "allow_transfer": "no",
        "rtp_timeout": str(RTP_TIMEOUT_S),
        "accountcode": name,
    }
    if variant == "webrtc":
        return common | {"allow": "opus,alaw,ulaw", "webrtc": "yes", "transport": "transport-ws"}
    return common | {
        "allow": "alaw,ulaw,g722,opus",
        "transport": "transport-local",
        "rtp_symmetric": "yes",
        "force_rport": "yes",
        "rewrite_contact": "yes",
    }


async def push(ari: Ari, session_id: str | int, secret: str, variant: Variant = "webrtc", language: str = "fr") -> None:
    """Safe to repeat, with another secret too.

    An endpoint that is there is left alone: Asterisk 22.10 no longer follows the registrations of one put twice.
    """
    name = endpoint_name(session_id)
    exists = await ari.endpoint("PJSIP", name) is not None
    for object_type, object_id, fields in objects(session_id, secret, variant, language):
        if not (exists and object_type == "endpoint"):
            await ari.put_object(CLASS, object_type, object_id, fields)


async def is_registered(ari: Ari, session_id: str | int) -> bool:
    """To ask after a reconnection; between reconnections ContactStatusChange tells it sooner."""
    found = await ari.endpoint("PJSIP", endpoint_name(session_id))
    return found is not None and found.is_online


async def withdraw(ari: Ari, session_id: str | int) -> None:
    """From here on the password opens nothing. A leg that is up stays up: hang it up too. Safe to repeat."""
    name = endpoint_name(session_id)
    for object_type in ("endpoint", "aor", "auth"):
        await ari.delete_object(CLASS, object_type, name)
