"""Everything that is known of a person, in one archive that he can read."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def person(settings: Any, tmp_path: Path) -> Any:
    """With a call, its recording, a note and a refusal; and a number that somebody else has too."""
    from dataclasses import replace

    from decroche.calls.models import Call, Recording
    from decroche.contacts.models import Contact, ContactNote, ContactPhone, DoNotCall

    settings.ENV = replace(settings.ENV, var=tmp_path)
    settings.RECORDINGS_DIR = tmp_path
    made = Contact.objects.create(first_name="Hélène", last_name="<b>Lefèvre</b>", custom={"effectif": 3})
    ContactPhone.objects.create(contact=made, kind="phone", e164="+33199001234")
    other = Contact.objects.create(last_name="Petit")
    ContactPhone.objects.create(contact=other, kind="phone", e164="+33199001234")
    ContactNote.objects.create(contact=made, text="Aime le thé")
    ContactNote.objects.create(contact=other, text="Aime le café")
    DoNotCall.objects.create(e164="+33199001234", created_at=NOW)
    call = Call.objects.create(
        id=UUID(int=3), contact=made, mode="manual", e164="+33199001234", state="ended", claimed_at=NOW
    )
    Recording.objects.create(id=UUID(int=4), call=call, status="ready", started_at=NOW)
    (tmp_path / f"{UUID(int=4)}.wav").write_bytes(b"voice")
    return made


def archive_of(client: Any, **body: Any) -> zipfile.ZipFile:
    from decroche.privacy.access.run import make

    asked = client.post("/privacy/access-requests", body)
    assert asked.status_code == 201, asked.json()
    make(asked.json()["id"])
    answer = client.get(f"/privacy/access-requests/{asked.json()['id']}/file")
    assert answer.status_code == 200, answer.json()
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_every_relation_to_a_contact_is_in_the_archive_under_a_french_title() -> None:
    from decroche.contacts.models import Contact
    from decroche.privacy.access.gather import parts
    from decroche.privacy.access.words import TITLES

    related = {one.related_model._meta.label for one in Contact._meta.related_objects}
    gathered = [one.model for one in parts([1], [])]
    assert related | {"contacts.Contact", "calls.Recording", "ledger.Decision", "ledger.Withdrawal"} <= set(gathered)
    assert set(gathered) == set(TITLES)
    assert len(gathered) == len(set(gathered))


def test_a_record_s_archive_has_words_voices_and_refusals_and_nothing_of_who_shares_the_number(
    person: Any, as_admin: Any
) -> None:
    archive = archive_of(as_admin, contact_id=person.pk)
    data = json.loads(archive.read("donnees.json"))
    assert [one["text"] for one in data["contacts.ContactNote"]] == ["Aime le thé"]
    assert len(data["contacts.DoNotCall"]) == len(data["calls.Call"]) == 1
    assert archive.read(f"enregistrements/2026-11-20-{UUID(int=4)}.wav") == b"voice"
    page = archive.read("vos-donnees.html").decode()
    assert "&lt;b&gt;Lefèvre&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "Aime le thé" in page


def test_a_consent_is_told_in_words_with_its_principal_its_collector_and_its_agreed_times(
    person: Any, as_admin: Any
) -> None:
    from decroche.calls.models import Call
    from decroche.ledger.models import Principal, Proof

    principal = Principal.objects.create(name="Mutuelle des Alpages", siren="123456782")
    Call.objects.update(result="no_answer")
    Proof.objects.create(
        principal=principal, contact=person, kind="callback_request", who="Hélène", object="santé", wording="oui",
        wording_version="1", channel="web_form", act="clic", given_at=NOW, zone="Europe/Paris",
        third_party="Leads & Cie", recorded_at=NOW, archive_until=NOW,
        slots=[["2026-12-12T17:00:00+00:00", "2026-12-12T18:30:00+00:00"]],
    )  # fmt: skip
    page = archive_of(as_admin, contact_id=person.pk).read("vos-donnees.html").decode()
    for word in (
        "Mutuelle des Alpages (SIREN 123456782)", "formulaire web", "Demande de rappel", "Leads &amp; Cie",
        "12/12/2026 à 18:00 – 12/12/2026 à 19:30", "pas de réponse",
    ):  # fmt: skip
        assert word in page
    for code in ("web_form", "callback_request", "no_answer"):
        assert code not in page


def test_a_place_in_a_campaign_is_told_by_its_name_its_state_and_its_outcome(person: Any, as_admin: Any) -> None:
    from decroche.campaigns.models import Campaign, QueueEntry
    from decroche.dispositions.models import Disposition

    person.postal_code = "21000"
    person.save()
    campaign = Campaign.objects.create(name="Santé 2026")
    refused = Disposition.objects.create(campaign=campaign, key="5", label="Refus argumenté")
    QueueEntry.objects.create(
        campaign=campaign, contact=person, state="finished", not_before=NOW, attempts=2, last_result="connected",
        disposition=refused, finished_reason="close",
    )  # fmt: skip
    page = archive_of(as_admin, contact_id=person.pk).read("vos-donnees.html").decode()
    told = page.split("<h2>Campagnes</h2>")[1].split("<h2>")[0]
    for word in ("Santé 2026", "terminée", "connecté", "Refus argumenté"):
        assert word in told
    for code in ("Lieu", "finished", "connected", ">21000<"):
        assert code not in told


def test_many_columns_are_read_downwards_and_no_word_is_broken(person: Any, as_admin: Any) -> None:
    person.civility, person.city, person.email, person.company = "Mme", "Dijon", "h@exemple.fr", "SARL"
    person.save()
    page = archive_of(as_admin, contact_id=person.pk).read("vos-donnees.html").decode()
    assert "<tr><th>Prénom</th><td>Hélène</td></tr>" in page
    assert "overflow-wrap:anywhere" not in page


def test_a_number_finds_all_the_records_that_have_it(person: Any, as_admin: Any) -> None:
    data = json.loads(archive_of(as_admin, number="01 99 00 12 34").read("donnees.json"))
    assert len(data["contacts.Contact"]) == 2


def test_a_number_of_which_nothing_is_known_is_said_at_once(as_admin: Any) -> None:
    answer = as_admin.post("/privacy/access-requests", {"number": "01 99 00 99 99"})
    assert answer.status_code == 422
    assert "number" in answer.json()["error"]["fields"]


def test_the_link_expires_and_then_nothing_says_any_more_whom_it_was_about(person: Any, as_admin: Any) -> None:
    from decroche.privacy.access.run import clean, path_of
    from decroche.privacy.models import AccessRequest

    archive_of(as_admin, contact_id=person.pk)
    asked = AccessRequest.objects.get()
    AccessRequest.objects.update(expires_at=NOW - timedelta(days=1))
    assert as_admin.get(f"/privacy/access-requests/{asked.pk}/file").json()["error"]["code"] == "no_archive"
    assert clean() == 1
    asked.refresh_from_db()
    assert (path_of(asked.pk).exists(), asked.contact_ids, asked.numbers) == (False, [], [])


def test_who_asked_and_who_took_it_is_in_the_audit_log_and_supervisors_do_neither(
    person: Any, as_admin: Any, as_supervisor: Any
) -> None:
    from decroche.accounts.models import AuditEntry

    archive_of(as_admin, contact_id=person.pk)
    written = list(AuditEntry.objects.filter(action__startswith="access_request").order_by("pk"))
    assert [one.action for one in written] == ["access_request.ask", "access_request.download"]
    assert as_supervisor.post("/privacy/access-requests", {"contact_id": person.pk}).status_code == 403
