"""The hundred endings of the carrier simulator."""

from __future__ import annotations

from pathlib import Path

import pytest

from decroche.common.fiction import is_fiction
from decroche.telephony.conf_simulator import dialplan
from decroche.telephony.instance import VOICES
from decroche.telephony.simulator_behaviours import BEHAVIOURS, behaviour_of, endings_of, number_ending_in

TABLE = Path(__file__).parents[3] / "docs/simulator.md"


def test_every_ending_does_something() -> None:
    assert sorted(BEHAVIOURS) == list(range(100))


def test_most_calls_reach_a_person_or_nobody() -> None:
    assert len(endings_of("person")) >= 45
    assert len(endings_of("no_answer")) >= 25


def test_every_voice_that_is_played_is_there() -> None:
    names = {b.sound(name) for b in BEHAVIOURS.values() if b.answers for name in (b.hello, *b.lines) if name}
    assert [name for name in sorted(names) if not (VOICES / f"{name}.wav").exists()] == []


@pytest.mark.parametrize("ending", [0, 45, 70, 93])
def test_a_number_asked_for_is_a_fiction_number_with_that_behaviour(ending: int) -> None:
    for block in range(6):
        number = number_ending_in(ending, block=block, rank=7)
        assert is_fiction(number)
        assert behaviour_of(number) is BEHAVIOURS[ending]


def test_the_dialplan_has_one_extension_for_each_ending() -> None:
    assert sum(dialplan().count(f"exten => _XXXXXXXX{ending:02d},1,") for ending in BEHAVIOURS) == 100


def test_who_calls_back_is_told_apart_from_who_does_not() -> None:
    assert dialplan().count("Set(CALLS_BACK=") == sum(b.calls_back_after_s is not None for b in BEHAVIOURS.values())


def test_the_table_in_the_documentation_is_the_table_in_the_code() -> None:
    for kind in {behaviour.kind for behaviour in BEHAVIOURS.values()}:
        assert f"`{kind}`" in TABLE.read_text(encoding="utf-8")
