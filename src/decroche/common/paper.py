"""A printed document: A4, labels at the left, numbered pages; glyphs are embedded, to look the same for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from decroche.common.days import PARIS
from decroche.common.errors import Language

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"


class Line(NamedTuple):
    """`label` "": a sentence over the whole width."""

    label: str
    text: str


class Section(NamedTuple):
    """A part of a document, for paper and screen alike."""

    code: str
    title: str
    lines: list[Line]


def moment(at: datetime, zone: str = "") -> str:
    """With its offset, so that it means one instant."""
    local = at.astimezone(ZoneInfo(zone) if zone else PARIS)
    offset = local.strftime("%z")
    return f"{local:%d/%m/%Y %H:%M:%S} (UTC{offset[:3]}:{offset[3:]})"


class Paper(FPDF):
    """Written from the top down: a headline, then headings with their facts."""

    def __init__(self, heading: str, language: Language) -> None:
        super().__init__(format="A4")
        self.language: Language = language
        self._foot = heading
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_margins(18, 16)
        self.set_auto_page_break(auto=True, margin=18)
        self.set_title(heading)
        self.set_lang("en-GB" if language == "en" else "fr-FR")
        self.add_page()

    def headline(self, text: str) -> None:
        self._block(text, "B", 15, 8)
        self.ln(2)

    def heading(self, text: str) -> None:
        if self.get_y() > self.h - 60:
            self.add_page()
        self.ln(5)
        self._block(text, "B", 11, 6)

    def small(self, text: str) -> None:
        self.ln(2)
        self._block(text, "", 8, 4.2)

    def fact(self, label: str, text: str) -> None:
        """Nothing where there is nothing to say. A label longer than its column has a line of its own."""
        if not text:
            return
        if self.get_y() > self.h - 26:
            self.add_page()
        self.set_font(FAMILY, "B", 8)
        if self.get_string_width(label) > 45:
            self.multi_cell(0, 5, label, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.set_x(self.l_margin + 46)
        else:
            self.cell(46, 5, label)
        self.set_font(FAMILY, "", 8)
        self.multi_cell(0, 5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def sections(self, parts: Sequence[Section]) -> None:
        """Each under its number."""
        for number, part in enumerate(parts, 1):
            self.heading(f"{number}. {part.title}")
            for line in part.lines:
                if line.label:
                    self.fact(line.label, line.text)
                else:
                    self.small(line.text)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(FAMILY, "", 7)
        self.cell(0, 5, f"{self._foot} – {self.page_no()}", align="C")

    def _block(self, text: str, style: Any, size: float, height: float) -> None:
        self.set_font(FAMILY, style, size)
        self.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
