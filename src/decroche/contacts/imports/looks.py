"""What the values of a column look like: the type of a new field, and the kinds of its telephone numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from decroche.contacts import phones, values
from decroche.contacts.values import NO, YES, fold

LOOKED_AT = 200
MAX_CHOICES = 12
_SPACE = "[ \u00a0\u202f]?"
_WHOLE = rf"(?:0|[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}}){{0,4}}|[1-9]\d{{0,14}})"
_NUMBER = re.compile(rf"-?{_WHOLE}(?:[.,]\d{{1,6}})?{_SPACE}[€%]?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?:[ T].*)?")
_LINK = re.compile(r"https?://[^\s/]+\S*|www\.[^\s@]+\.\S+", re.IGNORECASE)
_OVERSEAS = ("+262", "+508", "+590", "+594", "+596", "+681", "+687", "+689")
NUMBER_KINDS = ("fixed", "mobile", "special", "overseas", "foreign", "impossible")


def field_kind(column: Sequence[str]) -> str:
    """The type of custom field that holds all of these values."""
    filled = [value.strip() for value in column[:LOOKED_AT] if value.strip()]
    if not filled:
        return "text"
    if all(_LINK.fullmatch(value) and _fits("link", value) for value in filled):
        return "link"
    if all(_DATE.fullmatch(value) and _fits("date", value) for value in filled):
        return "date"
    if len(filled) < 2:
        return "text"  # a day or a link tells itself; one number, one "oui" may stand beside any text
    if all(map(_NUMBER.fullmatch, filled)):
        return "number"
    words = {fold(value) for value in filled}
    if words <= YES | NO:
        return "yes_no"
    alike = len(set(filled)) <= MAX_CHOICES and len(filled) >= max(20, 5 * len(words))
    return "choice" if alike and max(map(len, filled)) <= 40 else "text"


def number_kinds(column: Sequence[str]) -> dict[str, int]:
    """How many numbers of each kind; `several`: cells that hold more than one."""
    counts = dict.fromkeys((*NUMBER_KINDS, "several"), 0)
    for value in column[:LOOKED_AT]:
        if not value.strip():
            continue
        found, _ = phones.find_all(value)
        counts["several"] += len(found) > 1
        for one in found:
            counts[number_kind(one)] += 1
        if not found:
            counts["impossible"] += 1
    return counts


def number_kind(e164: str) -> str:
    """fixed (boxes too), mobile, special (toll-free, shared cost), overseas or foreign."""
    if e164.startswith(_OVERSEAS):
        return "overseas"
    if not e164.startswith("+33"):
        return "foreign"
    return "special" if e164[3] == "8" else "mobile" if phones.is_mobile(e164) else "fixed"


def _fits(kind: str, value: Any) -> bool:
    convert: Callable[[str, list[str], Any], Any] = values.custom_value
    try:
        convert(kind, [], value)
    except ValueError:
        return False
    return True
