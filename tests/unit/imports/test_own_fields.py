"""Fields that an import made go with its roll-back where nothing needs them, and come back with it."""

from __future__ import annotations

from typing import Any

import pytest

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
