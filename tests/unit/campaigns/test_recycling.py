"""Calling once more those whose end allows it, and taking that back."""

from datetime import timedelta

import pytest

from decroche.accounts.models import AuditEntry
from decroche.campaigns.models import QueueEntry
from decroche.campaigns.recycling import run
from decroche.campaigns.recycling.models import Recycling
from decroche.contacts.models import Contact, ContactPhone, DoNotCall
from decroche.dispositions.models import Disposition

NO_ANSWER = {"kind": "reason", "code": "no_answer"}
TIRED = {"kind": "reason", "code": "max_attempts", "last_result": "machine"}


@pytest.fixture
def ended(as_supervisor, path, make_contacts, now):
    """`ended(3, finished_reason="no_answer")` → the entries."""

    def make(count, **fields):
        ids = make_contacts(count)
        as_supervisor.post(f"{path}/queue", {"contact_ids": ids})
        rows = QueueEntry.objects.filter(contact__in=ids)
        usual = {"state": "finished", "attempts": 2, "attempts_by_result": {"no_answer": 2}, "phone_position": 1,
                 "last_result": "no_answer", "last_call_at": now - timedelta(days=2)}  # fmt: skip
        rows.update(**usual | fields)
        return list(rows.order_by("id"))

    return make


def recycle(client, path, *ends, **how):
    return client.post(f"{path}/recyclings", {"ends": list(ends), **how})


def states(rows):
    return [QueueEntry.objects.get(pk=row.pk).state for row in rows]


def test_those_chosen_wait_again_and_the_others_are_not_touched(as_supervisor, path, ended, floor_words, campaign):
    chosen, others = ended(2, finished_reason="no_answer"), ended(2, finished_reason="busy", last_result="busy")
    answer = recycle(as_supervisor, path, NO_ANSWER).json()
    assert (answer["status"], answer["expected"], answer["recycled"]) == ("done", 2, 2)
    assert (states(chosen), states(others)) == (["waiting"] * 2, ["finished"] * 2)
    assert as_supervisor.get(f"{path}/queue-counts").json()["callable"] == 2
    assert {"kind": "queue_changed", "campaign_id": campaign["id"]} in floor_words
    assert AuditEntry.objects.filter(action="campaign.recycle").count() == 1


@pytest.mark.parametrize(("keeps", "attempts", "by_result"), [(True, 2, {"no_answer": 2}), (False, 0, {})])
def test_attempts_are_kept_or_begun_again(as_supervisor, path, ended, keeps, attempts, by_result):
    (row,) = ended(1, finished_reason="no_answer")
    recycle(as_supervisor, path, NO_ANSWER, keeps_attempts=keeps)
    row.refresh_from_db()
    assert (row.attempts, row.attempts_by_result, row.phone_position) == (attempts, by_result, 1 if keeps else 0)


def test_it_may_be_for_later(as_supervisor, path, ended, now):
    (row,) = ended(1, finished_reason="no_answer")
    recycle(as_supervisor, path, NO_ANSWER, not_before=(now + timedelta(days=2)).isoformat())
    row.refresh_from_db()
    assert row.not_before == now + timedelta(days=2)
    assert recycle(as_supervisor, path, NO_ANSWER, not_before="2099-01-01T00:00:00Z").status_code == 409


def test_a_date_beyond_a_year_is_refused(as_supervisor, path, ended):
    ended(1, finished_reason="no_answer")
    assert recycle(as_supervisor, path, NO_ANSWER, not_before="2099-01-01T00:00:00Z").status_code == 422


def test_those_tired_out_are_chosen_by_their_last_result(as_supervisor, path, ended):
    machines = ended(1, finished_reason="max_attempts", last_result="machine")
    busy = ended(1, finished_reason="max_attempts", last_result="busy")
    recycle(as_supervisor, path, TIRED)
    assert states(machines + busy) == ["waiting", "finished"]


def test_an_outcome_is_recycled_and_a_refusal_is_told_as_one(as_supervisor, path, campaign, ended):
    no = Disposition.objects.filter(campaign=campaign["id"], effect="close", tone="negative", reached=True).first()
    assert no
    rows = ended(2, finished_reason="close", disposition=no)
    end = {"kind": "outcome", "disposition_id": no.pk}
    preview = as_supervisor.post(f"{path}/recyclings/preview", {"ends": [end]}).json()
    assert (preview["chosen"], preview["callable"], preview["refusals"]) == (2, 2, 2)
    assert recycle(as_supervisor, path, end).json()["labels"] == [no.label]
    assert states(rows) == ["waiting"] * 2


def test_who_said_never_again_stays_out_whatever_was_chosen(as_supervisor, path, campaign, ended):
    never = Disposition.objects.filter(campaign=campaign["id"], effect="do_not_call").first()
    assert never
    said_never = ended(1, finished_reason="do_not_call", disposition=never)
    end = {"kind": "outcome", "disposition_id": never.pk}
    assert recycle(as_supervisor, path, end).json()["error"]["code"] == "nothing_to_recycle"
    listed, erased, unreachable, fine = ended(4, finished_reason="no_answer")
    number = ContactPhone.objects.get(contact=listed.contact_id)
    ContactPhone.objects.filter(contact=fine.contact_id).update(e164="+33199009999")
    DoNotCall.objects.create(e164=number.e164, created_at=number.contact.created_at)
    Contact.objects.filter(pk=erased.contact_id).update(erased_at=number.contact.created_at)
    ContactPhone.objects.filter(contact=unreachable.contact_id).delete()
    preview = as_supervisor.post(f"{path}/recyclings/preview", {"ends": [NO_ANSWER]}).json()
    assert (preview["chosen"], preview["never"], preview["no_number"], preview["callable"]) == (4, 2, 1, 1)
    recycle(as_supervisor, path, NO_ANSWER)
    assert states([*said_never, listed, erased, unreachable, fine]) == ["finished"] * 4 + ["waiting"]


def test_a_refusal_that_is_over_is_put_back(as_supervisor, path, ended, now):
    for_good = ended(1, finished_reason="invalid_number", refused_reason="invalid_number")
    for_now = ended(1, state="waiting", refused_reason="abandoned_lately", not_before=now + timedelta(hours=9))
    promised = ended(
        1, state="waiting", refused_reason="abandoned_lately", not_before=now + timedelta(hours=9), owner_until=now
    )
    ends = [{"kind": "refused", "code": code} for code in ("invalid_number", "abandoned_lately")]
    assert recycle(as_supervisor, path, *ends).json()["recycled"] == 2
    assert {QueueEntry.objects.get(pk=row.pk).refused_reason for row in for_good + for_now} == {""}
    assert QueueEntry.objects.get(pk=promised[0].pk).refused_reason == "abandoned_lately"


def test_an_undo_restores_what_nobody_called_since(as_supervisor, path, ended, now):
    rows = ended(5, finished_reason="no_answer")
    told = [
        field.attname for field in QueueEntry._meta.fields if field.name != "admitted"
    ]  # judged again, whatever it was
    before = list(QueueEntry.objects.order_by("id").values(*told))
    recycling = recycle(as_supervisor, path, NO_ANSWER, keeps_attempts=False).json()
    _, refused, called, in_call, promised = rows
    change = QueueEntry.objects.filter
    change(pk=refused.pk).update(state="finished", refused_reason="erased", finished_reason="erased")
    change(pk=called.pk).update(attempts=1, last_call_at=now, not_before=now + timedelta(hours=4))
    change(pk=in_call.pk).update(state="claimed")
    change(pk=promised.pk).update(owner_until=now)
    answer = as_supervisor.post(f"/recyclings/{recycling['id']}/undo").json()
    assert (answer["status"], answer["restored"], answer["kept"]) == ("undone", 2, 3)
    assert answer["undone_by"] == "Nadia Lopez"
    after = list(QueueEntry.objects.order_by("id").values(*told))
    assert after[:2] == before[:2]
    assert states([called, in_call, promised]) == ["waiting", "claimed", "waiting"]
    assert as_supervisor.post(f"/recyclings/{recycling['id']}/undo").status_code == 409


def test_what_was_recycled_again_since_is_the_newer_ones_to_undo(as_supervisor, path, ended):
    rows = ended(1, finished_reason="no_answer")
    first = recycle(as_supervisor, path, NO_ANSWER).json()
    QueueEntry.objects.filter(pk=rows[0].pk).update(state="finished", finished_reason="no_answer")
    recycle(as_supervisor, path, NO_ANSWER)
    assert as_supervisor.post(f"/recyclings/{first['id']}/undo").json()["restored"] == 0


@pytest.fixture
def in_parts(monkeypatch):
    """So few at once that a handful is many."""
    from decroche.campaigns.recycling import services

    for module in (run, services):
        monkeypatch.setattr(module, "AT_ONCE", 2)


def test_many_are_a_job_that_another_worker_takes_up(as_supervisor, path, ended, in_parts, monkeypatch):
    rows = ended(5, finished_reason="no_answer")
    asked = recycle(as_supervisor, path, NO_ANSWER).json()
    assert (asked["status"], asked["recycled"]) == ("running", 0)
    assert recycle(as_supervisor, path, NO_ANSWER).json()["error"]["code"] == "recycling_under_way"
    assert run._part(asked["id"], Recycling.Status.RUNNING, Recycling.Status.DONE, run.CLOCK)
    assert Recycling.objects.get().recycled == 2
    called = QueueEntry.objects.filter(pk=rows[0].pk)
    called.update(state="finished", finished_reason="no_answer")  # called meanwhile, in vain: once is once
    run.run(asked["id"])
    assert (Recycling.objects.get().recycled, Recycling.objects.get().status) == (5, "done")
    assert states(rows) == ["finished", *["waiting"] * 4]


def test_what_is_under_way_is_told_for_all_campaigns(as_supervisor, path, campaign, ended, in_parts):
    ended(5, finished_reason="no_answer")
    recycle(as_supervisor, path, NO_ANSWER)
    (row,) = as_supervisor.get("/recyclings").json()["items"]
    assert (row["status"], row["campaign_id"], row["campaign"]) == ("running", campaign["id"], campaign["name"])


def test_an_undo_stops_a_recycling_under_way(as_supervisor, path, ended, in_parts):
    rows = ended(5, finished_reason="no_answer")
    asked = recycle(as_supervisor, path, NO_ANSWER).json()
    run._part(asked["id"], Recycling.Status.RUNNING, Recycling.Status.DONE, run.CLOCK)
    as_supervisor.post(f"/recyclings/{asked['id']}/undo")
    run.run(asked["id"])
    run.undo(asked["id"])
    assert states(rows) == ["finished"] * 5
    assert Recycling.objects.get().restored == 2


def test_a_recycling_without_a_job_gets_one(as_supervisor, path, ended, in_parts):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from decroche.campaigns.recycling.tasks import redefer_recyclings

    ended(5, finished_reason="no_answer")
    asked = recycle(as_supervisor, path, NO_ANSWER).json()
    assert redefer_recyclings() == []
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert redefer_recyclings() == [asked["id"]]


def test_what_entries_were_is_forgotten_after_a_season(as_supervisor, path, ended, now):
    ended(2, finished_reason="no_answer")
    recycle(as_supervisor, path, NO_ANSWER)
    assert run.forget(90) == 0
    Recycling.objects.update(created_at=now - timedelta(days=91))
    assert run.forget(90) == 2
    assert as_supervisor.get(f"{path}/recyclings").json()["items"][0]["recycled"] == 2


def test_an_agent_may_not(as_agent, path):
    assert as_agent.get("/recyclings").status_code == 403
    assert recycle(as_agent, path, NO_ANSWER).status_code == 403
    assert as_agent.post("/recyclings/1/undo").status_code == 403
