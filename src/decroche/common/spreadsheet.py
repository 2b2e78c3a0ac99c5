"""Cells for spreadsheets: none that would run as a formula."""

from __future__ import annotations

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: object) -> str:
    """The cell as text; a leading apostrophe keeps a spreadsheet from running it."""
    if cell is None:
        return ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(cell).replace(".", ",")
    text = str(cell).replace("\x00", "")
    return "'" + text if text.lstrip(" ").startswith(FORMULA_STARTS) else text
