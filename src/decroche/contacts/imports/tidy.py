"""The case of names and towns, and the forms of civility, put right where somebody asked for it. Pure.

Only texts wholly in capitals or wholly in small letters are changed: "McDonald" and "Le Goff" were typed on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from decroche.contacts import values

OPTIONS = ("civility", "names", "towns")
_WORD = re.compile(r"[^\W\d_]+")
_IN_NAMES = frozenset(("de", "du", "des", "d", "et", "van", "von"))
_IN_TOWNS = frozenset(
    ("de", "du", "des", "d", "et", "sur", "sous", "en", "les", "lès", "lez", "le", "la", "l", "aux", "au", "à", "près")
)
_NAMES = ("first_name", "last_name")


def of_target(target: str, options: frozenset[str]) -> Callable[[str], str] | None:
    """What is done to the values of a field; None: they stay as they are."""
    if target == "civility" and "civility" in options:
        return values.civility
    if target in _NAMES and "names" in options:
        return name
    return town if target == "city" and "towns" in options else None


def name(text: str) -> str:
    """JEAN-PIERRE → Jean-Pierre, de la fontaine → De la Fontaine, O'BRIEN → O'Brien."""
    return _cased(text, _IN_NAMES | {"la"})


def town(text: str) -> str:
    """BOULOGNE-SUR-MER → Boulogne-sur-Mer, L'ISLE-D'ABEAU → L'Isle-d'Abeau."""
    return _cased(text, _IN_TOWNS)


def _cased(text: str, small: frozenset[str]) -> str:
    if not (text.isupper() or text.islower()):
        return text

    def word(match: re.Match[str]) -> str:
        lower = match[0].lower()
        first = match.start() == 0 or text[match.start() - 1] in "(/,;"
        return lower if lower in small and not first else lower.capitalize()

    return _WORD.sub(word, text)
