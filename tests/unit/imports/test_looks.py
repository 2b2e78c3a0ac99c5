"""What columns look like: the types of new fields, the kinds of numbers. Pure."""

from __future__ import annotations

import pytest

from decroche.contacts.imports.looks import field_kind, number_kinds


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (["31/12/2026", "01/02/2025", ""], "date"),
        (["2026-12-31", "2025-02-01 10:00:00"], "date"),
        (["31/02/2026", "01/02/2025"], "text"),
        (["1 200,50 €", "12", "-3"], "number"),
        (["007", "012"], "text"),
        (["12345678901234567", "2"], "text"),
        (["oui", "Non", "OUI"], "yes_no"),
        (["https://exemple.fr/a", "http://exemple.fr"], "link"),
        (["www.exemple.fr", "WWW.exemple.fr/page"], "link"),
        (["www.", "www.exemple.fr"], "text"),
        (["rouge", "vert"] * 10, "choice"),
        (["rouge", "vert"], "text"),
        ([f"note {number}" for number in range(40)], "text"),
        (["31/12/2026"], "date"),
        (["https://exemple.fr"], "link"),
        (["12"], "text"),
        (["oui"], "text"),
        (["", ""], "text"),
        ([], "text"),
    ],
)
def test_the_type_of_a_new_field_is_told_by_its_values(column, kind):
    assert field_kind(column) == kind


def test_numbers_of_a_column_are_counted_by_kind():
    column = [
        "0199001234",
        "0639982011",
        "0800123456",
        "0262201234",
        "+32470123456",
        "12",
        "",
        "0199001234 / 0639982011",
    ]
    assert number_kinds(column) == {
        "fixed": 2, "mobile": 2, "special": 1, "overseas": 1, "foreign": 1, "impossible": 1, "several": 1,
    }  # fmt: skip
