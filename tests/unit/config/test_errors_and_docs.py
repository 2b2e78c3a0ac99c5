"""What the API says when something is wrong, and to whom it explains itself."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from decroche.accounts import selectors
from decroche.common.errors import DomainError
from decroche.config.api_errors import methods_in_our_shape


@pytest.mark.parametrize("path", ["/docs", "/docs/swagger-ui.css", "/openapi.json"])
def test_only_administrators_see_the_documentation(as_admin, as_supervisor, anonymous, path):
    answers = [client.get(path).status_code for client in (as_admin, as_supervisor, anonymous)]
    assert answers == [200, 404, 404]


def test_the_documentation_serves_its_own_files_only(as_admin):
    assert as_admin.get("/docs/..%2F..%2Fmain.py").status_code == 404


def test_an_unknown_path_is_answered_in_the_same_shape(as_agent):
    assert as_agent.get("/nowhere").json()["error"]["code"] == "not_found"


def test_a_refused_method_of_which_nobody_says_what_is_allowed_is_passed_on():
    """Bug: it ended as an error of ours."""
    answer = HttpResponse("not so", status=405)
    assert methods_in_our_shape(lambda _request: answer)(RequestFactory().put("/api/me")) is answer


def test_messages_are_in_the_language_of_the_user_before_that_of_the_browser(as_agent):
    as_agent.patch("/auth/me", {"language": "en"})
    answer = as_agent.get("/users", headers={"Accept-Language": "fr"})
    assert answer.json()["error"]["message"].startswith("Your role")


def test_a_body_that_is_not_json_is_malformed(as_supervisor):
    answer = as_supervisor.http.post("/api/groups", '{"name":', content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")


def test_several_wrong_fields_are_all_named(as_supervisor):
    fields = as_supervisor.post("/pause-reasons", {"label": "", "color": "mauve", "paid": "?"}).json()["error"][
        "fields"
    ]
    assert fields == {
        "label": "À remplir : au moins 1 caractère(s).",
        "color": "Choisissez une des valeurs proposées.",
        "paid": "Oui ou non est attendu.",
    }


def test_lines_of_a_list_are_named_by_their_number(as_supervisor):
    campaign = as_supervisor.post("/campaigns", {"name": "Mutuelle"}).json()
    answer = as_supervisor.put(f"/campaigns/{campaign['id']}/retry-rules", [{"result": "busy"}])
    assert set(answer.json()["error"]["fields"]) == {"0.delay_s", "0.max_attempts"}


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_no_database_can_hold_is_refused(as_supervisor, text):
    assert as_supervisor.post("/groups", {"name": text}).status_code == 422


@pytest.mark.parametrize("path", ["/users/{}", "/calls?campaign_id={}", "/campaigns/{}/desk", "/agents/{}/activity"])
def test_numbers_that_no_database_can_hold_find_nothing(as_supervisor, path):
    assert as_supervisor.get(path.format(10**30)).status_code in (200, 404, 422)


def test_a_day_beyond_the_calendar_is_refused(as_agent):
    path = f"/agents/{as_agent.user.pk}/activity"
    assert as_agent.get(path, query_params={"day": "9999-12-31"}).json()["error"]["code"] == "malformed"


def test_an_instant_without_a_zone_is_refused(as_agent):
    answer = as_agent.get("/calls", query_params={"since": "2026-11-23T10:00:00"})
    assert answer.json()["error"]["fields"] == {"since": "Une date et une heure avec fuseau sont attendues."}


def test_a_bug_is_answered_with_a_reference_that_is_in_the_log_without_values(as_admin, monkeypatch, capsys):
    def broken():
        raise RuntimeError("Hélène Lefèvre +33639980001")

    monkeypatch.setattr(selectors, "settings", broken)
    answer = as_admin.get("/settings")
    reference = answer.json()["error"]["facts"]["reference"]
    logged = capsys.readouterr().out
    assert (answer.status_code, reference in logged) == (500, True)
    assert "Lefèvre" not in logged
    assert reference in answer.json()["error"]["message"]


def subclasses(kind):
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def test_every_business_error_has_its_own_code_and_two_sentences():
    own = [one for one in subclasses(DomainError) if one.__module__.startswith("decroche.")]
    assert all(one.fr.endswith((".", "encore être ouverte")) and one.en and one.fr != one.en for one in own)
    codes = [one.code for one in own]
    assert {code for code in codes if codes.count(code) > 1} == set()


def test_codes_of_the_api_are_those_of_the_models_and_of_the_floor():
    from typing import get_args

    from decroche.agents import models as agents
    from decroche.agents import schemas as agent_codes
    from decroche.calls import schemas as call_codes
    from decroche.calls.models import Result
    from decroche.campaigns import codes
    from decroche.campaigns.models import Campaign, Mode
    from decroche.floor import protocol

    assert get_args(codes.ModeCode) == get_args(protocol.ModeCode) == tuple(Mode.values)
    assert get_args(codes.StatusCode) == tuple(Campaign.Status.values)
    assert get_args(codes.WrapUp) == tuple(Campaign.WrapUp.values)
    assert get_args(codes.RecordingPolicy) == tuple(Campaign.Recording.values)
    assert get_args(call_codes.ResultCode) == tuple(Result.values)
    assert get_args(call_codes.CallStateCode) == get_args(protocol.CallStateCode)
    assert get_args(agent_codes.AgentStateCode) == get_args(protocol.AgentStateCode) == tuple(agents.AgentState.values)
    assert get_args(agent_codes.DeviceKind) == get_args(protocol.DeviceKind) == tuple(agents.Device.values)
