"""One row of a file → what the import stages of it, or why it is refused. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from decroche.contacts import phones, values
from decroche.contacts.imports.targets import MAX_LENGTHS, PHONE_TARGETS

WITHOUT_NUMBER = 10**10
"""Added to the rank of rows without a number: they never stand for a contact that another row can dial."""
STANDARD = tuple(MAX_LENGTHS)
STAGED = ("rank", "row_number", *STANDARD, *PHONE_TARGETS, "custom")

REASONS: dict[str, tuple[str, str]] = {
    **{problem.value: sentences for problem, sentences in phones.SENTENCES.items()},
    "phone_missing": ("Aucun numéro à appeler.", "No number to call."),
    "cell_too_long": ("{detail} : texte trop long.", "{detail}: text too long."),
    "too_many_cells": (
        "La ligne a plus de cellules que la ligne de titres : un séparateur de trop ?",
        "The row has more cells than the header: one separator too many?",
    ),
    "custom_invalid": ("{detail} : valeur impossible.", "{detail}: impossible value."),
    "do_not_call": ("Tous ses numéros sont sur la liste noire.", "All its numbers are on the do-not-call list."),
}


def reason_sentence(code: str, detail: str, language: str) -> str:
    """Why a row was refused, for a person."""
    both = REASONS.get(code, (code, code))
    return both[1 if language == "en" else 0].replace("{detail}", detail)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not imported."""

    row_number: int
    reason: str
    detail: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class CustomColumn:
    """A custom field as a target."""

    key: str
    label: str
    kind: str
    choices: Sequence[str] = ()


@dataclass
class RowReader:
    """Reads rows by a mapping (column → target), counting the numbers it had to leave out of rows that it kept."""

    mapping: Mapping[int, str]
    headers: Sequence[str]
    custom: Mapping[str, CustomColumn]
    dropped_numbers: int = 0
    _text: list[tuple[int, str]] = field(init=False)
    _numbers: list[tuple[int, str]] = field(init=False)
    _custom: list[tuple[int, CustomColumn]] = field(init=False)

    def __post_init__(self) -> None:
        targets = list(self.mapping.items())
        self._text = [(column, target) for column, target in targets if target in MAX_LENGTHS or target == "full_name"]
        self._numbers = [(column, target) for column, target in targets if target in PHONE_TARGETS]
        self._custom = [
            (column, self.custom[target.removeprefix("custom:")])
            for column, target in targets
            if target.startswith("custom:")
        ]

    def read(self, row_number: int, cells: list[str]) -> tuple[Any, ...] | Refused | None:
        """A tuple as STAGED, a refusal, or None for a row without any value."""
        cells = [values.clean(cell) for cell in cells]
        if not any(cells):
            return None
        width = len(self.headers)
        if any(cells[width:]):
            return Refused(row_number, "too_many_cells", "", cells)
        cells.extend([""] * (width - len(cells)))
        text, long = self._read_text(cells)
        if long:
            return Refused(row_number, "cell_too_long", self.headers[long - 1], cells)
        numbers, problem = self._read_numbers(cells)
        if problem is not None and not any(numbers.get(kind) for kind in ("phone", "mobile", "office")):
            return Refused(row_number, problem.value, "", cells)
        custom: dict[str, Any] = {}
        for column, target in self._custom:
            if cells[column]:
                try:
                    custom[target.key] = values.custom_value(target.kind, list(target.choices), cells[column])
                except ValueError:
                    return Refused(row_number, "custom_invalid", target.label, cells)
        dialable = numbers.get("phone") or numbers.get("mobile") or numbers.get("office")
        return (
            row_number if dialable else row_number + WITHOUT_NUMBER,
            row_number,
            *(text[name] for name in STANDARD),
            *(numbers.get(kind, "") for kind in PHONE_TARGETS),
            json.dumps(custom, ensure_ascii=False) if custom else "{}",
        )

    def _read_text(self, cells: list[str]) -> tuple[dict[str, str], int]:
        """Fields, and the column (from 1) of one that is too long, else 0."""
        text = dict.fromkeys(STANDARD, "")
        for column, target in self._text:
            name = "last_name" if target == "full_name" else target
            if (value := cells[column]) and not text[name]:
                if len(value) > MAX_LENGTHS[name]:
                    return text, column + 1
                text[name] = value
        if text["civility"]:
            text["civility"] = values.civility(text["civility"])
        if text["country"]:
            text["country"] = values.country(text["country"]) or ""
        if text["postal_code"]:
            text["postal_code"] = values.postal_code(text["postal_code"], text["country"] or "FR")
        return text, 0

    def _read_numbers(self, cells: list[str]) -> tuple[dict[str, str], phones.PhoneProblem | None]:
        """Numbers by kind: the first of a cell goes to its kind, others to free kinds; and what was wrong with one."""
        numbers: dict[str, str] = {}
        others: list[str] = []
        problem: phones.PhoneProblem | None = None
        bad = 0
        for column, kind in self._numbers:
            if not cells[column]:
                continue
            found, wrong = phones.find_all(cells[column])
            if wrong is not None:
                problem, bad = wrong, bad + 1
            fresh = [one for one in found if one not in numbers.values()]
            if fresh and kind not in numbers:
                numbers[kind] = fresh.pop(0)
            others.extend(fresh)
        for one in others:
            free = [kind for kind in PHONE_TARGETS[:3] if kind not in numbers]
            if free and one not in numbers.values():
                numbers["mobile" if phones.is_mobile(one) and "mobile" in free else free[0]] = one
        if numbers:
            self.dropped_numbers += bad
        return numbers, problem
