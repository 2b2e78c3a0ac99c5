"""The numbers that the principal may show."""

import pytest


@pytest.mark.parametrize(
    "text", ["01 99 00 12 34", "0199001234", "+33 1 99 00 12 34", "0033199001234", "01.99.00.12.34"]
)
def test_any_french_form_is_the_same_number(as_supervisor, text):
    assert as_supervisor.post("/presented-numbers", {"number": text}).json()["e164"] == "+33199001234"


@pytest.mark.parametrize("text", ["", "12", "0899 12 34 56", "bonjour", "118 218"])
def test_what_is_not_a_number_to_show_is_refused(as_supervisor, text):
    assert as_supervisor.post("/presented-numbers", {"number": text}).json()["error"]["fields"].keys() == {"number"}


def test_a_mobile_is_never_shown(as_supervisor):
    answer = as_supervisor.post("/presented-numbers", {"number": "06 12 34 56 78"})
    assert "06 ou un 07" in answer.json()["error"]["fields"]["number"]


def test_a_number_is_there_once(as_supervisor, number):
    answer = as_supervisor.post("/presented-numbers", {"number": "01 99 00 12 34"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "number_taken")


def test_a_number_that_a_campaign_shows_is_not_deleted(as_supervisor, ready_to_open, campaign, number):
    item = as_supervisor.get("/presented-numbers").json()["items"][0]
    assert item["campaign_ids"] == [campaign["id"]]
    assert as_supervisor.delete(f"/presented-numbers/{number['id']}").json()["error"]["code"] == "number_in_use"
    as_supervisor.put(f"{ready_to_open}/presented-numbers", [])
    assert as_supervisor.delete(f"/presented-numbers/{number['id']}").status_code == 204


def test_switching_a_number_off_is_told_to_its_campaigns(as_supervisor, ready_to_open, campaign, number, floor_words):
    as_supervisor.patch(f"/presented-numbers/{number['id']}", {"active": False})
    assert floor_words == [{"kind": "campaign_changed", "id": campaign["id"]}]
