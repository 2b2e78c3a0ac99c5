"""Whose window this is: Django's session cookie, read in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from decroche.accounts.models import User
from decroche.common.errors import Language


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in user."""

    user_id: int
    name: str
    language: Language
    is_supervisor: bool


def person_of(session_key: str) -> Person | None:
    """None where the session is over, the user disabled, or the password changed since or still to be changed."""
    if not session_key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user_id, backend = session.get(SESSION_KEY), session.get(BACKEND_SESSION_KEY)
    if user_id is None or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = User.objects.filter(pk=user_id, is_active=True, must_change_password=False).first()
    if user is None:
        return None
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return None
    return Person(user.pk, user.display_name, cast(Language, user.language), user.is_supervisor)
