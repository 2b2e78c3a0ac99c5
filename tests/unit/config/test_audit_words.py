"""What the audit log writes down has words on its screen."""

import json
import re

import pytest

from decroche.config.env import get_env
from decroche.contacts.models import BulkAction

WRITTEN = re.compile(
    r"(?:\brecord\(|\bchanged\(|\baction: str = |\baction=|^(?:ACTION|FILTERED|DONE) = )"
    r'[^"]{0,120}?"([a-z_]+\.[a-z_.]+)"',
    re.MULTILINE,
)
BULK = [*BulkAction.Kind.values, "done", "failed", "cancelled", "undone"]


def actions() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (get_env().root / "src/decroche").rglob("*.py")]
    found = {name for text in sources for name in WRITTEN.findall(text)}
    return found | {f"bulk.{one}" for one in BULK} | {"call.override"}


def test_the_search_for_actions_finds_them() -> None:
    assert {"campaign.open", "proof.withdraw", "call_proof.read", "campaign.territory", "demo.seeded"} <= actions()
    assert len(actions()) > 100


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_action_of_the_audit_log_has_words(language: str) -> None:
    words = json.loads((get_env().frontend_dir / f"src/i18n/{language}/settings.json").read_text(encoding="utf-8"))
    known = words["audit"]["actions"]
    assert [one for one in sorted(actions()) if one.replace(".", "_", 1) not in known] == []
