"""Encryption of secrets at rest (trunk passwords) with the installation's own key, var/secrets/field_key."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from decroche.common.errors import DomainError


class Undecipherable(DomainError):
    """A stored secret was written with another key (a restored database without its var/secrets)."""

    code = "undecipherable_secret"
    fr = (
        "Ce mot de passe enregistré ne peut plus être lu : la clé de chiffrement (var/secrets/field_key) a changé. "
        "Saisissez-le à nouveau."
    )
    en = "This stored password cannot be read: the encryption key (var/secrets/field_key) changed. Type it again."


def encrypt(text: str) -> str:
    """Encrypted and authenticated text; empty stays empty."""
    return Fernet(settings.ENV.field_key).encrypt(text.encode()).decode() if text else ""


def decrypt(token: str) -> str:
    """What was encrypted. Raises Undecipherable."""
    if not token:
        return ""
    try:
        return Fernet(settings.ENV.field_key).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Undecipherable from error
