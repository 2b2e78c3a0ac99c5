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
        "+33 4 65 7",
        "0033 4657",
    ],
)
def test_a_contact_is_found_by(as_supervisor, contact, q):
    from decroche.contacts.models import Contact, ContactPhone

    ContactPhone.objects.create(contact=Contact.objects.create(last_name="Autre"), kind="phone", e164="+33199009876")
    found = as_supervisor.get("/contacts", query_params={"q": q}).json()["items"]
    assert [one["last_name"] for one in found] == ["Lefèvre"]


@pytest.mark.parametrize("q", ["%", "_", "zzz", "lefevre zzz", "\\", "'; DROP TABLE", "9999", "01234"])
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


# ── As one types ─────────────────────────────────────────────────────────────


def quickly(client, q, **more):
    return [one["last_name"] for one in client.post("/contact-search/quick", {"q": q, **more}).json()]


@pytest.mark.parametrize(
    "q",
    ["l", "lef", "LEFÈVRE hel", "boulangerie le", "c-1", "25", "25000", "besan", "helene", "04 65 71 12 34", "1234",
     "0465 71", "+33 4 65 7", "hélène boul", "exemple.fr"],
)  # fmt: skip
def test_a_contact_is_found_while_one_types(as_supervisor, contact, q):
    from decroche.contacts.models import Contact

    Contact.objects.create(last_name="Autre", company="Zinc")
    assert quickly(as_supervisor, q) == ["Lefèvre"]


@pytest.mark.parametrize("q", ["saint etienne", "saint-etienne", "SAINT’ÉTIENNE", "d aubigne", "d'aubigné", "e-d"])
def test_joined_words_are_found_however_they_are_joined(as_supervisor, db, q):
    """Saint-Étienne was found by "saint etienne", and Saint Étienne not by "saint-etienne"."""
    from decroche.contacts.models import Contact

    Contact.objects.create(last_name="Zoé", first_name="d’Aubigné", city="Saint Étienne")
    Contact.objects.create(last_name="Chloé", first_name="D'Aubigné", city="Saint-Étienne")
    Contact.objects.create(last_name="Autre", city="Saintonge")
    assert set(quickly(as_supervisor, q)) == {"Zoé", "Chloé"}
    found = as_supervisor.get("/contacts", query_params={"q": q}).json()["items"]
    assert [one["last_name"] for one in found] == ["Chloé", "Zoé"]


@pytest.mark.parametrize("q", ["", " ", "%", "_", "\\", "\x00", "lefevre zzz", "'; DROP TABLE", "9999", "é" * 200])
def test_nobody_is_found_by_signs(as_supervisor, contact, q):
    assert quickly(as_supervisor, q) == []


def test_the_beginning_comes_before_the_middle_and_each_once(as_supervisor, db):
    from decroche.contacts.models import Contact

    for last_name, company in (("Lemartin", ""), ("Autre", "Martin SA"), ("Martin", "Martin")):
        Contact.objects.create(last_name=last_name, company=company)
    assert quickly(as_supervisor, "martin") == ["Martin", "Autre", "Lemartin"]
    assert quickly(as_supervisor, "martin", limit=2) == ["Martin", "Autre"]


def test_an_agent_finds_his_own_while_he_types(assigned, contact):
    from decroche.contacts.models import Contact

    Contact.objects.create(last_name="Lefèvre d'ailleurs")
    assert quickly(assigned, "lef") == ["Lefèvre"]


CONTACTS = """
INSERT INTO contacts_contact (civility, first_name, last_name, company, address, address2, postal_code, city, country,
  client_code, email, custom, created_at, updated_at)
SELECT '', 'Zoé', 'Garçon ' || n, 'SA ' || n, '', '', '39100', 'Dole', 'FR', 'B' || n, 'n' || n || '@exemple.fr', '{}',
  now(), now() FROM generate_series(1, 20000) n
"""
NUMBERS = """
INSERT INTO contacts_contactphone (contact_id, kind, e164)
SELECT id, 'mobile', '+3319900' || lpad((id % 10000)::text, 4, '0') FROM contacts_contact
"""
TYPED = ("g", "ga", "gar", "garcon 19999", "sa 3", "B199", "zoe", "exemple", "01 99 00 12 34", "1234", "zzz", "39100")


@pytest.fixture
def plans(monkeypatch, contact):
    """Of each SELECT of contacts and numbers, over twenty thousand of them; `contact` is the oldest."""
    from django.db import connection
    from django.db.models import QuerySet

    from decroche.contacts import quick_search

    with connection.cursor() as cursor:
        for sql in (CONTACTS, NUMBERS, "ANALYZE contacts_contact", "ANALYZE contacts_contactphone"):
            cursor.execute(sql)
    monkeypatch.setattr(quick_search, "rows_out", list)
    inner = QuerySet.__iter__
    plans: list[str] = []

    def explained(queryset):
        plans.append(queryset.explain())
        return inner(queryset)

    monkeypatch.setattr(QuerySet, "__iter__", explained)
    return plans


@pytest.mark.parametrize("who", ["supervisor", "agent"])
def test_no_table_is_read_whole_while_one_types(assigned, as_supervisor, plans, who):
    from decroche.contacts.quick_search import quick_search

    for q in TYPED:
        quick_search((as_supervisor if who == "supervisor" else assigned).user, q, 20)
    assert len([plan for plan in plans if "Append" in plan or "contact_phone" in plan]) == len(TYPED)
    assert [plan for plan in plans if "Seq Scan on contacts_" in plan] == []


def test_a_word_that_nearly_everybody_has_is_read_from_the_newest(as_supervisor, plans):
    from decroche.contacts.quick_search import quick_search

    assert len(quick_search(as_supervisor.user, "exemple", 12)) == 12
    assert [plan for plan in plans if "contact_search" in plan] == []


@pytest.mark.parametrize("who", ["supervisor", "agent"])
def test_who_has_a_rare_word_is_found_however_old(assigned, as_supervisor, plans, contact, who):
    from decroche.contacts.quick_search import quick_search

    user = (as_supervisor if who == "supervisor" else assigned).user
    assert quick_search(user, "besan", 12) == [contact]


def test_an_agents_newest_are_those_of_his_campaigns(assigned, plans, contact):
    from decroche.contacts.quick_search import quick_search

    assert quick_search(assigned.user, "esancon", 1) == [contact]  # of 20,001 contacts the oldest, his only one
    assert [plan for plan in plans if "Bitmap Index Scan on contact_search" in plan][1:] == []


@pytest.mark.parametrize("typed", ["saint - étienne", "SAINT – ETIENNE", "lefèvre - saint", "saint-étienne"])
def test_a_hyphen_between_spaces_joins_words_and_is_none(as_supervisor, contact, typed):
    """Bug: "saint - étienne" looked for a hyphen too, and found nobody of "Saint Etienne"."""
    from decroche.contacts.quick_search import quick_search

    contact.city, contact.client_code = "Saint Etienne", ""
    contact.save()
    found = as_supervisor.get("/contacts", query_params={"q": typed}).json()["items"]
    assert [one["id"] for one in found] == [contact.pk]
    assert [one.id for one in quick_search(as_supervisor.user, typed, 5)] == [contact.pk]
