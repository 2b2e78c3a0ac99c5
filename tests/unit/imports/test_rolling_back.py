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


@pytest.fixture
def roll_forward(boss: Any) -> Callable[[Any], dict[str, int]]:
    from decroche.contacts.imports import services
    from decroche.contacts.imports.run import run_import

    def run(batch: Any) -> dict[str, int]:
        services.roll_forward(boss, batch.pk)
        run_import(batch.pk)
        batch.refresh_from_db()
        assert (batch.status, batch.roll_back) == ("done", None)
        return {name: count for name, count in batch.counts.items() if count}

    return run


def called(name: str) -> None:
    from decroche.calls.models import Call

    one = contact(name)
    Call.objects.create(
        id=UUID(int=one.pk), contact=one, mode="manual", e164="+33199001234", state="ended", claimed_at=NOW
    )


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


def test_an_entry_that_a_call_came_from_keeps_its_contact(run_file, roll_back):
    from decroche.calls.models import Call
    from decroche.campaigns.models import Campaign, QueueEntry

    batch = run_file(["A;;0199001234;;;"], campaign_id=Campaign.objects.create(name="Santé").pk)
    Call.objects.create(
        id=UUID(int=1),
        queue_entry=QueueEntry.objects.get(),
        mode="manual",
        e164="+33199001234",
        state="ended",
        claimed_at=NOW,
    )
    assert roll_back(batch)["kept_called"] == 1


def test_all_that_may_refer_to_a_contact_is_known_to_the_roll_back(db):
    """What is not in `GOES_WITH_IT` keeps the contact: a new table is judged before it can be forgotten."""
    from decroche.contacts.imports.roll_back import GOES_WITH_IT, STAYS_WITHOUT_IT
    from decroche.contacts.imports.trusted import references
    from decroche.contacts.models import Contact

    declared: set[tuple[str, Any]] = {
        (one.related_model._meta.db_table, one.field.column)
        for one in Contact._meta.related_objects
        if not one.many_to_many and getattr(one.field, "db_constraint", False)
    }
    assert set(references("contacts_contact")) == declared
    assert {*GOES_WITH_IT, *STAYS_WITHOUT_IT} <= {table for table, _ in declared}


def test_nothing_dangles_after_a_roll_back(run_file, roll_back):
    from django.db import connection

    from decroche.campaigns.models import Campaign

    campaign = Campaign.objects.create(name="Santé")
    batch = run_file(["A;;0199001234;;;", "B;;0199001235;0639982011;;"], campaign_id=campaign.pk)
    connection.check_constraints()
    roll_back(batch)
    connection.check_constraints()


def test_rolled_forward_it_brings_the_same_again(run_file, roll_back, roll_forward, base):
    from decroche.campaigns.models import Campaign, QueueEntry

    rows = ["A;;0199001234;;;", "B;;0199001235;;;", "C;;12;;;"]
    batch = run_file(rows, campaign_id=Campaign.objects.create(name="Santé").pk)
    before = base()
    roll_back(batch)
    assert roll_forward(batch) == {"new": 2, "refused": 1, "queued": 2}
    assert base() == before
    assert QueueEntry.objects.filter(state="waiting").count() == 2
    assert batch.refused.count() == 1
    assert roll_back(batch) == {"removed": 2}


@pytest.mark.parametrize("policy", ["ignore", "fill", "update", "keep"])
def test_rolled_forward_it_does_not_bring_twice_what_was_kept(run_file, roll_back, roll_forward, base, policy):
    from decroche.campaigns.models import Campaign, QueueEntry

    campaign = Campaign.objects.create(name="Santé")
    batch = run_file(["A;;0199001234;;;", "B;;0199001235;;;"], campaign_id=campaign.pk, duplicates=policy)
    called("A")
    roll_back(batch)
    assert roll_forward(batch) == {"new": 1, "duplicate": 1, "queued": 2}
    assert [row[0] for row in base()] == ["A", "B"]
    assert QueueEntry.objects.filter(state="waiting").count() == 2


def test_an_update_rolled_forward_and_back_again_restores_what_was_there(run_file, roll_back, roll_forward, base):
    run_file(["Moreau;Léa;0199001234;;Lyon;C1"])
    before = base()
    batch = run_file(["Durand;;0199001234;;Dole;C1"], duplicates="update")
    after = base()
    roll_back(batch)
    assert roll_forward(batch) == {"updated": 1}
    assert base() == after
    assert roll_back(batch) == {"restored": 1}
    assert base() == before


def test_only_a_batch_that_was_rolled_back_is_rolled_forward(run_file, boss):
    from decroche.contacts.imports import services
    from decroche.contacts.imports.errors import CannotRollForward

    with pytest.raises(CannotRollForward):
        services.roll_forward(boss, run_file(["A;;0199001234;;;"]).pk)


def test_without_its_file_a_batch_is_not_rolled_forward(run_file, roll_back, boss, uploads):
    from decroche.contacts.imports import selectors, services
    from decroche.contacts.imports.errors import FileGone

    batch = run_file(["A;;0199001234;;;"])
    roll_back(batch)
    assert selectors.import_detail(batch.pk, boss).can_roll_forward
    (uploads / batch.stored_as).unlink()
    assert not selectors.import_detail(batch.pk, boss).can_roll_forward
    with pytest.raises(FileGone):
        services.roll_forward(boss, batch.pk)


def test_a_batch_of_an_archived_campaign_is_not_rolled_forward(run_file, roll_back, boss):
    from decroche.campaigns.models import Campaign
    from decroche.common.errors import InvalidFields
    from decroche.contacts.imports import services

    campaign = Campaign.objects.create(name="Santé")
    batch = run_file(["A;;0199001234;;;"], campaign_id=campaign.pk)
    roll_back(batch)
    Campaign.objects.update(status="archived")
    with pytest.raises(InvalidFields):
        services.roll_forward(boss, batch.pk)


def test_a_roll_forward_that_is_cancelled_or_fails_leaves_it_rolled_back(run_file, roll_back, boss, base, monkeypatch):
    from decroche.contacts.imports import run, services

    batch = run_file(["A;;0199001234;;;"])
    roll_back(batch)
    services.roll_forward(boss, batch.pk)
    services.cancel(boss, batch.pk)
    batch.refresh_from_db()
    assert batch.status == "rolled_back"
    services.roll_forward(boss, batch.pk)
    monkeypatch.setattr(run, "merge", lambda *_: 1 / 0)
    run.run_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.error, base()) == ("rolled_back", "import_failed", [])


def test_a_field_that_was_deleted_since_is_left_out(run_file, roll_back, roll_forward):
    from decroche.contacts.models import Contact, CustomField

    CustomField.objects.create(key="effectif", label="Effectif")
    batch = run_file(["A;0199001234;12"], ["last_name", "phone", "custom:effectif"], "Nom;Tél;Effectif")
    roll_back(batch)
    CustomField.objects.all().delete()
    assert roll_forward(batch) == {"new": 1}
    assert Contact.objects.get().custom == {}


def test_a_change_that_was_undone_is_no_reason_to_keep(run_file, roll_back, base, boss):
    """Bug: a bulk change, undone at once, kept the whole batch in the base for ever."""
    change, back = [act_on(boss, value) for value in ("Lyon", "")]
    batch = run_file(["A;;0199001234;;;", "B;;0199001235;;;"])
    change(["A", "B"])
    back(["A"])
    assert roll_back(batch) == {"removed": 1, "kept_changed": 1}
    assert [row[0] for row in base()] == ["B"]


def test_a_contact_that_was_updated_gets_its_values_back_after_a_change_undone(run_file, roll_back, base, boss):
    run_file(["A;;0199001234;;;"])
    batch = run_file(["A;Léa;0199001234;;Dole;"], duplicates="update")
    act_on(boss, "Lyon")(["A"])
    act_on(boss, "Dole")(["A"])
    assert roll_back(batch) == {"restored": 1}
    assert base() == [("A", "", "", "", "+33199001234")]


def act_on(boss: Any, city: str) -> Callable[[list[str]], None]:
    """Give many a town, as the list of contacts does."""
    from django.db import transaction

    from decroche.common.clock import SystemClock
    from decroche.contacts.bulk.acts import change
    from decroche.contacts.models import BulkAction

    @transaction.atomic
    def act(names: list[str]) -> None:
        action = BulkAction(kind="change", what={"field": "city", "value": city})
        change(action, boss, [contact(name).pk for name in names], SystemClock())

    return act
