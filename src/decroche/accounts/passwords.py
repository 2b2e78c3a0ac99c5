"""Passwords: whether one will do, and random ones that can be read aloud."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from decroche.accounts.models import User
from decroche.common.errors import InvalidFields

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without l, 1, i, o and 0, which are misread."""


def random_password() -> str:
    """Four groups of four characters: 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def check_password_strength(password: str, user: User, field: str) -> None:
    """Raises InvalidFields with the reasons, in both languages, beside `field`."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidFields(**{field: (_sentences(error, "fr"), _sentences(error, "en"))}) from error


def _sentences(error: ValidationError, language: str) -> str:
    with override(language):
        return " ".join(str(message) for message in error.messages)
