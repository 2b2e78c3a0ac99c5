"""Hopeless entries leave the queue at once, wait for what ends by itself, and come back when it is otherwise."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from decroche.calls.models import Call
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.settling import Settled, settle
from decroche.campaigns.tasks import settle_soon
from decroche.contacts.models import ContactPhone, DoNotCall
from decroche.ledger.models import Proof

STATE = ("state", "finished_reason", "refused_reason")


@pytest.fixture
def selling(as_supervisor, path, campaign):
    """A campaign to consumers with its principal."""
    principal = as_supervisor.post("/principals", {"name": "Mutuelle des Alpages", "siren": "123456782"}).json()
    as_supervisor.patch(path, {"principal_id": principal["id"]})
    return Campaign.objects.get(pk=campaign["id"])


@pytest.fixture
def queued(as_supervisor, path, make_contacts):
    """`queued(3)` → their places, the contacts new."""

    def make(count):
        ids = make_contacts(count)
        as_supervisor.post(f"{path}/queue", {"contact_ids": ids})
        return list(QueueEntry.objects.filter(contact__in=ids).order_by("id"))

    return make


@pytest.fixture
def consented(as_supervisor, selling, now):
    """`consented(entry)`: the contact said yes, by the ledger's own way."""

    def make(entry, given=timedelta(days=3)):
        body = {
            "principal_id": selling.principal_id, "object": "santé", "wording": "oui", "wording_version": "1",
            "channel": "web_form", "act": "case cochée", "given_at": (now - given).isoformat(),
        }  # fmt: skip
        assert as_supervisor.post(f"/contacts/{entry.contact_id}/proofs", body).status_code == 201

    return make


def stands(entry):
    return QueueEntry.objects.values_list(*STATE).get(pk=entry.pk)


def test_those_without_consent_are_over_and_the_others_wait(selling, queued, consented, floor_words):
    with_consent, without = queued(2)
    consented(with_consent)
    assert settle(selling.pk) == Settled(over=1, later=0, again=0)
    assert stands(with_consent) == ("waiting", "", "")
    assert stands(without) == ("finished", "no_consent", "no_consent")
    assert floor_words[-1] == {"kind": "queue_changed", "campaign_id": selling.pk}


def test_settling_twice_changes_nothing_more(selling, queued, consented, now):
    (called, _) = queued(2)
    consented(called)
    calls(called, now, days=(1, 2, 3, 29))
    assert settle(selling.pk) == Settled(over=1, later=1, again=0)
    assert settle(selling.pk) == Settled(over=0, later=0, again=0)


def calls(entry, now, days):
    for day in days:
        Call.objects.create(
            id=uuid4(), campaign_id=entry.campaign_id, contact_id=entry.contact_id, mode="preview", e164="",
            state="ended", result="no_answer", claimed_at=now - timedelta(days=day),
        )  # fmt: skip


def test_one_called_too_often_waits_until_the_law_allows(selling, queued, consented, now):
    (entry,) = queued(1)
    consented(entry)
    calls(entry, now, days=(1, 2, 3, 29))
    settle(selling.pk)
    entry.refresh_from_db()
    assert (entry.state, entry.refused_reason) == ("waiting", "too_many_attempts")
    assert entry.not_before == now + timedelta(days=1)


def test_one_that_waits_for_longer_anyway_is_left(selling, queued, consented, now):
    (entry,) = queued(1)
    consented(entry)
    calls(entry, now, days=(1, 2, 3, 29))
    QueueEntry.objects.filter(pk=entry.pk).update(not_before=now + timedelta(days=9))
    assert settle(selling.pk) == Settled(over=0, later=0, again=0)


def test_a_proof_brings_back_what_was_over(selling, queued, consented):
    (entry,) = queued(1)
    settle(selling.pk)
    consented(entry)
    assert stands(entry) == ("waiting", "", "")


def test_a_proof_that_came_unseen_brings_back_too(selling, queued, now):
    (entry,) = queued(1)
    settle(selling.pk)
    Proof.objects.create(
        principal_id=selling.principal_id, contact_id=entry.contact_id, who="x", object="santé", wording="oui",
        wording_version="1", channel="phone", act="oui", given_at=now - timedelta(days=1), recorded_at=now,
        archive_until=now,
    )  # fmt: skip
    assert settle(selling.pk) == Settled(over=0, later=0, again=1)
    assert stands(entry) == ("waiting", "", "")


def test_a_beginning_of_numbers_taken_off_the_list_brings_back(as_supervisor, selling, queued, consented):
    (entry,) = queued(1)
    consented(entry)
    listed = as_supervisor.post("/do-not-call", {"number": "0199", "is_prefix": True}).json()
    settle(selling.pk)
    assert stands(entry) == ("finished", "do_not_call_prefix", "do_not_call_prefix")
    as_supervisor.delete(f"/do-not-call/{listed['id']}?confirm=true")
    assert stands(entry) == ("waiting", "", "")


def test_the_campaigns_own_settings_end_nothing(as_supervisor, selling, path, queued, now):
    as_supervisor.patch(path, {"sector": "energy", "basis": "consent"})
    (entry,) = queued(1)
    consent_or_not = QueueEntry.objects.filter(pk=entry.pk)
    Campaign.objects.filter(pk=selling.pk).update(principal=None)
    settle(selling.pk)
    entry.refresh_from_db()
    assert (entry.state, entry.refused_reason) == ("waiting", "banned_sector")
    assert entry.not_before > now + timedelta(hours=20)
    as_supervisor.patch(path, {"sector": "", "principal_id": selling.principal_id})
    assert consent_or_not.values_list("refused_reason", flat=True)[0] == ""
    entry.refresh_from_db()
    assert entry.not_before < now + timedelta(hours=1)


def test_promises_and_calls_under_way_are_left(selling, queued, now):
    promised, in_call = queued(2)
    QueueEntry.objects.filter(pk=promised.pk).update(owner_until=now)
    QueueEntry.objects.filter(pk=in_call.pk).update(state="claimed", claim=uuid4())
    assert settle(selling.pk) == Settled(over=0, later=0, again=0)


def test_an_end_given_by_an_agent_is_nobodys_to_undo(selling, queued, consented):
    (entry,) = queued(1)
    consented(entry)
    QueueEntry.objects.filter(pk=entry.pk).update(state="finished", finished_reason="do_not_call")
    assert settle(selling.pk) == Settled(over=0, later=0, again=0)


def test_a_second_number_keeps_one_in_the_queue(selling, queued, consented, now):
    (entry,) = queued(1)
    consented(entry)
    listed = ContactPhone.objects.get(contact=entry.contact_id)
    DoNotCall.objects.create(e164=listed.e164, created_at=now)
    ContactPhone.objects.create(contact_id=entry.contact_id, kind="mobile", e164="+33639980001")
    assert settle(selling.pk) == Settled(over=0, later=0, again=0)


def rows_read():
    """By this transaction, from all tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(seq_tup_read + COALESCE(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables")
        return cursor.fetchone()[0]


def test_the_work_grows_with_the_queue_though_the_planner_knows_of_none(selling, queued, consented, make_contacts, now):
    consented(*queued(1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # an import comes, and the statistics are still those of the empty base
    ids = make_contacts(2500)
    QueueEntry.objects.bulk_create(QueueEntry(campaign=selling, contact_id=one, not_before=now) for one in ids)
    agreed = {"object": "santé", "wording": "oui", "wording_version": "1", "channel": "phone", "act": "oui"}
    when = {"given_at": now - timedelta(days=1), "recorded_at": now, "archive_until": now}
    Proof.objects.bulk_create(
        Proof(principal_id=selling.principal_id, contact_id=one, who="x", **agreed, **when) for one in ids[1250:]
    )
    before = rows_read()
    assert settle(selling.pk) == Settled(over=1250, later=0, again=0)
    assert rows_read() - before < 40 * 2500
    DoNotCall.objects.bulk_create(
        DoNotCall(e164=f"+3363998{n:04}", contact_id=ids[n], origin="agent", created_at=now) for n in range(2000)
    )
    before = rows_read()
    settle(selling.pk)
    assert rows_read() - before < 40 * 2500


def test_it_is_asked_once_however_often(selling):
    from procrastinate.contrib.django.models import ProcrastinateJob

    settle_soon(selling.pk)
    settle_soon(selling.pk)
    assert ProcrastinateJob.objects.filter(task_name="settle_queue").count() == 1
