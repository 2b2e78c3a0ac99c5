"""Contacts through the public API: made, changed, found again, listed by their changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decroche.contacts.models import Contact, DoNotCall, ImportBatch

MARIE = {"last_name": "Petit", "first_name": "Marie", "phones": {"mobile": "06 39 98 20 11"}}


def made_ago(count, **ago):
    """Contacts last changed so long ago, one second apart."""
    rows = Contact.objects.bulk_create([Contact(last_name=f"Petit {n}") for n in range(count)])
    start = timezone.now() - timedelta(**ago)
    for n, row in enumerate(rows):
        Contact.objects.filter(pk=row.pk).update(updated_at=start + timedelta(seconds=n))
    return [row.pk for row in rows]


def test_a_contact_is_made_read_and_changed(program):
    made = program.post("/contacts", {**MARIE, "client_code": "C-1"})
    assert (made.status_code, made.json()["phones"][0]["e164"]) == (201, "+33639982011")
    changed = program.patch(f"/contacts/{made.json()['id']}", {"city": "Lyon", "phones": {"mobile": None}}).json()
    assert (changed["city"], changed["phones"], changed["last_name"]) == ("Lyon", [], "Petit")
    assert program.get(f"/contacts/{made.json()['id']}").json() == changed


def test_a_siret_is_written_checked_and_found_again(program):
    """Bug: files and screens had it, programs had not."""
    made = program.post("/contacts", {**MARIE, "siret": "732 829 320 00074"}).json()
    assert made["siret"] == "73282932000074"
    assert program.get("/contacts?siret=732%20829%20320%2000074").json()["items"][0]["siret"] == made["siret"]
    assert program.get("/contacts?siret=12").json()["items"] == []
    answer = program.patch(f"/contacts/{made['id']}", {"siret": "73282932000075"})
    assert answer.json()["error"]["fields"].keys() == {"siret"}


def test_a_misspelt_field_is_refused_rather_than_lost(program):
    answer = program.post("/contacts", {"lastname": "Petit", "phones": {"cell": "06"}})
    assert answer.json()["error"]["fields"].keys() == {"lastname", "phones.cell"}


def test_an_upsert_makes_then_changes_the_same_contact(program):
    answers = [program.put("/contacts/by-client-code/C-7", {**MARIE, "city": city}) for city in ("Lyon", "Dole")]
    assert [one.status_code for one in answers] == [201, 200]
    assert list(Contact.objects.values_list("client_code", "city")) == [("C-7", "Dole")]


def test_an_upsert_that_finds_two_changes_neither(program):
    Contact.objects.bulk_create([Contact(last_name="A", client_code="C-7"), Contact(last_name="B", client_code="C-7")])
    answer = program.put("/contacts/by-client-code/C-7", MARIE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "several_contacts")


def test_all_contacts_are_read_page_by_page(program):
    wanted = made_ago(5, hours=1)
    seen, cursor = [], ""
    while cursor is not None:
        page = program.get("/contacts", limit=2, cursor=cursor).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert seen == wanted


def test_changes_since_a_date_come_in_the_order_of_the_changes(program):
    wanted = made_ago(4, hours=1)
    made_ago(2, days=3)
    since = (timezone.now() - timedelta(days=1)).isoformat()
    first = program.get("/contacts", updated_since=since, limit=3).json()
    rest = program.get("/contacts", updated_since=since, limit=3, cursor=first["next_cursor"]).json()
    assert [row["id"] for row in first["items"] + rest["items"]] == wanted


def test_changes_wait_for_an_import_that_dates_by_its_start(program):
    made_ago(1, minutes=1)
    ImportBatch.objects.create(
        name="lot", file_name="lot.csv", stored_as="x", status="running",
        started_at=timezone.now() - timedelta(minutes=5),
    )  # fmt: skip
    since = (timezone.now() - timedelta(days=1)).isoformat()
    assert program.get("/contacts", updated_since=since).json()["items"] == []


@pytest.mark.parametrize(
    "query", [{"phone": "+33 6 39 98 20 11"}, {"client_code": "C-1"}, {"email": "marie@exemple.fr"}]
)
def test_a_contact_is_found_by_what_a_program_knows(program, query):
    made_ago(2, hours=1)
    made = program.post("/contacts", {**MARIE, "client_code": "C-1", "email": "marie@exemple.fr"}).json()
    assert [row["id"] for row in program.get("/contacts", **query).json()["items"]] == [made["id"]]


def test_a_contact_that_refuses_calls_has_all_its_numbers_on_the_list(program):
    body = {"last_name": "Petit", "phones": {"mobile": "0639982011", "office": "0199001234"}}
    made = program.post("/contacts", body).json()
    answer = program.post(f"/contacts/{made['id']}/do-not-call", {"note": "par le CRM"}).json()
    assert [phone["do_not_call"] for phone in answer["phones"]] == [True, True]
    assert set(DoNotCall.objects.values_list("e164", flat=True)) == {"+33639982011", "+33199001234"}


def test_the_do_not_call_list_is_read_from_where_one_stopped(program):
    for end in range(3):
        program.post("/do-not-call", {"number": f"06 39 98 20 1{end}"})
    first = program.get("/do-not-call", limit=2).json()
    rest = program.get("/do-not-call", cursor=first["next_cursor"]).json()["items"]
    again = program.get("/do-not-call", after=first["items"][-1]["id"]).json()["items"]
    assert [row["e164"] for row in rest] == [row["e164"] for row in again] == ["+33639982012"]


def test_a_number_already_on_the_list_is_told_by_the_status(program):
    answers = [program.post("/do-not-call", {"number": "0639982011"}).status_code for _ in range(2)]
    assert answers == [201, 200]


def test_the_journal_says_that_a_change_came_by_the_api(program):
    from decroche.contacts.models import ContactChange

    made = program.post("/contacts", {"last_name": "Moreau", "phones": {"mobile": "06 39 98 20 11"}}).json()
    program.patch(f"/contacts/{made['id']}", {"city": "Dole"})
    assert list(ContactChange.objects.values_list("field", "after", "source")) == [("city", "Dole", "api")]


def test_a_merged_contact_answers_with_the_one_that_it_became(program, make_user):
    from decroche.contacts.merging.schemas import MergeIn
    from decroche.contacts.merging.services import merge

    ids = [program.post("/contacts", {"last_name": name}).json()["id"] for name in ("Moreau", "Morau")]
    merge(make_user("chef", role="supervisor"), ids[0], MergeIn(other_id=ids[1]))
    assert program.get(f"/contacts/{ids[1]}").json()["id"] == ids[0]
