"""Pydantic's complaints as sentences beside the fields of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from decroche.common.errors import Language

SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("À remplir.", "Required."),
    "extra_forbidden": ("Ce champ n'existe pas.", "There is no such field."),
    "string_type": ("Un texte est attendu.", "A text is expected."),
    "string_too_short": (
        "À remplir : au moins {min_length} caractère(s).",
        "Required: at least {min_length} character(s).",
    ),
    "string_too_long": ("Trop long : au plus {max_length} caractères.", "Too long: at most {max_length} characters."),
    "string_pattern_mismatch": ("Ce texte n'a pas la forme attendue.", "This text has not the expected form."),
    "greater_than_equal": ("Au moins {ge}.", "At least {ge}."),
    "greater_than": ("Plus de {gt}.", "More than {gt}."),
    "less_than_equal": ("Au plus {le}.", "At most {le}."),
    "less_than": ("Moins de {lt}.", "Less than {lt}."),
    "literal_error": ("Choisissez une des valeurs proposées.", "Choose one of the offered values."),
    "enum": ("Choisissez une des valeurs proposées.", "Choose one of the offered values."),
    "too_long": ("Au plus {max_length} éléments.", "At most {max_length} items."),
    "too_short": ("Au moins {min_length} élément(s).", "At least {min_length} item(s)."),
    "json_invalid": ("La demande n'est pas du JSON valable.", "The request is not valid JSON."),
}
FAMILIES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("int", ("Un nombre entier est attendu.", "A whole number is expected.")),
    ("float", ("Un nombre est attendu.", "A number is expected.")),
    ("finite", ("Un nombre est attendu.", "A number is expected.")),
    ("bool", ("Oui ou non est attendu.", "Yes or no is expected.")),
    ("datetime", ("Une date et une heure sont attendues.", "A date and time are expected.")),
    ("timezone", ("Une date et une heure avec fuseau sont attendues.", "A date and time with a zone are expected.")),
    ("date", ("Une date est attendue.", "A date is expected.")),
    ("uuid", ("Cet identifiant n'est pas valable.", "This identifier is not valid.")),
    ("model", ("Un objet JSON est attendu.", "A JSON object is expected.")),
    ("dict", ("Un objet JSON est attendu.", "A JSON object is expected.")),
    ("list", ("Une liste est attendue.", "A list is expected.")),
)
OTHERWISE = ("Cette valeur ne convient pas.", "This value cannot be used.")


def field_sentences(errors: Iterable[Mapping[str, Any]], language: Language) -> dict[str, str]:
    """One sentence for each dotted path below the body or the query (`hours.0.from`); "" is the whole of it."""
    found: dict[str, str] = {}
    for error in errors:
        found.setdefault(_path(error["loc"]), _sentence(error, language))
    return found


def _path(loc: Iterable[str | int]) -> str:
    """Without ninja's own first words: where it was (body, query…) and the parameter's name."""
    parts = [str(part) for part in loc]
    own = 2 if len(parts) > 1 and parts[0] in ("body", "form", "query") and parts[1] in ("body", "filters") else 1
    return ".".join(parts[own:])


def _sentence(error: Mapping[str, Any], language: Language) -> str:
    kind = str(error["type"])
    both = SENTENCES.get(kind) or next((both for prefix, both in FAMILIES if kind.startswith(prefix)), OTHERWISE)
    template = both[1 if language == "en" else 0]
    try:
        return template.format(**error.get("ctx", {}))
    except (KeyError, IndexError):
        return OTHERWISE[1 if language == "en" else 0]
