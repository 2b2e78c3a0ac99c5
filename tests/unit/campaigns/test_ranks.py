"""Ranks sort by their bytes as their values do, up and down, the blank last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection


def ranks(function: str, values: Sequence[Any], descending: bool) -> list[Any]:
    """The values, in the order of their ranks."""
    kind = {"text": "text", "number": "double precision"}[function]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT v FROM unnest(%s::{kind}[]) WITH ORDINALITY AS u(v, n)"
            f' ORDER BY campaigns_rank_{function}(v, %s) COLLATE "C", n',
            [list(values), descending],
        )
        return [row[0] for row in cursor.fetchall()]


NUMBERS = [0.0, 1.0, -1.0, 2.5, -2.5, 1e15, -1e15, 1e-9, -1e-9, 300.0, 25.0]
TEXTS = ["Élan", "etage", "Zoé", "abeille", "Abri", "a", "ab", "éa", "Boulangerie Durand", "Boulangerie Martin", "9"]


@pytest.mark.parametrize("descending", [False, True])
def test_numbers(db: None, descending: bool) -> None:
    assert ranks("number", NUMBERS, descending) == sorted(NUMBERS, reverse=descending)


@pytest.mark.parametrize("descending", [False, True])
def test_texts_without_accents_or_capitals(db: None, descending: bool) -> None:
    folded = {text: text.lower().replace("é", "e") for text in TEXTS}
    assert ranks("text", TEXTS, descending) == sorted(TEXTS, key=folded.__getitem__, reverse=descending)


@pytest.mark.parametrize("descending", [False, True])
def test_the_blank_comes_last(db: None, descending: bool) -> None:
    assert ranks("text", ["", "zz", "aa", " "], descending)[2:] == ["", " "]
    assert ranks("number", [None, 5.0, -5.0], descending)[2] is None


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), (" -3,5 ", -3.5), ("1.5", 1.5), ("douze", None), ("", None), ("1e9", None)]
)
def test_a_number_is_read_as_people_write_it(db: None, text: str, number: float | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT campaigns_number(%s)", [text])
        assert cursor.fetchone()[0] == number
