"""How many of the calls in the air may be answered, so that enough agents stay."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.floor.leaving import most_of


@pytest.mark.parametrize(("calls", "share", "most"), [(0, 0.4, 0), (1, 0.4, 1), (3, 0.25, 2), (12, 0.25, 6), (5, 1, 5)])
def test_how_many_may_answer_at_most(calls: int, share: float, most: int) -> None:
    assert most_of(calls, share) == most


@given(st.integers(0, 60), st.floats(0, 1))
def test_more_than_that_happens_once_in_twenty_times_at_most(calls: int, share: float) -> None:
    most = most_of(calls, share)
    above = sum(comb(calls, k) * share**k * (1 - share) ** (calls - k) for k in range(most + 1, calls + 1))
    assert above <= 0.05 + 1e-9
