"""A principal and a contact, and the shortest proof that may be written down."""

from __future__ import annotations

from typing import Any

import pytest

from decroche.contacts.models import Contact, ContactPhone

SIREN = "123456782"


@pytest.fixture
def principal(as_supervisor: Any) -> dict[str, Any]:
    made: dict[str, Any] = as_supervisor.post(
        "/principals", {"name": "Mutuelle des Alpages", "siren": "123 456 782"}
    ).json()
    return made


@pytest.fixture
def contact(db: None) -> Contact:
    made = Contact.objects.create(civility="Mme", first_name="Hélène", last_name="Lefèvre", postal_code="97400")
    ContactPhone.objects.create(contact=made, kind="mobile", e164="+33639980011")
    return made


@pytest.fixture
def body(principal: dict[str, Any]) -> dict[str, Any]:
    return {
        "principal_id": principal["id"],
        "object": "Complémentaire santé",
        "wording": "J'accepte d'être appelée par la Mutuelle des Alpages au sujet de sa complémentaire santé.",
        "wording_version": "2026-09",
        "channel": "web_form",
        "act": "case cochée",
        "given_at": "2026-10-01T09:30:00+02:00",
    }
