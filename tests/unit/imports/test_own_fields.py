"""Fields that an import made go with its roll-back where nothing needs them, and come back with it."""

from __future__ import annotations

from typing import Any

import pytest

from decroche.common.errors import InvalidFields
from decroche.contacts.models import Contact, CustomField


@pytest.fixture
def brought(run_file: Any) -> Any:
    """A batch whose last column made the field "Effectif"."""
    from decroche.contacts.imports.schemas import NewCustomField

    def run(**start: Any) -> Any:
        field = NewCustomField(column=2, label="Effectif", kind="number")
        rows = ["Moreau;0199001234;12"]
        return run_file(rows, ["last_name", "phone"], "Nom;Tél;Salariés", new_custom_fields=[field], **start)

    return run


@pytest.fixture
def roll_back(boss: Any) -> Any:
    from decroche.contacts.imports import services
    from decroche.contacts.imports.roll_back import run_roll_back

    def run(batch: Any) -> tuple[list[str], list[str]]:
        services.start_roll_back(boss, batch.pk)
        run_roll_back(batch.pk)
        batch.refresh_from_db()
        return batch.roll_back["fields_removed"], batch.roll_back["fields_kept"]

    return run


@pytest.fixture
def roll_forward(boss: Any) -> Any:
    from decroche.contacts.imports import services
    from decroche.contacts.imports.run import run_import

    def run(batch: Any) -> None:
        services.roll_forward(boss, batch.pk)
        run_import(batch.pk)

    return run


def test_a_field_that_nothing_needs_goes_with_the_batch(brought, roll_back):
    assert roll_back(brought()) == (["Effectif"], [])
    assert not CustomField.objects.exists()


def test_it_comes_back_with_its_values(brought, roll_back, roll_forward):
    batch = brought()
    roll_back(batch)
    roll_forward(batch)
    assert CustomField.objects.get().kind == "number"
    assert list(Contact.objects.get().custom) == ["effectif"]
    assert roll_back(batch) == (["Effectif"], [])


def test_it_stays_while_a_contact_has_a_value(brought, roll_back):
    batch = brought()
    Contact.objects.create(last_name="Durand", custom={"effectif": 4})
    assert roll_back(batch) == ([], ["Effectif"])
    assert CustomField.objects.filter(key="effectif").exists()


def test_a_field_that_was_there_before_is_not_the_batchs(brought, roll_back):
    CustomField.objects.create(key="effectif", label="Effectif", kind="number")
    assert roll_back(brought()) == ([], [])


def in_a_script() -> None:
    from decroche.campaigns.models import Campaign, Script

    pages = [{"id": "a", "text": "Vous êtes {{ contact.custom.effectif }}."}]
    Script.objects.create(campaign=Campaign.objects.create(name="Santé"), pages=pages)


def in_a_filter() -> None:
    from decroche.campaigns.models import Campaign

    Campaign.objects.create(name="Santé", filter={"field": "custom.effectif", "op": "known"})


def in_a_mapping() -> None:
    from decroche.contacts.models import ImportMapping

    ImportMapping.objects.create(name="Salons", targets=[["Salariés", "custom:effectif"]])


@pytest.mark.parametrize("use", [in_a_script, in_a_filter, in_a_mapping])
def test_it_stays_while_something_names_it(brought, roll_back, use):
    batch = brought()
    use()
    assert roll_back(batch) == ([], ["Effectif"])


def test_a_longer_name_is_another_field(brought, roll_back):
    from decroche.contacts.models import ImportMapping

    batch = brought()
    ImportMapping.objects.create(name="Salons", targets=[["Salariés", "custom:effectif_2025"]])
    assert roll_back(batch) == (["Effectif"], [])


def test_one_made_by_hand_meanwhile_takes_the_values(brought, roll_back, roll_forward):
    batch = brought()
    roll_back(batch)
    CustomField.objects.create(key="nombre", label="effectif", kind="number")
    roll_forward(batch)
    assert list(Contact.objects.get().custom) == ["nombre"]


def test_choices_are_known_whatever_their_capitals_and_accents(run_file, boss):
    """Bug: "batiment" was refused where the choice is "Bâtiment"; a new field had both "Santé" and "SANTÉ"."""
    CustomField.objects.create(key="secteur", label="Secteur", kind="choice", choices=["Bâtiment", "Santé"])
    rows = ["Moreau;batiment;0199001234;;;", "Durand;SANTÉ;0199001235;;;", "Petit;Autre;0199001236;;;"]
    batch = run_file(rows, targets=["last_name", "custom:secteur", "phone", None, None, None])
    assert list(Contact.objects.order_by("pk").values_list("custom__secteur", flat=True)) == ["Bâtiment", "Santé"]
    assert batch.counts["refused"] == 1
    rows = ["A;Santé;0199001244;;;", "B;SANTÉ;0199001245;;;", "C;santé;0199001246;;;"]
    new = [{"column": 1, "label": "Métier", "kind": "choice"}]
    run_file(rows, targets=["last_name", None, "phone", None, None, None], new_custom_fields=new)
    assert CustomField.objects.get(label="Métier").choices == ["Santé"]
    assert Contact.objects.filter(custom__metier="Santé").count() == 3


ONE = {"targets": ["last_name", None, "phone", None, None, None]}


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Note", " note"), "text"),  # of one name: the values of the first were lost without a word
        (("note",), "date"),  # there with another type: its rows were refused by one that nobody had chosen
    ],
)
def test_a_new_field_that_cannot_be_is_refused(run_file, names, kind):
    """Bug: both began, and the import spoilt the values."""
    CustomField.objects.create(key="note", label="Note", kind="text")
    new = [{"column": 1 + 3 * index, "label": name, "kind": kind} for index, name in enumerate(names)]
    with pytest.raises(InvalidFields) as refused:
        run_file(["Moreau;a;0199001234;;b;"], new_custom_fields=new, **ONE)
    assert "« note »" in refused.value.field_sentences()["new_custom_fields"].lower()


def test_a_new_field_that_is_there_as_it_is_wanted_is_filled(run_file):
    CustomField.objects.create(key="note", label="Note", kind="text")
    run_file(["Moreau;a;0199001234;;;"], new_custom_fields=[{"column": 1, "label": "note"}], **ONE)
    assert Contact.objects.get().custom == {"note": "a"}
