"""The questions of campaigns' scripts, to tell answers by: what was asked, and of which kind the answer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from decroche.campaigns.models import Script
from decroche.contacts.custom_fields.schemas import FieldKindCode


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind`: None where the question is not in the script any more."""

    label: str
    kind: FieldKindCode | None


class Questions:
    """By campaign and key, each script read once; the label is the key itself where the question is gone."""

    def __init__(self) -> None:
        self._scripts: dict[int, dict[str, dict[str, Any]]] = {}

    def of(self, campaign_id: int, key: str) -> Asked:
        if campaign_id not in self._scripts:
            script = Script.objects.filter(campaign=campaign_id).first()
            pages = script.pages if script else []
            questions = [question for page in pages for question in page.get("questions", [])]
            self._scripts[campaign_id] = {question.get("key", ""): question for question in questions}
        question = self._scripts[campaign_id].get(key, {})
        return Asked(question.get("label") or key, question.get("kind"))
