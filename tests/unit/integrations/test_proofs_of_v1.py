"""What a web form tells: a person agreed, once, however often the form is sent."""

from __future__ import annotations

from typing import Any

import pytest

from decroche.contacts.models import Contact
from decroche.ledger.models import Principal, Proof

BODY = {
    "siren": "123 456 782",
    "object": "Complémentaire santé",
    "wording": "J'accepte d'être appelée.",
    "wording_version": "2026-09",
    "act": "case cochée",
    "given_at": "2026-10-01T09:30:00+02:00",
}


@pytest.fixture
def contact(db: None) -> Contact:
    Principal.objects.create(name="Mutuelle des Alpages", siren="123456782")
    return Contact.objects.create(last_name="Lefèvre")


def test_a_consent_of_a_web_form_is_written_once(program: Any, contact: Contact) -> None:
    path = f"/contacts/{contact.pk}/proofs"
    made = program.post(path, BODY, idempotency_key="formulaire-1")
    again = program.post(path, BODY, idempotency_key="formulaire-1")
    assert (made.status_code, again.json()) == (201, made.json())
    told = made.json()
    assert (told["state"], told["channel"], told["siren"], told["contact_id"]) == (
        "live", "web_form", "123456782", contact.pk,
    )  # fmt: skip
    assert Proof.objects.count() == 1
    assert program.get(path).json() == {"items": [told], "next_cursor": None, "total": None}


def test_the_list_comes_in_pages(program: Any, contact: Contact) -> None:
    path = f"/contacts/{contact.pk}/proofs"
    ids = [program.post(path, BODY).json()["id"] for _ in range(3)]
    first = program.get(path, limit=2).json()
    second = program.get(path, limit=2, cursor=first["next_cursor"]).json()
    assert [one["id"] for one in first["items"] + second["items"]] == ids
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"siren": "732829320"}, "siren"), ({"given_at": "2099-01-01T00:00:00Z"}, "given_at"), ({"act": ""}, "act")],
)
def test_what_cannot_be_is_refused_beside_its_field(
    program: Any, contact: Contact, changes: dict[str, Any], field: str
) -> None:
    answer = program.post(f"/contacts/{contact.pk}/proofs", BODY | changes)
    assert answer.status_code == 422
    assert field in answer.json()["error"]["fields"]


def test_no_consent_of_a_contact_that_is_not_there(program: Any, contact: Contact) -> None:
    assert program.post("/contacts/999999/proofs", BODY).status_code == 404
