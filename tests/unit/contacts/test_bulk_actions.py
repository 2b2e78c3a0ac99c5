"""One act on many contacts: what becomes of each, counted; undone; nothing done twice, nothing done to others."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from decroche.contacts.bulk import services
from decroche.contacts.models import BatchChange, Contact, ImportBatch

DOLE = {"filter": {"all": [{"field": "city", "op": "is", "value": "Dole"}]}}


@pytest.fixture
def people(db: None) -> Any:
    """Three of Dole, the last without a number; one of Lyon."""
    from decroche.contacts.models import Contact, ContactPhone

    made = [Contact.objects.create(last_name=name, city="Dole") for name in ("Un", "Deux", "Trois")]
    made.append(Contact.objects.create(last_name="Ailleurs", city="Lyon"))
    for index, one in enumerate(made):
        if one.last_name != "Trois":
            ContactPhone.objects.create(contact=one, kind="phone", e164=f"+3319900000{index}")
    return made


def do(client: Any, kind: str, selection: Any = DOLE, expected: int = 3, **more: Any) -> Any:
    answer = client.post("/bulk-actions", {"kind": kind, "selection": selection, "expected": expected, **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def undo(client: Any, action: Any) -> Any:
    answer = client.post(f"/bulk-actions/{action['id']}/undo")
    assert answer.status_code == 200, answer.content
    return answer.json()


def places(campaign: Any) -> dict[str, str]:
    return dict(campaign.queue.values_list("contact__last_name", "state"))


def test_those_that_match_are_assigned_and_counted_by_reason(as_supervisor, people, campaign):
    done = do(as_supervisor, "assign", campaign_id=campaign.pk)
    assert (done["status"], done["done"], done["total"]) == ("done", 3, 3)
    assert done["counts"] == {"added": 2, "no_number": 1}
    assert places(campaign) == {"Un": "waiting", "Deux": "waiting"}
    assert do(as_supervisor, "assign", campaign_id=campaign.pk)["counts"] == {"already": 2, "no_number": 1}


def test_an_assignment_is_undone_but_for_those_called_since(as_supervisor, people, campaign):
    done = do(as_supervisor, "assign", campaign_id=campaign.pk)
    campaign.queue.filter(contact=people[0]).update(attempts=1)
    assert undo(as_supervisor, done)["counts"] == {"added": 2, "no_number": 1, "undone": 1, "kept": 1}
    assert places(campaign) == {"Un": "waiting"}


def test_those_taken_out_come_back_when_assigned_again(as_supervisor, people, campaign):
    do(as_supervisor, "assign", campaign_id=campaign.pk)
    out = do(as_supervisor, "withdraw", campaign_id=campaign.pk)
    assert out["counts"] == {"withdrawn": 2, "not_there": 1}
    again = do(as_supervisor, "assign", campaign_id=campaign.pk)
    assert again["counts"] == {"back": 2, "no_number": 1}
    undo(as_supervisor, again)
    assert set(places(campaign).values()) == {"withdrawn"}
    assert undo(as_supervisor, out)["counts"]["undone"] == 2
    assert set(places(campaign).values()) == {"waiting"}


def test_a_promise_and_a_call_under_way_are_not_withdrawn(as_supervisor, people, campaign):
    from django.utils import timezone

    from decroche.callbacks.models import Callback

    do(as_supervisor, "assign", campaign_id=campaign.pk)
    Callback.objects.create(contact=people[0], campaign=campaign, due_at=timezone.now())
    campaign.queue.filter(contact=people[1]).update(state="claimed")
    counts = do(as_supervisor, "withdraw", campaign_id=campaign.pk)["counts"]
    assert counts == {"promised": 1, "in_call": 1, "not_there": 1}


@pytest.mark.parametrize(("field", "value", "kept"), [("postal_code", "39100", "39100"), ("custom.note", "12,5", 12.5)])
def test_a_field_is_changed_and_undone_unless_changed_since(as_supervisor, people, field, value, kept):
    from decroche.contacts.bulk.acts import _value
    from decroche.contacts.models import Contact, CustomField

    def values() -> list[Any]:
        return [_value(one, field) for one in Contact.objects.order_by("pk")]

    CustomField.objects.create(key="note", label="Note", kind="number")
    before = values()
    done = do(as_supervisor, "change", field=field, value=value)
    assert values() == [kept, kept, kept, before[3]]
    Contact.objects.filter(pk=people[0].pk).update(postal_code="1", custom={"note": 1})
    assert undo(as_supervisor, done)["counts"] == {"changed": 3, "undone": 2, "kept": 1}
    assert values()[1:] == before[1:]


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "a@b.fr"), ("batch_id", "1"), ("custom.gone", "x"), ("postal_code", "1" * 13), ("country", "Zubrowka"),
     ("custom.note", "douze")],
)  # fmt: skip
def test_what_cannot_be_the_value_of_many_is_refused(as_supervisor, people, field, value):
    from decroche.contacts.models import CustomField

    CustomField.objects.create(key="note", label="Note", kind="number")
    body = {"kind": "change", "selection": DOLE, "expected": 3, "field": field, "value": value}
    assert as_supervisor.post("/bulk-actions", body).status_code == 422


def test_their_numbers_go_on_the_list_and_come_off_it(as_supervisor, people):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33199000000", created_at=people[0].created_at, origin="import")
    done = do(as_supervisor, "do_not_call")
    assert done["counts"] == {"numbers": 1, "already": 1, "no_number": 1}
    undo(as_supervisor, done)
    assert list(DoNotCall.objects.values_list("e164", flat=True)) == ["+33199000000"]


def test_a_number_that_its_beginning_forbids_gets_a_line_of_its_own(as_supervisor, people):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33199", is_prefix=True, created_at=timezone.now())
    assert do(as_supervisor, "do_not_call")["counts"] == {"by_prefix": 2, "no_number": 1}


def test_they_are_erased_but_for_those_on_a_call(as_supervisor, people, campaign):
    from decroche.contacts.models import Contact

    do(as_supervisor, "assign", campaign_id=campaign.pk)
    campaign.queue.filter(contact=people[1]).update(state="claimed")
    done = do(as_supervisor, "erase")
    assert (done["counts"], done["can_undo"]) == ({"erased": 2, "in_call": 1}, False)
    assert set(Contact.objects.filter(erased_at=None).values_list("last_name", flat=True)) == {"Deux", "Ailleurs"}


def test_an_erasure_of_another_number_than_confirmed_is_refused(as_supervisor, people):
    answer = as_supervisor.post("/bulk-actions", {"kind": "erase", "selection": DOLE, "expected": 2})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "selection_changed")


def test_an_erasure_takes_the_former_values_too(as_supervisor, people):
    from decroche.contacts.models import BulkItem

    do(as_supervisor, "change", field="postal_code", value="39100")
    do(as_supervisor, "erase", {"ids": [people[0].pk]}, 1)
    assert not BulkItem.objects.filter(contact=people[0], before__isnull=False).exists()


def test_a_change_is_in_the_journal_of_each(as_supervisor, people):
    from decroche.contacts.models import ContactChange

    undo(as_supervisor, do(as_supervisor, "change", {"ids": [people[0].pk]}, 1, field="postal_code", value="39100"))
    noted = ContactChange.objects.filter(contact=people[0], source="bulk").order_by("pk")
    assert [(one.before, one.after) for one in noted] == [("", "39100"), ("39100", "")]


def test_chosen_ones_only_or_all_but_some(as_supervisor, people, campaign):
    do(as_supervisor, "assign", {"ids": [people[0].pk]}, 1, campaign_id=campaign.pk)
    assert places(campaign) == {"Un": "waiting"}
    do(as_supervisor, "assign", {**DOLE, "except_ids": [people[0].pk]}, 2, campaign_id=campaign.pk)
    assert places(campaign) == {"Un": "waiting", "Deux": "waiting"}


def test_nothing_is_done_where_nobody_matches(as_supervisor, people, campaign):
    body = {"kind": "assign", "selection": {"ids": [2**40]}, "expected": 1, "campaign_id": campaign.pk}
    answer = as_supervisor.post("/bulk-actions", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "nothing_selected")


def test_agents_do_nothing_to_many(as_agent, people):
    assert as_agent.post("/bulk-actions", {"kind": "erase", "selection": DOLE, "expected": 3}).status_code == 403


def test_what_was_undone_is_not_undone_again(as_supervisor, people):
    done = do(as_supervisor, "do_not_call")
    undo(as_supervisor, done)
    assert as_supervisor.post(f"/bulk-actions/{done['id']}/undo").status_code == 409


def test_every_step_is_audited_without_a_name(as_supervisor, people):
    from decroche.accounts.models import AuditEntry

    undo(as_supervisor, do(as_supervisor, "change", field="postal_code", value="39100"))
    entries = AuditEntry.objects.filter(action__startswith="bulk.").order_by("pk")
    assert [one.action for one in entries] == ["bulk.change", "bulk.done", "bulk.undo", "bulk.undone"]
    assert not any("Dole" in str(one.detail) or "39100" in str(one.detail) for one in entries)


class TestMany:
    """More than can be done within a request."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from decroche.contacts.bulk import run, services

        monkeypatch.setattr(services, "AT_ONCE", 1)
        monkeypatch.setattr(run, "PORTION", 2)

    def test_they_are_the_workers_portion_by_portion(self, as_supervisor, people):
        from decroche.contacts.bulk.run import run_action
        from decroche.contacts.models import Contact

        queued = do(as_supervisor, "change", field="postal_code", value="39100")
        assert (queued["status"], queued["total"]) == ("queued", 3)
        turns = iter([False, True])
        run_action(queued["id"], should_stop=lambda: next(turns, True))
        half = as_supervisor.get(f"/bulk-actions/{queued['id']}").json()
        assert (half["status"], half["done"]) == ("running", 2)
        run_action(queued["id"])
        assert as_supervisor.get("/bulk-actions").json()[0]["status"] == "done"
        assert Contact.objects.filter(postal_code="39100").count() == 3

    def test_a_cancelled_one_keeps_what_it_did_which_is_undone(self, as_supervisor, people):
        from decroche.contacts.bulk.run import run_action, run_undo
        from decroche.contacts.models import Contact

        queued = do(as_supervisor, "change", field="postal_code", value="39100")
        turns = iter([False, True])
        run_action(queued["id"], should_stop=lambda: next(turns, True))
        as_supervisor.post(f"/bulk-actions/{queued['id']}/cancel")
        run_action(queued["id"])
        cancelled = as_supervisor.get(f"/bulk-actions/{queued['id']}").json()
        assert (cancelled["status"], cancelled["done"], cancelled["can_undo"]) == ("cancelled", 2, True)
        assert undo(as_supervisor, cancelled)["status"] == "undoing"
        run_undo(queued["id"])
        assert Contact.objects.filter(postal_code="39100").count() == 0

    def test_one_whose_worker_was_lost_is_taken_up_again(self, as_supervisor, people):
        from django.utils import timezone

        from decroche.contacts.models import BulkAction
        from decroche.contacts.tasks import redefer_orphans

        queued = do(as_supervisor, "do_not_call")
        BulkAction.objects.update(created_at=timezone.now().replace(year=2020))
        assert redefer_orphans() == []
        from django.db import connection
        from procrastinate.contrib.django.models import ProcrastinateJob

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        assert not ProcrastinateJob.objects.exists()
        assert redefer_orphans() == [queued["id"]]

    def test_former_values_are_forgotten_after_a_month(self, as_supervisor, people):
        from django.utils import timezone

        from decroche.contacts.bulk.run import forget_before, run_action
        from decroche.contacts.models import BulkAction, BulkItem

        queued = do(as_supervisor, "change", field="postal_code", value="39100")
        run_action(queued["id"])
        forget_before()
        assert BulkItem.objects.count() == 3
        BulkAction.objects.update(created_at=timezone.now().replace(year=2020))
        forget_before()
        assert BulkItem.objects.count() == 0
        assert not as_supervisor.get(f"/bulk-actions/{queued['id']}").json()["can_undo"]


def test_a_batch_feeds_a_campaign_as_an_action_that_is_followed_and_taken_back(as_supervisor, people, campaign):
    """Bug: 200,000 were one request of 50 seconds: nothing told how far it was, and nothing stopped it."""
    batch = ImportBatch.objects.create(name="Lot", file_name="x.csv", stored_as="x")
    Contact.objects.filter(city="Dole").update(batch=batch)
    BatchChange.objects.create(batch=batch, contact=people[3], before={})
    fed = start_feed(as_supervisor, campaign, batch_id=batch.pk, priority=5)
    assert (fed["status"], fed["counts"]) == ("done", {"added": 3, "no_number": 1})
    assert set(campaign.queue.values_list("batch_id", "priority")) == {(batch.pk, 5)}
    assert start_feed(as_supervisor, campaign, batch_id=batch.pk)["counts"] == {"already": 3, "no_number": 1}
    assert undo(as_supervisor, fed)["counts"]["undone"] == 3
    assert places(campaign) == {}


def test_a_campaign_is_fed_by_postal_codes_and_under_the_name_of_a_list(as_supervisor, people, campaign):
    Contact.objects.filter(city="Dole").update(postal_code="39100")
    start_feed(as_supervisor, campaign, filter={"postal_code_prefixes": ["39"]}, list_name="Jura")
    assert set(campaign.queue.values_list("contact__last_name", "list__name")) == {("Un", "Jura"), ("Deux", "Jura")}


def test_contacts_are_chosen_in_one_way_only(as_supervisor, people, campaign):
    body = {"kind": "assign", "campaign_id": campaign.pk, "selection": DOLE, "feed": {"contact_ids": [people[0].pk]}}
    assert as_supervisor.post("/bulk-actions", body).status_code == 422
    assert as_supervisor.post("/bulk-actions", body | {"kind": "change", "selection": None}).status_code == 422


def start_feed(client: Any, campaign: Any, **feed: Any) -> Any:
    answer = client.post("/bulk-actions", {"kind": "assign", "campaign_id": campaign.pk, "feed": feed})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_what_is_asked_twice_while_it_is_under_way_is_done_once(as_supervisor, people, campaign, monkeypatch):
    """Bug: a button pressed in two tabs made all the work twice."""
    monkeypatch.setattr(services, "AT_ONCE", 0)
    first, again = (start_feed(as_supervisor, campaign, filter={"city": "Dole"}) for _ in range(2))
    assert (first["status"], again["id"]) == ("queued", first["id"])
    assert start_feed(as_supervisor, campaign, filter={"city": "Lyon"})["id"] != first["id"]
