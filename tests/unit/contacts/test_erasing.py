"""A person's data goes; that something happened, and his refusals, stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.unit.contacts.conftest import NOW


@pytest.fixture
def erased(
    as_supervisor: Any, contact: Any, call: Any, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
):
    """The contact, with a call, a recording, a note, a change, a document and a refusal, then erased."""
    from decroche.calls.models import Recording
    from decroche.contacts.models import ContactDocument, ContactNote, DoNotCall

    settings.RECORDINGS_DIR = settings.DOCUMENTS_DIR = tmp_path
    (tmp_path / f"{UUID(int=8)}.wav").write_bytes(b"voice")
    (tmp_path / str(UUID(int=9))).write_bytes(b"paper")
    Recording.objects.create(id=UUID(int=8), call=call, status="ready", started_at=NOW)
    ContactDocument.objects.create(
        id=UUID(int=9), contact=contact, name="a.pdf", kind="pdf", size_bytes=5, added_at=NOW
    )
    ContactNote.objects.create(contact=contact, text="Aime le thé")
    DoNotCall.objects.create(e164="+33465711234", contact=contact, note="dit par Hélène", created_at=NOW)
    as_supervisor.patch(f"/contacts/{contact.pk}", {"city": "Dole"})
    with django_capture_on_commit_callbacks(execute=True):
        assert as_supervisor.post(f"/contacts/{contact.pk}/erase").status_code == 204
    contact.refresh_from_db()
    return contact


def test_values_numbers_words_files_and_voices_are_gone(erased, tmp_path):
    from decroche.calls.models import Call, Recording

    assert (erased.last_name, erased.city, erased.custom, erased.phones.count(), erased.notes.count()) == (
        "",
        "",
        {},
        0,
        0,
    )
    assert list(tmp_path.iterdir()) == []
    assert Recording.objects.get().status == "deleted"
    assert Call.objects.get().e164 == ""


def test_that_a_change_happened_stays_without_its_values(erased):
    from decroche.contacts.models import ContactChange

    (row,) = ContactChange.objects.filter(contact=erased)
    assert (row.field, row.before, row.after, row.erased) == ("city", None, None, True)


def test_a_refusal_outlives_the_record(erased):
    from decroche.contacts.models import DoNotCall, ErasedRefusal

    kept = ErasedRefusal.objects.get()
    assert (DoNotCall.objects.count(), kept.campaign_id, kept.refused_at) == (0, None, NOW)
    assert "465711234" not in kept.digest


def test_the_record_is_not_found_any_more_and_waits_in_no_queue(erased, as_supervisor):
    assert as_supervisor.get(f"/contacts/{erased.pk}").status_code == 404
    assert set(erased.queue_entries.values_list("state", flat=True)) == {"withdrawn"}


def test_an_import_that_changed_it_is_remembered_without_its_values(as_supervisor, contact):
    from decroche.contacts.models import BatchChange, ContactChange
    from tests.unit.contacts.test_changes import imported

    batch = imported(contact, NOW, city="Pontarlier")
    as_supervisor.post(f"/contacts/{contact.pk}/erase")
    row = ContactChange.objects.get()
    assert (row.field, row.source, row.batch_id, row.erased) == ("*", "import", batch.pk, True)
    assert BatchChange.objects.count() == 0


def test_nothing_is_erased_during_a_call(as_supervisor, contact, call):
    call.state = "bridged"
    call.save()
    assert as_supervisor.post(f"/contacts/{contact.pk}/erase").json()["error"]["code"] == "contact_in_call"
    contact.refresh_from_db()
    assert contact.last_name == "Lefèvre"


def test_agents_do_not_erase(assigned, contact):
    assert assigned.post(f"/contacts/{contact.pk}/erase").status_code == 403


def test_a_refusal_stays_readable_where_somebody_else_has_the_number(as_supervisor, contact):
    from decroche.contacts.models import Contact, ContactPhone, DoNotCall, ErasedRefusal

    flatmate = Contact.objects.create(last_name="Petit")
    ContactPhone.objects.create(contact=flatmate, kind="phone", e164="+33465711234")
    DoNotCall.objects.create(e164="+33465711234", contact=contact, note="dit par Hélène", created_at=NOW)
    as_supervisor.post(f"/contacts/{contact.pk}/erase")
    row = DoNotCall.objects.get()
    assert (row.e164, row.contact_id, row.note, ErasedRefusal.objects.count()) == ("+33465711234", None, "", 0)


def test_a_contact_made_with_the_number_of_an_erased_refusal_is_refused_at_once(erased, as_supervisor):
    from decroche.contacts.models import DoNotCall

    body = {"last_name": "Lefèvre", "phones": {"mobile": "04 65 71 12 34", "phone": "04 65 71 12 35"}}
    assert as_supervisor.post("/contacts", body).status_code == 201
    row = DoNotCall.objects.get()
    assert (row.e164, row.origin, row.created_at) == ("+33465711234", "erased_refusal", NOW)


def test_a_number_taken_off_the_list_does_not_come_back(erased, as_supervisor):
    from decroche.contacts.models import DoNotCall

    for _ in range(2):
        as_supervisor.post("/contacts", {"last_name": "Lefèvre", "phones": {"phone": "04 65 71 12 34"}})
        for row in DoNotCall.objects.all():
            assert as_supervisor.delete(f"/do-not-call/{row.pk}?confirm=true").status_code == 204
    assert DoNotCall.objects.count() == 0
    as_supervisor.post("/contacts", {"last_name": "Lefèvre", "phones": {"office": "04 65 71 12 34"}})
    assert DoNotCall.objects.count() == 0


def test_another_key_makes_other_hashes(settings, tmp_path):
    from dataclasses import replace

    from decroche.contacts.do_not_call.erased import digests

    here = digests(["+33465711234"])
    settings.ENV = replace(settings.ENV, var=tmp_path)
    assert here.keys() != digests(["+33465711234"]).keys()
