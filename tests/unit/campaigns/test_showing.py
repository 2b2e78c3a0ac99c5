"""Which number a call shows: the nearest kind, lawful, the least used today, below its limit."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.campaigns.departments import DEPARTMENTS, department_range
from decroche.campaigns.showing import Choice, Shown, choose, department_of
from decroche.compliance.presented import may_serve

IN_LYON, IN_PARIS, MOBILE = "+33465710001", "+33199000001", "+33639980001"
A, B, C = "+33199000091", "+33199000092", "+33465710093"
POLYVALENT, TERRITORIAL = "+33162001234", "+33142685300"


def shown(numbers: list[Shown], **facts: Any) -> Choice:
    usual: dict[str, Any] = {"called": IN_LYON, "postal_code": "69003", "automatic": True, "on_simulator": True}
    return choose(numbers, **usual | {"today": {}, "principal": "732829320"} | facts)


@pytest.mark.parametrize(
    ("called", "postal_code", "expected"),
    [(IN_LYON, "69003", A), (IN_LYON, "01000", B), (MOBILE, "69003", A), (IN_PARIS, "75011", C), (MOBILE, "", C)],
    ids=["department", "zone", "department of a mobile", "neither", "nothing known"],
)
def test_the_nearest_number_is_shown(called: str, postal_code: str, expected: str) -> None:
    numbers = [Shown(C), Shown(B, zone="4"), Shown(A, department="69")]
    assert shown(numbers, called=called, postal_code=postal_code) == Choice(expected)


def test_numbers_of_one_kind_take_turns() -> None:
    today: Counter[str] = Counter()
    for _ in range(9):
        today[shown([Shown(B), Shown(A), Shown(C)], today=today).e164] += 1
    assert today == {A: 3, B: 3, C: 3}


def test_a_number_at_its_limit_lets_the_next_kind_serve_and_then_waits() -> None:
    numbers = [Shown(A, zone="4", daily_limit=10), Shown(B, daily_limit=5)]
    assert shown(numbers, today={A: 9}) == Choice(A)
    assert shown(numbers, today={A: 10}) == Choice(B)
    assert shown(numbers, today={A: 10, B: 5}) == Choice(A, exhausted=True)


def test_the_number_of_another_zone_never_steps_in() -> None:
    numbers = [Shown(A, zone="1"), Shown(B, zone="4", daily_limit=1), Shown(C, department="75")]
    assert shown(numbers, today={B: 1}) == Choice(B, exhausted=True)
    assert shown([Shown(A, zone="1")]) == Choice("")


def test_a_machine_shows_a_verified_number_though_another_is_nearer() -> None:
    numbers = [Shown(TERRITORIAL, zone="4"), Shown(POLYVALENT)]
    assert shown(numbers, on_simulator=False) == Choice(POLYVALENT)
    assert shown(numbers, on_simulator=False, automatic=False) == Choice(TERRITORIAL)


def test_where_none_is_lawful_the_judge_is_shown_one() -> None:
    assert shown([Shown(TERRITORIAL, daily_limit=1)], today={TERRITORIAL: 9}) == Choice(TERRITORIAL)
    assert shown([Shown(A)], on_simulator=False) == Choice(A)


LIMITS = st.one_of(st.none(), st.integers(1, 3))
BY_ZONE = st.tuples(
    st.sampled_from([A, B, C, POLYVALENT, TERRITORIAL]), st.sampled_from(["", "1", "4", "67"]), st.just(""), LIMITS
)
BY_DEPARTMENT = st.tuples(st.sampled_from([A, B, C]), st.just(""), st.sampled_from(["69", "75"]), LIMITS)
NUMBERS = st.one_of(BY_ZONE, BY_DEPARTMENT).map(lambda one: Shown(*one))


@given(
    numbers=st.lists(NUMBERS, max_size=8),
    today=st.dictionaries(st.sampled_from([A, B, C, POLYVALENT, TERRITORIAL]), st.integers(0, 4)),
    called=st.sampled_from([IN_LYON, IN_PARIS, MOBILE, "+262262201122"]),
    postal_code=st.sampled_from(["69003", "75011", "97400", ""]),
    automatic=st.booleans(),
)
def test_whatever_is_shown_is_lawful_meant_for_this_call_and_below_its_limit(
    numbers: list[Shown], today: dict[str, int], called: str, postal_code: str, automatic: bool
) -> None:
    facts = {"today": today, "called": called, "postal_code": postal_code, "automatic": automatic}
    choice = shown(numbers, **facts)
    assert choice == shown(list(reversed(numbers)), **facts) or not may_serve(choice.e164, automatic=automatic)
    zone = {IN_LYON: "4", IN_PARIS: "1", MOBILE: "67"}.get(called, "-")
    meant = [
        one
        for one in numbers
        if one.is_default or one.zone == zone or one.department == department_of(postal_code) != ""
    ]
    lawful = [one for one in meant if may_serve(one.e164, automatic=automatic)]
    left = [one for one in lawful if one.daily_limit is None or today.get(one.e164, 0) < one.daily_limit]
    assert choice.exhausted == (bool(lawful) and not left)
    if left:
        assert choice.e164 in {one.e164 for one in left}
    elif meant:
        assert choice.e164 in {one.e164 for one in meant}
    else:
        assert choice.e164 == ""


@pytest.mark.parametrize(
    ("holder", "principal", "expected"),
    [("732829320", "732829320", A), ("", "732829320", A), ("552100554", "", A), ("552100554", "732829320", B)],
    ids=["its own", "nobody wrote whose", "no principal yet", "of another"],
)
def test_a_number_of_another_principal_is_passed_over(holder: str, principal: str, expected: str) -> None:
    assert shown([Shown(A, zone="4", holder=holder), Shown(B)], principal=principal).e164 == expected


def test_where_all_are_of_others_the_judge_is_told_whose() -> None:
    assert shown([Shown(A, holder="552100554")]) == Choice(A, holder="552100554")


@pytest.mark.parametrize("code", DEPARTMENTS)
def test_each_department_is_known_by_its_first_and_last_postal_code(code: str) -> None:
    first, last = department_range(code)
    assert [department_of(f"{one:05d}") for one in (first, last)] == [code, code]


@pytest.mark.parametrize("text", ["", "6900", "SW1A 1AA", "B-1000", "²²²²²"])
def test_what_is_no_french_postal_code_has_no_department(text: str) -> None:
    assert department_of(text) == ""
