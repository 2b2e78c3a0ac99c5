"""docs/api.md for the pages of the API's documentation."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from decroche.common.errors import Language

EXAMPLE = "https://plateau.example.fr"
BELOW = "*English below.*\n\n"
BEGINNINGS = ("#", "- ", "|", "```", "---")


def text(language: Language) -> str:
    """Both languages, the reader's first; its commands are for this installation. Markdown."""
    whole = (settings.ENV.root / "docs" / "api.md").read_text(encoding="utf-8")
    french, english = whole.split("\n---\n")
    halves = (english.strip(), french.replace(BELOW, "")) if language == "en" else (french, english)
    lines = "\n\n---\n\n".join(half.strip() for half in halves).splitlines()
    return "\n".join(_unwrapped(lines)).replace(EXAMPLE, settings.ENV.origins[0])


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """A line for each paragraph and item: the page shows every break of a line."""
    held: list[str] = []
    in_code = False
    for line in lines:
        in_code ^= line.startswith("```")
        begins = in_code or not line.strip() or line.startswith(BEGINNINGS)
        if held and not begins:
            held.append(line.strip())
            continue
        if held:
            yield " ".join(held)
        held = []
        if begins and not line.startswith("- "):
            yield line
        else:
            held = [line]
    if held:
        yield " ".join(held)
