"""What a program does by itself: moves places, calls ends once more, brings a batch back, looks after its webhooks."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from decroche.accounts.models import AuditEntry
from decroche.callbacks import services as callbacks
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.contacts.imports.run import run_import
from decroche.contacts.models import CustomField, ImportBatch
from decroche.integrations.models import Delivery, Webhook
from decroche.ledger.models import Principal, Proof

PHONE = "01 99 00 12 34"


@pytest.fixture
def place(program, campaign):
    contact = program.post("/contacts", {"last_name": "Petit", "phones": {"phone": PHONE}}).json()
    program.post(f"/campaigns/{campaign.pk}/queue", {"contact_ids": [contact["id"]]})
    return QueueEntry.objects.get()


@pytest.fixture
def webhook(program):
    made = program.post("/webhooks", {"url": "https://crm.example.com/x", "events": ["call.ended"]}).json()
    return made["webhook"]["id"]


def test_a_place_is_given_another_priority(program, place, floor_words):
    floor_words.clear()
    answer = program.patch(f"/queue/{place.pk}", {"priority": 40})
    assert (answer.status_code, answer.json()["priority"], answer.json()["attempts"]) == (200, 40, 0)
    assert {"kind": "queue_changed", "campaign_id": place.campaign_id} in floor_words
    assert AuditEntry.objects.get(action="queue.prioritise").detail["priority"] == 40


@pytest.mark.parametrize("body", [{}, {"priority": 101}, {"priority": None}, {"state": "finished"}])
def test_nothing_else_of_a_place_is_changed(program, place, body):
    assert program.patch(f"/queue/{place.pk}", body).status_code == 422


def test_an_archived_campaign_moves_no_place(program, place):
    Campaign.objects.update(status="archived")
    for answer in (program.patch(f"/queue/{place.pk}", {"priority": 4}), program.post(f"/queue/{place.pk}/put-back")):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "campaign_archived")


def test_a_place_that_was_taken_out_is_put_back(program, place):
    program.post(f"/queue/{place.pk}/withdraw")
    assert program.post(f"/queue/{place.pk}/put-back").json()["state"] == "waiting"


def test_a_place_in_a_call_is_left_alone(program, place):
    QueueEntry.objects.update(state="claimed")
    assert program.post(f"/queue/{place.pk}/put-back").json()["error"]["code"] == "contact_in_call"


def test_ends_that_the_counts_list_are_called_once_more_and_that_is_undone(program, place):
    QueueEntry.objects.update(state="finished", finished_reason="no_answer", attempts=3)
    (end,) = program.get(f"/campaigns/{place.campaign_id}/counts").json()["ends"]
    assert (end["kind"], end["code"], end["count"], end["recyclable"]) == ("reason", "no_answer", 1, True)
    chosen = {name: end[name] for name in ("kind", "disposition_id", "code", "last_result")}
    path = f"/campaigns/{place.campaign_id}/recyclings"
    made = program.post(path, {"ends": [chosen]}, idempotency_key="r")
    assert (made.status_code, made.json()["status"], made.json()["recycled"]) == (201, "done", 1)
    assert program.post(path, {"ends": [chosen]}, idempotency_key="r").json() == made.json()
    assert program.get(path).json()["items"] == [made.json()]
    assert QueueEntry.objects.get().state == "waiting"
    undone = program.post(f"/recyclings/{made.json()['id']}/undo").json()
    assert (undone["status"], undone["restored"]) == ("undone", 1)
    assert program.get(f"/recyclings/{undone['id']}").json() == undone
    assert QueueEntry.objects.get().state == "finished"


def test_refusals_for_ever_are_not_said_to_be_recyclable(program, place):
    QueueEntry.objects.update(state="finished", refused_reason="do_not_call")
    (end,) = program.get(f"/campaigns/{place.campaign_id}/counts").json()["ends"]
    assert (end["kind"], end["code"], end["recyclable"]) == ("refused", "do_not_call", False)


def test_a_batch_that_was_rolled_back_is_brought_back(program):
    file = SimpleUploadedFile("clients.csv", f"nom;tel\nPetit;{PHONE}\n".encode())
    headers = {"Authorization": f"Bearer {program.text}"}
    made = program.http.post("/api/v1/imports", {"file": file}, headers=headers).json()
    path = f"/imports/{made['id']}/roll-forward"
    assert (made["can_roll_forward"], program.post(path).json()["error"]["code"]) == (False, "import_not_rolled_back")
    ImportBatch.objects.update(status="rolled_back")
    assert program.get(f"/imports/{made['id']}").json()["can_roll_forward"]
    assert program.post(path).json()["status"] == "queued"


def test_a_webhook_is_changed_but_led_nowhere_else(program, webhook):
    answer = program.patch(f"/webhooks/{webhook}", {"events": ["call.qualified"], "enabled": False})
    assert (answer.json()["events"], answer.json()["enabled"]) == (["call.qualified"], False)
    assert program.get(f"/webhooks/{webhook}").json() == answer.json()
    assert program.patch(f"/webhooks/{webhook}", {"url": "https://other.example.com/"}).status_code == 422
    assert program.post(f"/webhooks/{webhook}/test").json()["error"]["code"] == "webhook_disabled"


def test_its_secret_is_replaced_and_the_former_one_signs_for_a_day(program, webhook):
    made = program.post(f"/webhooks/{webhook}/secret").json()
    assert made["secret"].startswith("whsec_")
    until = Webhook.objects.get().former_until
    assert until is not None
    assert until > timezone.now()


def test_what_was_sent_is_read_without_its_body_and_sent_again(program, webhook):
    tested = program.post(f"/webhooks/{webhook}/test").json()
    assert (tested["event_type"], tested["state"], tested["tries"]) == ("webhook.test", "pending", [])
    Delivery.objects.update(state="delivered", next_at=None)
    listed = program.get("/deliveries", webhook_id=webhook, state="delivered").json()["items"]
    assert [one["message_id"] for one in listed] == [tested["message_id"]]
    assert "body" not in listed[0]
    again = program.post(f"/deliveries/{tested['id']}/send-again").json()
    assert (again["state"], again["message_id"]) == ("pending", tested["message_id"])
    assert "body" not in program.get(f"/deliveries/{tested['id']}").json()


def test_the_floor_s_own_fields_are_listed_with_what_they_take(program):
    rows = [("budget", "Budget", "number", []), ("offre", "Offre", "choice", ["A", "B"])]
    for position, (key, label, kind, choices) in enumerate(rows):
        CustomField.objects.create(key=key, label=label, kind=kind, choices=choices, position=position)
    first = program.get("/custom-fields", limit=1).json()
    second = program.get("/custom-fields", limit=1, cursor=first["next_cursor"]).json()
    assert first["items"] == [{"key": "budget", "label": "Budget", "kind": "number", "choices": []}]
    assert [one["choices"] for one in second["items"]] == [["A", "B"]]
    assert second["next_cursor"] is None


CONSENTS = f"nom;tel;date de consentement\nPetit;{PHONE};02/11/2026\n"
TERMS = {"object": "Mutuelle", "wording": "J’accepte…", "wording_version": "1", "channel": "web_form", "act": "case"}


def send_consents(program, **consent):
    file = SimpleUploadedFile("clients.csv", CONSENTS.encode())
    columns = {"nom": "last_name", "tel": "phone", "date de consentement": "consent_at"}
    options = {"columns": columns} | ({"consent": consent} if consent else {})
    headers = {"Authorization": f"Bearer {program.text}"}
    return program.http.post("/api/v1/imports", {"file": file, "options": json.dumps(options)}, headers=headers)


def test_a_file_brings_consents_with_what_they_have_in_common(transactional_db, program):
    """A program could name their columns, and was then asked for what it could not say."""
    Principal.objects.create(siren="123456782", name="Mandant")
    made = send_consents(program, siren="123 456 782", **TERMS)
    assert (made.status_code, made.json()["consents"]) == (201, None)
    run_import(made.json()["id"])
    found = {"recorded": 1, "known": 0, "refused": {}}
    assert program.get(f"/imports/{made.json()['id']}").json()["consents"] == found
    assert program.get("/imports").json()["items"][0]["consents"] == found
    assert Proof.objects.get().wording == "J’accepte…"


@pytest.mark.parametrize(
    ("consent", "fields"),
    [
        ({}, ["options.consent.siren"]),
        ({"siren": "999"}, ["options.consent.siren"]),
        ({"siren": "123456782", **TERMS, "act": ""}, ["options.consent.act"]),
    ],
)
def test_consents_that_would_prove_nothing_are_refused(program, consent, fields):
    Principal.objects.create(siren="123456782", name="Mandant")
    assert list(send_consents(program, **consent).json()["error"]["fields"]) == fields


def test_a_place_says_when_a_callback_is_promised(program, place, owner):
    """A program saw a place that waits, and not that somebody gave his word for an hour."""
    assert program.get(f"/queue/{place.pk}").json()["callback_at"] is None
    now = timezone.now().replace(microsecond=0)
    due_at = now + timedelta(days=2)
    promise = callbacks.make(
        contact_id=place.contact_id, campaign_id=place.campaign_id, due_at=due_at, now=now, owner=owner
    )
    QueueEntry.objects.update(not_before=due_at + timedelta(hours=1))  # a rule put it off
    (listed,) = program.get(f"/campaigns/{place.campaign_id}/queue").json()["items"]
    (of_contact,) = program.get(f"/contacts/{place.contact_id}").json()["places"]
    for one in (listed, of_contact, program.get(f"/queue/{place.pk}").json()):
        assert datetime.fromisoformat(one["callback_at"]) == due_at
    callbacks.cancel(promise.pk, now=now)
    assert program.get(f"/queue/{place.pk}").json()["callback_at"] is None
