"""Putting contacts into a queue, and counting them there."""

import psycopg
import pytest
from django.db import transaction

from decroche.campaigns.models import QueueEntry
from decroche.campaigns.services import lock
from decroche.contacts.models import BatchChange, Contact, ImportBatch


def feed(client, path, **body):
    return client.post(f"{path}/queue", body).json()


def test_contacts_are_fed_once(as_supervisor, campaign, path, make_contacts, floor_words):
    ids = make_contacts(3)
    assert feed(as_supervisor, path, contact_ids=ids) == {"added": 3, "back": 0, "already": 0, "no_number": 0}
    assert feed(as_supervisor, path, contact_ids=ids) == {"added": 0, "back": 0, "already": 3, "no_number": 0}
    assert floor_words[0] == {"kind": "queue_changed", "campaign_id": campaign["id"]}


def test_an_entry_that_was_there_keeps_its_place(as_supervisor, path, make_contacts):
    ids = make_contacts(1)
    feed(as_supervisor, path, contact_ids=ids)
    QueueEntry.objects.update(state="finished", attempts=3)
    feed(as_supervisor, path, contact_ids=ids)
    assert QueueEntry.objects.values_list("state", "attempts").get() == ("finished", 3)


def test_a_contact_without_a_number_to_dial_is_counted_and_not_fed(as_supervisor, path, make_contacts):
    ids = make_contacts(1) + make_contacts(2, kind=None) + make_contacts(1, kind="fax")
    assert feed(as_supervisor, path, contact_ids=ids) == {"added": 1, "back": 0, "already": 0, "no_number": 3}


def test_a_whole_batch_is_fed_and_remembered(as_supervisor, path, make_contacts):
    batch = ImportBatch.objects.create(name="Lot", file_name="x.csv", stored_as="x")
    make_contacts(2, batch=batch)
    make_contacts(1)
    assert feed(as_supervisor, path, batch_id=batch.pk, priority=5)["added"] == 2
    assert set(QueueEntry.objects.values_list("batch_id", "priority")) == {(batch.pk, 5)}


def test_those_taken_out_come_back_when_fed_again(as_supervisor, path, make_contacts):
    """Bug: a list taken out of a campaign and added again was "there already", and nobody of it was called."""
    batch = ImportBatch.objects.create(name="Lot", file_name="x.csv", stored_as="x")
    make_contacts(2, batch=batch)
    feed(as_supervisor, path, batch_id=batch.pk)
    QueueEntry.objects.update(state="withdrawn", attempts=1, refused_reason="hours")
    again = feed(as_supervisor, path, batch_id=batch.pk, priority=3)
    assert again == {"added": 0, "back": 2, "already": 0, "no_number": 0}
    assert set(QueueEntry.objects.values_list("state", "attempts", "refused_reason", "priority")) == {
        ("waiting", 1, "", 3)
    }


def test_a_batch_feeds_those_that_it_changed_too(as_supervisor, path, make_contacts):
    """Bug: "Lot (2 fiches)" was offered, of which one was new; the one that it had brought up to date was left out."""
    batch = ImportBatch.objects.create(name="Lot", file_name="x.csv", stored_as="x")
    make_contacts(1, batch=batch)
    (known,) = make_contacts(1)
    BatchChange.objects.create(batch=batch, contact_id=known, before={})
    assert feed(as_supervisor, path, batch_id=batch.pk)["added"] == 2
    assert set(QueueEntry.objects.values_list("batch_id", flat=True)) == {batch.pk}


@pytest.mark.parametrize(
    ("wanted", "added"),
    [
        ({"postal_code_prefixes": ["69", "01"]}, 2),
        ({"postal_code_prefixes": ["6%"]}, 0),
        ({"city": "lyon"}, 2),
        ({"city": "L_on"}, 0),
        ({"custom": {"contrat": "Or"}}, 1),
        ({"custom": {"contrat": "Or' OR true --"}}, 0),
        ({"postal_code_prefixes": ["69"], "custom": {"contrat": "Or"}}, 1),
        ({}, 3),
    ],
)
def test_a_filter_takes_what_meets_all_its_conditions(as_supervisor, path, make_contacts, wanted, added):
    make_contacts(1, postal_code="69003", city="Lyon", custom={"contrat": "Or"})
    make_contacts(1, postal_code="69100", city="LYON")
    make_contacts(1, postal_code="75011", city="Paris")
    assert feed(as_supervisor, path, filter=wanted)["added"] == added


def test_contacts_of_another_campaign_can_be_taken_over(as_supervisor, campaign, path, make_contacts):
    feed(as_supervisor, path, contact_ids=make_contacts(2))
    make_contacts(1)
    other = as_supervisor.post("/campaigns", {"name": "Relance"}).json()
    fed = feed(as_supervisor, f"/campaigns/{other['id']}", filter={"in_campaign_id": campaign["id"]})
    assert fed["added"] == 2


def test_an_erased_contact_is_not_fed(as_supervisor, path, make_contacts, now):
    ids = make_contacts(1)
    Contact.objects.update(erased_at=now)
    assert feed(as_supervisor, path, contact_ids=ids) == {"added": 0, "back": 0, "already": 0, "no_number": 0}


def test_exactly_one_way_of_choosing_is_needed(as_supervisor, path):
    assert as_supervisor.post(f"{path}/queue", {}).status_code == 422
    assert as_supervisor.post(f"{path}/queue", {"contact_ids": [], "batch_id": 1}).status_code == 422


def test_the_list_of_campaigns_shows_how_many_contacts_each_has(as_supervisor, path, make_contacts):
    feed(as_supervisor, path, contact_ids=make_contacts(2))
    item = as_supervisor.get("/campaigns").json()["items"][0]
    assert (item["entries"], item["entries_waiting"], item["callable_now"], item["entries_finished"]) == (2, 2, 2, 0)


@pytest.mark.django_db(transaction=True)
def test_calls_of_a_campaign_are_written_while_it_is_fed(campaign, database_url):
    """Bug: the row was held against whatever points at it; the dialer waited until 200,000 were in the queue."""
    with transaction.atomic(), psycopg.connect(database_url) as floor:
        lock(campaign["id"])
        found = floor.execute(
            "SELECT id FROM campaigns_campaign WHERE id = %s FOR KEY SHARE SKIP LOCKED", [campaign["id"]]
        )
        assert found.fetchall() == [(campaign["id"],)]  # what writing a call asks for
