"""Filters of the public API's lists, written badly: each is refused or finds nothing, none lists everything."""

import base64
import json
from uuid import uuid4

import pytest

from decroche.campaigns.models import QueueEntry
from decroche.contacts.models import Contact, DoNotCall, ImportBatch
from decroche.integrations.v1 import schemas
from decroche.ledger.models import Principal

LISTS = {
    "/contacts": schemas.ContactFilters,
    "/custom-fields": schemas.Filters,
    "/do-not-call": schemas.DoNotCallFilters,
    "/contacts/{contact}/proofs": schemas.Filters,
    "/campaigns": schemas.CampaignFilters,
    "/campaigns/{campaign}/queue": schemas.EntryFilters,
    "/campaigns/{campaign}/recyclings": schemas.Filters,
    "/imports": schemas.ImportFilters,
    "/imports/{batch}/refused-rows": schemas.Filters,
    "/calls": schemas.CallFilters,
    "/outcomes": schemas.CallFilters,
    "/webhooks": schemas.Filters,
    "/deliveries": schemas.WebhookDeliveryFilters,
}
FILTERS = [(path, name) for path, filters in LISTS.items() for name in filters.model_fields if name != "cursor"]
TEXTS = ("client_code", "siret", "phone", "email")
BLANK = ["", " ", "\u00a0", "\u200b", "\x00"]
ODD = [
    "a\x00b", "😀", "é" * 5000, "9" * 400, "-1", "0", "1e9", "null", "%", "\\", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "2026-01-01", "2026-13-45T00:00:00Z",
]  # fmt: skip
KEYS = [
    [], [None], [True, []], [10**30], ["9" * 5000], [float("inf")], [-1], ["2026-01-01T00:00:00+00:00", str(uuid4())],
    ["9999-12-31T23:59:59-14:00", 1], {"a": 1}, 12, "x",
]  # fmt: skip


def cursor(key):
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


@pytest.fixture
def paths(campaign):
    contacts = [Contact.objects.create(last_name="Petit"), Contact.objects.create(last_name="Grand")]
    DoNotCall.objects.create(e164="+33199001234", origin="manual", created_at="2026-01-01T00:00:00Z")
    DoNotCall.objects.create(e164="+33199001235", origin="manual", created_at="2026-01-01T00:00:00Z")
    for one in contacts:
        QueueEntry.objects.create(campaign=campaign, contact=one, not_before="2026-01-01T00:00:00Z")
    batch = ImportBatch.objects.create(name="lot", file_name="lot.csv", stored_as="x")
    Principal.objects.create(siren="123456782", name="Mutuelle du Jura")
    ids = {"contact": contacts[0].pk, "campaign": campaign.pk, "batch": batch.pk}
    return {path: path.format(**ids) for path in LISTS}


@pytest.mark.parametrize("value", BLANK)
def test_a_filter_without_a_value_is_refused_and_lists_nobody(program, paths, value):
    """Bug: `client_code=` listed all who have no code, where a program had lost the code that it looked for."""
    answers = {(path, name): program.get(paths[path], **{name: value}) for path, name in FILTERS}
    assert {one: answer.status_code for one, answer in answers.items() if answer.status_code != 422} == {}
    assert [list(answer.json()["error"]["fields"]) for answer in answers.values()] == [[name] for _, name in FILTERS]


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_said_what_to_do_about_an_empty_filter(program, paths, name):
    said = program.get("/contacts", **{name: " "}).json()["error"]["fields"][name]
    assert said == "Un filtre vide ne cherche rien : donnez-lui une valeur, ou retirez-le."


@pytest.mark.parametrize("value", ODD)
def test_no_filter_whatever_its_value_ends_as_an_error_of_ours(program, paths, value):
    answers = {(path, name): program.get(paths[path], **{name: value}).status_code for path, name in FILTERS}
    assert {one: status for one, status in answers.items() if status not in (200, 422)} == {}
    assert all(not program.get("/contacts", **{name: value}).json().get("items") for name in TEXTS)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: str(key)[:20])
def test_a_made_up_cursor_is_refused_by_every_list(program, paths, key):
    answers = {path: program.get(paths[path], cursor=cursor(key)) for path in LISTS}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 422} == {}
    assert {answer.json()["error"]["code"] for answer in answers.values()} == {"invalid_cursor"}


@pytest.mark.parametrize("text", ["é", "\x00", "a", "====", "W10" * 5000, "." * 20])
def test_a_text_that_is_no_cursor_is_refused_by_every_list(program, paths, text):
    answers = {path: program.get(paths[path], cursor=text).json() for path in LISTS}
    assert {
        path: answer for path, answer in answers.items() if answer.get("error", {}).get("code") != "invalid_cursor"
    } == {}


def test_the_cursor_of_one_list_is_refused_by_all_others(program, paths):
    """Bug: read as a place in the other list, of which all before was then missed in silence."""
    for own in ("/contacts", "/do-not-call", "/campaigns/{campaign}/queue"):
        going_on = program.get(paths[own], limit=1).json()["next_cursor"]
        status = {path: program.get(paths[path], cursor=going_on).status_code for path in LISTS}
        assert [path for path, code in status.items() if code == 200] == [own]


def test_the_cursor_of_one_campaign_s_queue_is_none_of_another_s(program, paths, campaign):
    other = type(campaign).objects.create(name="Autre", status="open", audience="b2b")
    going_on = program.get(paths["/campaigns/{campaign}/queue"], limit=1).json()["next_cursor"]
    answer = program.get(f"/campaigns/{other.pk}/queue", cursor=going_on)
    assert answer.json()["error"]["code"] == "invalid_cursor"
