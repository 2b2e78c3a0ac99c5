"""What a contact's page says of numbers and places, and what may be done there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.contacts.conftest import NOW


@pytest.mark.parametrize(
    ("e164", "line"),
    [
        ("+33199000001", "fixed"),
        ("+33639982011", "mobile"),
        ("+33912345678", "non_geographic"),
        ("+262262123456", "overseas_fixed"),
        ("+262692123456", "overseas_mobile"),
        ("+3224567890", "foreign"),
    ],
)
def test_what_a_number_says_of_itself(e164, line):
    from decroche.contacts.lines import line_of

    assert line_of(e164) == line


def test_a_forbidden_number_says_since_when_why_and_by_whom(as_supervisor, contact, campaign):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(
        e164="+33465711234", origin="manual", note="Courrier du 3", campaign=None, created_at=NOW,
        created_by=as_supervisor.user,
    )  # fmt: skip
    (phone,) = as_supervisor.get(f"/contacts/{contact.pk}").json()["phones"]
    (refusal,) = phone["refusals"]
    assert (refusal["origin"], refusal["note"], refusal["campaign"]) == ("manual", "Courrier du 3", None)
    assert refusal["by"]["name"] == "Nadia Lopez"


def test_a_refused_place_says_why_as_a_sentence(as_supervisor, contact, queued):
    queued.refused_reason = "too_many_attempts"
    queued.save()
    (place,) = as_supervisor.get(f"/contacts/{contact.pk}").json()["places"]
    assert place["refused_why"] == ("Maximum légal d'appels atteint, jusqu’au 23/11/2026 à 10:00.")


def test_an_agents_own_reason_is_told_in_his_words(as_supervisor, contact, queued):
    queued.refused_reason = "skipped: fermé le lundi"
    queued.save()
    (place,) = as_supervisor.get(f"/contacts/{contact.pk}").json()["places"]
    assert place["refused_why"] == "fermé le lundi"


def place_path(contact: Any, entry: Any, act: str) -> str:
    return f"/contacts/{contact.pk}/places/{entry.pk}/{act}"


def test_a_contact_is_taken_out_of_a_queue_with_its_promise_and_put_back(as_supervisor, contact, queued):
    from decroche.callbacks.models import Callback

    promise = Callback.objects.create(contact=contact, campaign=queued.campaign, due_at=NOW)
    (place,) = as_supervisor.post(place_path(contact, queued, "withdraw")).json()["places"]
    promise.refresh_from_db()
    assert (place["state"], promise.state) == ("withdrawn", "cancelled")
    (place,) = as_supervisor.post(place_path(contact, queued, "put-back")).json()["places"]
    assert place["state"] == "waiting"


def test_a_place_that_an_agent_holds_is_left_alone(as_supervisor, contact, queued):
    queued.state = "claimed"
    queued.save()
    assert as_supervisor.post(place_path(contact, queued, "withdraw")).json()["error"]["code"] == "contact_in_call"


def test_agents_leave_the_queue_alone(assigned, contact, queued):
    assert assigned.post(place_path(contact, queued, "withdraw")).status_code == 403


def test_a_history_of_three_hundred_calls_comes_in_pages(as_supervisor, contact, campaign):
    from datetime import timedelta
    from uuid import UUID

    from decroche.calls.models import Call

    Call.objects.bulk_create(
        Call(id=UUID(int=n + 100), contact=contact, campaign=campaign, mode="manual", e164="+33465711234",
             state="ended", result="busy", claimed_at=NOW + timedelta(minutes=n // 2))
        for n in range(300)
    )  # fmt: skip
    seen, cursor = [], ""
    while cursor is not None:
        page = as_supervisor.get(f"/contacts/{contact.pk}/history", query_params={"cursor": cursor}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 300


def test_history_may_be_of_calls_only(as_supervisor, contact, call):
    from decroche.contacts.models import ContactNote

    ContactNote.objects.create(contact=contact, text="Vue")
    path = f"/contacts/{contact.pk}/history"
    assert [one["type"] for one in as_supervisor.get(path, query_params={"only": "note"}).json()["items"]] == ["note"]
    assert {one["type"] for one in as_supervisor.get(path).json()["items"]} == {"call", "note"}
