"""Signing in and out of the web."""

import pytest
from django.contrib.sessions.models import Session

from decroche.accounts.models import AuditEntry, User


def sign_in(client, username="camille", password="un-mot-de-passe-solide", **extra):
    return client.post("/auth/login", {"username": username, "password": password}, **extra)


@pytest.fixture
def camille(make_user):
    return make_user("camille", first_name="Camille", role="agent")


def test_the_right_password_opens_a_session(anonymous, camille):
    assert sign_in(anonymous).json()["role"] == "agent"
    assert anonymous.get("/auth/me").json()["username"] == "camille"


def test_capitals_in_the_name_do_not_matter(anonymous, camille):
    assert sign_in(anonymous, " Camille ").status_code == 200


def test_a_wrong_password_is_refused_in_the_language_of_the_browser(anonymous, camille):
    answer = sign_in(anonymous, password="autre", headers={"Accept-Language": "en-GB"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "wrong_credentials")
    assert answer.json()["error"]["message"].startswith("Wrong username")


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(anonymous, camille):
    wrong, unknown = sign_in(anonymous, password="autre"), sign_in(anonymous, "personne")
    assert wrong.json() == unknown.json()


def test_a_disabled_user_cannot_sign_in(anonymous, make_user):
    make_user("parti", is_active=False)
    assert sign_in(anonymous, "parti").json()["error"]["code"] == "wrong_credentials"


def test_the_session_key_changes_at_sign_in(anonymous, camille):
    sign_in(anonymous)
    first = anonymous.http.session.session_key
    sign_in(anonymous)
    assert anonymous.http.session.session_key != first


def test_five_wrong_passwords_block_even_the_right_one_and_say_until_when(anonymous, camille):
    for _ in range(5):
        last = sign_in(anonymous, password="autre")
    assert last.status_code == 429
    right = sign_in(anonymous)
    assert (right.status_code, right.json()["error"]["code"]) == (429, "locked_out")
    assert right.json()["error"]["facts"]["until"] == last.json()["error"]["facts"]["until"]


def test_the_lock_is_for_one_name_from_one_address(anonymous, camille, make_user):
    make_user("nadia")
    for _ in range(5):
        sign_in(anonymous, password="autre", headers={"X-Forwarded-For": "192.0.2.1"})
    assert sign_in(anonymous, "nadia", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert sign_in(anonymous, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 200


def test_only_caddy_is_believed_about_the_address(rf):
    from decroche.accounts.login import client_ip

    far = rf.get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="192.0.2.9")
    near = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.4, 192.0.2.9")
    assert (client_ip(far), client_ip(near)) == ("198.51.100.7", "192.0.2.9")


def test_signing_out_ends_the_session_and_is_told_to_the_floor(as_agent, floor_words):
    assert as_agent.post("/auth/logout").status_code == 204
    assert as_agent.get("/auth/me").status_code == 401
    assert floor_words == [{"kind": "user_signed_out", "user_id": as_agent.user.pk}]


def test_signing_out_without_a_session_does_nothing(anonymous):
    assert anonymous.post("/auth/logout").status_code == 204


def test_a_write_without_the_csrf_token_is_refused(api_client, make_user):
    client = api_client(make_user("chef", role="supervisor"), enforce_csrf_checks=True)
    answer = client.post("/groups", {"name": "Matin"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")


def test_signing_in_needs_the_csrf_token_that_the_first_question_brings(api_client, camille):
    client = api_client(enforce_csrf_checks=True)
    assert sign_in(client).json()["error"]["code"] == "csrf"
    client.get("/auth/me")
    token = client.http.cookies["csrftoken"].value
    assert sign_in(client, headers={"X-CSRFToken": token}).status_code == 200


def test_sign_in_and_out_are_in_the_audit_log(anonymous, camille):
    sign_in(anonymous)
    anonymous.post("/auth/logout")
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["session.sign_out", "session.sign_in"]


def test_a_temporary_password_allows_nothing_but_its_replacement(anonymous, make_user, password):
    make_user("nouveau", must_change_password=True)
    assert sign_in(anonymous, "nouveau").json()["must_change_password"] is True
    assert anonymous.get("/calls").json()["error"]["code"] == "must_change_password"
    body = {"current_password": password, "new_password": "quatre chevaux bleus"}
    assert anonymous.patch("/auth/me", body).json()["must_change_password"] is False
    assert anonymous.get("/calls").status_code == 200


def test_changing_the_password_needs_the_current_one(as_agent):
    answer = as_agent.patch("/auth/me", {"current_password": "faux", "new_password": "quatre chevaux bleus"})
    assert answer.json()["error"]["fields"].keys() == {"current_password"}


def test_a_weak_password_is_refused_with_the_reasons_in_french(as_agent, password):
    answer = as_agent.patch("/auth/me", {"current_password": password, "new_password": "12345"})
    assert answer.status_code == 422
    assert "trop court" in answer.json()["error"]["fields"]["new_password"]


def test_changing_the_password_ends_the_other_sessions_only(as_agent, api_client, password):
    elsewhere = api_client(as_agent.user)
    as_agent.patch("/auth/me", {"current_password": password, "new_password": "quatre chevaux bleus"})
    assert as_agent.get("/auth/me").status_code == 200
    assert elsewhere.get("/auth/me").status_code == 401
    assert Session.objects.count() == 1


def test_language_and_theme_are_kept(as_agent):
    as_agent.patch("/auth/me", {"language": "en", "theme": "dark"})
    user = User.objects.get(pk=as_agent.user.pk)
    assert (user.language, user.theme) == ("en", "dark")


def test_a_nul_character_is_refused_not_crashed_on(anonymous, camille):
    answer = sign_in(anonymous, "cam\x00ille")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")
