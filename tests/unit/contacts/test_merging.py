"""Two records of one person become one, and nothing that was said, done or refused is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.unit.contacts.conftest import NOW


def merge(client: Any, kept: Any, other: Any, **body: Any) -> Any:
    return client.post(f"/contacts/{kept.pk}/merge", {"other_id": other.pk, **body})


def numbers(body: dict[str, Any]) -> dict[str, str]:
    return {phone["kind"]: phone["e164"] for phone in body["phones"]}


def test_every_relation_to_a_contact_is_known_to_the_merge():
    """A new table that leads to a contact: say in merging/relations.py how its rows follow (plainly: `move`)."""
    from decroche.contacts.merging.relations import STEPS, relations

    assert relations() == sorted(STEPS)


def test_every_relation_to_a_contact_is_known_to_the_erasure():
    """A new table that leads to a contact: say in erasing/relations.py what of the person is in it, and how it goes."""
    from decroche.contacts.erasing.relations import GONE
    from decroche.contacts.merging.relations import relations

    assert relations() == sorted(GONE)


def test_every_column_of_a_contact_is_merged_journaled_and_erased():
    """A new column: name it in TEXT_FIELDS of records.py, or here where it is no value of the person's."""
    from decroche.contacts.models import Contact
    from decroche.contacts.records import TEXT_FIELDS

    ours = {"id", "created_at", "updated_at", "batch", "erased_at", "custom"}
    assert {one.name for one in Contact._meta.concrete_fields} - ours == set(TEXT_FIELDS)


def test_likely_duplicates_are_found_with_their_reasons(as_supervisor, contact, twin):
    from decroche.contacts.models import Contact, ContactPhone

    same_number = Contact.objects.create(last_name="Autre")
    ContactPhone.objects.create(contact=same_number, kind="office", e164="+33465711234")
    Contact.objects.create(last_name="Lefevre", first_name="Hélène", postal_code="39100")
    found = as_supervisor.get(f"/contacts/{contact.pk}/duplicates").json()
    assert [(one["contact"]["id"], one["why"]) for one in found] == [
        (twin.pk, ["email", "name"]),
        (same_number.pk, ["phone"]),
    ]


def test_a_comparison_proposes_the_fuller_values_and_unites_the_numbers(as_supervisor, contact, twin):
    body = as_supervisor.get(f"/contacts/{contact.pk}/merge/{twin.pk}").json()
    sides = {one["field"]: one["proposed"] for one in body["fields"]}
    assert (sides["city"], sides["address"], sides["company"], sides["civility"]) == ("other", "other", "kept", "kept")
    assert {one["e164"]: one["kind"] for one in body["numbers"]} == {"+33465711234": "phone", "+33639982011": "mobile"}


def test_values_are_those_chosen_and_numbers_are_united(as_supervisor, contact, twin):
    body = merge(as_supervisor, contact, twin, sides={"city": "kept", "last_name": "other"}).json()
    assert (body["city"], body["last_name"], body["address"]) == ("Besançon", "LEFEVRE", "3 rue des Granges")
    assert numbers(body) == {"phone": "+33465711234", "mobile": "+33639982011"}


def test_numbers_may_change_places(as_supervisor, contact, twin):
    chosen = {"phone": "+33639982011", "office": "+33465711234"}
    assert numbers(merge(as_supervisor, contact, twin, numbers=chosen).json()) == chosen


def test_a_number_of_neither_is_refused_and_nothing_is_done(as_supervisor, contact, twin):
    answer = merge(as_supervisor, contact, twin, numbers={"phone": "+33199000001"})
    assert answer.status_code == 422
    twin.refresh_from_db()


def test_the_former_address_leads_to_the_record_that_stays(as_supervisor, contact, twin, make_user):
    from decroche.contacts.models import Contact

    merge(as_supervisor, contact, twin)
    assert as_supervisor.get(f"/contacts/{twin.pk}").json()["id"] == contact.pk
    assert as_supervisor.patch(f"/contacts/{twin.pk}", {"city": "Dole"}).json()["id"] == contact.pk
    assert not Contact.objects.filter(pk=twin.pk).exists()


def test_addresses_lead_on_through_a_second_merge(as_supervisor, contact, twin):
    from decroche.contacts.models import Contact

    third = Contact.objects.create(last_name="Lefèvre-Martin")
    merge(as_supervisor, contact, twin)
    merge(as_supervisor, third, contact)
    assert as_supervisor.get(f"/contacts/{twin.pk}").json()["id"] == third.pk


def test_a_record_is_not_merged_with_itself(as_supervisor, contact, twin):
    assert merge(as_supervisor, contact, contact).json()["error"]["code"] == "same_contact"
    merge(as_supervisor, contact, twin)
    assert merge(as_supervisor, contact, twin).json()["error"]["code"] == "same_contact"


def test_agents_do_not_merge(assigned, contact, twin):
    assert merge(assigned, contact, twin).status_code == 403


def call_of(contact: Any, number: int, state: str = "ended", **facts: Any) -> Any:
    from decroche.calls.models import Call

    return Call.objects.create(
        id=UUID(int=number), contact=contact, mode="manual", e164="+33199000001", state=state, claimed_at=NOW, **facts
    )


@pytest.mark.parametrize("side", ["kept", "other"])
def test_a_merge_waits_for_the_end_of_a_call(as_supervisor, contact, twin, side):
    call_of(contact if side == "kept" else twin, 1, state="bridged")
    assert merge(as_supervisor, contact, twin).json()["error"]["code"] == "merge_in_call"
    assert as_supervisor.get(f"/contacts/{contact.pk}/merge/{twin.pk}").json()["in_call"] is True


def test_a_merge_waits_for_the_record_on_an_agents_screen(as_supervisor, contact, twin, campaign):
    from decroche.campaigns.models import QueueEntry

    QueueEntry.objects.create(campaign=campaign, contact=twin, not_before=NOW, state="claimed", claim=UUID(int=1))
    assert merge(as_supervisor, contact, twin).json()["error"]["code"] == "merge_in_call"


def test_calls_notes_meetings_and_documents_follow(as_supervisor, contact, twin, campaign):
    from decroche.appointments.models import Appointment
    from decroche.contacts.models import ContactDocument, ContactNote

    call_of(twin, 1)
    ContactNote.objects.create(contact=twin, text="Vue au salon")
    Appointment.objects.create(contact=twin, starts_at=NOW)
    ContactDocument.objects.create(
        id=UUID(int=1), contact=twin, name="a.pdf", kind="pdf", size_bytes=1, added_at=NOW
    )  # fmt: skip
    merge(as_supervisor, contact, twin)
    assert {one["type"] for one in as_supervisor.get(f"/contacts/{contact.pk}/history").json()["items"]} == {
        "call", "note", "appointment",
    }  # fmt: skip
    assert len(as_supervisor.get(f"/contacts/{contact.pk}/documents").json()) == 1


def test_of_two_places_in_a_queue_one_is_left(as_supervisor, contact, twin, queued):
    from decroche.calls.models import Call
    from decroche.campaigns.models import Campaign, QueueEntry

    theirs = QueueEntry.objects.create(
        campaign=queued.campaign, contact=twin, not_before=NOW, state="finished", finished_reason="outcome", attempts=2,
        attempts_by_result={"connected": 2},
    )  # fmt: skip
    QueueEntry.objects.create(campaign=Campaign.objects.create(name="Énergie"), contact=twin, not_before=NOW)
    QueueEntry.objects.filter(pk=queued.pk).update(attempts=1, attempts_by_result={"busy": 1})
    call_of(twin, 1, queue_entry=theirs)
    merge(as_supervisor, contact, twin)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.attempts_by_result) == ("finished", 3, {"busy": 1, "connected": 2})
    assert QueueEntry.objects.filter(contact=contact).count() == 2
    assert Call.objects.get().queue_entry_id == queued.pk


def test_one_promise_a_campaign_is_kept_and_its_place_waits_for_it(as_supervisor, contact, twin, queued):
    from decroche.callbacks.models import Callback

    due = datetime.now(UTC) + timedelta(days=2)
    first = Callback.objects.create(contact=contact, campaign=queued.campaign, due_at=due)
    last = Callback.objects.create(contact=twin, campaign=queued.campaign, due_at=due + timedelta(days=1))
    merge(as_supervisor, contact, twin)
    for one in (first, last, queued):
        one.refresh_from_db()
    assert (first.state, last.state, last.contact_id) == ("cancelled", "scheduled", contact.pk)
    assert queued.not_before == last.due_at


def test_the_latest_answer_counts_and_the_other_is_in_the_journal(as_supervisor, contact, twin, campaign):
    from decroche.contacts.models import ContactChange, ScriptAnswer

    for one, value in ((contact, 4), (twin, 12)):
        ScriptAnswer.objects.create(contact=one, campaign=campaign, question_key="salaries", value=value)
    merge(as_supervisor, contact, twin)
    assert ScriptAnswer.objects.get().value == 12
    gone = ContactChange.objects.get(field=f"answers.{campaign.pk}.salaries")
    assert (gone.before, gone.after) == (4, 12)
    told = as_supervisor.get(f"/contacts/{contact.pk}/changes").json()["items"]
    assert {one["kind"] for one in told if one["field"] == gone.field} == {"number"}


def test_a_persons_refusal_holds_for_all_the_numbers_of_both(as_supervisor, contact, twin):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33639982011", origin="agent", contact=twin, created_at=NOW)
    told = as_supervisor.get(f"/contacts/{contact.pk}/merge/{twin.pk}").json()["refused_too"]
    assert told == ["+33465711234"]
    body = merge(as_supervisor, contact, twin).json()
    assert {phone["e164"]: phone["do_not_call"] for phone in body["phones"]} == {
        "+33465711234": True, "+33639982011": True,
    }  # fmt: skip


def test_a_number_that_a_manager_forbade_forbids_no_other(as_supervisor, contact, twin):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33639982011", origin="manual", contact=twin, created_at=NOW)
    merge(as_supervisor, contact, twin)
    assert set(DoNotCall.objects.values_list("e164", "contact")) == {("+33639982011", contact.pk)}


def changes(client: Any, contact: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/contacts/{contact.pk}/changes").json()["items"]
    return found


def test_the_journal_tells_the_merge_and_what_was_given_up_comes_back_with_one_click(as_supervisor, contact, twin):
    merge(as_supervisor, contact, twin, sides={"city": "kept"})
    told = {(one["field"], one["before"], one["after"], one["former_id"]) for one in changes(as_supervisor, contact)}
    assert ("address", "", "3 rue des Granges", None) in told
    assert ("*", None, None, twin.pk) in told
    given_up = next(one for one in changes(as_supervisor, contact) if one["field"] == "city")
    assert (given_up["before"], given_up["former_id"], given_up["restorable"]) == ("Besançon cedex", twin.pk, True)
    body = as_supervisor.post(f"/contacts/{contact.pk}/changes/{given_up['id']}/restore").json()
    assert body["city"] == "Besançon cedex"


def test_changes_of_the_other_record_follow_with_its_number(as_supervisor, contact, twin):
    from decroche.contacts.models import BatchChange
    from tests.unit.contacts.test_changes import imported

    imported(twin, NOW, city="Pontarlier", email="")
    as_supervisor.patch(f"/contacts/{twin.pk}", {"city": "Dole"})
    merge(as_supervisor, contact, twin)
    told = {(one["field"], one["before"], one["after"], one["former_id"]) for one in changes(as_supervisor, contact)}
    assert {
        ("city", "Besançon cedex", "Dole", twin.pk),
        ("city", "Pontarlier", "Besançon cedex", twin.pk),
        ("email", "", "helene@exemple.fr", twin.pk),
    } <= told
    assert BatchChange.objects.count() == 0


def test_the_merge_is_audited_without_values_and_the_floor_is_told(as_supervisor, contact, twin, queued, floor_words):
    from decroche.accounts.models import AuditEntry

    merge(as_supervisor, contact, twin)
    (entry,) = AuditEntry.objects.filter(action="contact.merge")
    assert entry.detail["former"] == twin.pk
    assert "Granges" not in str(entry.detail)
    assert {"kind": "contact_changed", "id": contact.pk} in floor_words
    assert {"kind": "queue_changed", "campaign_id": queued.campaign_id} in floor_words
