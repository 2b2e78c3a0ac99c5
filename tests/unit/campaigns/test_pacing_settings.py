"""What a manager may set of a campaign's pacing and of its search for machines."""

from __future__ import annotations

import pytest

from decroche.campaigns.models import Campaign
from decroche.common.shares import wilson
from decroche.telephony.amd import AMD_USUAL, amd_arguments


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.ANNOUNCEMENTS_DIR = tmp_path


def test_the_cap_can_only_be_set_lower(as_supervisor, path):
    assert as_supervisor.patch(path, {"abandon_cap": 0.02}).json()["abandon_cap"] == 0.02
    assert as_supervisor.patch(path, {"abandon_cap": 0.031}).status_code == 422
    assert as_supervisor.get(path).json()["abandon_cap"] == 0.02


@pytest.mark.parametrize("fields", [{"power_ratio": 0.5}, {"power_ratio": 6}, {"lines_max": 0}, {"amd_check_share": 2}])
def test_what_makes_no_sense_is_refused(as_supervisor, path, fields):
    assert as_supervisor.patch(path, fields).status_code == 422


def test_no_limit_on_lines_is_a_setting_too(as_supervisor, path):
    as_supervisor.patch(path, {"lines_max": 12})
    assert as_supervisor.patch(path, {"lines_max": None}).json()["lines_max"] is None


@pytest.mark.parametrize("mode", ["power", "predictive"])
def test_a_campaign_that_may_abandon_calls_must_say_who_calls_and_where_to_call_back(
    as_supervisor, ready_to_open, mode
):
    as_supervisor.patch(ready_to_open, {"mode": mode})
    refused = as_supervisor.post(f"{ready_to_open}/open").json()
    assert {"no_caller_name", "no_callback_number"} <= set(refused["error"]["facts"]["reasons"].split(","))
    as_supervisor.patch(ready_to_open, {"caller_name": "Mutuelle", "callback_number": "01 99 00 01 00"})
    assert as_supervisor.post(f"{ready_to_open}/open").json()["status"] == "open"


def test_a_message_for_machines_must_exist_before_it_is_left(as_supervisor, ready_to_open):
    as_supervisor.patch(ready_to_open, {"audience": "b2b", "amd_enabled": True, "machine_action": "message"})
    assert "no_machine_message" in [one["code"] for one in as_supervisor.get(ready_to_open).json()["missing"]]
    as_supervisor.put(f"{ready_to_open}/announcements/machine/text", {"text": "Bonjour, rappelez la mutuelle."})
    assert as_supervisor.get(ready_to_open).json()["missing"] == []


def test_own_settings_of_detection_replace_the_usual_ones_one_by_one(as_supervisor, path):
    saved = as_supervisor.patch(path, {"amd_settings": {"greeting_ms": 1200, "maximum_words": None}}).json()
    assert saved["amd_settings"]["greeting_ms"] == 1200
    assert saved["amd_usual"]["maximum_words"] == AMD_USUAL["maximum_words"]
    assert Campaign.objects.get().amd_settings == {"greeting_ms": 1200}


def test_arguments_of_detection_are_numbers_whatever_the_row_says():
    assert amd_arguments({"greeting_ms": 1200}) == "2500,1200,700,5000,100,50,4,256,3500"
    with pytest.raises(ValueError):
        amd_arguments({"greeting_ms": "1200)System(rm"})


def test_a_share_seen_in_few_calls_is_given_with_its_doubt():
    low, high = wilson(2, 40)
    assert low == pytest.approx(0.0138, abs=0.001)
    assert high == pytest.approx(0.165, abs=0.001)
    assert wilson(0, 0) == (None, None)


def test_the_report_of_a_campaign_without_calls_is_empty(as_supervisor, path):
    report = as_supervisor.get(f"{path}/amd-report").json()
    assert (report["screened"], report["false_share"]) == (0, None)
