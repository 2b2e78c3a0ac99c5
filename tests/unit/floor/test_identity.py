"""Whom the floor's sockets let in."""

from __future__ import annotations

import pytest
from django.test import Client

from decroche.accounts.models import User
from decroche.floor.identity import person_of

pytestmark = pytest.mark.django_db


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.session.session_key)


def test_a_signed_in_user_is_known() -> None:
    user = User.objects.create_user("camille", "un mot de passe assez long")
    person = person_of(session_of(user))
    assert person is not None
    assert person.user_id == user.pk


def test_a_temporary_password_opens_no_desktop_until_it_is_replaced() -> None:
    """Found in review: REST refused such a user, the sockets did not."""
    user = User.objects.create_user("camille", "un mot de passe assez long", must_change_password=True)
    assert person_of(session_of(user)) is None


def test_a_disabled_user_is_nobody() -> None:
    user = User.objects.create_user("camille", "un mot de passe assez long")
    session = session_of(user)
    User.objects.update(is_active=False)
    assert person_of(session) is None
