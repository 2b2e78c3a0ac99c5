"""Snapshots as JSON lines, as other people's simulators write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from decroche.pacing import Memory, decide
from decroche.pacing.__main__ import answers
from decroche.pacing.reading import LineReader, Unreadable

PAGE = Path(__file__).parents[3] / "docs" / "pacing.md"


def test_the_example_of_the_documentation_is_read_whole() -> None:
    example = PAGE.read_text("utf-8").split("```json")[1].split("```")[0]
    shot = LineReader().snapshot(json.loads(example))
    assert (len(shot.ready), len(shot.busy), len(shot.ringing), len(shot.outcomes)) == (1, 3, 2, 2)
    assert shot.busy[2].leaving
    assert shot.seconds_to_close == 23670


def test_an_empty_object_is_a_floor_where_nobody_is() -> None:
    (line,) = answers(["{}\n"], None)
    assert json.loads(line)["n"] == 0


def test_counts_and_bare_numbers_stand_for_objects() -> None:
    shot = LineReader().snapshot({"ready": 2, "ringing": [3, 9.5], "waiting_s": [0.4]})
    assert len(shot.ready) == 2
    assert [call.elapsed_s for call in shot.ringing] == [3.0, 9.5]
    assert shot.waiting_s == (0.4,)


def test_of_a_sliding_window_without_instants_only_the_end_is_new() -> None:
    reader = LineReader()
    windows: tuple[list[int], ...] = ([40, 50, 60], [50, 60, 70], [50, 60, 70], [])
    assert [[s.seconds for s in reader.snapshot({"talks": w}).talks] for w in windows] == [[40, 50, 60], [70], [], []]


def test_the_mode_of_the_command_takes_the_place_of_the_lines() -> None:
    assert LineReader().snapshot({"mode": "power"}, "progressive").mode == "progressive"


@pytest.mark.parametrize(
    "wrong", [[], {"now": "noon"}, {"ready": "two"}, {"busy": [{"state": "asleep"}]}, {"today": 3}, {"settings": 1}]
)
def test_what_is_wrong_is_said_in_one_sentence(wrong: object) -> None:
    with pytest.raises(Unreadable, match=r"^[A-Za-z][^\n]*\.$"):
        LineReader().snapshot(wrong)


def test_a_bad_line_leaves_the_memory_as_it_was() -> None:
    good = json.dumps({"ready": 2})
    first, bad, last = (json.loads(line) for line in answers([good, "{", good], None))
    assert (first["n"], last["n"]) == (2, 2)
    assert bad["error"].endswith(".")


def test_a_driver_who_tells_no_samples_is_learned_from_all_the_same() -> None:
    talk = {"busy": [{"user_id": 1, "state": "talking", "elapsed_s": 50}], "now": 100}
    wrap = {"busy": [{"user_id": 1, "state": "wrap_up", "elapsed_s": 1}], "now": 102}
    reader = LineReader()
    memory = decide(reader.snapshot(talk), Memory()).memory
    assert decide(reader.snapshot(wrap), memory).memory.talks.recent == (51.0,)
