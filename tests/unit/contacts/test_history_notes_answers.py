"""What was written, answered and promised, and how it is told."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.contacts.conftest import NOW


def test_a_note_of_a_call_is_one_however_often_it_is_saved(assigned, contact, call):
    for text in ("Rappe", "Rappeler", "Rappeler jeudi"):
        note = assigned.put(f"/contacts/{contact.pk}/note", {"call_id": str(call.pk), "text": text}).json()
    assert (note["text"], note["author"]["name"]) == ("Rappeler jeudi", "Camille Durand")
    assert contact.notes.count() == 1


def test_a_note_without_a_call_goes_on_by_its_id(assigned, contact):
    path = f"/contacts/{contact.pk}/note"
    first = assigned.put(path, {"text": "Vu au salon"}).json()
    assigned.put(path, {"note_id": first["id"], "text": "Vu au salon de Lyon"})
    assigned.put(path, {"text": "Autre chose"})
    assert sorted(contact.notes.values_list("text", flat=True)) == ["Autre chose", "Vu au salon de Lyon"]


def test_nobody_writes_over_the_note_of_another(assigned, as_supervisor, contact):
    note = as_supervisor.put(f"/contacts/{contact.pk}/note", {"text": "À traiter"}).json()
    answer = assigned.put(f"/contacts/{contact.pk}/note", {"note_id": note["id"], "text": "x"})
    assert answer.status_code == 404


def test_the_latest_answer_counts(assigned, contact, campaign):
    for value in ("4", 5):
        kept = assigned.put(
            f"/contacts/{contact.pk}/answers", {"campaign_id": campaign.pk, "key": "salaries", "value": value}
        ).json()
    assert [(one["key"], one["value"]) for one in kept] == [("salaries", 5)]


def test_an_answer_that_the_question_does_not_allow_is_refused(assigned, contact, campaign):
    body = {"campaign_id": campaign.pk, "key": "interet", "value": "Énorme"}
    assert assigned.put(f"/contacts/{contact.pk}/answers", body).json()["error"]["fields"].keys() == {"value"}
    assert assigned.put(f"/contacts/{contact.pk}/answers", {**body, "key": "autre"}).status_code == 422


def test_an_answer_can_be_taken_back(assigned, contact, campaign):
    body = {"campaign_id": campaign.pk, "key": "interet", "value": "Fort"}
    assigned.put(f"/contacts/{contact.pk}/answers", body)
    assert assigned.put(f"/contacts/{contact.pk}/answers", {**body, "value": None}).json() == []


def test_history_tells_calls_with_what_was_written_in_them(assigned, contact, campaign, call):
    assigned.put(f"/contacts/{contact.pk}/note", {"call_id": str(call.pk), "text": "Très aimable"})
    answer = {"campaign_id": campaign.pk, "call_id": str(call.pk), "key": "salaries", "value": 4}
    assigned.put(f"/contacts/{contact.pk}/answers", answer)
    (item,) = assigned.get(f"/contacts/{contact.pk}/history").json()["items"]
    assert (item["type"], item["result"], item["talk_s"]) == ("call", "connected", 120.0)
    assert item["notes"][0]["text"] == "Très aimable"
    assert item["answers"][0]["label"] == "Combien de salariés ?"


def test_history_mixes_all_kinds_newest_first(assigned, contact, campaign, call):
    from decroche.appointments.models import Appointment
    from decroche.callbacks.models import Callback

    Callback.objects.create(contact=contact, campaign=campaign, due_at=NOW)
    Appointment.objects.create(contact=contact, starts_at=NOW)
    assigned.put(f"/contacts/{contact.pk}/note", {"text": "Après"})
    kinds = [item["type"] for item in assigned.get(f"/contacts/{contact.pk}/history").json()["items"]]
    assert sorted(kinds) == ["appointment", "call", "callback", "note"]


def test_history_is_paged_without_gap_or_repeat(assigned, contact, campaign, call):
    from uuid import UUID

    from decroche.calls.models import Call

    for index in range(5):
        call.pk, call.claimed_at = UUID(int=100 + index), NOW + timedelta(minutes=index // 2)
        call.save(force_insert=True)
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        path = f"/contacts/{contact.pk}/history"
        page = assigned.get(path, query_params={"limit": 2, "cursor": cursor}).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == Call.objects.count()


def test_a_page_of_history_costs_the_same_number_of_queries_whatever_its_length(
    assigned, contact, call, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        assigned.get(f"/contacts/{contact.pk}/history")


def test_history_says_of_which_kind_an_answer_is(assigned, contact, campaign):
    # Bug: a text answer that looks like a date was shown as one.
    from decroche.campaigns.models import Script

    asked = [{"key": "ref", "label": "Référence ?", "kind": "text"}, {"key": "le", "label": "Le ?", "kind": "date"}]
    script = Script.objects.get(campaign=campaign)
    script.pages = [{"questions": asked}]
    script.save()
    for key in ("ref", "le"):
        body = {"campaign_id": campaign.pk, "key": key, "value": "2027-01-01"}
        assert assigned.put(f"/contacts/{contact.pk}/answers", body).status_code == 200
    kinds = [one["kind"] for one in assigned.get(f"/contacts/{contact.pk}/history").json()["items"]]
    assert kinds == ["date", "text"]
    script.pages[0]["questions"].pop(0)
    script.save()
    kinds = [one["kind"] for one in assigned.get(f"/contacts/{contact.pk}/history").json()["items"]]
    assert kinds == ["date", None]
