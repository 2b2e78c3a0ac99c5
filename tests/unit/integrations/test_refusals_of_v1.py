"""What a program is told when its request is wrong: always one shape, in its language, with the name it used."""

import base64
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from decroche.contacts.models import Contact, ImportBatch
from decroche.integrations.models import KeptAnswer

CSV = b"nom;tel\nPetit;06 39 98 20 11\n"


def cursor(*key):
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def send_file(program, content=CSV, **fields):
    file = SimpleUploadedFile("clients.csv", content)
    headers = {"Authorization": f"Bearer {program.text}"}
    return program.http.post("/api/v1/imports", {"file": file, **fields}, headers=headers)


def test_a_method_that_an_address_has_not_is_answered_in_the_same_shape(program):
    answer = program.delete("/me")
    assert (answer.status_code, answer["Allow"], answer.json()["error"]["code"]) == (405, "GET", "method_not_allowed")


def test_an_address_that_is_none_says_where_the_documentation_is(program):
    error = program.get("/contacts/").json()["error"]
    assert (error["code"], "/api/v1/docs" in error["message"]) == ("not_found", True)


def test_a_body_that_is_not_json_is_said_to_be_none(program):
    answer = program.http.post(
        "/api/v1/contacts", "last_name=Petit", content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Bearer {program.text}"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")
    assert "JSON" in answer.json()["error"]["message"]


def test_a_body_that_is_too_large_is_refused_with_its_limit(program):
    answer = program.post("/contacts", {"last_name": "a" * 11 * 1024 * 1024})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert "10 Mo" in answer.json()["error"]["message"]


@pytest.mark.parametrize(("path", "key", "status"), [("/contacts", None, 413), ("/imports", "dck_unknown", 401)])
def test_a_request_that_is_refused_is_read_to_its_end(program, path, key, status):
    """Caddy was still sending: it took the closed connection for a restart, and lost the refusal."""
    body = io.BytesIO(b" " * 11 * 1024 * 1024)
    answer = program.http.generic(
        "POST", f"/api/v1{path}", content_type="application/json",
        headers={"Authorization": f"Bearer {key or program.text}"},
        **{"wsgi.input": body, "CONTENT_LENGTH": str(len(body.getvalue()))},
    )  # fmt: skip
    assert (answer.status_code, body.read()) == (status, b"")


def test_a_form_without_its_boundary_is_malformed(program):
    answer = program.http.generic(
        "POST", "/api/v1/imports", CSV, content_type="multipart/form-data",
        headers={"Authorization": f"Bearer {program.text}"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")


@pytest.mark.parametrize("path", ["/calls", "/outcomes", "/contacts?updated_since=2026-01-01T00:00:00Z"])
@pytest.mark.parametrize("key", [("2026-01-01T00:00:00+00:00", "x"), ("2026-01-01T00:00:00", 1), ({}, [])])
def test_a_cursor_that_was_tampered_with_is_refused(program, path, key):
    base, _, query = path.partition("?")
    asked = {"cursor": cursor(*key), **dict(part.split("=") for part in query.split("&") if part)}
    answer = program.get(base, **asked)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_cursor")


@pytest.mark.parametrize(
    ("asked", "said"),
    [("de, en;q=0.8, fr;q=0.3", "There"), ("fr;q=0.4, en-GB", "There"), ("fr-CA, en;q=0.9", "Ce"), ("de", "Ce")],
)
def test_it_is_told_in_the_language_that_is_liked_best_of_ours(program, asked, said):
    answer = program.post("/contacts", {"nom": "Petit"}, headers={"Accept-Language": asked})
    assert answer.json()["error"]["fields"]["nom"].startswith(said)


def test_a_misspelt_filter_does_not_list_everything(program):
    answer = program.get("/contacts", update_since="2026-01-01T00:00:00Z")
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"] == {"update_since": "Ce filtre n'existe pas."}


def test_a_misspelt_part_of_a_form_does_not_import_without_it(program):
    answer = send_file(program, option='{"campaign_id": 1}')
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, ["option"])
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"columns": {"tel": "zut"}}, "options.columns"),
        ({"columns": {"Zut": "phone"}}, "options.columns"),
        ({"campaign_id": 999}, "options.campaign_id"),
        ({"zz": 1}, "options.zz"),
    ],
)
def test_what_is_wrong_with_an_import_is_named_as_the_program_wrote_it(program, options, field):
    assert list(send_file(program, options=json.dumps(options)).json()["error"]["fields"]) == [field]


def test_an_option_that_is_unknown_is_said_to_be_so(program):
    assert send_file(program, options='{"zz": 1}').json()["error"]["fields"]["options.zz"] == "Ce champ n'existe pas."


def test_what_is_wrong_with_a_lead_is_named_as_the_program_wrote_it(program, campaign):
    body = {"campaign_id": campaign.pk, "contact": {"last_name": "Petit", "phones": {"mobile": "12"}}}
    assert list(program.post("/leads", body).json()["error"]["fields"]) == ["contact.phones.mobile"]


def test_a_lead_for_a_campaign_that_is_none_says_which_field(program, campaign):
    answer = program.post("/leads", {"campaign_id": 999, "contact": {"last_name": "Petit"}})
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (404, ["campaign_id"])


def test_a_client_code_may_hold_a_slash(program):
    answer = program.put("/contacts/by-client-code/2026%2F017", {"last_name": "Petit"})
    assert (answer.status_code, answer.json()["client_code"]) == (201, "2026/017")
    assert Contact.objects.get().client_code == "2026/017"


def test_the_document_says_that_a_key_is_refused(program, anonymous):
    answer = program.http.get("/api/v1/openapi.json", headers={"Authorization": "Bearer dck_unknown"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "api_key_refused")


def test_answers_that_are_kept_for_repeats_are_not_kept_in_the_clear(program):
    body = {"url": "https://crm.example.com/x", "events": ["call.ended"]}
    secret = program.post("/webhooks", body, idempotency_key="w").json()["secret"]
    kept = KeptAnswer.objects.get().body
    assert secret not in kept
    assert "crm.example.com" not in kept
    assert program.post("/webhooks", body, idempotency_key="w").json()["secret"] == secret


@pytest.mark.parametrize("path", ["/do-not-call", "/contacts/{}/do-not-call"])
def test_a_refusal_for_a_campaign_that_is_none_says_which_field(program, path):
    contact = Contact.objects.create(last_name="Petit")
    contact.phones.create(kind="phone", e164="+33199001234")
    body = {"campaign_id": 999} if "{}" in path else {"campaign_id": 999, "number": "01 99 00 12 34"}
    answer = program.post(path.format(contact.pk), body)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (404, ["campaign_id"])


def test_what_is_not_there_is_told_for_programs(program):
    error = program.get("/contacts/999").json()["error"]
    assert (error["code"], "page" in error["message"]) == ("not_found", False)


def test_a_field_that_this_floor_has_not_is_told_with_where_they_are_listed(program):
    answer = program.post("/contacts", {"last_name": "Petit", "custom": {"budget": "3"}})
    assert "supprimé" in answer.json()["error"]["fields"]["custom.budget"]
    assert program.get("/custom-fields").json() == {"items": [], "next_cursor": None, "total": None}


@pytest.mark.parametrize("path", ["/me", "/openapi.json"])
def test_a_refused_key_is_told_how_to_present_one(program, path):
    answer = program.http.get(f"/api/v1{path}", headers={"Authorization": "Bearer dck_unknown"})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("body", [[], "x", 3, {"phones": []}])
def test_what_should_be_an_object_is_said_to_be_none(program, body):
    (said,) = program.post("/contacts", body).json()["error"]["fields"].values()
    assert said == "Un objet JSON est attendu."
