"""Opening, stopping, archiving, copying."""

import pytest


def test_a_campaign_that_lacks_everything_says_what(as_supervisor, path):
    answer = as_supervisor.post(f"{path}/open")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "campaign_not_ready")
    assert answer.json()["error"]["facts"] == {"reasons": "no_assignment,no_trunk,no_presented_number,no_principal"}
    assert "aucun agent actif" in answer.json()["error"]["message"]


def test_what_is_missing_is_known_before_opening(as_supervisor, path):
    found = as_supervisor.get(path).json()["missing"]
    assert [one["code"] for one in found] == ["no_assignment", "no_trunk", "no_presented_number", "no_principal"]


def test_a_campaign_that_lacks_nothing_opens_and_stops(as_supervisor, ready_to_open, floor_words):
    opened = as_supervisor.post(f"{ready_to_open}/open").json()
    assert (opened["status"], opened["opened_at"] is not None) == ("open", True)
    assert as_supervisor.post(f"{ready_to_open}/stop").json()["status"] == "stopped"
    assert [word["kind"] for word in floor_words] == ["campaign_changed", "campaign_changed"]


def test_opening_twice_is_telling_once(as_supervisor, ready_to_open, floor_words):
    first = as_supervisor.post(f"{ready_to_open}/open").json()
    assert as_supervisor.post(f"{ready_to_open}/open").json()["opened_at"] == first["opened_at"]
    assert len(floor_words) == 1


def test_a_manual_campaign_needs_no_presented_number(as_supervisor, ready_to_open):
    as_supervisor.put(f"{ready_to_open}/presented-numbers", [])
    assert as_supervisor.post(f"{ready_to_open}/open").status_code == 409
    as_supervisor.patch(ready_to_open, {"mode": "manual"})
    assert as_supervisor.post(f"{ready_to_open}/open").status_code == 200


def test_an_inactive_number_a_disabled_trunk_or_a_disabled_agent_does_not_count(
    as_supervisor, as_admin, as_agent, ready_to_open, number, trunk
):
    as_supervisor.patch(f"/presented-numbers/{number['id']}", {"active": False})
    as_admin.patch(f"/trunks/{trunk.pk}", {"enabled": False})
    as_admin.patch(f"/users/{as_agent.user.pk}", {"is_active": False})
    reasons = as_supervisor.post(f"{ready_to_open}/open").json()["error"]["facts"]["reasons"]
    assert reasons == "no_assignment,no_trunk,no_presented_number"


def test_a_campaign_does_not_open_on_numbers_of_another_principal(as_supervisor, ready_to_open, number):
    other = as_supervisor.post("/principals", {"name": "Énergies du Littoral", "siren": "732829320"}).json()
    as_supervisor.patch(f"/presented-numbers/{number['id']}", {"principal_id": other["id"]})
    reasons = as_supervisor.post(f"{ready_to_open}/open").json()["error"]["facts"]["reasons"]
    assert reasons == "presented_of_another"


def test_a_campaign_without_an_outcome_does_not_open(as_supervisor, ready_to_open):
    as_supervisor.put(f"{ready_to_open}/dispositions", [])
    assert as_supervisor.post(f"{ready_to_open}/open").json()["error"]["facts"] == {"reasons": "no_disposition"}


def test_an_open_campaign_is_not_archived(as_supervisor, ready_to_open):
    as_supervisor.post(f"{ready_to_open}/open")
    assert as_supervisor.post(f"{ready_to_open}/archive").json()["error"]["code"] == "campaign_is_open"


def test_a_draft_is_not_stopped(as_supervisor, path):
    assert as_supervisor.post(f"{path}/stop").json()["error"]["code"] == "campaign_not_open"


@pytest.fixture
def archived(as_supervisor, path):
    as_supervisor.post(f"{path}/archive")
    return path


def test_an_archived_campaign_leaves_the_lists(as_supervisor, archived):
    assert as_supervisor.get("/campaigns").json()["items"] == []
    assert len(as_supervisor.get("/campaigns", query_params={"archived": True}).json()["items"]) == 1


@pytest.mark.parametrize(
    ("method", "below", "body"),
    [
        ("PATCH", "", {"priority": 1}),
        ("PUT", "/assignments", []),
        ("PUT", "/retry-rules", []),
        ("PUT", "/presented-numbers", []),
        ("PUT", "/dispositions", []),
        ("PUT", "/script", {"pages": []}),
        ("POST", "/queue", {"contact_ids": []}),
    ],
)
def test_an_archived_campaign_no_longer_changes(as_supervisor, archived, method, below, body):
    answer = as_supervisor.call(method, archived + below, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "campaign_archived")


def test_an_archived_campaign_does_not_open(as_supervisor, archived):
    assert as_supervisor.post(f"{archived}/open").json()["error"]["facts"] == {"reasons": "archived"}


def test_a_copy_has_the_same_settings_lists_script_and_outcomes(as_supervisor, ready_to_open):
    as_supervisor.patch(ready_to_open, {"ring_timeout_s": 40})
    as_supervisor.post(f"{ready_to_open}/open")
    original = as_supervisor.get(ready_to_open).json()
    copy = as_supervisor.post(f"{ready_to_open}/duplicate", {}).json()
    assert (copy["name"], copy["status"], copy["opened_at"]) == ("Mutuelle Santé (copie)", "draft", None)
    for key in ("ring_timeout_s", "hours", "retry_rules", "presented_numbers", "mode"):
        assert copy[key] == original[key]
    assert [one["name"] for one in copy["assignments"]] == [one["name"] for one in original["assignments"]]
    there = f"/campaigns/{copy['id']}"
    assert len(as_supervisor.get(f"{there}/dispositions").json()["items"]) == 6
    assert (
        as_supervisor.get(f"{there}/script").json()["pages"]
        == as_supervisor.get(f"{ready_to_open}/script").json()["pages"]
    )


def test_a_copy_does_not_share_its_outcomes_with_the_original(as_supervisor, path):
    copy = as_supervisor.post(f"{path}/duplicate", {"name": "Autre"}).json()
    as_supervisor.put(f"/campaigns/{copy['id']}/dispositions", [])
    assert len(as_supervisor.get(f"{path}/dispositions").json()["items"]) == 6


def test_copies_of_copies_find_free_names_of_the_right_length(as_supervisor, path):
    as_supervisor.patch(path, {"name": "x" * 120})
    names = [as_supervisor.post(f"{path}/duplicate", {}).json()["name"] for _ in range(2)]
    assert names == ["x" * 112 + " (copie)", "x" * 110 + " (copie 2)"]
