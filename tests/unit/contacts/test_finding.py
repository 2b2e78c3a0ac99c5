"""Pages of what a filter finds, their order, and searches that are kept."""

from __future__ import annotations

from typing import Any

import pytest

ALL: dict[str, Any] = {"all": []}


@pytest.fixture
def town(db: None) -> None:
    """Names that a sort by bytes puts wrongly."""
    from decroche.contacts.models import Contact

    for name, company in (("Zola", "b"), ("Évrard", "A"), ("eude", "a"), ("Éluard", "C"), ("", "a"), ("zola", "")):
        Contact.objects.create(last_name=name, company=company, city="Dole", client_code=company)


def pages(client: Any, sort: str, limit: int = 2) -> list[Any]:
    seen, cursor = [], ""
    while cursor is not None:
        answer = client.post("/contact-search", {"filter": ALL, "sort": sort, "cursor": cursor, "limit": limit})
        assert answer.status_code == 200, answer.content
        seen += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
    return seen


def test_names_are_sorted_without_their_accents(as_supervisor, town):
    names = [one["last_name"] for one in pages(as_supervisor, "name")]
    assert names == ["", "Éluard", "eude", "Évrard", "Zola", "zola"]


@pytest.mark.parametrize("sort", ["created", "name", "company", "postal_code", "city", "client_code"])
@pytest.mark.parametrize("many", [False, True])
def test_pages_of_every_order_follow_without_gap_or_repeat(as_supervisor, town, sort, many, monkeypatch):
    from decroche.contacts.filters import found

    monkeypatch.setattr(found, "COUNTED_UP_TO", 1 if many else 10_000)
    up, down = ([one["id"] for one in pages(as_supervisor, sign + sort)] for sign in ("", "-"))
    assert len(set(up)) == 6
    assert up == down[::-1]


def test_the_total_is_said_up_to_ten_thousand(as_supervisor, town, monkeypatch):
    from decroche.contacts.filters import found

    asked = {"filter": ALL, "limit": 2}
    assert as_supervisor.post("/contact-search", asked).json()["total"] == 6
    monkeypatch.setattr(found, "COUNTED_UP_TO", 3)
    assert as_supervisor.post("/contact-search", asked).json()["total"] is None
    assert as_supervisor.post("/contact-search/count", {"filter": ALL}).json() == {"contacts": 6}


def test_an_agent_finds_his_own_contacts_only(assigned, town, contact):
    answer = assigned.post("/contact-search", {"filter": ALL}).json()
    assert [one["last_name"] for one in answer["items"]] == ["Lefèvre"]


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "WzEsMl0"])
def test_a_made_up_cursor_is_refused(as_supervisor, town, cursor):
    asked = {"filter": ALL, "sort": "name", "cursor": cursor}
    assert as_supervisor.post("/contact-search", asked).status_code == 422


@pytest.mark.parametrize("index", ["contact_by_name", "contact_by_company"])
def test_an_index_serves_the_order(town, index):
    from django.db import connection

    from decroche.contacts.filters.found import _sorted_by
    from decroche.contacts.models import Contact

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    ordered = Contact.objects.annotate(by=_sorted_by(index.removeprefix("contact_by_"))).order_by("by", "pk")[:50]
    assert index in ordered.explain()


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("postal_code", "is", "39100"),
        ("postal_code", "one_of", ["39100"]),
        ("postal_code", "starts", "39"),
        ("siret", "is", "73282932000074"),
        ("siret", "one_of", ["73282932000074"]),
    ],
)
def test_an_index_finds_figures(db, field, op, value):
    from django.db import connection

    from decroche.contacts.filters.query import contacts_matching
    from decroche.contacts.filters.schema import read_filter
    from decroche.contacts.models import Contact

    Contact.objects.bulk_create(
        Contact(postal_code=f"{n:05d}", siret=f"732829320{n:05d}", last_name=f"n{n}") for n in range(1_000, 99_000, 98)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contacts_contact")
    asked = read_filter({"field": field, "op": op, "value": value})
    assert f"contact_{field}" in contacts_matching(asked, Contact.objects.all()).explain()


@pytest.mark.parametrize(
    ("field", "op", "value", "index"),
    [
        ("city", "is", "saint etienne", "contact_search"),
        ("city", "contains", "nt-étien", "contact_search"),
        ("city", "one_of", ["Dole", "saint etienne"], "contact_search"),
        ("name", "starts", "d'aubigne jean", "contact_search"),
        ("words", "contains", "saint-etienne", "contact_search"),
        ("words", "contains", "ab-12", "contact_search"),
        ("notes", "contains", "rendez vous", "note_words"),
        ("answers", "contains", "d'ici juin", "answer_words"),
    ],
)
def test_an_index_finds_words_that_are_joined(queued, campaign, contact, field, op, value, index):
    from django.db import connection

    from decroche.contacts.filters.query import contacts_matching
    from decroche.contacts.filters.schema import read_filter
    from decroche.contacts.models import Contact, ContactNote, ScriptAnswer

    many = Contact.objects.bulk_create(Contact(last_name=f"n{n}", city=f"Ville {n}") for n in range(1_500))
    ContactNote.objects.bulk_create(ContactNote(contact=one, campaign=campaign, text=f"Mot {one.pk}") for one in many)
    ScriptAnswer.objects.bulk_create(
        ScriptAnswer(contact=one, campaign=campaign, question_key="q", value=f"Mot {one.pk}") for one in many
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contacts_contact, contacts_contactnote, contacts_scriptanswer")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    asked = read_filter({"field": field, "op": op, "value": value})
    plan = contacts_matching(asked, Contact.objects.order_by()).explain()
    assert index in plan


# ── Saved searches ───────────────────────────────────────────────────────────


def save(client: Any, name: str = "Dole", **more: Any) -> Any:
    return client.post("/saved-searches", {"name": name, "filter": ALL, **more})


def names(client: Any) -> list[str]:
    return [one["name"] for one in client.get("/saved-searches").json()]


def test_a_search_is_its_owners_until_it_is_shared(as_supervisor, as_agent, as_admin):
    mine = save(as_supervisor).json()
    assert (names(as_supervisor), names(as_agent), names(as_admin)) == (["Dole"], [], [])
    as_supervisor.patch(f"/saved-searches/{mine['id']}", {"shared": "team"})
    assert (names(as_agent), names(as_admin)) == (["Dole"], ["Dole"])


def test_a_group_finds_what_is_shared_with_it(as_supervisor, as_agent, api_client, make_user):
    from decroche.agents.models import AgentGroup

    group = AgentGroup.objects.create(name="Matin")
    group.members.add(as_agent.user)
    assert save(as_supervisor, shared="group", group_id=group.pk).json()["group"]["name"] == "Matin"
    assert names(as_agent) == ["Dole"]
    assert names(api_client(make_user("autre", role="agent"))) == []


def test_an_agent_keeps_searches_and_does_not_share_them(as_agent):
    assert save(as_agent).status_code == 201
    assert save(as_agent, "Autre", shared="team").status_code == 403


def test_one_name_once(as_supervisor):
    assert save(as_supervisor).status_code == 201
    assert save(as_supervisor, "DOLE").json()["error"]["fields"].keys() == {"name"}


def test_a_group_that_goes_leaves_the_searches_that_it_found_to_their_owners(as_supervisor, as_admin):
    """Deleting the group deleted them, without a word."""
    from decroche.agents.models import AgentGroup

    group = AgentGroup.objects.create(name="Matin")
    assert save(as_supervisor, shared="group", group_id=group.pk).status_code == 201
    assert as_admin.delete(f"/groups/{group.pk}").status_code == 204
    (kept,) = as_supervisor.get("/saved-searches").json()
    assert (kept["name"], kept["shared"], kept["group"]) == ("Dole", "nobody", None)
    assert names(as_admin) == []


def test_a_taken_name_says_whose(as_supervisor, as_admin):
    mine = save(as_supervisor, shared="team").json()
    save(as_supervisor, "Jura")
    said = as_admin.patch(f"/saved-searches/{mine['id']}", {"name": "jura"}).json()["error"]["fields"]["name"]
    assert as_supervisor.user.display_name in said


def test_a_name_is_of_eighty_signs_at_most(as_supervisor):
    assert save(as_supervisor, "é" * 80).status_code == 201
    assert save(as_supervisor, "é" * 81).json()["error"]["fields"].keys() == {"name"}
    assert save(as_supervisor, "  ").json()["error"]["fields"].keys() == {"name"}


def test_it_is_renamed_refiltered_and_deleted_by_who_may(as_supervisor, as_agent):
    mine = save(as_supervisor, shared="team").json()
    path, filter_ = f"/saved-searches/{mine['id']}", {"field": "city", "op": "is", "value": "Dole"}
    assert as_agent.patch(path, {"name": "x"}).status_code == 403
    assert as_supervisor.patch(path, {"name": "Jura", "filter": filter_}).json()["filter"] == filter_
    assert as_agent.delete(path).status_code == 403
    assert as_supervisor.delete(path).status_code == 204
    assert names(as_agent) == []


def test_a_filter_that_says_nothing_is_not_kept(as_supervisor):
    body = {"name": "x", "filter": {"field": "pointure", "op": "is", "value": "42"}}
    assert as_supervisor.post("/saved-searches", body).json()["error"]["fields"].keys() == {"filter.field"}
