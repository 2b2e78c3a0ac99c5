"""The ledger: what a person agreed to is written once, found again, and taken back as easily as it was given."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from decroche.accounts.models import AuditEntry
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.contacts.models import Contact
from decroche.ledger.models import Proof
from decroche.ledger.services import is_siren, name_of


def recorded(client: Any, contact: Contact, body: dict[str, Any], **changes: Any) -> Any:
    return client.post(f"/contacts/{contact.pk}/proofs", body | changes)


# ── Principals ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("siren", "good"), [("123456782", True), ("123456783", False), ("12345678", False), ("１２３４５６７８２", False)]
)
def test_a_siren_has_nine_digits_and_a_check_digit(siren: str, good: bool) -> None:
    assert is_siren(siren) is good


def test_two_principals_never_have_one_siren(as_supervisor: Any, principal: dict[str, Any]) -> None:
    answer = as_supervisor.post("/principals", {"name": "Autre", "siren": principal["siren"]})
    assert answer.json()["error"]["code"] == "siren_taken"
    assert "Mutuelle des Alpages" in answer.json()["error"]["message"]


def test_a_principal_with_proofs_is_not_deleted(
    as_admin: Any, as_supervisor: Any, principal: dict[str, Any], contact: Contact, body: dict[str, Any]
) -> None:
    recorded(as_supervisor, contact, body)
    assert as_admin.delete(f"/principals/{principal['id']}").json()["error"]["code"] == "principal_in_use"


# ── Proofs ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"civility": "Mme", "last_name": "Lefèvre", "company": "Boulangerie"}, "Mme Lefèvre, Boulangerie"),
        ({"company": "Boulangerie"}, "Boulangerie"),
        ({"first_name": "Hélène"}, "Hélène"),
    ],
)
def test_a_person_and_his_company_are_told_apart(known: dict[str, str], said: str) -> None:
    assert name_of(Contact(**known)) == said


def test_a_proof_keeps_who_what_how_and_when(as_supervisor: Any, contact: Contact, body: dict[str, Any]) -> None:
    made = recorded(as_supervisor, contact, body, number="06 39 98 00 11").json()
    assert made["who"] == "Mme Hélène Lefèvre"
    assert (made["e164"], made["zone"]) == ("+33639980011", "Indian/Reunion")
    assert (made["state"], made["ends_at"], made["archive_until"]) == (
        "live", "2027-10-01T07:30:00Z", "2029-10-01T07:30:00Z",
    )  # fmt: skip
    assert as_supervisor.get(f"/contacts/{contact.pk}/proofs").json()["items"] == [made]
    assert AuditEntry.objects.filter(action="proof.record").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_at": "2099-01-01T00:00:00Z"}, "given_at"),
        ({"given_at": "2026-10-01T09:30:00"}, "given_at"),
        ({"expires_at": "2027-10-02T09:30:00+02:00"}, "expires_at"),
        ({"expires_at": "2026-10-01T09:30:00+02:00"}, "expires_at"),
        ({"wording": ""}, "wording"),
        ({"number": "12"}, "number"),
        ({"principal_id": 0}, "principal_id"),
        ({"evidence_id": "00000000-0000-0000-0000-000000000000"}, "evidence_id"),
        ({"call_id": "00000000-0000-0000-0000-000000000000"}, "call_id"),
        ({"slots": [{"start": "2026-12-01T10:00:00Z", "end": "2026-12-01T10:00:00Z"}]}, "slots.0.end"),
        ({"slots": [{"start": "2026-12-01T10:00:00Z", "end": "2026-12-02T10:00:00Z"}]}, "slots.0.end"),
    ],
)
def test_a_proof_that_cannot_be_is_refused_beside_its_field(
    as_supervisor: Any, contact: Contact, body: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    answer = recorded(as_supervisor, contact, body, **changes)
    assert answer.status_code == 422
    assert field in answer.json()["error"]["fields"]
    assert not Proof.objects.exists()


def test_an_agent_writes_no_proof_for_a_contact_that_is_not_his(
    as_agent: Any, contact: Contact, body: dict[str, Any]
) -> None:
    assert recorded(as_agent, contact, body).status_code == 404


def test_a_proof_wakes_the_places_that_waited_for_it(
    as_supervisor: Any, contact: Contact, body: dict[str, Any], floor_words: list[dict[str, Any]]
) -> None:
    campaign = Campaign.objects.create(name="Santé")
    ended = {"state": "finished", "not_before": timezone.now()}
    waits = QueueEntry.objects.create(
        campaign=campaign, contact=contact, finished_reason="no_consent", refused_reason="no_consent", **ended
    )
    other = Campaign.objects.create(name="Autre")
    sold = QueueEntry.objects.create(campaign=other, contact=contact, finished_reason="disposition", **ended)
    recorded(as_supervisor, contact, body)
    waits.refresh_from_db()
    sold.refresh_from_db()
    assert (waits.state, waits.refused_reason, sold.state) == ("waiting", "", "finished")
    assert {"kind": "queue_changed", "campaign_id": campaign.pk} in floor_words


def test_a_withdrawal_acts_at_once_and_only_once(
    as_supervisor: Any, contact: Contact, body: dict[str, Any], floor_words: list[dict[str, Any]]
) -> None:
    made = recorded(as_supervisor, contact, body).json()
    path = f"/proofs/{made['id']}/withdrawal"
    after = as_supervisor.post(path, {"channel": "phone", "note": "dit au téléphone"}).json()
    assert (after["state"], after["withdrawal"]["note"]) == ("withdrawn", "dit au téléphone")
    assert {"kind": "contact_refused", "id": contact.pk} in floor_words
    assert as_supervisor.post(path, {}).json()["error"]["code"] == "already_withdrawn"


def test_nothing_in_the_ledger_is_changed_or_deleted(
    as_supervisor: Any, contact: Contact, body: dict[str, Any]
) -> None:
    pk = recorded(as_supervisor, contact, body).json()["id"]
    for change in (
        lambda: Proof.objects.filter(pk=pk).update(wording="autre chose"),
        lambda: Proof.objects.filter(pk=pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    contact.delete()
    assert Proof.objects.get(pk=pk).contact is None


def test_only_the_retention_job_deletes_what_is_past(
    as_supervisor: Any, contact: Contact, body: dict[str, Any]
) -> None:
    pk = recorded(as_supervisor, contact, body).json()["id"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL decroche.retention = 'on'")
        Proof.objects.filter(pk=pk).delete()
    assert not Proof.objects.exists()


# ── Evidence ─────────────────────────────────────────────────────────────────
def test_a_file_is_kept_as_it_came_with_its_hash(as_supervisor: Any, contact: Contact, body: dict[str, Any]) -> None:
    scan = b"%PDF-1.4 \x00 bulletin"
    sent = SimpleUploadedFile("../../bulletin\u202e.pdf", scan, "text/html")
    made = as_supervisor.http.post("/api/evidence", {"file": sent}).json()
    assert made["sha256"] == hashlib.sha256(scan).hexdigest()
    assert made["name"] == "bulletin.pdf"
    proof = recorded(as_supervisor, contact, body, evidence_id=made["id"]).json()
    assert proof["evidence"]["id"] == made["id"]
    answer = as_supervisor.get(f"/evidence/{made['id']}")
    assert b"".join(answer.streaming_content) == scan
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(action="evidence.read").exists()


# ── Campaigns ────────────────────────────────────────────────────────────────
def test_a_campaign_to_consumers_opens_only_with_a_principal_and_a_lawful_sector(
    as_supervisor: Any, principal: dict[str, Any]
) -> None:
    made = as_supervisor.post("/campaigns", {"name": "Santé", "audience": "b2c"}).json()
    path = f"/campaigns/{made['id']}"

    def missing() -> set[str]:
        return {one["code"] for one in as_supervisor.get(path).json()["missing"]}

    assert made["basis"] == "consent"
    assert "no_principal" in missing()
    as_supervisor.patch(path, {"principal_id": principal["id"], "sector": "energy"})
    assert "no_principal" not in missing()
    assert "banned_sector" in missing()
    as_supervisor.patch(path, {"basis": "callback_request"})
    assert "banned_sector" not in missing()
    assert as_supervisor.patch(path, {"audience": "b2b"}).json()["basis"] == "business"
    copy = as_supervisor.post(f"{path}/duplicate", {"name": "Copie"}).json()
    assert copy["principal_id"] == principal["id"]
