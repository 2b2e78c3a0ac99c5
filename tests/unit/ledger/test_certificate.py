"""The document of one person's proofs: all of them, each with a hash that time does not change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from decroche.accounts.models import AuditEntry, User
from decroche.contacts.models import Contact
from decroche.ledger import certificate
from decroche.ledger.selectors import proofs_of


class Later:
    def now(self) -> datetime:
        return datetime(2028, 1, 1, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


def test_it_is_a_pdf_to_be_saved_and_the_log_says_who_made_it(
    as_supervisor: Any, contact: Contact, body: dict[str, Any]
) -> None:
    many = [as_supervisor.post(f"/contacts/{contact.pk}/proofs", body | {"object": f"Offre {n}"}) for n in range(30)]
    as_supervisor.post(f"/proofs/{many[0].json()['id']}/withdrawal", {"note": "à l'oral « stop »"})
    answer = as_supervisor.get(f"/contacts/{contact.pk}/proofs.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.count(b"/Type /Page\n") > 5
    assert AuditEntry.objects.filter(action="proof.document").count() == 1


def test_it_says_what_was_agreed_in_each_language(
    as_supervisor: Any, contact: Contact, body: dict[str, Any], monkeypatch: Any
) -> None:
    made = as_supervisor.post(f"/contacts/{contact.pk}/proofs", body).json()
    as_supervisor.post(f"/proofs/{made['id']}/withdrawal", {})
    said: list[str] = []
    monkeypatch.setattr(certificate._Page, "multi_cell", lambda _page, _w, _h, text, **_how: said.append(text))
    user = User.objects.get(username="chef")
    proof = proofs_of(user, contact.pk)[0]
    certificate.of_contact(user, contact.pk, "fr")
    assert {"Preuves de consentement", f"« {body['wording']} »", "retiré", certificate.hash_of(proof)} <= set(said)
    assert "01/10/2026 11:30:00 (UTC+04:00)" in said  # Réunion, where she lives
    said.clear()
    certificate.of_contact(user, contact.pk, "en")
    assert {"Proofs of consent", "withdrawn", certificate.hash_of(proof)} <= set(said)


def test_a_hash_is_the_same_when_the_consent_is_over_and_another_where_a_word_differs(
    as_supervisor: Any, contact: Contact, body: dict[str, Any]
) -> None:
    as_supervisor.post(f"/contacts/{contact.pk}/proofs", body)
    user = User.objects.get(username="chef")
    now = proofs_of(user, contact.pk)[0]
    later = proofs_of(user, contact.pk, Later())[0]
    assert (now.state, later.state) == ("live", "expired")
    assert certificate.hash_of(now) == certificate.hash_of(later)
    assert certificate.hash_of(now) != certificate.hash_of(now.model_copy(update={"wording": "autre"}))


def test_an_agent_makes_no_document(as_agent: Any, contact: Contact) -> None:
    assert as_agent.get(f"/contacts/{contact.pk}/proofs.pdf").status_code == 403
