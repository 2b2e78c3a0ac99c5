"""A merge that was a mistake is taken back: each record has again what was its own, or one sentence says why not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.unit.contacts.conftest import NOW
from tests.unit.contacts.test_merging import call_of, changes, merge

SOON = datetime.now(UTC) + timedelta(days=2)
KEPT_BY_THE_DATABASE = ("admitted", "rank", "stream", "updated_at")


def undo(client: Any, kept: Any, other: Any) -> Any:
    return client.post(f"/contacts/{kept.pk}/merges/{other.pk}/undo")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that leads to a contact, and the contacts; what a merge adds to the journal is history, and stays."""
    from decroche.contacts.merging.relations import model_of, relations
    from decroche.contacts.models import Contact, ContactChange

    models: set[Any] = {Contact, *(model_of(name)[0] for name in relations())} - {ContactChange}
    return {
        model.__name__: [
            {name: value for name, value in one.items() if name not in KEPT_BY_THE_DATABASE}
            for one in model._default_manager.order_by("pk").values()
        ]
        for model in models
    }


@pytest.fixture
def lives(contact: Any, twin: Any, queued: Any, as_supervisor: Any) -> None:
    """Both have been called, answered, promised, refused, filed and imported."""
    from decroche.appointments.models import Appointment
    from decroche.callbacks.models import Callback
    from decroche.campaigns.models import Campaign, QueueEntry
    from decroche.contacts.models import (
        BulkAction,
        BulkItem,
        ContactDocument,
        ContactNote,
        DoNotCall,
        MergedContact,
        ScriptAnswer,
    )  # fmt: skip
    from tests.unit.contacts.test_changes import imported

    other = Campaign.objects.create(name="Énergie")
    theirs = QueueEntry.objects.create(campaign=queued.campaign, contact=twin, not_before=NOW, attempts=2)
    QueueEntry.objects.create(campaign=other, contact=twin, not_before=NOW, phone_position=1)
    call_of(contact, 1, queue_entry=queued)
    call_of(twin, 2, queue_entry=theirs)
    for n, one in enumerate((contact, twin)):
        ScriptAnswer.objects.create(contact=one, campaign=queued.campaign, question_key="salaries", value=n)
        Callback.objects.create(contact=one, campaign=queued.campaign, due_at=SOON + timedelta(hours=n))
        ContactNote.objects.create(contact=one, text=f"Note {n}")
        Appointment.objects.create(contact=one, starts_at=SOON)
        DoNotCall.objects.create(e164=f"+3319900000{n}", origin="agent", contact=one, created_at=NOW)
        ContactDocument.objects.create(
            id=UUID(int=n), contact=one, name="a.pdf", kind="pdf", size_bytes=1, added_at=NOW
        )  # fmt: skip
    ScriptAnswer.objects.create(contact=twin, campaign=queued.campaign, question_key="interet", value="Fort")
    MergedContact.objects.create(former_id=999_999, contact=twin, at=NOW)
    action = BulkAction.objects.create(kind="change", selection={}, expected=1, created_at=NOW)
    BulkItem.objects.create(action=action, contact=twin, done=True, before={"city": "Dole"})
    imported(twin, NOW, city="Pontarlier")
    as_supervisor.patch(f"/contacts/{twin.pk}", {"city": "Dole"})


def test_everything_is_as_it_was(as_supervisor: Any, contact: Any, twin: Any, lives: None) -> None:
    before = everything()
    assert merge(as_supervisor, contact, twin).status_code == 200
    assert everything() != before
    assert undo(as_supervisor, contact, twin).json()["id"] == contact.pk
    assert everything() == before


def test_the_journal_of_each_is_its_own_again_and_tells_of_both_acts(
    as_supervisor: Any, contact: Any, twin: Any, lives: None
) -> None:
    theirs = changes(as_supervisor, twin)
    merge(as_supervisor, contact, twin)
    assert [one["undoable"] for one in changes(as_supervisor, contact) if one["field"] == "*"] == [True]
    undo(as_supervisor, contact, twin)
    assert changes(as_supervisor, twin) == theirs
    told = [(one["source"], one["former_id"], one["undoable"]) for one in changes(as_supervisor, contact)]
    assert {one for one in told if one[1]} == {("roll_back", twin.pk, False), ("merge", twin.pk, False)}


def test_a_value_that_was_changed_since_stays(as_supervisor: Any, contact: Any, twin: Any) -> None:
    merge(as_supervisor, contact, twin)
    as_supervisor.patch(f"/contacts/{contact.pk}", {"city": "Dijon"})
    body = undo(as_supervisor, contact, twin).json()
    assert (body["city"], body["address"]) == ("Dijon", "")
    assert as_supervisor.get(f"/contacts/{twin.pk}").json()["city"] == "Besançon cedex"


def test_what_was_added_since_stays_with_the_record_that_stayed(as_supervisor: Any, contact: Any, twin: Any) -> None:
    from decroche.contacts.models import ContactNote

    merge(as_supervisor, contact, twin)
    ContactNote.objects.create(contact_id=contact.pk, text="Ajoutée depuis")
    undo(as_supervisor, contact, twin)
    assert ContactNote.objects.get().contact_id == contact.pk


def test_the_refusal_of_the_one_holds_no_more_for_the_other(as_supervisor: Any, contact: Any, twin: Any) -> None:
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33639982011", origin="agent", contact=twin, created_at=NOW)
    merge(as_supervisor, contact, twin)
    undo(as_supervisor, contact, twin)
    assert [one["do_not_call"] for one in as_supervisor.get(f"/contacts/{contact.pk}").json()["phones"]] == [False]
    assert [one["do_not_call"] for one in as_supervisor.get(f"/contacts/{twin.pk}").json()["phones"]] == [True]


def refused(answer: Any) -> str:
    code: str = answer.json()["error"]["code"]
    return code


def test_a_record_that_was_called_since_is_not_parted(as_supervisor: Any, contact: Any, twin: Any) -> None:
    merge(as_supervisor, contact, twin)
    call_of(contact, 1).__class__.objects.update(claimed_at=datetime.now(UTC) + timedelta(seconds=1))
    assert refused(undo(as_supervisor, contact, twin)) == "merge_worked_on"


def test_a_united_place_that_moved_on_is_not_parted(as_supervisor: Any, contact: Any, twin: Any, queued: Any) -> None:
    from decroche.campaigns.models import QueueEntry

    QueueEntry.objects.create(campaign=queued.campaign, contact=twin, not_before=NOW, attempts=2)
    merge(as_supervisor, contact, twin)
    QueueEntry.objects.filter(contact=contact).update(state="withdrawn")
    assert refused(undo(as_supervisor, contact, twin)) == "merge_worked_on"


def test_a_place_of_its_own_goes_back_as_it_is_now(as_supervisor: Any, contact: Any, twin: Any, campaign: Any) -> None:
    from decroche.campaigns.models import QueueEntry

    QueueEntry.objects.create(campaign=campaign, contact=twin, not_before=NOW)
    merge(as_supervisor, contact, twin)
    QueueEntry.objects.update(state="withdrawn")
    undo(as_supervisor, contact, twin)
    assert QueueEntry.objects.values_list("contact", "state").get() == (twin.pk, "withdrawn")


def test_the_last_merge_is_undone_first(as_supervisor: Any, contact: Any, twin: Any) -> None:
    from decroche.contacts.models import Contact

    third = Contact.objects.create(last_name="Lefèvre-Martin")
    merge(as_supervisor, contact, twin)
    merge(as_supervisor, third, contact)
    assert refused(undo(as_supervisor, third, twin)) == "merge_followed"
    assert undo(as_supervisor, third, contact).status_code == 200
    assert undo(as_supervisor, contact, twin).status_code == 200
    assert Contact.objects.count() == 3


def test_a_merge_is_not_undone_during_a_call(as_supervisor: Any, contact: Any, twin: Any) -> None:
    merge(as_supervisor, contact, twin)
    call_of(contact, 1, state="bridged")
    assert refused(undo(as_supervisor, contact, twin)) == "contact_in_call"


def test_former_values_are_kept_for_thirty_days(as_supervisor: Any, contact: Any, twin: Any) -> None:
    from decroche.contacts.bulk.run import forget_before
    from decroche.contacts.models import MergedContact

    merge(as_supervisor, contact, twin)
    MergedContact.objects.update(at=datetime.now(UTC) - timedelta(days=31))
    forget_before()
    assert refused(undo(as_supervisor, contact, twin)) == "merge_too_old"


def test_an_erasure_takes_what_was_kept_of_both(as_supervisor: Any, contact: Any, twin: Any) -> None:
    from decroche.contacts.models import MergeUndo

    merge(as_supervisor, contact, twin)
    as_supervisor.post(f"/contacts/{contact.pk}/erase")
    assert not MergeUndo.objects.exists()


def test_agents_undo_no_merge(assigned: Any, contact: Any, twin: Any) -> None:
    assert undo(assigned, contact, twin).status_code == 403
