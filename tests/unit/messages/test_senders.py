"""Accounts at mail servers."""

from __future__ import annotations

from typing import Any

import pytest

from decroche.accounts.models import AuditEntry
from decroche.common.crypto import decrypt
from decroche.messages.models import Sender

BODY = {
    "name": "Contact", "host": "smtp.example.fr", "username": "floor", "secret": "s3cret!pass",
    "from_name": "Mutuelle", "from_address": "contact@mutuelle.example",
}  # fmt: skip


@pytest.fixture
def made(as_admin: Any) -> dict[str, Any]:
    answer: dict[str, Any] = as_admin.post("/senders", BODY).json()
    return answer


def test_the_password_is_stored_encrypted_and_never_given_back(as_admin, made):
    stored = Sender.objects.get().secret
    assert ("s3cret" in stored, decrypt(stored)) == (False, "s3cret!pass")
    assert (made["has_secret"], "secret" in made) == (True, False)
    assert "s3cret" not in as_admin.get("/senders").content.decode()


def test_the_password_is_not_in_the_audit_log(as_admin, made):
    as_admin.patch(f"/senders/{made['id']}", {"secret": "an0ther"})
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"sender.create", "sender.update"}
    assert not AuditEntry.objects.filter(detail__icontains="an0ther").exists()


def test_a_change_without_the_password_keeps_it(as_admin, made):
    assert as_admin.patch(f"/senders/{made['id']}", {"port": 465, "security": "tls"}).json()["port"] == 465
    assert decrypt(Sender.objects.get().secret) == "s3cret!pass"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", "smtp.example\r\nQUIT"),
        ("host", "smtp example"),
        ("host", ""),
        ("port", 0),
        ("port", 70_000),
        ("security", "none"),
        ("security", "ssl3"),
        ("username", "é"),
        ("username", "a\r\nb"),
        ("secret", "clé"),
        ("secret", ""),
        ("from_name", "Mutuelle\r\nBcc: autre@exemple.fr"),
        ("from_address", "contact"),
        ("from_address", "contact@mutuelle.example\nBcc: autre@exemple.fr"),
        ("reply_to", "Mutuelle <contact@mutuelle.example>"),
        ("name", ""),
    ],
)
def test_what_no_server_could_take_is_refused_beside_its_field(as_admin, field, value):
    answer = as_admin.post("/senders", {**BODY, field: value})
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, [field])


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_only_a_server_of_this_machine_needs_no_encryption(as_admin, host):
    assert as_admin.post("/senders", {**BODY, "host": host, "security": "none"}).status_code == 201


def test_names_are_unique(as_admin, made):
    assert as_admin.post("/senders", {**BODY, "name": "contact"}).json()["error"]["code"] == "sender_name_taken"


def test_the_first_sender_is_the_default_one_and_another_may_take_its_place(as_admin, made):
    second = as_admin.post("/senders", {**BODY, "name": "SAV"}).json()
    assert (made["is_default"], second["is_default"]) == (True, False)
    as_admin.patch(f"/senders/{second['id']}", {"is_default": True})
    assert list(Sender.objects.order_by("pk").values_list("is_default", flat=True)) == [False, True]


def test_there_is_always_a_default_sender_while_there_is_one(as_admin, made):
    as_admin.post("/senders", {**BODY, "name": "SAV"})
    assert as_admin.delete(f"/senders/{made['id']}").status_code == 204
    assert list(Sender.objects.values_list("name", "is_default")) == [("SAV", True)]
    assert as_admin.patch(f"/senders/{Sender.objects.get().pk}", {"is_default": False}).status_code == 422


def test_a_sender_that_a_campaign_names_is_not_deleted(as_admin, made, campaign):
    assert as_admin.patch(f"/campaigns/{campaign.pk}", {"sender_id": made["id"]}).json()["sender_id"] == made["id"]
    assert as_admin.delete(f"/senders/{made['id']}").json()["error"]["facts"] == {"campaign": "Santé"}
    as_admin.patch(f"/campaigns/{campaign.pk}", {"sender_id": None})
    assert as_admin.delete(f"/senders/{made['id']}").status_code == 204


def test_a_campaign_cannot_name_a_sender_that_is_not_there(as_admin, campaign):
    answer = as_admin.patch(f"/campaigns/{campaign.pk}", {"sender_id": 999})
    assert list(answer.json()["error"]["fields"]) == ["sender_id"]


def test_the_copy_of_a_campaign_has_the_same_sender(as_admin, made, campaign):
    as_admin.patch(f"/campaigns/{campaign.pk}", {"sender_id": made["id"]})
    assert as_admin.post(f"/campaigns/{campaign.pk}/duplicate", {}).json()["sender_id"] == made["id"]


def test_supervisors_see_senders_and_do_not_change_them(as_supervisor, made):
    assert len(as_supervisor.get("/senders").json()["items"]) == 1
    path = f"/senders/{made['id']}"
    refused = [
        as_supervisor.post("/senders", BODY), as_supervisor.patch(path, {"enabled": False}), as_supervisor.delete(path),
        as_supervisor.post(f"{path}/test", {"to": "ada@exemple.fr"}),
    ]  # fmt: skip
    assert {one.status_code for one in refused} == {403}


def test_agents_do_not_see_senders(as_agent, made):
    assert as_agent.get("/senders").status_code == 403
