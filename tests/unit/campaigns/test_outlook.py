"""How many of some contacts a campaign may call, and why not the others."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.outlook import services
from decroche.campaigns.outlook.models import Outlook
from decroche.contacts.models import ContactPhone, DoNotCall


@pytest.fixture
def calling(path, campaign):
    """Nobody is canvassed: only lists and numbers matter."""
    Campaign.objects.filter(pk=campaign["id"]).update(basis="not_canvassing")
    return path


@pytest.fixture
def listed(make_contacts, now):
    """Three contacts; one is on the do-not-call list, one has no number that is dialed."""
    one, two = make_contacts(2)
    (fax,) = make_contacts(1, kind="fax")
    DoNotCall.objects.create(e164=ContactPhone.objects.get(contact=two).e164, created_at=now)
    return [one, two, fax]


def short(outlook):
    return (outlook["callable"], {one["short"]: one["contacts"] for one in outlook["reasons"]})


def test_before_a_list_is_added_it_is_told_how_many_may_be_called(as_supervisor, calling, listed):
    answer = as_supervisor.post(f"{calling}/outlooks", {"feed": {"contact_ids": listed}})
    assert answer.status_code == 201
    outlook = answer.json()
    assert short(outlook) == (1, {"sur la liste noire": 1, "sans numéro": 1})
    assert (outlook["status"], outlook["total"]) == ("done", 3)
    assert QueueEntry.objects.count() == 0


def test_a_filter_with_text_of_any_kind_is_counted(as_supervisor, calling, make_contacts):
    make_contacts(2, city="100 % Besançon")
    make_contacts(1, city="Lyon")
    city = {"field": "city", "op": "contains", "value": "100 %"}
    outlook = as_supervisor.post(f"{calling}/outlooks", {"selection": {"filter": city}}).json()
    assert outlook["callable"] == 2


def test_it_speaks_the_readers_language(as_supervisor, calling, listed):
    as_supervisor.user.language = "en"
    as_supervisor.user.save()
    outlook = as_supervisor.post(f"{calling}/outlooks", {"selection": {"ids": listed}}).json()
    assert short(outlook) == (1, {"on the do-not-call list": 1, "no number": 1})


def test_many_are_counted_by_the_worker(as_supervisor, calling, listed, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    outlook = as_supervisor.post(f"{calling}/outlooks", {"feed": {"contact_ids": listed}}).json()
    assert (outlook["status"], outlook["total"]) == ("counting", 0)
    assert datetime.fromisoformat(outlook["asked_at"]) <= timezone.now()
    services.run(outlook["id"])
    assert short(as_supervisor.get(f"/outlooks/{outlook['id']}").json()) == (
        1, {"sur la liste noire": 1, "sans numéro": 1},
    )  # fmt: skip


def test_a_count_that_fails_says_so(as_supervisor, calling, listed, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    outlook = as_supervisor.post(f"{calling}/outlooks", {"feed": {"contact_ids": listed}}).json()
    Outlook.objects.filter(pk=outlook["id"]).update(what={"feed": {"unknown": 1}})
    services.run(outlook["id"])
    assert as_supervisor.get(f"/outlooks/{outlook['id']}").json()["status"] == "failed"


def test_after_an_assignment_it_is_counted_with_the_action(as_supervisor, calling, campaign, listed):
    body = {"kind": "assign", "selection": {"ids": listed}, "expected": 3, "campaign_id": campaign["id"]}
    action = as_supervisor.post("/bulk-actions", body).json()
    assert action["outlook"]["status"] == "counting"
    services.run(action["outlook"]["id"])
    after = as_supervisor.get(f"/bulk-actions/{action['id']}").json()
    assert short(after["outlook"]) == (1, {"sur la liste noire": 1, "sans numéro": 1})
    assert QueueEntry.objects.get(contact=listed[1]).finished_reason == "do_not_call"


def test_an_assignment_settles_its_own_places_whatever_else_the_queue_holds(
    as_supervisor, calling, campaign, listed, make_contacts, now
):
    (before,) = make_contacts(1)
    QueueEntry.objects.create(campaign_id=campaign["id"], contact_id=before, not_before=now)
    DoNotCall.objects.create(e164=ContactPhone.objects.get(contact=before).e164, created_at=now)
    body = {"kind": "assign", "selection": {"ids": listed}, "expected": 3, "campaign_id": campaign["id"]}
    services.run(as_supervisor.post("/bulk-actions", body).json()["outlook"]["id"])
    ended = QueueEntry.objects.filter(state="finished").values_list("contact", flat=True)
    assert list(ended) == [listed[1]]


def test_what_is_fed_is_settled_soon(as_supervisor, calling, campaign, listed):
    as_supervisor.post(f"{calling}/queue", {"contact_ids": listed})
    assert ProcrastinateJob.objects.get(task_name="settle_queue").args == {"campaign_id": campaign["id"]}


@pytest.mark.parametrize("body", [{}, {"feed": {"contact_ids": [1]}, "selection": {"ids": [1]}}])
def test_one_way_of_choosing_is_asked_for(as_supervisor, calling, body):
    assert as_supervisor.post(f"{calling}/outlooks", body).status_code == 422


def test_agents_do_not_count(as_agent, calling):
    assert as_agent.post(f"{calling}/outlooks", {"feed": {"contact_ids": [1]}}).status_code == 403
