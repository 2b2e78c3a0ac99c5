"""The numbers that the principal may show."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decroche.campaigns.models import QueueEntry
from decroche.ledger.models import Principal


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


@pytest.mark.parametrize(
    ("text", "kind", "zone", "automatic"),
    [
        ("01 99 00 12 34", "fiction", "1", True),
        ("01 62 00 12 34", "polyvalent", "1", True),
        ("04 78 00 12 34", "territorial", "4", False),
        ("0800 12 34 56", "free", "", True),
    ],
)
def test_a_number_says_its_range_its_zone_and_what_it_may_serve(as_supervisor, text, kind, zone, automatic):
    item = as_supervisor.post("/presented-numbers", {"number": text}).json()
    assert (item["range"], item["zone"], item["serves_automatic"], item["serves_by_hand"]) == (
        kind,
        zone,
        automatic,
        True,
    )


def test_a_number_has_a_holder_and_a_daily_limit(as_supervisor, number):
    holder = Principal.objects.create(name="Mutuelle du Rhône", siren="123456782")
    path = f"/presented-numbers/{number['id']}"
    item = as_supervisor.patch(path, {"principal_id": holder.pk, "daily_limit": 400}).json()
    assert (item["principal_name"], item["daily_limit"]) == ("Mutuelle du Rhône", 400)
    assert as_supervisor.patch(path, {"daily_limit": None, "principal_id": None}).json()["principal_id"] is None
    assert as_supervisor.patch(path, {"daily_limit": 0}).status_code == 422
    fields = as_supervisor.patch(path, {"principal_id": 999_999}).json()["error"]["fields"]
    assert fields.keys() == {"principal_id"}


def test_a_campaign_shows_several_numbers_in_turn_and_by_department(as_supervisor, path, number):
    other = as_supervisor.post("/presented-numbers", {"number": "01 99 00 12 35"}).json()
    body = [{"number_id": n["id"], "department": code} for n in (number, other) for code in ("", "69")]
    shown = as_supervisor.put(f"{path}/presented-numbers", body).json()["presented_numbers"]
    assert sorted((one["department"], one["e164"]) for one in shown) == [
        ("", "+33199001234"), ("", "+33199001235"), ("69", "+33199001234"), ("69", "+33199001235"),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"department": "20"}, {"department": "69", "zone": "4"}])
def test_a_department_is_a_department_and_not_a_zone_besides(as_supervisor, path, number, wrong):
    assert as_supervisor.put(f"{path}/presented-numbers", [{"number_id": number["id"], **wrong}]).status_code == 422


def test_what_waited_for_the_next_day_comes_back_when_the_limit_is_raised(
    as_supervisor, ready_to_open, campaign, number, make_contacts
):
    (contact,) = make_contacts(1)
    tomorrow = timezone.now() + timedelta(days=1)
    entry = QueueEntry.objects.create(
        campaign_id=campaign["id"], contact_id=contact, not_before=tomorrow, refused_reason="presented_exhausted"
    )
    as_supervisor.patch(f"/presented-numbers/{number['id']}", {"daily_limit": 500})
    entry.refresh_from_db()
    assert (entry.state, entry.refused_reason) == ("waiting", "")
    assert entry.not_before < tomorrow


def test_without_any_setting_its_callers_go_to_the_campaign_that_called(number):
    assert (number["return_to"], number["return_campaign_id"], number["return_wait_s"]) == ("caller", None, 30)


def test_its_callers_may_all_go_to_one_campaign(as_supervisor, number, campaign):
    path = f"/presented-numbers/{number['id']}"
    changed = as_supervisor.patch(path, {"return_to": "campaign", "return_campaign_id": campaign["id"]}).json()
    assert (changed["return_to"], changed["return_campaign_id"]) == ("campaign", campaign["id"])


@pytest.mark.parametrize("campaign_id", [None, 999_999])
def test_one_campaign_must_be_one_that_exists(as_supervisor, number, campaign_id):
    body = {"return_to": "campaign", "return_campaign_id": campaign_id}
    answer = as_supervisor.patch(f"/presented-numbers/{number['id']}", body)
    assert answer.json()["error"]["fields"].keys() == {"return_campaign_id"}


@pytest.mark.parametrize("seconds", [0, 4, 301])
def test_a_caller_waits_5_s_to_5_minutes(as_supervisor, number, seconds):
    answer = as_supervisor.patch(f"/presented-numbers/{number['id']}", {"return_wait_s": seconds})
    assert answer.json()["error"]["fields"].keys() == {"return_wait_s"}
