"""From the network's words to ours."""

from __future__ import annotations

import pytest

from decroche.calls import models
from decroche.calls.causes import result_of
from decroche.calls.results import Result


@pytest.mark.parametrize(
    ("cause", "sip_code", "result"),
    [
        (17, 486, "busy"), (17, 0, "busy"), (21, 403, "rejected"), (21, 603, "rejected"), (1, 404, "unallocated"),
        (34, 503, "congestion"), (42, 0, "congestion"), (19, 480, "no_answer"), (18, 408, "no_answer"),
        (38, 0, "congestion"),        (16, 600, "busy"), (0, 484, "unallocated"), (127, 607, "rejected"),
    ],
)  # fmt: skip
def test_a_cause_gives_its_result(cause: int, sip_code: int, result: str) -> None:
    assert result_of(cause, sip_code, rang=False) == result


def test_the_carriers_own_word_wins_over_the_translation_of_it() -> None:
    assert result_of(1, 486, rang=True) is Result.BUSY


def test_an_end_without_a_reason_is_no_answer_where_it_rang_and_a_failure_where_it_did_not() -> None:
    assert result_of(16, 0, rang=True) is Result.NO_ANSWER
    assert result_of(16, 0, rang=False) is Result.FAILED


def test_results_are_the_ones_of_the_table() -> None:
    assert {str(result) for result in Result} == set(models.Result.values)
