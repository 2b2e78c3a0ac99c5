"""How long something is kept, in words. Pure."""

from __future__ import annotations

from decroche.common.errors import Language

_WORDS = {
    "days": (("jour", "jours"), ("day", "days")),
    "months": (("mois", "mois"), ("month", "months")),
    "years": (("an", "ans"), ("year", "years")),
}


def span(months: int, days: int | None, language: Language) -> str:
    """As the law says it, in months or in whole years; else the days chosen here."""
    if days is not None:
        unit, count = "days", days
    else:
        unit, count = ("months", months) if months % 12 else ("years", months // 12)
    return f"{count} {_WORDS[unit][1 if language == 'en' else 0][count > 1]}"
