"""Finding a contact by what one remembers of it."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "q",
    [
        "lefevre",
        "LEFÈVRE",
        "hélène lefèvre",
        "lefevre boul",
        "C-17",
        "25000",
        "besancon",
        "helene@exemple",
        "04 65 71 12 34",
        "+33465711234",
        "1234",
        "71 12 34",
        "0465 71",
    ],
)
def test_a_contact_is_found_by(as_supervisor, contact, q):
    from decroche.contacts.models import Contact, ContactPhone

    ContactPhone.objects.create(contact=Contact.objects.create(last_name="Autre"), kind="phone", e164="+33199009876")
    found = as_supervisor.get("/contacts", query_params={"q": q}).json()["items"]
    assert [one["last_name"] for one in found] == ["Lefèvre"]


@pytest.mark.parametrize("q", ["%", "_", "zzz", "lefevre zzz", "\\", "'; DROP TABLE", "9999"])
def test_signs_mean_themselves(as_supervisor, contact, q):
    assert as_supervisor.get("/contacts", query_params={"q": q}).json()["items"] == []


def test_the_index_serves_the_search(contact):
    from django.db import connection

    from decroche.contacts.models import Contact
    from decroche.contacts.search import matching

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "contact_search" in matching(Contact.objects.all(), "lefevre").explain()


def test_pages_follow_one_another_without_gap_or_repeat(as_supervisor):
    from decroche.contacts.models import Contact

    Contact.objects.bulk_create(Contact(last_name=f"N{index}") for index in range(7))
    seen: list[int] = []
    cursor = ""
    while cursor is not None:
        page = as_supervisor.get("/contacts", query_params={"limit": 3, "cursor": cursor}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 7


def test_a_made_up_cursor_is_refused(as_supervisor):
    assert as_supervisor.get("/contacts", query_params={"cursor": "n'importe quoi"}).status_code == 422


def test_lists_are_cut_to_a_campaign_or_a_batch(as_supervisor, queued, campaign):
    from decroche.contacts.models import Contact, ImportBatch

    batch = ImportBatch.objects.create(name="Lot", file_name="lot.csv", stored_as="x")
    Contact.objects.create(last_name="Du lot", batch=batch)
    in_campaign = as_supervisor.get("/contacts", query_params={"campaign_id": campaign.pk}).json()["items"]
    in_batch = as_supervisor.get("/contacts", query_params={"batch_id": batch.pk}).json()["items"]
    assert [one["last_name"] for one in in_campaign + in_batch] == ["Lefèvre", "Du lot"]
