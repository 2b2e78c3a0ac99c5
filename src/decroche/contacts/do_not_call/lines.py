"""A line of a do-not-call list: numbers in any form, a beginning of numbers (0899*), since when, where from. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from decroche.contacts import phones

PARIS = ZoneInfo("Europe/Paris")
OVERSEAS = {
    **dict.fromkeys(("262", "263", "269", "639", "692", "693"), "+262"),
    **dict.fromkeys(("590", "690", "691"), "+590"),
    **dict.fromkeys(("594", "694"), "+594"),
    **dict.fromkeys(("596", "696", "697"), "+596"),
    **dict.fromkeys(("508", "708"), "+508"),
}
LONGEST_PREFIX = 15
_DATE = re.compile(
    r"(?<!\d)(?:(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|(\d\d)/(\d\d)/(\d{4})(?: [\d:]*:\d\d)?)(?!\d)"
)
_PREFIX = re.compile(r"(\+?[\d .]{2,20})[*…]")
_ORIGIN = re.compile(r"(?i)\borigin(?:e)?\b")
_NOTE = re.compile(r"(?i)\b(?:notes?|motif|reason|commentaires?|comments?|remarques?)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line holds; no number and no prefix: it is refused."""

    number: int
    value: str
    numbers: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    since: datetime | None = None
    origin: str = ""
    note: str = ""


def prefix_of(text: str) -> str:
    """The beginning of numbers, as E.164: "0899" → +33899; "" of no digits, or of all France."""
    digits = re.sub(r"[\s.\-()/*…]", "", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"0[1-9]\d{0,8}", digits):
        country = OVERSEAS.get(digits[1:4], "+33")
        digits = country + digits[1:]
    possible = re.fullmatch(r"\+[1-9]\d+", digits) is not None and len(digits) <= LONGEST_PREFIX
    return digits if possible and digits != "+33" else ""


def read(text: str) -> Iterator[Line]:
    """Every line with something on it; a first line without digits is a header: its origin and note are kept."""
    column, note_column, separator = -1, -1, ";"
    for number, raw in enumerate(text.replace("\x00", "").splitlines(), start=1):
        value = raw.strip(" \t;,|\"'\ufeff")
        if not value:
            continue
        if number == 1 and not any(c.isdigit() for c in value):
            separator = next((one for one in ";\t," if one in raw), ";")
            names = raw.split(separator)
            column = next((at for at, name in enumerate(names) if _ORIGIN.search(name)), -1)
            note_column = next((at for at, name in enumerate(names) if _NOTE.search(name)), -1)
            continue
        cells = raw.split(separator)
        origin = cells[column].strip(" \"'")[:20] if 0 <= column < len(cells) else ""
        note = cells[note_column].strip(" \"'")[:200] if 0 <= note_column < len(cells) else ""
        # Words say nothing of the number, nor since when: "call back on 06…" forbids no other.
        told = separator.join(one for at, one in enumerate(cells) if at != note_column)
        since = _since(told)
        rest = _DATE.sub(" ", told[:1000])
        prefixes = tuple(filter(None, (prefix_of(found) for found in _PREFIX.findall(rest))))
        numbers = () if prefixes else tuple(phones.find_all(rest)[0])
        yield Line(number, value, numbers, prefixes, since, origin, note)


def _since(value: str) -> datetime | None:
    found = _DATE.search(value)
    if found is None:
        return None
    year, month, day, day_fr, month_fr, year_fr = found.groups()
    try:
        at = datetime.fromisoformat(found[0]) if "T" in found[0] else None
        if at is not None and at.tzinfo is not None:  # another clock than ours: it may be the next day here
            return datetime.combine(at.astimezone(PARIS), time.min, PARIS).astimezone(UTC)
        on = date(int(year or year_fr), int(month or month_fr), int(day or day_fr))
    except ValueError:
        return None
    return datetime.combine(on, time.min, PARIS).astimezone(UTC)
