"""When the verdict of the search for answering machines is believed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from decroche.telephony.amd import is_machine

SILENCE = "INITIALSILENCE-2520-2500"
SOON, LATE = timedelta(seconds=2.8), timedelta(seconds=3.6)


@pytest.mark.parametrize("cause", ["LONGGREETING-1620-1600", "MAXWORDS-5-4", "MAXWORDLENGTH-3500"])
@pytest.mark.parametrize("since_answer", [SOON, LATE, None])
def test_what_was_heard_to_talk_on_is_a_machine_whenever_it_was_heard(
    cause: str, since_answer: timedelta | None
) -> None:
    assert is_machine("MACHINE", cause, since_answer)


def test_silence_is_a_machine_where_it_was_heard_from_the_answer_on() -> None:
    assert is_machine("MACHINE", SILENCE, SOON)


@pytest.mark.parametrize("since_answer", [LATE, None])
def test_silence_heard_too_late_or_beside_a_conversation_is_a_doubt(since_answer: timedelta | None) -> None:
    assert not is_machine("MACHINE", SILENCE, since_answer)


@pytest.mark.parametrize("status", ["HUMAN", "NOTSURE", ""])
def test_a_doubt_goes_to_the_agent(status: str) -> None:
    assert not is_machine(status, "", SOON)
