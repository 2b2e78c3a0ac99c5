"""The queue through the public API, leads, imports, calls and outcomes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.contacts.models import Contact, ContactPhone, ImportBatch
from decroche.dispositions.models import Disposition


@pytest.fixture
def lead(campaign):
    """A body of a lead with some changes."""

    def make(**contact):
        return {
            "campaign_id": campaign.pk,
            "contact": {"last_name": "Petit", "phones": {"mobile": "0639982011"}, **contact},
        }

    return make


def test_a_lead_is_made_put_first_and_told_to_the_floor(program, campaign, lead, floor_words):
    answer = program.post("/leads", lead())
    placed = answer.json()
    assert (answer.status_code, placed["outcome"], placed["contact_created"]) == (201, "added", True)
    assert (placed["entry"]["priority"], placed["entry"]["state"], placed["campaign_status"]) == (
        100,
        "waiting",
        "open",
    )
    assert {"kind": "queue_changed", "campaign_id": campaign.pk} in floor_words


@pytest.mark.parametrize("known", [{"client_code": "C-1"}, {}])
def test_a_lead_that_is_known_is_moved_to_the_front(program, campaign, lead, known):
    first = program.post("/leads", lead(**known)).json()
    later = timezone.now() + timedelta(days=2)
    QueueEntry.objects.update(not_before=later, priority=0)
    again = program.post("/leads", lead(**known, city="Dole"))
    placed = again.json()
    assert (again.status_code, placed["outcome"], placed["contact"]["id"]) == (200, "moved", first["contact"]["id"])
    assert QueueEntry.objects.get().not_before <= timezone.now()
    assert Contact.objects.get().city == "Dole"


@pytest.mark.parametrize(
    ("state", "fields", "outcome"),
    [
        ("finished", {"finished_reason": "disposition", "attempts": 4}, "reopened"),
        ("withdrawn", {}, "reopened"),
        ("claimed", {}, "in_call"),
        ("waiting", {"owner_until": timezone.now()}, "promised"),
    ],
)
def test_a_lead_respects_where_its_contact_stands(program, lead, state, fields, outcome):
    program.post("/leads", lead())
    QueueEntry.objects.update(state=state, **fields)
    placed = program.post("/leads", lead()).json()
    assert placed["outcome"] == outcome
    if outcome == "reopened":
        assert (placed["entry"]["state"], placed["entry"]["attempts"]) == ("waiting", 0)
    else:
        assert placed["entry"]["state"] == state


def test_another_customer_at_the_same_telephone_is_another_contact(program, lead):
    for code in ("C-1", "C-2"):
        program.post("/leads", lead(client_code=code))
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("contact", "status"),
    [({"phones": None}, 422), ({"phones": {"mobile": "112"}}, 422), ({"phones": {"fax": "0199001234"}}, 422)],
)
def test_a_lead_that_cannot_be_called_leaves_nothing(program, lead, contact, status):
    assert program.post("/leads", lead(**contact)).status_code == status
    assert Contact.objects.count() == 0


def test_a_lead_for_an_archived_campaign_is_refused_whole(program, campaign, lead):
    campaign.status = "archived"
    campaign.save()
    answer = program.post("/leads", lead())
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "campaign_archived")
    assert Contact.objects.count() == 0


def test_contacts_are_added_to_a_queue_read_there_and_withdrawn(program, campaign):
    contacts = Contact.objects.bulk_create([Contact(last_name=f"Petit {n}") for n in range(3)])
    for n, contact in enumerate(contacts[:2]):
        ContactPhone.objects.create(contact=contact, kind="phone", e164=f"+3319900000{n}")
    ids = [one.pk for one in contacts]
    added = program.post(f"/campaigns/{campaign.pk}/queue", {"contact_ids": [*ids, ids[0], 999_999]}).json()
    assert added == {"added": 2, "already": 0, "no_number": 1, "unknown": 1}
    first = program.get(f"/campaigns/{campaign.pk}/queue", limit=1).json()
    rest = program.get(f"/campaigns/{campaign.pk}/queue", cursor=first["next_cursor"]).json()["items"]
    assert [row["contact_id"] for row in first["items"] + rest] == ids[:2]
    out = program.post(f"/queue/{rest[0]['id']}/withdraw").json()
    assert program.get(f"/queue/{rest[0]['id']}").json() == out
    counts = program.get(f"/campaigns/{campaign.pk}/counts").json()
    assert (out["state"], counts["withdrawn"], counts["callable"]) == ("withdrawn", 1, 1)


def test_what_is_being_called_is_not_withdrawn(program, lead):
    entry = program.post("/leads", lead()).json()["entry"]
    QueueEntry.objects.update(state="claimed")
    answer = program.post(f"/queue/{entry['id']}/withdraw")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "contact_in_call")


def test_campaigns_are_listed_and_read(program, campaign):
    page = program.get("/campaigns").json()
    assert [row["name"] for row in page["items"]] == ["Mutuelle"]
    assert program.get(f"/campaigns/{campaign.pk}").json() == page["items"][0]


CSV = "Nom;Téléphone;Code client\nPetit;06 39 98 20 11;C-1\nDurand;01 99 00 12 34;C-2\n"


def upload(program, options, text=CSV, **headers):
    return program.http.post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile("clients.csv", text.encode()), "options": options},
        headers={"Authorization": f"Bearer {program.text}", **headers},
    )


@pytest.mark.parametrize(
    "options", ["{}", '{"columns": {"Nom": "last_name", "Téléphone": "phone", "Code client": "client_code"}}']
)
def test_a_file_is_uploaded_and_its_import_queued(program, options):
    made = upload(program, options)
    assert (made.status_code, made.json()["status"], made.json()["rows_total"]) == (201, "queued", 2)
    assert program.get(f"/imports/{made.json()['id']}").json() == made.json()
    assert program.get("/imports").json()["items"] == [made.json()]
    assert program.post(f"/imports/{made.json()['id']}/cancel").json()["status"] == "cancelled"


def test_a_program_chooses_as_much_as_the_screen_does(program, campaign):
    """Bug: names could be put right, and duplicates be looked for in the campaign only, by hand alone."""
    chosen = f'{{"tidy": ["names"], "against": "campaign", "campaign_id": {campaign.pk}}}'
    batch = ImportBatch.objects.get(pk=upload(program, chosen).json()["id"])
    assert (batch.tidy, batch.against) == (["names"], "campaign")


def test_a_file_sent_again_is_imported_once(program):
    sent = [upload(program, "{}", **{"Idempotency-Key": "lot-1"}).json()["id"] for _ in range(2)]
    assert sent[0] == sent[1]
    other = upload(program, "{}", CSV + "Roux;0199001235;C-3\n", **{"Idempotency-Key": "lot-1"})
    assert other.json()["error"]["code"] == "idempotency_key_reused"


@pytest.mark.parametrize("options", ["[", "[]", '{"columns": {"Absente": "phone"}}', '{"columns": {"Nom": "mot"}}'])
def test_options_that_make_no_sense_leave_no_batch(program, options):
    assert upload(program, options).status_code == 422
    assert program.get("/imports").json()["items"] == []


def call(campaign, minutes_ago, **fields):
    at = timezone.now() - timedelta(minutes=minutes_ago)
    number = f"+3319900{Call.objects.count():04d}"
    facts = {"state": "ended", "result": "no_answer", "ended_at": at, "mode": "progressive", **fields}
    return Call.objects.create(id=uuid4(), campaign=campaign, e164=number, claimed_at=at, **facts)


def test_calls_are_listed_by_their_beginning_up_to_the_oldest_that_lives(program, campaign):
    older, _, newer = call(campaign, 30), call(campaign, 20, state="talking", ended_at=None), call(campaign, 10)
    assert [row["id"] for row in program.get("/calls").json()["items"]] == [str(older.pk)]
    Call.objects.exclude(pk=newer.pk).update(state="ended")
    assert len(program.get("/calls").json()["items"]) == 3


def test_calls_come_in_pages_without_a_gap(program, campaign):
    wanted = [str(call(campaign, 60 - n).pk) for n in range(5)]
    first = program.get("/calls", limit=2).json()
    rest = program.get("/calls", cursor=first["next_cursor"]).json()["items"]
    assert [row["id"] for row in first["items"] + rest] == wanted


def test_outcomes_are_listed_as_they_are_given(program, campaign):
    sold = Disposition.objects.create(campaign=campaign, label="Vendu", tone="positive")
    first, second = call(campaign, 30), call(campaign, 20)
    for one, minutes in ((second, 15), (first, 5)):
        Call.objects.filter(pk=one.pk).update(disposition=sold, disposed_at=timezone.now() - timedelta(minutes=minutes))
    found = program.get("/outcomes", limit=1).json()
    rest = program.get("/outcomes", cursor=found["next_cursor"]).json()["items"]
    assert [row["id"] for row in found["items"] + rest] == [str(second.pk), str(first.pk)]
    assert rest[0]["outcome"]["label"] == "Vendu"
    assert program.get(f"/calls/{first.pk}").json() == rest[0]
