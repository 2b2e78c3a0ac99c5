"""Shares seen in small numbers. Pure."""

from __future__ import annotations

from math import sqrt

from decroche.common.errors import Language


def wilson(hits: int, of: int) -> tuple[float | None, float | None]:
    """Wilson's interval at 95% of a share seen `hits` times in `of` (E. B. Wilson, 1927)."""
    if of == 0:
        return None, None
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def percentage(share: float, language: Language) -> str:
    """Of a share 0…1: "2,5 %" in French, with a space that does not break; "2.5%" in English."""
    figure = f"{100 * share:g}"
    return f"{figure}%" if language == "en" else f"{figure.replace('.', ',')}\u00a0%"
