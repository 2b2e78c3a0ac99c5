"""Comparing texts as people type them: no accents or capitals; hyphens, apostrophes and spaces are alike.

The indexes hold texts without accents or capitals, joined as they were written: which sign joins two words is left open
only when one asks, so that nothing more is stored or computed where contacts are written.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Func, Q, TextField, Value
from django.db.models.lookups import Contains, EndsWith, Exact, In, Regex, StartsWith

# As they are typed; folded, the first are one hyphen and one apostrophe, and no-break spaces stay.
_TYPED = "-‐‑–—−'‘’ʼ´`\\s\u00a0\u202f"
JOINS = re.compile(f"[{_TYPED}]+")
_JOINED = re.compile(f"[^{_TYPED}][{_TYPED}]+[^{_TYPED}]")
_FOLDED = "[-''´`[:space:]\u00a0\u202f]+"  # in an SQL literal
_ESCAPED = "regexp_replace(%(expressions)s, '[].*+?(){}|^$\\\\[]', '\\\\\\&', 'g')"
_HEAD = "^(https?://)?(www[.])?"  # of a link
_TYPED_HEAD = re.compile(r"(?:https?://(?:www\.)?|www\.)", re.IGNORECASE)
_PLAIN = {"is": Exact, "contains": Contains, "starts": StartsWith, "ends": EndsWith}
_ENDS = {"is": ("'^'", "'$'"), "contains": ("''", "''"), "starts": ("'^'", "''"), "ends": ("''", "'$'")}


class Fold(Func):
    """Without accents or capitals, as the indexes have it."""

    function = "decroche_fold"
    arity = 1
    output_field = TextField()


class Spaced(Func):
    """Folded, with one space wherever words are joined."""

    template = f"btrim(regexp_replace(decroche_fold(%(expressions)s), '{_FOLDED}', ' ', 'g'))"
    arity = 1
    output_field = TextField()


class Pattern(Func):
    """What was typed as a regular expression that leaves open how its words are joined; other signs mean themselves.

    Of one value: the planner computes it once, and an index of trigrams serves it.
    """

    template = f"(%(before)s || replace({_ESCAPED}, ' ', '{_FOLDED}') || %(after)s)"
    output_field = TextField()

    def __init__(self, text: str, op: str = "contains", ends: tuple[str, str] | None = None) -> None:
        """`ends`: what stands before and after it, SQL literals, in place of the operator's own."""
        before, after = ends or _ENDS[op]
        super().__init__(Spaced(Value(text)), before=before, after=after)


class Address(Func):
    """A link as people tell it: without its scheme, a leading "www." and its last slash."""

    template = f"rtrim(regexp_replace(%(expressions)s, '{_HEAD}', ''), '/')"
    arity = 1
    output_field = TextField()


def compared(left: Any, op: str, text: str) -> Q:
    """Whether the text is, contains, starts or ends so."""
    text = text.strip()
    if _JOINED.search(text):
        return Q(Regex(Fold(left), Pattern(text, op)))
    return compared_signs(left, op, text)


def holds(text: Any, word: str) -> Q:
    """Whether a text that is folded already contains the word, however its parts are joined."""
    if _JOINED.search(word):
        longest = max(parts(word), key=len)  # most texts do not hold even that: it is seen sooner
        return Q(Contains(text, Fold(Value(longest)))) & Q(Regex(text, Pattern(word)))
    return Q(Contains(text, Fold(Value(word))))


def one_of(left: Any, texts: list[str]) -> Q:
    """Whether the text is one of these: looked up in one list, however long."""
    return Q(In(Spaced(left), [Spaced(Value(text)) if parts(text) else Value(text) for text in texts]))


def compared_signs(left: Any, op: str, text: str) -> Q:
    """The same, of codes and addresses, whose signs all count."""
    return Q(_PLAIN[op](Fold(left), Fold(Value(text.strip()))))


def one_of_signs(left: Any, texts: list[str]) -> Q:
    """The same, of codes and addresses."""
    return Q(In(Fold(left), [Fold(Value(text.strip())) for text in texts]))


def compared_links(left: Any, op: str, text: str) -> Q:
    """The same, of links: whatever scheme, leading "www." or last slash one of both has counts for nothing.

    Typed, a scheme or "www." means that the link begins there.
    """
    text = text.strip()
    head = _TYPED_HEAD.match(text)
    told = text[head.end() if head else 0 :].rstrip("/")
    if not told:
        return compared_signs(left, op, text)
    begins = op in ("is", "starts") or head is not None
    closed = "'/*$'" if op in ("is", "ends") else "'(/|$)'" if text.endswith("/") else "''"
    return Q(Regex(Fold(left), Pattern(told, ends=(f"'{_HEAD}'" if begins else "''", closed))))


def one_of_links(left: Any, texts: list[str]) -> Q:
    """Whether the link is one of these."""
    return Q(In(Address(Spaced(left)), [Address(Spaced(Value(text))) for text in texts]))


def words_of(text: str) -> list[str]:
    """The words that are looked for, eight at most. A sign that joins them is none: "Saint - Étienne" has two."""
    words = text.replace("\x00", "").split()
    return ([word for word in words if parts(word)] or words)[:8]


def parts(text: str) -> list[str]:
    """Its words, without what joins them."""
    return [part for part in JOINS.split(text) if part]
