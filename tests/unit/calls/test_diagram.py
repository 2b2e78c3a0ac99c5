"""The drawing in docs/life-of-a-call.md and the table of the machine say the same."""

from __future__ import annotations

import re
from pathlib import Path

from decroche.calls.machine import EDGES, Phase
from decroche.calls.machine_events import name_of

ARROW = re.compile(r"^\s+(\w+) --> (\w+): (\w) · (\w+)", re.MULTILINE)
DRAWING = Path(__file__).parents[3] / "docs/life-of-a-call.md"


def drawn() -> set[tuple[str, str, str, str]]:
    return {(source, target, letter, event) for source, target, letter, event in ARROW.findall(DRAWING.read_text())}


def coded() -> set[tuple[str, str, str, str]]:
    return {(s.value, edge.target.value, edge.letter, name_of(edge.event)) for edge in EDGES for s in edge.sources}


def test_every_arrow_of_the_drawing_is_in_the_table() -> None:
    assert drawn() - coded() == set()


def test_every_edge_of_the_table_is_drawn() -> None:
    assert coded() - drawn() == set()


def test_no_phase_is_left_out_of_the_drawing() -> None:
    assert {name for source, target, *_ in drawn() for name in (source, target)} == {phase.value for phase in Phase}
