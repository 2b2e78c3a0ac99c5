"""Rows whose contact was there already are listed, each with what it is the duplicate of."""

from __future__ import annotations

import csv
import io

import pytest


@pytest.fixture
def listed():
    """`listed(batch)` → (line, reason, cells) of its duplicates, as the downloaded file has them."""
    from decroche.contacts.imports.refused import refused_csv

    def read(batch, code="duplicate", language="fr"):
        text = b"".join(refused_csv(language, batch.pk, code)).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
        return [(int(row[-2]), row[-1], row[:-2]) for row in rows]

    return read


def test_a_repeated_line_names_the_line_that_was_imported(run_file, listed):
    batch = run_file(["Moreau;Léa;0199001234;;;", "Durand;;0199001235;;;", "Autre;;01 99 00 12 34;;Dole;"])
    cells = ["Autre", "", "01 99 00 12 34", "", "Dole", ""]
    assert listed(batch) == [(4, "Doublon de la ligne 2 (même numéro).", cells)]
    assert listed(batch, language="en")[0][1] == "Duplicate of line 2 (same number)."


def test_a_line_of_a_contact_of_the_base_names_it_and_by_what(run_file, listed):
    from decroche.contacts.models import Contact

    run_file(["Moreau;Léa;0199001234;;;C1"])
    known = Contact.objects.get()
    batch = run_file(["Moreau;;0199001299;;;C1"])
    assert listed(batch)[0][:2] == (2, f"Déjà dans la base : fiche {known.pk}, Léa Moreau (même code client).")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("phone", "même numéro"),
        ("email", "même e-mail"),
        ("siret", "même SIRET"),
        ("name", "mêmes nom et code postal"),
    ],
)
def test_each_way_of_recognising_is_said(run_file, listed, key, words):
    rows = [f"Moreau;39100;lea@exemple.fr;73282932000074;019900123{end}" for end in (4, 4)]
    columns = ["last_name", "postal_code", "email", "siret", "phone"]
    batch = run_file(rows, columns, "Nom;CP;Mail;SIRET;Tél", match_by=[key])
    assert listed(batch)[0][1] == f"Doublon de la ligne 2 ({words})."
    again = run_file(rows[:1], columns, "Nom;CP;Mail;SIRET;Tél", match_by=[key])
    assert listed(again)[0][1].endswith(f"Moreau ({words}).")


def test_a_line_linked_through_another_says_no_more_than_is_so(run_file, listed):
    rows = ["A;;0199001234;;;", "B;;0199001234;0639982011;;", "C;;;0639982011;;"]
    assert [one[1] for one in listed(run_file(rows))] == [
        "Doublon de la ligne 2 (même numéro).",
        "Doublon de la ligne 2.",
    ]


@pytest.mark.parametrize("policy", ["fill", "update"])
def test_lines_that_complete_a_contact_are_told_from_those_that_changed_nothing(run_file, listed, policy):
    run_file(["Moreau;Léa;0199001234;;;"])
    rows = ["Moreau;Léa;0199001234;;;", "Durand;;0199001235;;;", "Durand;Max;0199001235;;;"]
    batch = run_file(rows, duplicates=policy)
    lines = listed(batch)
    assert (lines[0][0], lines[0][1].split(" : ")[0]) == (2, "Déjà dans la base, rien à changer")
    assert lines[1][:2] == (4, "Réunie à la ligne 3 (même numéro).")


@pytest.mark.parametrize("policy", ["ignore", "fill", "update", "keep"])
def test_as_many_are_listed_as_are_counted(run_file, listed, policy):
    run_file(["Moreau;Léa;0199001234;;;C1", "Petit;;0199001239;;;C2"])
    rows = ["A;;0199001234;;;", "B;;;;;C1", "C;;0199001235;;;", "D;;0199001235;;;C2", "E;;0199001236;;;", "F;;;;;C9"]
    batch = run_file(rows, duplicates=policy)
    assert len(listed(batch)) == batch.counts["duplicate"]


def test_they_are_among_the_reasons_and_not_among_the_refused(run_file, boss, listed):
    from decroche.contacts.imports import selectors
    from decroche.contacts.imports.refused import list_refused

    batch = run_file(["A;;0199001234;;;", "B;;0199001234;;;", "C;;99;;;"])
    counted = {one.code: one.count for one in selectors.import_detail(batch.pk, boss).reasons}
    assert counted == {"phone_too_short": 1, "duplicate_line": 1}
    assert [one.row_number for one in list_refused("fr", batch.pk, cursor="", limit=50).items] == [4]
    (shown,) = list_refused("fr", batch.pk, cursor="", limit=50, code="duplicate_line").items
    assert (shown.row_number, shown.cells[0]) == (3, "B")
    assert len(listed(batch, code="")) == 1


def test_once_the_file_is_gone_lines_and_reasons_stay(run_file, listed, uploads):
    batch = run_file(["A;;0199001234;;;", "B;;0199001234;;;"])
    (uploads / batch.stored_as).unlink()
    assert listed(batch) == [(3, "Doublon de la ligne 2 (même numéro).", [""] * 6)]


def test_the_name_of_a_contact_goes_with_its_erasure(run_file, listed, boss):
    from decroche.contacts.erasing.services import erase
    from decroche.contacts.models import Contact

    run_file(["Moreau;Léa;0199001234;;;"])
    batch = run_file(["Moreau;Léa;0199001234;;;"])
    contact = Contact.objects.get()
    erase(boss, [contact.pk])
    assert "Moreau" not in listed(batch)[0][1]


def test_a_batch_rolled_forward_lists_them_anew(run_file, listed, boss):
    from decroche.contacts.imports import services
    from decroche.contacts.imports.roll_back import run_roll_back
    from decroche.contacts.imports.run import run_import

    batch = run_file(["A;;0199001234;;;", "B;;0199001234;;;"])
    services.start_roll_back(boss, batch.pk)
    run_roll_back(batch.pk)
    services.roll_forward(boss, batch.pk)
    run_import(batch.pk)
    assert [one[0] for one in listed(batch)] == [3]
