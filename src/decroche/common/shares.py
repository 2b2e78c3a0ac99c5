"""Shares seen in small numbers. Pure."""

from __future__ import annotations

from math import sqrt


def wilson(hits: int, of: int) -> tuple[float | None, float | None]:
    """Wilson's interval at 95 % of a share seen `hits` times in `of` (E. B. Wilson, 1927)."""
    if of == 0:
        return None, None
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)
