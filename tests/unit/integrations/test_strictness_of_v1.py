"""What a program sends is taken as it means it, or refused: never read as something else, never lost in silence."""

from urllib.parse import quote

import pytest

from decroche.campaigns.models import QueueEntry
from decroche.contacts.models import Contact
from decroche.ledger.models import Principal, Proof

PROOF = {
    "siren": "123456782", "object": "Mutuelle", "wording": "J’accepte d’être appelé", "wording_version": "1",
    "act": "case cochée", "given_at": "2026-10-26T10:12:00+01:00",
}  # fmt: skip


@pytest.fixture
def contact(db):
    made = Contact.objects.create(last_name="Petit")
    made.phones.create(kind="phone", e164="+33199001234")
    return made


@pytest.fixture
def entry(campaign, contact):
    return QueueEntry.objects.create(campaign=campaign, contact=contact, not_before="2026-01-01T00:00:00Z")


def refused(answer):
    assert answer.status_code == 422, answer.content
    return answer.json()["error"]["fields"]


@pytest.mark.parametrize("priority", [True, "3", 3.0])
def test_a_number_is_a_number(program, entry, priority):
    """`true` was priority 1."""
    assert refused(program.patch(f"/queue/{entry.pk}", {"priority": priority})) == {
        "priority": "Un nombre entier est attendu."
    }


def test_true_names_no_contact(program, campaign):
    assert list(refused(program.post(f"/campaigns/{campaign.pk}/queue", {"contact_ids": [True]}))) == ["contact_ids.0"]


def test_a_text_is_neither_true_nor_false(program, db):
    body = {"url": "https://crm.example.com/x", "events": ["call.ended"]}
    webhook = program.post("/webhooks", body).json()["webhook"]
    assert list(refused(program.patch(f"/webhooks/{webhook['id']}", {"enabled": "no"}))) == ["enabled"]


@pytest.mark.parametrize("name", ["object", "wording", "wording_version", "act"])
def test_blanks_are_no_words_of_a_consent(program, contact, name):
    """They ended as an error of ours, of which a program can make nothing."""
    Principal.objects.create(siren="123456782", name="Mutuelle du Jura")
    assert list(refused(program.post(f"/contacts/{contact.pk}/proofs", PROOF | {name: "  "}))) == [name]
    assert not Proof.objects.exists()


def test_blanks_are_no_address(program, db):
    assert list(refused(program.post("/webhooks", {"url": "  ", "events": ["call.ended"]}))) == ["url"]


@pytest.mark.parametrize("code", ["C\u00a017", "C\u200b17", "C  17", " C17 "])
def test_a_code_is_found_again_as_it_was_kept(program, campaign, code):
    """Kept without invisible characters and double spaces, looked for with them: each write made another contact."""
    contact = {"client_code": code, "last_name": "Petit", "phones": {"phone": "01 99 00 12 34"}}
    path = f"/contacts/by-client-code/{quote(code)}"
    assert [program.put(path, {"last_name": "Petit"}).status_code for _ in range(2)] == [201, 200]
    assert program.post("/leads", {"campaign_id": campaign.pk, "contact": contact}).status_code == 200
    assert len(program.get("/contacts", client_code=code).json()["items"]) == Contact.objects.count() == 1


@pytest.mark.parametrize("country", ["zz", "XX", "Atlantide"])
def test_a_country_that_is_none_is_refused(program, db, country):
    assert list(refused(program.post("/contacts", {"last_name": "Petit", "country": country}))) == ["country"]


@pytest.mark.parametrize(("said", "kept"), [("be", "BE"), ("Belgique", "BE"), ("UK", "GB"), ("re", "RE"), ("", "FR")])
def test_a_country_is_kept_as_its_two_letters(program, db, said, kept):
    assert program.post("/contacts", {"last_name": "Petit", "country": said}).json()["country"] == kept


@pytest.mark.parametrize("path", ["withdraw", "put-back"])
def test_what_nobody_reads_is_refused_and_nothing_is_done(program, entry, path):
    """A program that puts a place back "with priority 10" was answered 200, and its priority lost."""
    before = QueueEntry.objects.values().get()
    assert refused(program.post(f"/queue/{entry.pk}/{path}", {"priority": 10})) == {
        "priority": "Ce champ n'existe pas."
    }
    assert QueueEntry.objects.values().get() == before


@pytest.mark.parametrize("body", [None, {}])
def test_an_empty_body_says_nothing(program, entry, body):
    assert program.post(f"/queue/{entry.pk}/withdraw", body).status_code == 200


@pytest.mark.parametrize("raw", ["{", "[1]", "priority=10"])
def test_a_body_that_is_no_object_is_refused_where_none_is_read(program, entry, raw):
    answer = program.http.generic(
        "POST", f"/api/v1/queue/{entry.pk}/withdraw", raw, content_type="application/json",
        headers={"Authorization": f"Bearer {program.text}"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")


def test_an_unknown_name_may_be_any(program, entry):
    """`self` is a word of the language that Décroche is written in: it ended as an error of ours."""
    assert list(refused(program.call("GET", "/contacts?self=1"))) == ["self"]
    assert list(refused(program.post(f"/queue/{entry.pk}/withdraw", {"self": 1}))) == ["self"]


def test_brackets_without_end_are_refused(program, entry):
    answer = program.http.generic(
        "POST", f"/api/v1/queue/{entry.pk}/withdraw", "[" * 100_000, content_type="application/json",
        headers={"Authorization": f"Bearer {program.text}"},
    )  # fmt: skip
    assert answer.status_code == 422
