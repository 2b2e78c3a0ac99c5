"""docs/rules: each example is judged as its page says; sentences are the screen's, sources the rulebook's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from decroche.compliance.cases import judge_line
from decroche.compliance.reasons import BY_CODE
from decroche.compliance.rulebook import ROWS, VERSION

FOLDER = Path(__file__).parents[3] / "docs/rules"
OTHERS = ("README.md", "judge.md", "recording.md")
"""Not of a call that is judged; recording.md has its own test beside the campaigns' settings."""
PAGES = sorted(page for page in FOLDER.glob("*.md") if page.name not in OTHERS)


def parts(page: Path) -> tuple[str, dict[str, Any], dict[str, Any]]:
    text = page.read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    case = json.loads(example)
    return text, case, json.loads(judge_line(json.dumps(case)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_is_judged_as_the_page_says(page: Path) -> None:
    text, _, answer = parts(page)
    (said,) = re.findall(r"^Refusé : (.*)\.$", text, re.MULTILINE)
    codes = [one for one in re.findall(r"`([a-z_]+)`", said) if one in BY_CODE]
    assert answer["verdict"] == "refused"
    assert codes == [reason["code"] for reason in answer["reasons"]]
    assert (answer["until"] or "sans fin prévisible") in said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_quotes_what_the_screen_says(page: Path) -> None:
    text, _, answer = parts(page)
    for reason in answer["reasons"]:
        assert f"> {reason['fr']}\n" in text
        assert f"> *{reason['en']}*" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_names_the_rows_with_their_sources(page: Path) -> None:
    text, _, answer = parts(page)
    rows = {row.id: row for row in ROWS}
    for reason in answer["reasons"]:
        if reason["row"]:
            assert f"`{reason['row']}` : {rows[reason['row']].source}" in text


def test_every_row_has_its_page_and_the_index_its_version() -> None:
    everything = "\n".join(page.read_text(encoding="utf-8") for page in FOLDER.glob("*.md"))
    missing = [row.id for row in ROWS if not row.id.startswith("keep/") and f"`{row.id}`" not in everything]
    assert missing == []
    assert f"**{VERSION}**" in (FOLDER / "README.md").read_text(encoding="utf-8")
