"""Overseas numbers, as a file writes them, by both ways of reading: E.164 with their own code."""

from __future__ import annotations

import json

import pytest

from decroche.contacts.imports.columns import ColumnReader
from decroche.contacts.imports.looks import number_kind
from decroche.contacts.imports.rows import STAGED, RowReader

NUMBERS = [
    ("0262 20 12 34", "+262262201234", "overseas"),  # Réunion
    ("262201234", "+262262201234", "overseas"),  # its zero lost in a spreadsheet
    ("06 92 12 34 56", "+262692123456", "overseas"),
    ("0269 61 12 34", "+262269611234", "overseas"),  # Mayotte
    ("0639 69 12 34", "+262639691234", "overseas"),
    ("0590 27 12 34", "+590590271234", "overseas"),  # Guadeloupe
    ("0690 35 12 34", "+590690351234", "overseas"),
    ("0594 30 12 34", "+594594301234", "overseas"),  # Guyane
    ("06 94 20 12 34", "+594694201234", "overseas"),
    ("0596 60 12 34", "+596596601234", "overseas"),  # Martinique
    ("0696 20 12 34", "+596696201234", "overseas"),
    ("0508 41 23 45", "+508412345", "overseas"),  # Saint-Pierre-et-Miquelon: six digits
    ("+262 262 20 12 34", "+262262201234", "overseas"),
    ("00596596601234", "+596596601234", "overseas"),
    ("+687 27 12 34", "+687271234", "overseas"),  # Nouvelle-Calédonie, a plan of its own
    ("0199001234", "+33199001234", "fixed"),
    ("0639982011", "+33639982011", "mobile"),
    ("+32 470 12 34 56", "+32470123456", "foreign"),
]


@pytest.mark.parametrize(("typed", "e164", "kind"), NUMBERS)
def test_an_overseas_number_gets_its_own_code(typed, e164, kind):
    read = ColumnReader(RowReader({0: "phone"}, ["Tél"], {})).read([(2, [typed])])
    staged = dict(zip(STAGED, read.lines.rstrip("\n").split("\t"), strict=True))
    assert (staged["phone"], json.loads(staged["custom"])) == (e164, {})
    assert number_kind(e164) == kind
