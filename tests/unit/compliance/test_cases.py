"""`manage judge`: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

CASE: dict[str, Any] = {
    "id": "a",
    "intent": {
        "kind": "automatic",
        "e164": "+33639980011",
        "at": "2026-11-23T11:00:00+01:00",
        "presented": "+33199000001",
        "on_simulator": True,
        "campaign": {"principal": "123456782"},
    },
}


def hours(**changed: str) -> str:
    """The case, with calling hours of its own."""
    campaign = {"hours": [{"days": [0], "from": "10:00", "to": "13:00", **changed}]}
    return json.dumps({**CASE, "intent": {**CASE["intent"], "campaign": campaign}})


def proof(**changed: Any) -> str:
    """The case, with a consent."""
    given = {"kind": "consent", "given_at": "2026-09-01T10:00:00+02:00", **changed}
    return json.dumps({**CASE, "history": {"proofs": [given]}})


def judged(path: Path) -> list[dict]:
    out = io.StringIO()
    call_command("judge", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_answer_for_each_line_with_codes_rows_and_sentences(tmp_path: Path) -> None:
    lawful = CASE | {"history": {"proofs": [{"kind": "consent", "given_at": "2026-09-01T10:00:00+02:00"}]}}
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(CASE) + "\n\n" + json.dumps(lawful) + "\n")
    refused, allowed = judged(path)
    assert (refused["id"], refused["verdict"]) == ("a", "refused")
    assert [one["code"] for one in refused["reasons"]] == ["no_consent"]
    assert refused["reasons"][0]["source"].startswith("Code de la consommation L223-1")
    assert (allowed["verdict"], allowed["reasons"]) == ("allowed", [])
    assert allowed["until"] == "2026-11-23T12:00:00+00:00"


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("{", "line"),
        ("{}", "intent"),
        (json.dumps({**CASE, "intent": {**CASE["intent"], "at": "2026-11-23T11:00:00"}}), "intent.at"),
        (json.dumps({**CASE, "intent": {**CASE["intent"], "colour": "red"}}), "intent.colour"),
        (json.dumps({**CASE, "rulebook": "1999-01-01"}), "rulebook"),
        ("\x00\x00", "line"),
        ("[1]", "line"),
        (json.dumps({**CASE, "intent": {**CASE["intent"], "at": "9999-12-31T23:59:59+01:00"}}), "intent.at"),
        (json.dumps({**CASE, "intent": {**CASE["intent"], "at": "0001-01-01T00:00:00+01:00"}}), "intent.at"),
        (json.dumps({**CASE, "intent": {**CASE["intent"], "at": 1795428000}}), "intent.at"),
        (hours(to="24:30"), "intent.campaign.hours.0.to"),
        (hours(to="09:00"), "intent.campaign.hours.0"),
        (proof(given_at="9999-12-31T23:00:00Z"), "history.proofs.0.given_at"),
        (proof(slots=[["2026-11-23T18:00:00+01:00", "2026-11-23T10:00:00+01:00"]]), "history.proofs.0"),
    ],
)
def test_a_line_that_is_no_case_says_where_and_the_others_are_judged(tmp_path: Path, line: str, where: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(line + "\n" + json.dumps(CASE) + "\n")
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 line"):
        call_command("judge", str(path), stdout=out)
    wrong, right = (json.loads(told) for told in out.getvalue().splitlines())
    assert wrong["error"].startswith(where)
    assert right["verdict"] == "refused"


@pytest.mark.parametrize(
    ("line", "identifier", "fr", "en"),
    [
        ("{", "", "Ligne 3 : ce n'est pas du JSON", "Line 3: this is no JSON"),
        ('{"id": "b"}', "b", "Ligne 3, intent : il manque.", "Line 3, intent: it is missing."),
        (
            '{"id": "b", "colour": 1, "intent": 2}',
            "b",
            "Ligne 3, intent : il faut un objet",
            "Line 3, intent: an object",
        ),
        (
            hours(to="09:00"),
            "a",
            "Ligne 3, intent.campaign.hours.0 : la fin",
            "Line 3, intent.campaign.hours.0: the end",
        ),
    ],
)
def test_a_wrong_line_is_named_in_both_languages(tmp_path: Path, line: str, identifier: str, fr: str, en: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(CASE) + "\n\n" + line + "\n")
    out = io.StringIO()
    with pytest.raises(CommandError, match="line 3"):
        call_command("judge", str(path), stdout=out)
    wrong = json.loads(out.getvalue().splitlines()[1])
    assert (wrong["line"], wrong.get("id", "")) == (3, identifier)
    assert wrong["fr"].startswith(fr)
    assert wrong["en"].startswith(en)


def test_what_is_no_text_in_utf_8_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b'{"id": "caf\xe9"}\n' + json.dumps(CASE).encode())
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("judge", str(path), stdout=out)
    wrong, right = (json.loads(told) for told in out.getvalue().splitlines())
    assert wrong["line"] == 1
    assert right["verdict"] == "refused"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("judge", str(tmp_path / "nowhere.jsonl"))
