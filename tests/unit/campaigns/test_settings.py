"""A campaign's settings and lists."""

import pytest

from decroche.accounts.models import AuditEntry


def test_a_new_campaign_is_a_draft_with_six_outcomes_under_the_keys_1_to_6(as_supervisor, campaign, path):
    outcomes = as_supervisor.get(f"{path}/dispositions").json()["items"]
    assert campaign["status"] == "draft"
    assert [(one["key"], one["label"]) for one in outcomes] == [
        ("1", "RDV pris"),
        ("2", "À rappeler"),
        ("3", "Intéressé"),
        ("4", "Pas intéressé"),
        ("5", "Faux numéro"),
        ("6", "Ne plus appeler"),
    ]


def test_a_new_campaign_has_a_retry_rule_for_each_result_and_an_example_of_a_script(as_supervisor, campaign, path):
    assert {rule["result"] for rule in campaign["retry_rules"]} >= {"no_answer", "busy", "machine", "congestion"}
    assert as_supervisor.get(f"{path}/script").json()["pages"][0]["title"] == "Accueil"


def test_the_example_script_can_be_saved_as_it_is(as_supervisor, path):
    script = as_supervisor.get(f"{path}/script").json()
    body = {key: script[key] for key in ("version", "pages", "objections")}
    assert as_supervisor.put(f"{path}/script", body).json()["version"] == 2


def test_names_are_unique_whatever_their_capitals(as_supervisor, campaign):
    answer = as_supervisor.post("/campaigns", {"name": "mutuelle santé"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "campaign_name_taken")


def test_settings_change_one_by_one(as_supervisor, campaign, path):
    hours = [{"days": [0, 1], "from": "10:00", "to": "13:00"}]
    changed = as_supervisor.patch(path, {"hours": hours, "callback_number": "01.99.00.00.01", "priority": 3}).json()
    assert (changed["hours"], changed["callback_number"], changed["priority"]) == (hours, "+33199000001", 3)
    assert changed["name"] == campaign["name"]


def test_every_change_moves_the_version_and_is_told_to_the_floor(as_supervisor, campaign, path, floor_words):
    changed = as_supervisor.put(f"{path}/retry-rules", []).json()
    assert changed["version"] > campaign["version"]
    assert floor_words == [{"kind": "campaign_changed", "id": campaign["id"]}]


def test_hours_that_end_before_they_begin_are_refused(as_supervisor, path):
    answer = as_supervisor.patch(path, {"hours": [{"days": [0], "from": "13:00", "to": "10:00"}]})
    assert answer.json()["error"]["fields"].keys() == {"hours.0.to"}


def test_hours_that_overlap_are_refused(as_supervisor, path):
    hours = [{"days": [0, 1], "from": "10:00", "to": "13:00"}, {"days": [1], "from": "12:00", "to": "14:00"}]
    assert as_supervisor.patch(path, {"hours": hours}).json()["error"]["fields"].keys() == {"hours.1.from"}


def test_a_ring_timeout_below_the_norm_is_refused_in_words(as_supervisor, path):
    answer = as_supervisor.patch(path, {"ring_timeout_s": 5})
    assert answer.json()["error"]["fields"] == {"ring_timeout_s": "Au moins 15."}


def test_a_setting_that_does_not_exist_is_refused(as_supervisor, path):
    assert as_supervisor.patch(path, {"colour": "red"}).json()["error"]["fields"].keys() == {"colour"}


def test_a_setting_is_not_emptied_by_null(as_supervisor, path):
    assert as_supervisor.patch(path, {"name": None}).status_code == 422
    assert as_supervisor.patch(path, {"trunk_id": None}).status_code == 200


def test_a_trunk_that_is_gone_is_refused(as_supervisor, path):
    assert as_supervisor.patch(path, {"trunk_id": 999_999}).json()["error"]["fields"].keys() == {"trunk_id"}


def test_users_and_groups_are_assigned_with_priorities(as_supervisor, as_agent, path):
    group = as_supervisor.post("/groups", {"name": "Matin"}).json()
    body = [{"user_id": as_agent.user.pk, "priority": 1}, {"group_id": group["id"], "priority": 5}]
    assigned = as_supervisor.put(f"{path}/assignments", body).json()["assignments"]
    assert [(one["name"], one["priority"]) for one in assigned] == [("Matin", 5), ("Camille Durand", 1)]


def test_an_assignment_is_one_user_or_one_group_once(as_supervisor, as_agent, path):
    one = {"user_id": as_agent.user.pk}
    wrongs: list[list[dict[str, int]]] = [[{}], [{**one, "group_id": 1}], [one, one], [{"user_id": 999_999}]]
    for wrong in wrongs:
        assert as_supervisor.put(f"{path}/assignments", wrong).status_code == 422


def test_one_number_is_shown_for_each_zone(as_supervisor, path, number):
    body = [{"number_id": number["id"], "zone": ""}, {"number_id": number["id"], "zone": "67"}]
    shown = as_supervisor.put(f"{path}/presented-numbers", body).json()["presented_numbers"]
    assert [(one["zone"], one["e164"]) for one in shown] == [("", "+33199001234"), ("67", "+33199001234")]
    assert as_supervisor.put(f"{path}/presented-numbers", [body[0], body[0]]).status_code == 422


def test_a_retry_rule_is_given_once_a_result(as_supervisor, path):
    rule = {"result": "busy", "delay_s": 900, "max_attempts": 3, "next_phone": False}
    assert as_supervisor.put(f"{path}/retry-rules", [rule]).json()["retry_rules"] == [rule]
    assert as_supervisor.put(f"{path}/retry-rules", [rule, rule]).json()["error"]["fields"].keys() == {"1.result"}


def test_the_audit_log_keeps_old_and_new_values(as_supervisor, path):
    as_supervisor.patch(path, {"priority": 7})
    assert AuditEntry.objects.first().detail == {"changes": {"priority": [0, 7]}}


def test_an_agent_sees_only_campaigns_that_he_works_on(as_supervisor, as_agent, campaign, path):
    assert as_agent.get("/campaigns").json()["items"] == []
    assert as_agent.get(f"{path}/desk").status_code == 404
    group = as_supervisor.post("/groups", {"name": "Matin", "member_ids": [as_agent.user.pk]}).json()
    as_supervisor.put(f"{path}/assignments", [{"group_id": group["id"]}])
    assert [one["id"] for one in as_agent.get("/campaigns").json()["items"]] == [campaign["id"]]
    assert as_agent.get(f"{path}/desk").json()["version"] > campaign["version"]


def test_the_desk_holds_all_that_an_agents_page_needs(as_supervisor, path):
    as_supervisor.post("/pause-reasons", {"label": "Déjeuner"})
    desk = as_supervisor.get(f"{path}/desk").json()
    assert [reason["label"] for reason in desk["pause_reasons"]] == ["Déjeuner"]
    assert (len(desk["dispositions"]), len(desk["script"]["pages"]), desk["recording"]) == (6, 3, "never")


def test_agents_of_a_campaign_without_a_caller_name_speak_for_the_company(as_supervisor, as_admin, path):
    as_admin.put("/settings", {**as_admin.get("/settings").json(), "company_name": "Mutuelle des Alpages"})
    as_supervisor.patch(path, {"caller_name": ""})
    assert as_supervisor.get(f"{path}/desk").json()["caller_name"] == "Mutuelle des Alpages"


@pytest.mark.parametrize(
    "hours",
    [
        {"days": [5], "from": "10:00", "to": "13:00"},
        {"days": [0], "from": "09:00", "to": "13:00"},
        {"days": [0], "from": "14:00", "to": "20:30"},
        {"days": [0], "from": "10:00", "to": "20:00"},
    ],
)
def test_consumers_are_not_called_outside_the_hours_of_the_law(as_admin, path, hours):
    answer = as_admin.patch(path, {"hours": [hours]})
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, ["hours.0.from"])


def test_companies_may_be_called_at_other_hours_until_the_campaign_is_for_consumers(as_supervisor, path):
    saturday = [{"days": [5], "from": "09:00", "to": "12:00"}]
    assert as_supervisor.patch(path, {"audience": "b2b", "hours": saturday}).status_code == 200
    assert as_supervisor.patch(path, {"audience": "b2c"}).json()["error"]["fields"].keys() == {"hours.0.from"}


def test_recording_every_call_needs_a_contract_to_prove(as_supervisor, path):
    refused = as_supervisor.patch(path, {"recording": "all", "recording_share": 1})
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["recording_share"])
    proof = as_supervisor.patch(path, {"recording": "all", "recording_purpose": "proof"}).json()
    assert (proof["recording_purpose"], proof["recording_share"]) == ("proof", 1.0)
    quality = as_supervisor.patch(path, {"recording_purpose": "quality"}).json()
    assert quality["recording_share"] == 0.2


def test_the_desk_has_the_notice_to_read(as_supervisor, path, campaign):
    assert "opposer" in campaign["recording_notice"]
    as_supervisor.patch(path, {"recording_notice": "Cet appel est enregistré."})
    assert as_supervisor.get(f"{path}/desk").json()["recording_notice"] == "Cet appel est enregistré."
