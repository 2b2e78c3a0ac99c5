"""A write that is sent again is done once: the same answer, another body refused, two at once one effect."""

import threading

import pytest
from django.db import connection
from django.test import Client

from decroche.accounts.models import AuditEntry, User
from decroche.contacts.models import Contact
from decroche.integrations import keys, retention
from decroche.integrations.models import KeptAnswer
from decroche.integrations.schemas import ApiKeyIn

MARIE = {"last_name": "Petit", "phones": {"mobile": "06 39 98 20 11"}}


def test_the_same_request_again_has_the_same_answer_and_no_effect(program):
    first = program.post("/contacts", MARIE, idempotency_key="a-1")
    again = program.post("/contacts", MARIE, idempotency_key="a-1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (again.get("Idempotency-Replayed"), first.get("Idempotency-Replayed")) == ("true", None)
    assert Contact.objects.count() == AuditEntry.objects.filter(action="contact.create").count() == 1


@pytest.mark.parametrize("other", [("/contacts", {**MARIE, "city": "Dole"}), ("/do-not-call", MARIE)])
def test_the_same_key_with_another_request_is_refused(program, other):
    program.post("/contacts", MARIE, idempotency_key="a-1")
    answer = program.post(*other, idempotency_key="a-1")
    if other[0] == "/contacts":
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert answer.status_code == 422
    assert Contact.objects.count() == 1


def test_two_programs_may_use_the_same_key(make_program):
    for program in (make_program(), make_program()):
        assert program.post("/contacts", MARIE, idempotency_key="a-1").status_code == 201
    assert Contact.objects.count() == 2


def test_a_refusal_is_not_kept(program):
    wrong = program.post("/contacts", {"city": "Dole"}, idempotency_key="a-1")
    assert wrong.status_code == 422
    assert program.post("/contacts", MARIE, idempotency_key="a-1").status_code == 201


def test_an_empty_answer_is_repeated_too(program):
    webhook = program.post("/webhooks", {"url": "https://crm.example.com/x", "events": ["call.ended"]}).json()
    path = f"/webhooks/{webhook['webhook']['id']}"
    assert [program.delete(path, idempotency_key="d").status_code for _ in range(2)] == [204, 204]


@pytest.mark.parametrize("key", ["é", "a b", "x" * 256])
def test_a_key_that_cannot_be_kept_is_refused(program, key):
    answer = program.post("/contacts", MARIE, idempotency_key=key)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_invalid")


def test_answers_are_forgotten_after_their_hours(program):
    program.post("/contacts", MARIE, idempotency_key="a-1")
    KeptAnswer.objects.update(created_at=KeptAnswer.objects.get().created_at - retention.ANSWERS_KEPT * 2)
    retention.forget()
    assert KeptAnswer.objects.count() == 0


def at_once(requests):
    """Each from a thread of its own, released together; the answers."""
    gate, answers = threading.Barrier(len(requests)), []

    def send(request):
        try:
            gate.wait(30)
            answers.append(request())
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(one,)) for one in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def key_for_threads():
    owner = User.objects.create_user("ada", role="admin")
    body = {"name": "CRM", "scopes": ["contacts:write", "queue:write"], "requests_per_minute": 6000}
    return keys.create(owner, ApiKeyIn.model_validate(body))[1]


def sender(text, method, path, body, **headers):
    return lambda: Client().generic(
        method, f"/api/v1{path}", body, content_type="application/json",
        headers={"Authorization": f"Bearer {text}", **headers},
    )  # fmt: skip


@pytest.mark.parametrize("run", range(5))
def test_two_at_the_same_instant_make_one_contact(transactional_db, run):
    send = sender(key_for_threads(), "POST", "/contacts", '{"last_name": "Petit"}', **{"Idempotency-Key": "same"})
    answers = at_once([send] * 6)
    assert {one.status_code for one in answers} == {201}
    assert len({one.content for one in answers}) == 1
    assert len({one.json()["id"] for one in answers}) == Contact.objects.count() == 1


@pytest.mark.parametrize("run", range(3))
def test_two_upserts_of_one_code_at_the_same_instant_make_one_contact(transactional_db, run):
    send = sender(key_for_threads(), "PUT", "/contacts/by-client-code/C-9", '{"last_name": "Petit"}')
    answers = at_once([send] * 6)
    assert sorted(one.status_code for one in answers) == [200] * 5 + [201]
    assert Contact.objects.count() == 1


def test_the_rate_holds_for_requests_at_the_same_instant(transactional_db):
    owner = User.objects.create_user("ada", role="admin")
    body = {"name": "CRM", "scopes": ["contacts:read"], "requests_per_minute": 1}
    text = keys.create(owner, ApiKeyIn.model_validate(body))[1]
    answers = at_once([sender(text, "GET", "/me", "")] * 6)
    assert sorted(one.status_code for one in answers) == [200] + [429] * 5


def test_a_crash_after_the_effect_leaves_neither_effect_nor_answer(transactional_db, monkeypatch):
    from decroche.integrations.v1 import contacts

    text = key_for_threads()
    send = sender(text, "POST", "/contacts", '{"last_name": "Petit"}', **{"Idempotency-Key": "same"})

    def crash(*_):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(contacts, "one", crash)
        assert send().status_code == 500
    assert (Contact.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert send().status_code == 201
