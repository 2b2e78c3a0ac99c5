"""docs/rules/recording.md says what the program and its screens say."""

from __future__ import annotations

import json
import re
from pathlib import Path

from decroche.campaigns.recording import PROOF, is_systematic, usual_notice
from decroche.campaigns.services import SYSTEMATIC
from decroche.compliance.rulebook import french

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/rules/recording.md").read_text(encoding="utf-8")


def test_its_example_is_refused_and_what_it_says_is_admitted_is() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    case = json.loads(example)
    assert is_systematic(case["purpose"], case["share"])
    assert not is_systematic(case["purpose"], 0.2)
    assert not is_systematic(PROOF, case["share"])


def test_it_quotes_what_the_screens_say() -> None:
    french_words = json.loads((ROOT / "frontend/src/i18n/fr/agent-desktop.json").read_text(encoding="utf-8"))
    assert f"> {SYSTEMATIC[0]}\n" in PAGE
    assert f"> *{SYSTEMATIC[1]}*" in PAGE
    assert f"> {usual_notice()}\n" in PAGE
    assert f"> {french_words['recording']['refuseHelp']}\n" in PAGE


def test_its_source_is_the_rulebooks() -> None:
    assert f"`keep/recording` : {french().by_id['keep/recording'].source} " in PAGE
    assert "[Enregistrement des appels](recording.md)" in (ROOT / "docs/rules/README.md").read_text(encoding="utf-8")
