"""Numbers that find no place in their contact are listed, never lost in silence; reasons are counted."""

from __future__ import annotations

from decroche.contacts.imports import refused, selectors
from decroche.contacts.imports.rows import LEFT_OUT

TARGETS = ["last_name", "phone"]
HEADER = "Nom;Tél"
FOUR = "Moreau;0199001231, 0199001232 / 0639982011 ; 0199001234".replace(" ; ", " & ")


def listed(boss, batch, code=LEFT_OUT):
    return [
        (one.row_number, one.reason)
        for one in refused.list_refused("fr", batch.pk, cursor="", limit=50, code=code).items
    ]


def test_several_numbers_of_a_cell_go_to_free_kinds_and_the_rest_is_listed(run_file, boss):
    from decroche.contacts.models import ContactPhone

    batch = run_file([FOUR], targets=TARGETS, header=HEADER)
    assert sorted(ContactPhone.objects.values_list("kind", "e164")) == [
        ("mobile", "+33639982011"),
        ("office", "+33199001232"),
        ("phone", "+33199001231"),
    ]
    assert listed(boss, batch) == [(2, "Fiche importée sans : 01 99 00 12 34.")]
    assert (batch.counts["new"], batch.counts["refused"], batch.counts["dropped_numbers"]) == (1, 0, 1)


def test_a_number_that_cannot_be_is_listed_where_the_contact_has_another(run_file, boss):
    batch = run_file(["Moreau;0199001234;néant"], targets=["last_name", "phone", "mobile"], header="Nom;Tél;Mob")
    assert listed(boss, batch) == [(2, "Fiche importée sans : néant.")]


def test_a_part_of_a_cell_that_is_no_number_is_listed(run_file, boss):
    batch = run_file(["Moreau;0199001234 / 019900"], targets=TARGETS, header=HEADER)
    assert listed(boss, batch) == [(2, "Fiche importée sans : 019900.")]


def test_numbers_left_out_are_not_among_the_refused_rows(run_file, boss):
    batch = run_file([FOUR, "Durand;12"], targets=TARGETS, header=HEADER)
    assert [number for number, _ in listed(boss, batch, code="")] == [3]
    text = refused.refused_csv("fr", batch.pk).getvalue().decode("utf-8-sig")
    assert "Moreau" not in text
    assert "Moreau" in refused.refused_csv("fr", batch.pk, code=LEFT_OUT).getvalue().decode("utf-8-sig")


def test_what_happened_is_counted_by_reason(run_file, boss):
    batch = run_file(["A;12", "B;13", "C;néant", FOUR], targets=TARGETS, header=HEADER)
    reasons = selectors.import_detail(batch.pk, boss).reasons
    assert sum(one.count for one in reasons) == 4
    assert [one.count for one in reasons] == sorted((one.count for one in reasons), reverse=True)
    assert {one.code for one in reasons} >= {"phone_no_digits", LEFT_OUT}


def test_a_choice_takes_its_choices_from_the_whole_file(run_file):
    from decroche.contacts.models import CustomField

    rows = [f"Moreau;0199001{number:03};{'bleu' if number % 2 else 'vert'}" for number in range(40)]
    new = [{"column": 2, "label": "Couleur", "kind": "choice"}]
    batch = run_file(rows, targets=TARGETS, header="Nom;Tél;Couleur", new_custom_fields=new, duplicates="keep")
    assert CustomField.objects.get().choices == ["bleu", "vert"]
    assert batch.counts["new"] == 40
