"""Taking a batch back never loses a call, a word or a change made since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def roll_back(boss: Any) -> Callable[[Any], dict[str, int]]:
    from decroche.contacts.imports import services
    from decroche.contacts.imports.roll_back import run_roll_back

    def run(batch: Any) -> dict[str, int]:
        services.start_roll_back(boss, batch.pk)
        run_roll_back(batch.pk)
        batch.refresh_from_db()
        assert batch.status == "rolled_back"
        return {name: count for name, count in batch.roll_back.items() if count}

    return run


def contact(name: str) -> Any:
    from decroche.contacts.models import Contact

    return Contact.objects.get(last_name=name)


def test_what_nobody_worked_on_is_removed(run_file, roll_back, base):
    from decroche.campaigns.models import Campaign, QueueEntry

    campaign = Campaign.objects.create(name="Santé")
    batch = run_file(["A;;0199001234;;;", "B;;0199001235;;;"], campaign_id=campaign.pk)
    assert roll_back(batch) == {"removed": 2}
    assert (base(), QueueEntry.objects.count()) == ([], 0)


def test_contacts_of_other_batches_stay(run_file, roll_back, base):
    run_file(["A;;0199001234;;;"])
    roll_back(run_file(["B;;0199001235;;;"]))
    assert [row[0] for row in base()] == ["A"]


def test_a_contact_that_was_called_is_kept_and_not_called_again(run_file, roll_back, base):
    from decroche.calls.models import Call
    from decroche.campaigns.models import Campaign, QueueEntry

    campaign = Campaign.objects.create(name="Santé")
    batch = run_file(["A;;0199001234;;;", "B;;0199001235;;;"], campaign_id=campaign.pk)
    Call.objects.create(
        id=UUID(int=1), contact=contact("A"), mode="manual", e164="+33199001234", state="ended", claimed_at=NOW
    )
    assert roll_back(batch) == {"removed": 1, "kept_called": 1, "dequeued": 1}
    assert [row[0] for row in base()] == ["A"]
    assert QueueEntry.objects.get().state == "withdrawn"


def test_a_contact_that_is_being_dialed_is_kept(run_file, roll_back):
    from decroche.campaigns.models import Campaign, QueueEntry

    batch = run_file(["A;;0199001234;;;"], campaign_id=Campaign.objects.create(name="Santé").pk)
    QueueEntry.objects.update(state="claimed", claim=UUID(int=1), lease_until=NOW)
    assert roll_back(batch) == {"kept_called": 1}


def test_a_contact_with_a_note_a_promise_or_a_meeting_is_kept(run_file, roll_back, base):
    from decroche.appointments.models import Appointment
    from decroche.callbacks.models import Callback
    from decroche.campaigns.models import Campaign
    from decroche.contacts.models import ContactNote

    batch = run_file([f"{name};;019900123{index};;;" for index, name in enumerate("ABCD")])
    ContactNote.objects.create(contact=contact("A"), text="Vu")
    Callback.objects.create(contact=contact("B"), campaign=Campaign.objects.create(name="Santé"), due_at=NOW)
    Appointment.objects.create(contact=contact("C"), starts_at=NOW)
    assert roll_back(batch) == {"removed": 1, "kept_worked": 3}
    assert [row[0] for row in base()] == ["A", "B", "C"]


def test_a_contact_changed_by_hand_is_kept(run_file, roll_back, boss):
    from decroche.contacts import services
    from decroche.contacts.schemas import ContactPatch

    batch = run_file(["A;;0199001234;;;"])
    services.update_contact(boss, contact("A").pk, ContactPatch(city="Lyon"))
    assert roll_back(batch) == {"kept_changed": 1}


def test_an_updated_contact_gets_its_values_and_numbers_back(run_file, roll_back, base):
    run_file(["Moreau;Léa;0199001234;0639982011;Lyon;C1"])
    before = base()
    batch = run_file(["Durand;Max;0199001299;0639982099;Dole;C1"], duplicates="update")
    assert base() != before
    assert roll_back(batch) == {"restored": 1}
    assert base() == before


def test_an_updated_contact_that_changed_since_keeps_its_changes(run_file, roll_back, boss):
    from decroche.contacts import services
    from decroche.contacts.schemas import ContactPatch

    run_file(["Moreau;;0199001234;;;C1"])
    batch = run_file(["Durand;;0199001234;;;C1"], duplicates="update")
    services.update_contact(boss, contact("Durand").pk, ContactPatch(first_name="Zoé"))
    assert roll_back(batch) == {"kept_changed": 1}
    assert contact("Durand").first_name == "Zoé"


def test_a_contact_that_a_later_batch_completed_is_kept(run_file, roll_back):
    first = run_file(["Moreau;;0199001234;;;"])
    run_file(["Moreau;Léa;0199001234;;;"], duplicates="fill")
    assert roll_back(first) == {"kept_changed": 1}


def test_two_batches_are_rolled_back_the_last_first(run_file, roll_back, base):
    first = run_file(["Moreau;;0199001234;;;"])
    second = run_file(["Moreau;Léa;0199001234;;;"], duplicates="fill")
    assert roll_back(second) == {"restored": 1}
    assert roll_back(first) == {"removed": 1}
    assert base() == []


def test_only_a_batch_that_is_done_is_rolled_back(upload, boss):
    from decroche.contacts.imports import services
    from decroche.contacts.imports.errors import CannotRollBack

    with pytest.raises(CannotRollBack):
        services.start_roll_back(boss, upload("Nom;Tél\nA;0199001234\n").pk)


def test_a_failure_changes_nothing_and_may_be_tried_again(run_file, boss, base, monkeypatch):
    from decroche.contacts.imports import roll_back, services

    batch = run_file(["A;;0199001234;;;"])
    services.start_roll_back(boss, batch.pk)
    with monkeypatch.context() as patch:
        patch.setattr(roll_back, "_dequeue", lambda batch_id: 1 / 0)
        roll_back.run_roll_back(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.error, len(base())) == ("done", "roll_back_failed", 1)
