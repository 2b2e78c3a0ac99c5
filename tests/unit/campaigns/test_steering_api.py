"""Order and lists through the API: set, counted, logged, refused, removed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F

from decroche.accounts.models import AuditEntry
from decroche.campaigns.models import Campaign, CampaignList, QueueEntry
from decroche.campaigns.steering import admission
from decroche.campaigns.tasks import admit_entries
from decroche.contacts.models import Contact, CustomField, ImportBatch


@pytest.fixture
def queue(as_supervisor: Any, path: str, make_contacts: Any) -> list[int]:
    ids: list[int] = make_contacts(3, city="Dole")
    as_supervisor.post(f"{path}/queue", {"contact_ids": ids})
    return ids


def test_an_order_is_set_shown_and_removed(as_supervisor: Any, campaign: Any, path: str, queue: list[int]) -> None:
    CustomField.objects.create(key="valeur", label="Valeur", kind="number")
    body = {"kind": "field", "field": "custom.valeur", "descending": True}
    answer = as_supervisor.put(f"{path}/order", body).json()
    assert answer["order"] == body | {"label": "Valeur, décroissant"}
    assert answer["kept"] == {"waiting": 3, "inside": 3, "callable": 3, "promises": 0}
    row = Campaign.objects.get(pk=campaign["id"])
    assert QueueEntry.objects.filter(admitted=row.steering).count() == 3
    assert AuditEntry.objects.filter(action="campaign.order").count() == 1
    assert as_supervisor.put(f"{path}/order", {"kind": "due"}).json()["order"]["label"] == ""
    assert Campaign.objects.get(pk=campaign["id"]).steering == 0


def test_the_same_order_again_changes_nothing(as_supervisor: Any, campaign: Any, path: str, queue: list[int]) -> None:
    as_supervisor.put(f"{path}/order", {"kind": "newest"})
    before = Campaign.objects.get(pk=campaign["id"]).steering
    as_supervisor.put(f"{path}/order", {"kind": "newest"})
    assert Campaign.objects.get(pk=campaign["id"]).steering == before


@pytest.mark.parametrize("field", ["", "custom.inconnu", "id; DROP TABLE", "erased_at"])
def test_an_unknown_field_is_refused(as_supervisor: Any, path: str, field: str) -> None:
    assert as_supervisor.put(f"{path}/order", {"kind": "field", "field": field}).status_code == 422


def test_every_field_that_is_offered_orders_the_queue(as_supervisor: Any, path: str, queue: list[int]) -> None:
    for kind in ("text", "number", "date", "choice", "yes_no"):
        CustomField.objects.create(key=f"champ_{kind}", label=kind, kind=kind)
    Contact.objects.filter(pk=queue[0]).update(custom={"champ_number": 3, "champ_yes_no": True, "champ_text": "é"})
    fields = [one["id"] for one in as_supervisor.get("/order-fields").json()["items"]]
    assert "custom.champ_yes_no" in fields
    for field in fields:
        for descending in (False, True):
            body = {"kind": "field", "field": field, "descending": descending}
            assert as_supervisor.put(f"{path}/order", body).json()["kept"]["callable"] == 3


def test_lists_are_counted_and_given_shares(as_supervisor: Any, campaign: Any, path: str, queue: list[int]) -> None:
    batch = ImportBatch.objects.create(name="Janvier", file_name="j.csv", stored_as="x")
    QueueEntry.objects.filter(contact_id__in=queue[:2]).update(batch=batch)
    QueueEntry.objects.filter(contact_id=queue[0]).update(state="finished", attempts=1)
    shown = as_supervisor.get(f"{path}/lists").json()["items"]
    assert [(one["key"], one["name"], one["total"], one["callable"]) for one in shown] == [
        (f"batch:{batch.pk}", "Janvier", 2, 1),
        ("rest", "", 1, 1),
    ]
    assert [(one["called"], one["finished"]) for one in shown] == [(1, 1), (0, 0)]
    body = {"lists": [{"key": f"batch:{batch.pk}", "share": 70}, {"key": "rest", "share": 30}]}
    assert [one["share"] for one in as_supervisor.put(f"{path}/lists", body).json()["items"]] == [70, 30]
    assert Campaign.objects.get(pk=campaign["id"]).steering > 0
    streams = dict(CampaignList.objects.values_list("kind", "id"))
    assert QueueEntry.objects.get(contact_id=queue[1]).stream == streams["batch"]
    assert QueueEntry.objects.get(contact_id=queue[2]).stream == streams["rest"]
    as_supervisor.put(f"{path}/lists", {"lists": []})
    assert Campaign.objects.get(pk=campaign["id"]).steering == 0


def test_only_lists_that_have_something_or_are_set_are_shown(
    as_supervisor: Any, path: str, make_contacts: Any, campaign: Any
) -> None:
    """Bugs: "other contacts" stood there with zeros once shares were applied; a batch rolled back had no name."""
    batch = ImportBatch.objects.create(name="Mars", file_name="x.csv", stored_as="x")
    make_contacts(2, batch=batch)
    as_supervisor.post(f"{path}/queue", {"batch_id": batch.pk})
    body = {"lists": [{"key": f"batch:{batch.pk}", "share": 3}]}
    shown = as_supervisor.put(f"{path}/lists", body).json()["items"]
    assert [(one["name"], one["share"]) for one in shown] == [("Mars", 3)]
    assert shown[0]["since"][:19] == batch.created_at.isoformat()[:19]
    QueueEntry.objects.all().delete()
    shown = as_supervisor.get(f"{path}/lists").json()["items"]
    assert [(one["name"], one["total"]) for one in shown] == [("Mars", 0)]
    assert as_supervisor.put(f"{path}/lists", {"lists": []}).json()["items"] == []


def test_a_list_of_elsewhere_is_refused(as_supervisor: Any, path: str, queue: list[int]) -> None:
    body = {"lists": [{"key": "batch:12"}]}
    assert as_supervisor.put(f"{path}/lists", body).status_code == 422


def test_a_copy_starts_with_the_usual_order(as_supervisor: Any, path: str, queue: list[int]) -> None:
    as_supervisor.put(f"{path}/order", {"kind": "newest"})
    copy = as_supervisor.post(f"{path}/duplicate", {}).json()
    assert as_supervisor.get(f"/campaigns/{copy['id']}/steering").json()["order"]["kind"] == "due"


def test_agents_do_not_steer(as_agent: Any, path: str) -> None:
    assert as_agent.get(f"{path}/steering").status_code == 403
    assert as_agent.put(f"{path}/order", {"kind": "newest"}).status_code == 403


def test_a_filter_is_tried_out_set_shown_and_removed(
    as_supervisor: Any, campaign: Any, path: str, queue: list[int], make_contacts: Any
) -> None:
    as_supervisor.post(f"{path}/queue", {"contact_ids": make_contacts(2, city="Lyon")})
    body = {"filter": {"all": [{"field": "city", "op": "is", "value": "dôle"}]}, "label": "Dole"}
    kept = {"waiting": 5, "inside": 3, "callable": 3, "promises": 0}
    assert as_supervisor.post(f"{path}/filter/preview", body).json() == kept
    assert Campaign.objects.get(pk=campaign["id"]).steering == 0
    answer = as_supervisor.put(f"{path}/filter", body).json()
    assert (answer["filter_label"], answer["kept"]) == ("Dole", kept)
    assert as_supervisor.put(f"{path}/filter", {"filter": answer["filter"], "label": "Dole"}).json() == answer
    row = Campaign.objects.get(pk=campaign["id"])
    assert QueueEntry.objects.filter(admitted=row.steering).count() == 3
    assert AuditEntry.objects.filter(action="campaign.filter").count() == 1
    answer = as_supervisor.delete(f"{path}/filter").json()
    assert (answer["filter"], answer["filter_label"], answer["kept"]["inside"]) == (None, "", 5)
    assert Campaign.objects.get(pk=campaign["id"]).steering == 0


def test_everybody_reads_whom_a_campaign_is_restricted_to_and_by_whom(
    as_supervisor: Any, campaign: Any, path: str, queue: list[int]
) -> None:
    body = {"filter": {"field": "city", "op": "is", "value": "Dole"}, "label": "Ceux de Dole"}
    answer = as_supervisor.put(f"{path}/filter", body).json()
    assert answer["filter_set_by"] == AuditEntry.objects.get(action="campaign.filter").actor.display_name
    shown = {one["id"]: one["filter_label"] for one in as_supervisor.get("/campaigns").json()["items"]}
    assert shown[campaign["id"]] == "Ceux de Dole"
    assert as_supervisor.get(f"/campaigns/{campaign['id']}").json()["filter_label"] == "Ceux de Dole"


def test_a_promise_that_is_due_is_callable_whatever_the_filter(as_supervisor: Any, path: str, queue: list[int]) -> None:
    QueueEntry.objects.filter(contact_id=queue[0]).update(owner_until=F("not_before"))
    body = {"filter": {"field": "city", "op": "is", "value": "Lyon"}}
    kept = as_supervisor.post(f"{path}/filter/preview", body).json()
    assert kept == {"waiting": 2, "inside": 0, "callable": 1, "promises": 1}


def test_a_filter_without_a_label_counts_its_criteria(as_supervisor: Any, path: str, queue: list[int]) -> None:
    one = {"field": "city", "op": "is", "value": "Dole"}
    for filter_, label in ((one, "1 critère"), ({"any": [one, {"not": one}]}, "2 critères"), ({"all": []}, "")):
        assert as_supervisor.put(f"{path}/filter", {"filter": filter_}).json()["filter_label"] == label


def test_a_filter_on_no_field_is_refused(as_supervisor: Any, path: str) -> None:
    body = {"filter": {"field": "inconnu", "op": "is", "value": "x"}}
    assert as_supervisor.put(f"{path}/filter", body).status_code == 422
    assert as_supervisor.post(f"{path}/filter/preview", body).status_code == 422


def test_a_search_feeds_a_list_of_its_own_in_two_campaigns(as_supervisor: Any, path: str, make_contacts: Any) -> None:
    make_contacts(2, city="Dole")
    make_contacts(1, city="Lyon")
    other = as_supervisor.post("/campaigns", {"name": "Autre"}).json()
    body = {"search": {"field": "city", "op": "is", "value": "Dole"}, "list_name": "Dolois"}
    for queue in (path, f"/campaigns/{other['id']}"):
        assert as_supervisor.post(f"{queue}/queue", body).json()["added"] == 2
        assert as_supervisor.post(f"{queue}/queue", body).json()["already"] == 2
        shown = as_supervisor.get(f"{queue}/lists").json()["items"]
        assert [(one["kind"], one["name"], one["total"]) for one in shown] == [("fed", "Dolois", 2)]
    key = shown[0]["key"]
    answer = as_supervisor.put(f"/campaigns/{other['id']}/lists", {"lists": [{"key": key, "priority": 5}]}).json()
    assert [(one["kind"], one["priority"]) for one in answer["items"]] == [("fed", 5)]
    assert set(QueueEntry.objects.filter(campaign_id=other["id"]).values_list("stream", flat=True)) == {int(key[5:])}


def test_more_than_claims_judge_is_left_to_the_worker(
    as_supervisor: Any, campaign: Any, path: str, queue: list[int], monkeypatch: pytest.MonkeyPatch, now: Any
) -> None:
    monkeypatch.setattr(admission, "FIRST", 2)
    as_supervisor.put(f"{path}/order", {"kind": "newest"})
    admit_entries(campaign["id"])
    assert not admission.is_behind(campaign["id"], now)
    QueueEntry.objects.update(admitted=0)
    assert admission.is_behind(campaign["id"], now)
