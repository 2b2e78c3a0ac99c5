"""Numbers in every form that French people and their spreadsheets write."""

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from decroche.contacts import phones
from decroche.contacts.phones import PhoneProblem, find_all, is_mobile, normalise, readable


@pytest.mark.parametrize(
    "text",
    [
        "01 99 00 12 34",
        "01.99.00.12.34",
        "01-99-00-12-34",
        "01/99/00/12/34",
        "0199001234",
        "199001234",
        "+33199001234",
        "+33 1 99 00 12 34",
        "+33 (0)1 99 00 12 34",
        "+33 01 99 00 12 34",
        "0033199001234",
        "00 33 1 99 00 12 34",
        "33199001234",
        "'0199001234",
        '="0199001234"',
        "199001234.0",
        "1,99001234E+08",
        "1.99001234e8",
        "3,3199001234E+10",
        "Tél : 01 99 00 12 34",
        "01 99 00 12 34 (standard)",
        "01 99 00 12 34 poste 12",
        "01\u00a099\u202f00 12\u200b 34",
    ],
)
def test_every_french_form_is_the_same_number(text):
    assert normalise(text) == "+33199001234"


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("0262 20 12 34", "+262262201234"),
        ("+33 262 20 12 34", "+262262201234"),
        ("0692 12 34 56", "+262692123456"),
        ("0639 00 12 34", "+262639001234"),
        ("0590 27 12 34", "+590590271234"),
        ("0696 12 34 56", "+596696123456"),
        ("0694 20 12 34", "+594694201234"),
        ("0508 41 23 45", "+508412345"),
    ],
)
def test_an_overseas_number_dialed_as_from_france_gets_its_own_country_code(text, e164):
    assert normalise(text) == e164


def test_the_fiction_block_of_mobiles_is_not_taken_for_mayotte():
    assert normalise("06 39 98 20 11") == "+33639982011"


@pytest.mark.parametrize(
    ("text", "e164"), [("+32 470 12 34 56", "+32470123456"), ("00 41 21 555 12 12", "+41215551212")]
)
def test_a_foreign_number_needs_its_plus(text, e164):
    assert normalise(text) == e164


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", PhoneProblem.EMPTY),
        (" \u200b ", PhoneProblem.EMPTY),
        ("néant", PhoneProblem.NO_DIGITS),
        ("01 99 00", PhoneProblem.TOO_SHORT),
        ("01 99 00 12 34 5", PhoneProblem.TOO_LONG),
        ("0000000000", PhoneProblem.NOT_ASSIGNED),
        ("112", PhoneProblem.SPECIAL),
        ("3639", PhoneProblem.SPECIAL),
        ("118 218", PhoneProblem.SPECIAL),
        ("0899 12 34 56", PhoneProblem.SPECIAL),
        ("1,99E+08", PhoneProblem.ROUNDED),
    ],
)
def test_what_cannot_be_called_says_why(text, problem):
    assert normalise(text) is problem


@pytest.mark.parametrize(
    "cell",
    [
        "01 99 00 12 34 / 06 39 98 12 34",
        "0199001234;0639981234",
        "01.99.00.12.34 ou 06.39.98.12.34",
        "01-99-00-12-34 - 06-39-98-12-34",
        "0199001234 0639981234",
        "Fixe 0199001234, portable 0639981234",
        "0199001234\n0639981234",
    ],
)
def test_several_numbers_in_one_cell_are_all_found(cell):
    assert find_all(cell) == (["+33199001234", "+33639981234"], None)


def test_a_digit_too_many_is_not_cut_off_to_make_a_number():
    assert find_all("06 39 98 12 34 5") == ([], PhoneProblem.TOO_LONG)


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_what_comes_out_is_e164(text):
    found = normalise(text)
    assert isinstance(found, PhoneProblem) or (found[0] == "+" and found[1:].isascii() and found[1:].isdigit())


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
def test_the_quick_path_agrees_with_the_reference_on_the_mainland(national):
    assume(national[1:4] not in phones._OVERSEAS)  # 0508… is Saint-Pierre's, whatever +33 5 08… is
    e164 = "+33" + national[1:]
    found = normalise(national)
    if isinstance(found, str) and found == e164 and "63998" not in found:
        assert phonenumbers.is_valid_number(phonenumbers.parse(e164))
    if found is PhoneProblem.NOT_ASSIGNED:
        assert not phonenumbers.is_valid_number(phonenumbers.parse(e164))


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True), st.sampled_from([" ", ".", "-", "/", "\u00a0", ""]))
def test_separators_never_change_the_number(national, separator):
    pairs = separator.join(national[i : i + 2] for i in range(0, 10, 2))
    assert normalise(pairs) == normalise(national)


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
def test_what_is_shown_is_read_back_as_the_same_number(national):
    found = normalise(national)
    if isinstance(found, str):
        assert normalise(readable(found)) == found


def test_mobiles_are_told_from_landlines():
    assert is_mobile("+33639981234")
    assert is_mobile("+262692123456")
    assert not is_mobile("+33199001234")
