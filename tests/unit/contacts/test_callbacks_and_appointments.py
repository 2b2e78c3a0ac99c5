"""Promises and meetings over the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest


@pytest.fixture
def soon() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)


@pytest.fixture
def promise(queued, as_agent, soon) -> Any:
    from decroche.callbacks import services

    return services.make(
        contact_id=queued.contact_id, campaign_id=queued.campaign_id, due_at=soon, now=soon - timedelta(hours=3),
        owner=as_agent.user, note="Vers dix heures",
    )  # fmt: skip


def test_an_agent_sees_his_promises_and_those_of_nobody_in_his_campaigns(assigned, promise, make_user, contact):
    from decroche.callbacks.models import Callback

    assert assigned.get("/callbacks").json()["total"] == 1
    Callback.objects.update(owner=make_user("autre"))
    assert assigned.get("/callbacks").json()["total"] == 0
    Callback.objects.update(owner=None)
    assert assigned.get("/callbacks").json()["items"][0]["contact"]["phone"] == "+33465711234"
    assert assigned.get("/callbacks", query_params={"mine": True}).json()["total"] == 0


def test_moving_a_promise_moves_its_place_in_the_queue(assigned, promise, queued, soon):
    later = soon + timedelta(days=1)
    body = assigned.patch(f"/callbacks/{promise.pk}", {"due_at": later.isoformat()}).json()
    queued.refresh_from_db()
    assert queued.not_before == later == datetime.fromisoformat(body["due_at"])


def test_a_promise_is_handed_to_the_team(assigned, promise, queued):
    assert assigned.patch(f"/callbacks/{promise.pk}", {"owner_id": None}).json()["owner"] is None
    queued.refresh_from_db()
    assert queued.owner is None


def test_a_promise_is_not_moved_into_the_past(assigned, promise):
    answer = assigned.patch(f"/callbacks/{promise.pk}", {"due_at": "2020-01-01T10:00:00Z"})
    assert answer.json()["error"]["code"] == "callback_in_past"


def test_a_cancelled_promise_cannot_be_changed_any_more(assigned, promise):
    assert assigned.post(f"/callbacks/{promise.pk}/cancel").json()["state"] == "cancelled"
    assert assigned.patch(f"/callbacks/{promise.pk}", {"note": "x"}).json()["error"]["code"] == "callback_over"


def test_late_promises_are_listed_apart(as_supervisor, promise):
    from decroche.callbacks.models import Callback

    assert as_supervisor.get("/callbacks", query_params={"state": "late"}).json()["total"] == 0
    Callback.objects.update(due_at=datetime.now(UTC) - timedelta(minutes=1))
    assert as_supervisor.get("/callbacks", query_params={"state": "late"}).json()["items"][0]["late"] is True


def test_a_meeting_is_made_moved_and_cancelled(assigned, contact, campaign, soon):
    new = {"contact_id": contact.pk, "campaign_id": campaign.pk, "starts_at": soon.isoformat(), "place": "Sur place"}
    made = assigned.post("/appointments", new)
    assert made.status_code == 201
    path = f"/appointments/{made.json()['id']}"
    assert assigned.patch(path, {"duration_min": 30}).json()["duration_min"] == 30
    assert assigned.patch(path, {"cancelled": True}).json()["cancelled_at"]
    assert assigned.get("/appointments").json()["total"] == 0


def test_a_meeting_is_not_made_in_the_past(assigned, contact):
    answer = assigned.post("/appointments", {"contact_id": contact.pk, "starts_at": "2020-01-01T10:00:00Z"})
    assert answer.json()["error"]["fields"].keys() == {"starts_at"}


def test_meetings_are_listed_in_order_between_two_instants(as_supervisor, contact, soon):
    for hours in (5, 1, 30):
        starts_at = (soon + timedelta(hours=hours)).isoformat()
        as_supervisor.post("/appointments", {"contact_id": contact.pk, "starts_at": starts_at})
    query = {"starts_from": soon.isoformat(), "starts_to": (soon + timedelta(hours=10)).isoformat(), "limit": 1}
    first = as_supervisor.get("/appointments", query_params=query).json()
    second = as_supervisor.get("/appointments", query_params={**query, "cursor": first["next_cursor"]}).json()
    starts = [first["items"][0]["starts_at"], second["items"][0]["starts_at"]]
    assert starts == sorted(starts)
    assert second["next_cursor"] is None
