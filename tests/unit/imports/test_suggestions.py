"""What columns seem to hold. Pure."""

from __future__ import annotations

import pytest

from decroche.contacts.imports.targets import STANDARD, by_header, suggest, titles_in


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("NOM", "last_name"),
        ("Prénom", "first_name"),
        ("Raison sociale", "company"),
        ("Code Postal", "postal_code"),
        ("C.P.", "postal_code"),
        ("N° de téléphone", "phone"),
        ("Tél.", "phone"),
        ("Tel portable", "mobile"),
        ("E-Mail", "email"),
        ("Adresse 2", "address2"),
        ("Code_client", "client_code"),
        ("Last Name", "last_name"),
        ("Company", "company"),
        ("Zip Code", "postal_code"),
        ("Télécopie", "fax"),
        ("Civilité", "civility"),
        ("Accord le", "consent_at"),
        ("Chiffre d'affaires", None),
        ("", None),
    ],
)
def test_a_title_names_its_field(header, target):
    assert by_header(header) == target


def test_no_field_is_suggested_twice():
    found = suggest(["Tél", "Téléphone", "Tel fixe"], [["0199001234"] * 3] * 3, {})
    assert found == ["phone", "mobile", "office"]


def test_columns_without_a_telling_title_are_known_by_their_values():
    samples = [
        ["06 39 98 20 11", "0639982012", "0639982013"],
        ["a@exemple.fr", "b@exemple.fr", ""],
        ["25000", "69003", "01000"],
        ["bleu", "vert", "rouge"],
    ]
    assert suggest(["A", "B", "C", "D"], samples, {}) == ["mobile", "email", "postal_code", None]


def test_the_titles_of_a_file_of_refused_rows_are_no_fields_of_contacts():
    """Bug: "Ligne" of such a file, sent back corrected, was taken for a telephone line, with numbers that cannot be."""
    samples = [["Moreau"] * 2, ["0199001234"] * 2, ["12", "14"], ["Aucun numéro à appeler."] * 2]
    for titles in (["Ligne", "Motif du refus"], ["Line", "Reason"]):
        assert suggest(["Nom", "Tél", *titles], samples, {}) == ["last_name", "phone", None, None]
    assert suggest(["Nom", "Ligne"], samples[:2], {}) == ["last_name", "phone"]


def test_this_floor_s_own_fields_come_first():
    assert suggest(["Effectif"], [["12"]], {"effectif": "Effectif"}) == ["custom:effectif"]


def test_a_title_that_was_made_up_names_no_field_of_ones_own():
    """Bug: once "Colonne 1" had been kept as a field, the numbers of every file without titles went there."""
    numbers = ["0199001234", "0199001235"]
    own = {"colonne_1": "Colonne 1", "colonne_3": "Colonne 3"}
    assert suggest(["Colonne 1", "Colonne 3"], [numbers, ["a"]], own) == ["phone", "custom:colonne_3"]


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("05 36 49 70 01", "phone"),
        ("+33 6 39 98 20 11", "mobile"),
        ("a@exemple.fr", "email"),
        ("Mme", "civility"),
        ("25000", None),
        ("552100554", None),
    ],
)
def test_a_file_of_one_row_is_known_by_its_values_where_one_is_telling(value, target):
    """Bug: nothing of a file of one contact was recognised without titles. Five digits alone may be anything."""
    assert suggest(["A"], [[value]], {}) == [target]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_exported_is_known_when_it_comes_back(language):
    """Our own "Complément d’adresse" and "Address, 2nd line" were left for a person to map."""
    from decroche.exports.catalogue.contacts import NUMBERS, RECORD

    titles = {one.key: one.title(language) for one in (*RECORD, *NUMBERS) if one.key in STANDARD}
    assert {key: by_header(title) for key, title in titles.items()} == {key: key for key in titles}


def test_a_made_up_title_is_said_in_the_reader_s_language():
    assert titles_in(["Nom", "Colonne 2", "Colonne 5"], "en") == ["Nom", "Column 2", "Colonne 5"]
    assert titles_in(["Nom", "Colonne 2"], "fr") == ["Nom", "Colonne 2"]
