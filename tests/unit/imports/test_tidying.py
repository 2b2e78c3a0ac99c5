"""Names, towns and civilities are put right where somebody asked for it, and only there."""

from __future__ import annotations

import pytest

from decroche.contacts.imports import tidy
from decroche.contacts.models import Contact

ROW = ["MR;DUPONT-DURAND;JEAN PAUL;0199001234;BOULOGNE SUR MER"]
TARGETS = ["civility", "last_name", "first_name", "phone", "city"]
HEADER = "Civ;Nom;Prénom;Tél;Ville"


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("DUPONT", "Dupont"),
        ("jean-pierre", "Jean-Pierre"),
        ("JEAN DE LA FONTAINE", "Jean de la Fontaine"),
        ("DE GAULLE", "De Gaulle"),
        ("O'BRIEN", "O'Brien"),
        ("ÉLÉONORE", "Éléonore"),
        ("McDonald", "McDonald"),
        ("Le Goff", "Le Goff"),
        ("", ""),
    ],
)
def test_names_in_one_case_get_their_capitals(typed, tidied):
    assert tidy.name(typed) == tidied


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("BOULOGNE-SUR-MER", "Boulogne-sur-Mer"),
        ("L'ISLE-D'ABEAU", "L'Isle-d'Abeau"),
        ("la roche sur yon", "La Roche sur Yon"),
        ("PARIS CEDEX 08", "Paris Cedex 08"),
        ("Aix-en-Provence", "Aix-en-Provence"),
    ],
)
def test_towns_in_one_case_get_their_capitals(typed, tidied):
    assert tidy.town(typed) == tidied


def kept() -> tuple[str, ...]:
    return Contact.objects.values_list("civility", "last_name", "first_name", "city").get()


def test_nothing_is_tidied_where_nobody_asked(run_file):
    run_file(ROW, targets=TARGETS, header=HEADER)
    assert kept() == ("MR", "DUPONT-DURAND", "JEAN PAUL", "BOULOGNE SUR MER")


def test_what_was_asked_is_tidied(run_file):
    run_file(ROW, targets=TARGETS, header=HEADER, tidy=["civility", "names", "towns"])
    assert kept() == ("M.", "Dupont-Durand", "Jean Paul", "Boulogne sur Mer")


def test_each_is_asked_by_itself(run_file):
    run_file(ROW, targets=TARGETS, header=HEADER, tidy=["towns"])
    assert kept() == ("MR", "DUPONT-DURAND", "JEAN PAUL", "Boulogne sur Mer")
