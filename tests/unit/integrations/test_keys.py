"""Keys of other programs: who may make them, what they open, and when they stop."""

from datetime import UTC, datetime, timedelta

import pytest

from decroche.accounts.models import AuditEntry
from decroche.common.clock import SystemClock
from decroche.integrations import keys
from decroche.integrations.errors import TooManyRequests
from decroche.integrations.models import ApiKey


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_an_administrator_makes_a_key_that_is_shown_once(as_admin):
    made = as_admin.post("/integrations/keys", {"name": "CRM", "scopes": ["contacts:read"]}).json()
    assert made["text"].startswith(made["key"]["prefix"])
    listed = as_admin.get("/integrations/keys").json()["items"]
    assert [row["prefix"] for row in listed] == [made["key"]["prefix"]]
    assert made["text"] not in str(listed)


def test_only_a_keyed_hash_is_stored(program):
    stored = str(ApiKey.objects.values().get(pk=program.key.pk))
    assert program.text.split("_", 2)[-1] not in stored


def test_nothing_opens_without_a_good_key(program):
    wrong = program.text[:-1] + ("a" if program.text[-1] != "a" else "b")
    for header in ("", "Bearer", "Bearer nonsense", f"Basic {program.text}", f"Bearer {wrong}", f"Bearer {'x' * 9000}"):
        answer = program.http.get("/api/v1/me", headers={"Authorization": header} if header else {})
        assert code_of(answer) == (401, "api_key_refused")


def test_a_signed_in_person_is_no_program(as_admin):
    assert code_of(as_admin.get("/v1/contacts")) == (401, "api_key_refused")


def test_a_key_does_what_its_scopes_say_and_no_more(make_program):
    reader = make_program("contacts:read")
    assert reader.get("/contacts").status_code == 200
    assert code_of(reader.post("/contacts", {"last_name": "Petit"})) == (403, "scope_missing")
    assert reader.get("/calls").json()["error"]["facts"] == {"scope": "calls:read"}


def test_a_revoked_key_is_refused_at_its_next_request(as_admin, program):
    as_admin.post(f"/integrations/keys/{program.key.pk}/revoke")
    assert code_of(program.get("/me")) == (401, "api_key_refused")
    assert AuditEntry.objects.filter(action="api_key.revoke", actor=as_admin.user).count() == 1


def test_a_key_ends_at_its_date(make_program):
    program = make_program(expires_at=datetime.now(UTC) + timedelta(hours=1))
    assert program.get("/me").status_code == 200
    ApiKey.objects.filter(pk=program.key.pk).update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert code_of(program.get("/me")) == (401, "api_key_expired")


def test_a_key_falls_with_the_administrator_for_whom_it_acts(program, owner):
    owner.role = "supervisor"
    owner.save()
    assert code_of(program.get("/me")) == (403, "api_key_owner_disabled")


def test_the_rate_is_held_and_says_when_to_come_back(make_program, monkeypatch):
    program = make_program(requests_per_minute=60)
    now = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)

    class Stopped(SystemClock):
        def now(self):
            return now

    answers: list[object] = []
    for _ in range(12):
        try:
            keys.pay(program.key, Stopped())
            answers.append("ok")
        except TooManyRequests as refused:
            answers.append(refused.facts["retry_after_s"])
    assert answers == ["ok"] * 10 + [1, 1]
    now += timedelta(seconds=1)
    keys.pay(program.key, Stopped())


def test_too_many_requests_is_an_answer_with_retry_after(make_program):
    program = make_program(requests_per_minute=1)
    assert program.get("/me").status_code == 200
    answer = program.get("/me")
    assert code_of(answer) == (429, "too_many_requests")
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_what_a_program_does_is_recorded_as_its_owners_through_the_key(program, owner):
    program.post("/contacts", {"last_name": "Petit"})
    entry = AuditEntry.objects.get(action="contact.create")
    assert (entry.actor, entry.detail["api_key"]) == (owner, program.key.pk)


def test_what_a_person_does_afterwards_bears_no_key(program, as_admin):
    program.post("/contacts", {"last_name": "Petit"})
    as_admin.post("/contacts", {"last_name": "Durand"})
    assert "api_key" not in AuditEntry.objects.get(action="contact.create", actor=as_admin.user).detail


def test_the_key_is_in_no_log_line(program, capsys, caplog, settings):
    settings.DEBUG = True
    program.http.get("/api/v1/me", headers={"Authorization": f"Token {program.text}"})
    program.get("/nowhere")
    logged = "".join(capsys.readouterr()) + caplog.text
    assert program.text.rsplit("_", 1)[-1] not in logged


@pytest.mark.parametrize(
    "wrong",
    [{"scopes": []}, {"scopes": ["everything"]}, {"name": " "}, {"expires_at": "2020-01-01T00:00:00Z"}],
)
def test_a_key_without_sense_is_not_made(as_admin, wrong):
    answer = as_admin.post("/integrations/keys", {"name": "CRM", "scopes": ["contacts:read"], **wrong})
    assert code_of(answer) == (422, "invalid")
