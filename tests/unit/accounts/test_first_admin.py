"""The one-time link that makes the first administrator."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from decroche.accounts.models import OneTimeLink, User
from decroche.agents.models import PauseReason

BODY = {"username": "ada", "password": "quatre chevaux bleus", "first_name": "Ada", "last_name": "Martin"}


@pytest.fixture
def path(db):
    return printed()


def printed():
    out = StringIO()
    call_command("first_admin_link", stdout=out)
    return out.getvalue().strip()


def test_the_link_makes_an_administrator_who_is_signed_in(path, anonymous):
    assert anonymous.get(path).status_code == 204
    assert anonymous.post(path, BODY).json()["role"] == "admin"
    assert anonymous.get("/users").status_code == 200


def test_the_link_works_once(path, anonymous, api_client):
    anonymous.post(path, BODY)
    again = api_client().post(path, {**BODY, "username": "eve"})
    assert (again.status_code, again.json()["error"]["code"]) == (404, "link_unusable")


def test_a_weak_password_leaves_the_link_usable(path, anonymous):
    assert anonymous.post(path, {**BODY, "password": "ada"}).status_code == 422
    assert anonymous.get(path).status_code == 204


def test_the_link_expires_after_a_day(path, anonymous):
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert anonymous.get(path).status_code == 404


def test_a_new_link_replaces_the_earlier_one(path, anonymous):
    newer = printed()
    assert [anonymous.get(one).status_code for one in (path, newer)] == [404, 204]


def test_nothing_is_printed_and_no_link_works_once_there_is_an_administrator(path, anonymous, make_user):
    make_user("admin", role="admin")
    assert printed() == ""
    assert anonymous.get(path).status_code == 404


def test_a_disabled_administrator_does_not_count(make_user):
    make_user("admin", role="admin", is_active=False)
    assert printed().startswith("/first-admin/")


def test_the_token_itself_is_not_stored(path):
    token = path.rsplit("/", 1)[1]
    assert not OneTimeLink.objects.filter(token_sha256__contains=token).exists()
    assert User.objects.count() == 0


def test_a_new_floor_has_reasons_for_a_pause(path):
    assert list(PauseReason.objects.values_list("label", flat=True)) == ["Pause café", "Déjeuner", "Formation / Brief"]
