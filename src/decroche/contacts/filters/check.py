"""Holding a filter to the catalogue: every field, operator and value, or one sentence about the first fault. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from decroche.campaigns.departments import DEPARTMENTS, REGIONS
from decroche.common.errors import InvalidFields
from decroche.contacts import phones
from decroche.contacts.filters.catalogue import FieldSpec
from decroche.contacts.filters.schema import MAX_DEPTH, MAX_NODES, All, AnyOf, Condition, Node, Not

Sentences = tuple[str, str]
"""French, English."""
MAX_DAYS = 36_500
_FIXED_SOURCES = {"departments": frozenset(DEPARTMENTS), "regions": frozenset(REGIONS)}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INT = 2**31


def check(node: Node, fields: Mapping[str, FieldSpec], at: str = "filter") -> None:
    """Raises InvalidFields with the path of the first fault; the whole tree is bounded."""
    for seen, (path, depth, one) in enumerate(_walk(node, at, 1), start=1):
        if depth > MAX_DEPTH or seen > MAX_NODES:
            raise InvalidFields(**{at: _TOO_BIG})
        if isinstance(one, Condition) and (fault := _fault(one, fields)):
            raise InvalidFields(**{f"{path}.{fault[0]}": fault[1]})


def _walk(node: Node, path: str, depth: int) -> Iterator[tuple[str, int, Node]]:
    yield path, depth, node
    if depth > MAX_DEPTH:
        return
    if isinstance(node, Not):
        yield from _walk(node.not_, f"{path}.not", depth + 1)
    elif isinstance(node, All | AnyOf):
        name = "all" if isinstance(node, All) else "any"
        for index, child in enumerate(node.all if isinstance(node, All) else node.any):
            yield from _walk(child, f"{path}.{name}.{index}", depth + 1)


def _fault(one: Condition, fields: Mapping[str, FieldSpec]) -> tuple[str, Sentences] | None:
    """(the condition's part, what is wrong with it)."""
    spec = fields.get(one.field)
    if spec is None:
        return "field", _NO_FIELD
    if one.op not in spec.ops:
        return "op", _NO_OPERATOR
    if one.campaign_id is not None and not spec.by_campaign:
        return "campaign_id", _NOT_BY_CAMPAIGN
    problem = _value_problem(spec, one)
    return ("value", problem) if problem else None


def _value_problem(spec: FieldSpec, one: Condition) -> Sentences | None:
    value = one.value
    if one.op == "known" or spec.kind == "yes_no":
        return None if isinstance(value, bool) else _YES_OR_NO
    if one.op == "one_of":
        if not isinstance(value, list) or not value:
            return _CHOOSE
        return next((problem for part in value if (problem := _choice_problem(spec, part))), None)
    if one.op == "between":
        if not isinstance(value, list) or len(value) != 2:
            return _TWO_ENDS
        problem = next((problem for part in value if (problem := _end_problem(spec, part))), None)
        low, high = value
        return problem or (_UPSIDE_DOWN if low > high else None)  # type: ignore[operator]  # both of one type by now
    if one.op in ("last_days", "next_days", "before_days"):
        return None if _is_int(value) and 0 <= int(value) <= MAX_DAYS else _DAYS  # type: ignore[arg-type]
    if spec.kind in ("number", "date", "moment"):
        return _end_problem(spec, value)
    return _text_problem(spec, one.op, value)


def _choice_problem(spec: FieldSpec, part: Any) -> Sentences | None:
    if spec.kind == "ref":
        return None if _is_int(part) and 0 < part < _INT else _CHOOSE
    if not isinstance(part, str):
        return _CHOOSE
    allowed = spec.values or _FIXED_SOURCES.get(spec.source or "")
    if spec.kind == "choice" and allowed and part not in allowed:
        return _NO_SUCH_VALUE
    return _unprintable(part)


def _end_problem(spec: FieldSpec, value: Any) -> Sentences | None:
    if spec.kind == "number":
        good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return None if good and abs(value) < 10**15 else _NUMBER
    return None if isinstance(value, str) and _is_day(value) else _DATE


def _text_problem(spec: FieldSpec, op: str, value: Any) -> Sentences | None:
    if not isinstance(value, str) or not value.strip():
        return _TEXT
    if spec.kind != "phone":
        return _unprintable(value)
    if op == "is":
        number = phones.normalise(value)
        return phones.SENTENCES[number] if isinstance(number, phones.PhoneProblem) else None
    digits = sum(c.isascii() and c.isdigit() for c in value)
    return None if 2 <= digits <= 15 and not any(c.isalpha() for c in value) else _DIGITS


def _unprintable(text: str) -> Sentences | None:
    return _SIGNS if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text) else None


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and 1900 <= date.fromisoformat(text).year <= 2200
    except ValueError:
        return False


_TOO_BIG = (
    f"Cette recherche est trop grande : au plus {MAX_NODES} critères, sur {MAX_DEPTH} niveaux.",
    f"This search is too large: at most {MAX_NODES} criteria, {MAX_DEPTH} levels deep.",
)
_NO_FIELD = (
    "Ce champ n'existe pas ou n'existe plus : retirez ce critère ou choisissez un autre champ.",
    "This field does not exist, or no longer does: remove this criterion or choose another field.",
)
_NO_OPERATOR = (
    "Cette comparaison ne va pas avec ce champ : choisissez-en une autre.",
    "This comparison does not suit this field: choose another.",
)
_NOT_BY_CAMPAIGN = (
    "Ce champ ne dépend pas d'une campagne : retirez-la.",
    "This field does not depend on a campaign: remove it.",
)
_YES_OR_NO = ("Répondez par oui ou non.", "Answer yes or no.")
_CHOOSE = ("Choisissez au moins une valeur.", "Choose at least one value.")
_NO_SUCH_VALUE = ("Choisissez parmi les valeurs proposées.", "Choose one of the values offered.")
_TWO_ENDS = ("Donnez les deux bornes.", "Give both ends.")
_UPSIDE_DOWN = ("La première borne dépasse la seconde.", "The first end is beyond the second.")
_DAYS = (f"Mettez un nombre de jours, de 0 à {MAX_DAYS}.", f"Type a number of days, from 0 to {MAX_DAYS}.")
_NUMBER = ("Mettez un nombre.", "Type a number.")
_DATE = ("Mettez une date : 31/12/2026.", "Type a date: 31/12/2026.")
_TEXT = ("Mettez un texte.", "Type a text.")
_DIGITS = ("Mettez de 2 à 15 chiffres du numéro.", "Type 2 to 15 digits of the number.")
_SIGNS = (
    "Ce texte contient des signes invisibles : retapez-le.",
    "This text contains invisible characters: type it again.",
)
