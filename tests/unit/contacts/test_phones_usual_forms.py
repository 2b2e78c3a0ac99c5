"""The quick path of French numbers says what the reference says, over the whole plan."""

from collections.abc import Callable

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.contacts.phones import find_all, usual_forms

TAILS = ("00000", "12345", "55555", "98765", "99999")
PLAN = [f"{prefix}{tail}" for prefix in range(1000, 10_000) for tail in TAILS]
FORMS: dict[str, Callable[[str], str]] = {
    "national": lambda n: "0" + n,
    "without its zero": str,
    "international": lambda n: "+33" + n,
    "in pairs": lambda n: " ".join(f"0{n}"[i : i + 2] for i in range(0, 10, 2)),
    "with dots": lambda n: ".".join(f"0{n}"[i : i + 2] for i in range(0, 10, 2)),
}


@pytest.mark.parametrize("form", FORMS)
def test_over_all_ranges_of_the_plan_it_never_differs_from_the_careful_path(form):
    cells = [FORMS[form](national) for national in PLAN]
    wrong = [
        cell for cell, quick in zip(cells, usual_forms(cells), strict=True)
        if quick is not None and find_all(cell) != ([quick], None)
    ]  # fmt: skip
    assert wrong == []


def test_over_all_ranges_of_the_plan_what_it_accepts_the_reference_accepts():
    accepted = [one for one in usual_forms(["0" + national for national in PLAN]) if one]
    assert len(accepted) > 30_000
    assert [one for one in accepted if not phonenumbers.is_valid_number(phonenumbers.parse(one))] == []


@given(st.lists(st.text(alphabet="0123456789+ .-|/E,é\u00a0\u0663", max_size=16), min_size=1, max_size=5))
def test_whatever_is_written_it_agrees_or_leaves_it_to_the_careful_path(cells):
    for cell, quick in zip(cells, usual_forms(cells), strict=True):
        assert quick is None or find_all(cell)[0] == ([quick] if quick else [])


def test_excels_scientific_notation_and_overseas_numbers_are_left_to_the_careful_path():
    assert usual_forms(["1,99001234E+08", "0262201234", "01 99 00 12 34"]) == [None, None, None]
