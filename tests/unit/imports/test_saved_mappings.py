"""Mappings kept for files that come again: by the last file of the same columns, and under a name."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.imports import refused, saved_mappings, selectors, services
from decroche.contacts.imports.run import run_import
from decroche.contacts.imports.schemas import (
    ColumnTarget,
    ImportStart,
    SavedMappingIn,
    SavedMappingPatch,
    TitleTarget,
)
from tests.unit.imports.conftest import HEADER

ROW = ["Moreau;Léa;0199001234;;Dole;C1"]


def suggested(batch, boss):
    return [column.suggested for column in selectors.import_detail(batch.pk, boss).preview.columns]


def body(name: str, **targets: str) -> SavedMappingIn:
    return SavedMappingIn(name=name, targets=[TitleTarget(header=key, target=value) for key, value in targets.items()])


def test_a_file_with_the_same_columns_in_another_order_is_mapped_as_the_last_one(run_file, upload, boss):
    run_file(ROW, targets=["company", None, "phone", None, "city", None])
    batch = upload("Ville;Téléphone;Portable;Code client;Prénom;Nom\nDole;0199001235;;C2;Léa;Moreau\n")
    assert suggested(batch, boss) == ["city", "phone", None, None, None, "company"]


def test_a_file_with_one_more_column_is_mapped_by_its_titles(run_file, upload, boss):
    run_file(ROW, targets=["company", None, "phone", None, "city", None])
    assert suggested(upload("Nom;Téléphone;Notes\nMoreau;0199001235;x\n"), boss)[0] == "last_name"


def test_refused_rows_sent_back_corrected_are_mapped_as_their_file_and_reported_once(run_file, upload, boss):
    """Bug: the two titles of the report made it another file, and came twice in the rows that were refused again."""
    first = run_file([*ROW, "Durand;Zoé;;;Dole;C2"], targets=["company", None, "phone", None, "city", None])
    text = refused.refused_csv("fr", first.pk).getvalue().decode()
    again = upload(text.replace("Durand;Zoé;", "Durand;Zoé;019900"))
    assert suggested(again, boss) == ["company", None, "phone", None, "city", None, None, None]
    mapping = [ColumnTarget(column=0, target="company"), ColumnTarget(column=2, target="phone")]
    services.start(boss, again.pk, ImportStart(mapping=mapping))
    run_import(again.pk)
    titles, row = refused.refused_csv("fr", again.pk).getvalue().decode("utf-8-sig").splitlines()
    assert titles == f"{HEADER};Ligne;Motif du refus"
    assert row.startswith("Durand;Zoé;019900;;Dole;C2;2;")


def test_a_mapping_is_kept_under_a_name_when_the_import_starts(run_file):
    run_file(ROW, targets=["company", None, "phone", None, None, None], save_mapping_as=" CRM ")
    (kept,) = saved_mappings.list_mappings("fr")
    assert kept.name == "CRM"
    assert [(one.header, one.target) for one in kept.targets] == [("Nom", "company"), ("Téléphone", "phone")]


def test_what_is_tidied_is_remembered_with_the_mapping_of_the_last_file(run_file, upload, boss):
    """Bug: the columns of the same file came back mapped, and the boxes of what to put right empty."""
    run_file(ROW, tidy=["names", "towns"])
    again = upload("\n".join([HEADER, *ROW]))
    assert selectors.import_detail(again.pk, boss).tidy == ["names", "towns"]
    assert selectors.import_detail(upload("Nom;Notes\nMoreau;x\n").pk, boss).tidy == []


def test_what_is_tidied_is_kept_with_a_mapping_under_a_name(run_file, boss):
    """Bug: a mapping that was applied left the boxes of what to put right as they were."""
    run_file(ROW, tidy=["civility"], save_mapping_as="CRM")
    assert saved_mappings.list_mappings("fr")[0].tidy == ["civility"]
    made = saved_mappings.save_mapping(
        boss, SavedMappingIn(**body("ERP", Nom="city").model_dump() | {"tidy": ["towns"]})
    )
    assert made.tidy == ["towns"]
    assert saved_mappings.change_mapping(boss, made.id, SavedMappingPatch(tidy=[])).tidy == []


def test_a_mapping_saved_under_a_name_in_other_letters_takes_its_place(run_file):
    """Bug: "crm" stood beside "CRM", and neither could be renamed to what it was."""
    for name in ("CRM", "crm"):
        run_file(ROW, targets=["company", None, "phone", None, None, None], save_mapping_as=name)
    assert [one.name for one in saved_mappings.list_mappings("fr")] == ["crm"]


def test_a_new_field_is_part_of_the_mapping_that_is_kept(run_file):
    new = [{"column": 4, "label": "Secteur", "kind": "text"}]
    targets = [None, None, "phone", None, None, None]
    run_file(ROW, targets=targets, save_mapping_as="CRM", new_custom_fields=new)
    (kept,) = saved_mappings.list_mappings("fr")
    assert ("Ville", "custom:secteur") in [(one.header, one.target) for one in kept.targets]


def test_the_same_name_replaces_the_mapping(run_file):
    run_file(ROW, targets=["company", None, "phone", None, None, None], save_mapping_as="CRM")
    run_file(ROW, targets=["last_name", None, "phone", None, None, None], save_mapping_as="CRM")
    (kept,) = saved_mappings.list_mappings("fr")
    assert kept.targets[0].target == "last_name"


def test_two_imports_that_start_at_once_under_one_new_name_keep_one_mapping(run_file, upload, boss):
    """Bug: the second was an error of ours, and did not start."""
    batches = [upload(f"{HEADER}\n{ROW[0]}\n") for _ in range(2)]
    failures: list[Exception] = []
    is_kept, both = threading.Event(), threading.Event()

    def keep(index: int) -> None:
        try:
            with transaction.atomic():
                saved_mappings.keep_as(boss, "CRM", batches[index], {0: "company"})
                is_kept.set()
                both.wait(1)  # the other asks meanwhile, and waits
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    first = threading.Thread(target=keep, args=(0,))
    first.start()
    assert is_kept.wait(60)
    second = threading.Thread(target=keep, args=(1,))
    second.start()
    for thread in (first, second):
        thread.join()
    assert failures == []
    assert [one.name for one in saved_mappings.list_mappings("fr")] == ["CRM"]


def test_a_mapping_is_renamed_changed_and_deleted(boss):
    made = saved_mappings.save_mapping(boss, body("CRM", Nom="last_name"))
    changed = saved_mappings.change_mapping(boss, made.id, SavedMappingPatch(name="ERP"))
    assert (changed.name, changed.targets) == ("ERP", made.targets)
    saved_mappings.delete_mapping(boss, made.id)
    assert saved_mappings.list_mappings("fr") == []
    with pytest.raises(NotFound):
        saved_mappings.delete_mapping(boss, made.id)


@pytest.mark.parametrize(
    "wrong", [body("crm", Nom="city"), body(" ", Nom="city"), body("B", Nom="nowhere"), body("C", A="city", B="city")]
)
def test_a_mapping_that_cannot_be_is_refused(boss, wrong):
    saved_mappings.save_mapping(boss, body("CRM", Nom="last_name"))
    with pytest.raises(InvalidFields):
        saved_mappings.save_mapping(boss, wrong)


def test_a_deleted_field_leaves_the_mappings(boss):
    from decroche.contacts.custom_fields.schemas import CustomFieldIn
    from decroche.contacts.custom_fields.services import create_field, delete_field

    field = create_field(boss, CustomFieldIn(label="Secteur"))
    saved_mappings.save_mapping(boss, body("CRM", Nom="last_name", Secteur="custom:secteur"))
    delete_field(boss, field.pk, drop_values=True)
    assert [one.target for one in saved_mappings.list_mappings("fr")[0].targets] == ["last_name"]


def test_agents_do_not_see_mappings_and_supervisors_do(as_agent, as_supervisor):
    assert as_agent.get("/import-mappings").status_code == 403
    made = as_supervisor.post("/import-mappings", body("CRM", Nom="last_name").model_dump()).json()
    assert as_supervisor.patch(f"/import-mappings/{made['id']}", {"name": "ERP"}).json()["name"] == "ERP"
    assert [one["name"] for one in as_supervisor.get("/import-mappings").json()] == ["ERP"]
    assert as_supervisor.delete(f"/import-mappings/{made['id']}").status_code == 204


def test_a_mapping_finds_columns_without_a_title_for_who_reads_english(upload, boss):
    """Bug: the file showed "Column 2" and its mapping "Colonne 2": it was found in no file."""
    boss.language = "en"
    boss.save()
    batch = upload("Nom;;Téléphone\nMoreau;C1;0199001234\nDurand;C2;0199001235\n")
    targets = ["last_name", "client_code", "phone"]
    mapping = [ColumnTarget(column=at, target=target) for at, target in enumerate(targets)]
    services.start(boss, batch.pk, ImportStart(mapping=mapping, save_mapping_as="CRM"))
    again = selectors.import_detail(upload("Nom;;Téléphone\nMoreau;C1;0199001234\n").pk, boss).preview
    titles = [one.header for one in again.columns]
    assert (
        [one.header for one in saved_mappings.list_mappings("en")[0].targets]
        == titles
        == ["Nom", "Column 2", "Téléphone"]
    )
    assert saved_mappings.list_mappings("fr")[0].targets[1].header == "Colonne 2"
