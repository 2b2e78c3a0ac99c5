"""Rows whose contact is there already, in the base or earlier in the file, by number or by client code."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("policy", ["ignore", "fill", "update"])
def test_the_same_number_twice_in_a_file_is_one_contact(run_file, base, policy):
    batch = run_file(["Moreau;Léa;0199001234;;;", "Autre;;01 99 00 12 34;;;"], duplicates=policy)
    assert len(base()) == 1
    assert (batch.counts["new"], batch.counts["duplicate"]) == (1, 1)


def test_keep_brings_them_all(run_file, base):
    run_file(["Moreau;;0199001234;;;", "Autre;;0199001234;;;"], duplicates="keep")
    assert [row[0] for row in base()] == ["Moreau", "Autre"]


def test_ignore_leaves_the_contact_that_is_there_alone(run_file, base):
    run_file(["Moreau;Léa;0199001234;;;"])
    batch = run_file(["Durand;Max;0199001234;0639982011;Lyon;"], duplicates="ignore")
    assert base() == [("Moreau", "Léa", "", "", "+33199001234")]
    assert batch.counts["duplicate"] == 1


def test_fill_completes_what_is_empty_only(run_file, base):
    run_file(["Moreau;;0199001234;;;"])
    batch = run_file(["Durand;Max;0199001234;0639982011;Lyon;C1"], duplicates="fill")
    assert base() == [("Moreau", "Max", "Lyon", "C1", "+33199001234", "+33639982011")]
    assert batch.counts["updated"] == 1


def test_update_replaces_by_what_the_file_has_and_keeps_the_rest(run_file, base):
    run_file(["Moreau;Léa;0199001234;;Lyon;"])
    run_file(["Durand;;0199001234;;Dole;"], duplicates="update")
    assert base() == [("Durand", "Léa", "Dole", "", "+33199001234")]


def test_an_update_that_changes_nothing_is_a_duplicate(run_file):
    run_file(["Moreau;Léa;0199001234;;;"])
    counts = run_file(["Moreau;Léa;0199001234;;;"], duplicates="update").counts
    assert (counts["updated"], counts["duplicate"]) == (0, 1)


def test_a_client_code_recognises_a_contact_whose_number_changed(run_file, base):
    run_file(["Moreau;;0199001234;;;C1"])
    run_file(["Moreau;;0199001299;;;C1"], duplicates="update")
    assert base() == [("Moreau", "", "", "C1", "+33199001299")]


def test_rows_may_update_by_client_code_without_a_number(run_file, base):
    run_file(["Moreau;;0199001234;;;C1"])
    batch = run_file(["C1;Dole", "C9;Lyon"], ["client_code", "city"], "Code client;Ville", duplicates="update")
    assert base() == [("Moreau", "", "Dole", "C1", "+33199001234")]
    assert list(batch.refused.values_list("reason", flat=True)) == ["phone_missing"]


def test_only_the_chosen_keys_are_looked_at(run_file, base):
    run_file(["A;;0199001234;;;C1", "B;;0199001234;;;C2"], match_by=["client_code"])
    assert len(base()) == 2


def test_rows_linked_through_one_another_are_one_contact(run_file, base):
    rows = ["A;;0199001234;;;C1", "B;;0199001235;;;C1", "C;;0199001236;0199001235;;", "D;;0199001236;;;"]
    batch = run_file(rows, duplicates="fill")
    assert len(base()) == 1
    assert batch.counts["duplicate"] == 3


def test_rows_of_one_contact_are_merged_first_value_first(run_file, base):
    run_file(["Moreau;;0199001234;;;", "Durand;Léa;0199001234;;Lyon;"], duplicates="fill")
    assert base() == [("Moreau", "Léa", "Lyon", "", "+33199001234")]


def test_a_row_without_a_number_joins_the_one_that_has_it(run_file, base):
    run_file(["Moreau;;;;Lyon;C1", ";Léa;0199001234;;;C1"], duplicates="fill")
    assert base() == [("Moreau", "Léa", "Lyon", "C1", "+33199001234")]


def test_a_fax_makes_no_duplicate(run_file, base):
    targets, header = ["last_name", "phone", "fax"], "Nom;Tél;Fax"
    run_file(["A;0199001234;0199001299"], targets, header)
    run_file(["B;0199001299;"], targets, header)
    assert len(base()) == 2


def test_the_mapping_of_the_last_file_alike_is_remembered(run_file, upload, boss):
    from decroche.contacts.imports import selectors
    from tests.unit.imports.conftest import HEADER

    run_file(["Moreau;;0199001234;;;"], ["company", "", "mobile", "", "city", ""])
    columns = selectors.import_detail(upload(f"{HEADER}\nX;;0199001235;;;").pk, boss).preview.columns
    assert [one.suggested for one in columns] == ["company", None, "mobile", None, "city", None]
