"""One row of a file → what the import stages of it, or why it is refused. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from decroche.contacts import phones, values
from decroche.contacts.imports import tidy
from decroche.contacts.imports.targets import MAX_LENGTHS, PHONE_TARGETS

WITHOUT_NUMBER = 10**10
"""Added to the rank of rows without a number: they never stand for a contact that another row can dial."""
STANDARD = tuple(MAX_LENGTHS)
STAGED = ("rank", "row_number", *STANDARD, *PHONE_TARGETS, "custom")

LEFT_OUT = "left_out"
"""The reason of what is listed of rows that were imported, without some of their numbers or their SIRET."""
REASONS: dict[str, tuple[str, str]] = {
    **{problem.value: sentences for problem, sentences in phones.SENTENCES.items()},
    "phone_missing": ("Aucun numéro à appeler.", "No number to call."),
    "cell_too_long": ("{detail} : texte trop long.", "{detail}: text too long."),
    "too_many_cells": (
        "La ligne a plus de cellules que la ligne de titres : un séparateur de trop ?",
        "The row has more cells than the header: one separator too many?",
    ),
    "custom_invalid": ("{detail} : valeur impossible.", "{detail}: impossible value."),
    "custom_not_text": ("{detail} : 4 000 caractères au plus.", "{detail}: 4,000 characters at most."),
    "custom_not_number": ("{detail} : ce n'est pas un nombre.", "{detail}: this is not a number."),
    "custom_not_date": (
        "{detail} : ce n'est pas une date comme 31/12/2026.",
        "{detail}: this is not a date such as 31/12/2026.",
    ),
    "custom_not_choice": (
        "{detail} : ce n'est pas un des choix du champ.",
        "{detail}: not one of the field's choices.",
    ),
    "custom_not_yes_no": ("{detail} : ni oui, ni non.", "{detail}: neither yes nor no."),
    "custom_not_link": (
        "{detail} : ce n'est pas une adresse comme https://exemple.fr.",
        "{detail}: this is not an address such as https://example.com.",
    ),
    LEFT_OUT: ("Fiche importée sans : {detail}.", "Contact imported without: {detail}."),
    "do_not_call": ("Tous ses numéros sont sur la liste noire.", "All its numbers are on the do-not-call list."),
}


ONE_NUMBER = 12
"""Characters that hold one number only, and nothing else of use."""
_PARTS = re.compile(r"[;|,\n\r&/]|\s(?:ou|or|et|puis)\s|\s{2,}", re.IGNORECASE)


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
    """Reads rows by a mapping (column → target), counting what it had to leave out of rows that it kept."""

    mapping: Mapping[int, str]
    headers: Sequence[str]
    custom: Mapping[str, CustomColumn]
    tidy: frozenset[str] = frozenset()
    dropped_numbers: int = 0
    dropped_sirets: int = 0
    left_out: list[Refused] = field(default_factory=list)
    """Rows that were read without some of their numbers or their SIRET; whoever keeps them clears them."""
    _text: list[tuple[int, str]] = field(init=False)
    _numbers: list[tuple[int, str]] = field(init=False)
    _custom: list[tuple[int, CustomColumn]] = field(init=False)
    _tidied: list[tuple[str, Callable[[str], str]]] = field(init=False)

    def __post_init__(self) -> None:
        targets = list(self.mapping.items())
        self._text = [(column, target) for column, target in targets if target in MAX_LENGTHS or target == "full_name"]
        self._numbers = [(column, target) for column, target in targets if target in PHONE_TARGETS]
        self._custom = [
            (column, self.custom[target.removeprefix("custom:")])
            for column, target in targets
            if target.startswith("custom:")
        ]

        works = ((name, tidy.of_target(name, self.tidy)) for name in STANDARD)
        self._tidied = [(name, work) for name, work in works if work is not None]

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
        numbers, problem, left = self._read_numbers(cells)
        if problem is not None and not any(numbers.get(kind) for kind in ("phone", "mobile", "office")):
            return Refused(row_number, problem.value, "", cells)
        custom: dict[str, Any] = {}
        for column, target in self._custom:
            if cells[column]:
                try:
                    custom[target.key] = values.custom_value(target.kind, list(target.choices), cells[column])
                except ValueError:
                    return Refused(row_number, f"custom_not_{target.kind}", target.label, cells)
        missing = left if numbers else []
        self.dropped_numbers += len(missing)
        if (siret := values.siret(text["siret"])) is None:
            self.dropped_sirets += 1
            missing = [*missing, f"SIRET {text['siret']}"]
        if missing:
            self.left_out.append(Refused(row_number, LEFT_OUT, ", ".join(missing), cells))
        text["siret"] = siret or ""
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
            if (value := values.one_line(cells[column])) and not text[name]:
                if len(value) > MAX_LENGTHS[name]:
                    return text, column + 1
                text[name] = value
        for name, work in self._tidied:
            text[name] = work(text[name])
        if text["country"]:
            text["country"] = values.country(text["country"]) or ""
        if text["postal_code"]:
            text["postal_code"] = values.postal_code(text["postal_code"], text["country"] or "FR")
        return text, 0

    def _read_numbers(self, cells: list[str]) -> tuple[dict[str, str], phones.PhoneProblem | None, list[str]]:
        """Numbers by kind: the first of a cell goes to its kind, others to free kinds; what was wrong; what is left."""
        numbers: dict[str, str] = {}
        others: list[str] = []
        left: list[str] = []
        problem: phones.PhoneProblem | None = None
        for column, kind in self._numbers:
            if not cells[column]:
                continue
            found, wrong = phones.find_all(cells[column])
            if wrong is not None:
                problem = wrong
                left.append(cells[column][:60])
            elif len(cells[column]) > ONE_NUMBER:
                left.extend(parts_without_number(cells[column]))
            fresh = [one for one in found if one not in numbers.values()]
            if fresh and kind not in numbers:
                numbers[kind] = fresh.pop(0)
            others.extend(fresh)
        for one in dict.fromkeys(others):
            if one in numbers.values():
                continue
            kinds = ("mobile", "office", "phone") if phones.is_mobile(one) else ("office", "phone", "mobile")
            if free := [kind for kind in kinds if kind not in numbers]:
                numbers[free[0]] = one
            else:
                left.append(phones.readable(one))
        return numbers, problem, left


def parts_without_number(cell: str) -> list[str]:
    """Parts of a cell of several numbers that have digits and are none: "0199001234 / 01 99 00" → "01 99 00"."""
    if isinstance(phones.normalise(cell), str):
        return []
    parts = [part.strip() for part in _PARTS.split(cell)]
    return [part[:60] for part in parts if len(re.sub(r"\D", "", part)) >= 4 and not phones.find_all(part)[0]]
