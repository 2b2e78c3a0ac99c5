"""The do-not-call list."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile


def upload(client, text: bytes, **form):
    file = SimpleUploadedFile("liste.txt", text)
    return client.http.post("/api/do-not-call/import", {"file": file, **form})


def test_a_number_is_added_in_any_form_once(as_agent):
    assert as_agent.post("/do-not-call", {"number": "01 99 00 12 34"}).status_code == 201
    again = as_agent.post("/do-not-call", {"number": "0033199001234"})
    assert (again.status_code, again.json()["e164"]) == (200, "+33199001234")


def test_what_is_no_number_is_refused_with_a_sentence(as_agent):
    answer = as_agent.post("/do-not-call", {"number": "01 99"})
    assert "chiffres" in answer.json()["error"]["fields"]["number"]


def test_the_same_number_may_be_forbidden_in_one_campaign_and_everywhere(as_supervisor, campaign):
    as_supervisor.post("/do-not-call", {"number": "0199001234", "campaign_id": campaign.pk})
    assert as_supervisor.post("/do-not-call", {"number": "0199001234"}).status_code == 201


def test_taking_a_number_off_needs_a_supervisor_who_confirms(as_agent, as_supervisor):
    row = as_agent.post("/do-not-call", {"number": "0199001234"}).json()["id"]
    assert as_agent.delete(f"/do-not-call/{row}", query_params={"confirm": True}).status_code == 403
    asked = as_supervisor.delete(f"/do-not-call/{row}")
    assert asked.json()["error"]["code"] == "confirmation_needed"
    assert as_supervisor.delete(f"/do-not-call/{row}", query_params={"confirm": True}).status_code == 204
    assert as_supervisor.get("/do-not-call").json()["total"] == 0


def test_a_list_is_imported_line_by_line(as_supervisor):
    text = "Numéro;Motif\n01 99 00 12 34;refus\n0639982011, 0465711234\n\nabc\n0199001234\n".encode("cp1252")
    body = upload(as_supervisor, text).json()
    assert (body["added"], body["already_there"], body["refused_count"]) == (3, 0, 1)
    assert body["refused"][0]["line"] == 5


def test_importing_twice_adds_nothing(as_supervisor):
    upload(as_supervisor, b"0199001234\n")
    assert upload(as_supervisor, b"+33 1 99 00 12 34\n").json()["already_there"] == 1


def test_the_list_is_searched(as_supervisor, campaign):
    as_supervisor.post("/do-not-call", {"number": "0199001234", "note": "Courrier du 3 mai"})
    as_supervisor.post("/do-not-call", {"number": "0639982011", "campaign_id": campaign.pk})
    totals = [
        as_supervisor.get("/do-not-call", query_params=query).json()["total"]
        for query in (
            {"q": "0199"},
            {"q": "courrier"},
            {"q": "2011"},
            {"campaign_id": campaign.pk},
            {"origin": "import"},
        )
    ]
    assert totals == [1, 1, 1, 1, 0]


def test_agents_do_not_browse_the_list(as_agent):
    assert as_agent.get("/do-not-call").status_code == 403
