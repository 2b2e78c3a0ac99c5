"""A SIRET is 14 digits that hold together, however they were written; what cannot be one is said, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.contacts import values

GOOD = "73282932000074"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        (GOOD, GOOD),
        ("732 829 320 00074", GOOD),
        ("732.829.320-00074", GOOD),
        ("35600000000048", "35600000000048"),  # the post office
        ("35600000049837", "35600000049837"),
        ("", ""),
        ("73282932000075", None),
        ("732829320", None),
        ("7.32829E+13", None),
        ("00000000000000", None),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", None),
    ],
)
def test_what_is_a_siret(text, digits):
    assert values.siret(text) == digits


@given(st.integers(1, 10**8 - 1), st.integers(1, 99999))
def test_the_zero_that_a_spreadsheet_takes_off_is_put_back(siren, establishment):
    start = f"0{siren:08d}{establishment:05d}"[:13]
    whole = next(start + last for last in "0123456789" if values.siret(start + last))
    assert values.siret(whole.lstrip("0").rjust(13, "0")) == whole


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_seen(position, by):
    wrong = GOOD[:position] + str((int(GOOD[position]) + by) % 10) + GOOD[position + 1 :]
    assert values.siret(wrong) is None


def test_a_record_takes_a_siret_and_refuses_what_cannot_be_one(as_supervisor):
    made = as_supervisor.post("/contacts", {"company": "Éluard", "siret": "732 829 320 00074"}).json()
    assert made["siret"] == GOOD
    refused = as_supervisor.patch(f"/contacts/{made['id']}", {"siret": "123"})
    assert "SIRET" in refused.json()["error"]["fields"]["siret"]
