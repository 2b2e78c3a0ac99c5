"""From a file to contacts: what is kept, what is refused and why, and that a batch is whole or not there."""

from __future__ import annotations

import csv
import io

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def refused(batch) -> list[tuple[int, str]]:
    return list(batch.refused.values_list("row_number", "reason"))


def test_rows_become_contacts_with_their_numbers(run_file, base):
    batch = run_file(["Moreau;Léa;01 99 00 12 34;06.39.98.20.11;Lyon;C1", "Durand;Max;199001235;;Dole;"])
    assert base() == [
        ("Moreau", "Léa", "Lyon", "C1", "+33199001234", "+33639982011"),
        ("Durand", "Max", "Dole", "", "+33199001235"),
    ]
    assert (batch.status, batch.counts["new"], batch.rows_done) == ("done", 2, 2)


def test_several_numbers_in_one_cell_go_to_free_kinds(run_file):
    from decroche.contacts.models import ContactPhone

    run_file(["Moreau;;01 99 00 12 34 / 06 39 98 20 11 / 03 53 01 00 01;;;"])
    kinds = dict(ContactPhone.objects.values_list("kind", "e164"))
    assert kinds == {"phone": "+33199001234", "mobile": "+33639982011", "office": "+33353010001"}


def test_each_refused_row_is_kept_whole_with_its_reason(run_file):
    rows = ["Sans;;;;Lyon;", "Court;;01 99;;;", f"Long;;0199001234;;{'x' * 200};", "Trop;;0199001235;;;;extra"]
    batch = run_file([*rows, "Bon;;0199001236;;;"])
    assert refused(batch) == [
        (2, "phone_missing"),
        (3, "phone_too_short"),
        (4, "cell_too_long"),
        (5, "too_many_cells"),
    ]
    assert batch.refused.get(row_number=2).cells[:5] == ["Sans", "", "", "", "Lyon"]
    assert batch.counts["new"] == 1


def test_counts_add_up_to_the_rows_of_the_file(run_file, boss):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33199001239", created_at=boss.created_at)
    batch = run_file(["A;;0199001234;;;", "B;;0199001234;;;", ";;;;;", "C;;99;;;", "D;;0199001239;;;"])
    parts = ("new", "updated", "duplicate", "refused", "empty", "do_not_call")
    assert [batch.counts[part] for part in parts] == [1, 0, 1, 1, 1, 1]
    assert batch.rows_total == 5


def test_a_wrong_number_beside_a_good_one_is_left_out_and_counted(run_file, base):
    batch = run_file(["Moreau;;0199001234;06 39;;"])
    assert base()[0][-1] == "+33199001234"
    assert batch.counts["dropped_numbers"] == 1


def test_a_contact_whose_numbers_are_all_on_the_list_is_not_brought(run_file, boss, base):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33199001234", created_at=boss.created_at)
    batch = run_file(["Moreau;;0199001234;;;", "Durand;;0199001234;0639982011;;"])
    assert [row[0] for row in base()] == ["Durand"]
    assert refused(batch) == [(2, "do_not_call")]


def test_a_formula_stays_text_and_is_harmless_in_the_file_of_refused_rows(run_file, boss):
    from decroche.contacts.imports.refused import refused_csv

    batch = run_file(['=HYPERLINK("http://x");@SUM(A1);01 99;+33 6;-2;\''])
    text = b"".join(refused_csv("fr", batch.pk)).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert (row[0][:2], row[1][:2], row[3], row[4]) == ("'=", "'@", "+33 6", "-2")
    assert "chiffres" in row[-1]


def test_the_corrected_file_of_refused_rows_can_be_imported(run_file, upload, boss):
    from decroche.contacts.imports.refused import refused_csv

    batch = run_file(["Moreau;Léa;01 99;;Lyon;"])
    data = b"".join(refused_csv("fr", batch.pk)).replace(b"01 99", b"0199001234")
    again = upload(data, "corrige.csv")
    assert again.columns[:6] == batch.columns


def test_new_fields_are_made_and_filled(run_file):
    from decroche.contacts.imports.schemas import NewCustomField
    from decroche.contacts.models import Contact, CustomField

    run_file(
        ["Moreau;0199001234;12"], ["last_name", "phone"], "Nom;Tél;Effectif",
        new_custom_fields=[NewCustomField(column=2, label="Effectif", kind="number")],
    )  # fmt: skip
    assert Contact.objects.get().custom == {"effectif": 12}
    assert CustomField.objects.get().label == "Effectif"


def test_a_campaign_s_queue_is_fed_with_those_that_can_be_dialed(run_file):
    from decroche.campaigns.models import Campaign, QueueEntry

    campaign = Campaign.objects.create(name="Santé")
    batch = run_file(["A;;0199001234;;;", "B;;0199001235;;;"], campaign_id=campaign.pk)
    assert (
        batch.counts["queued"]
        == QueueEntry.objects.filter(campaign=campaign, batch=batch, state="waiting").count()
        == 2
    )


def test_postal_codes_and_civilities_are_put_right(run_file):
    from decroche.contacts.models import Contact

    targets = ["civility", "last_name", "postal_code", "phone"]
    run_file(["monsieur;Moreau;1000;0199001234"], targets, "Civ;Nom;CP;Tél", tidy=["civility"])
    one = Contact.objects.get()
    assert (one.civility, one.postal_code) == ("M.", "01000")


def test_five_thousand_rows_in_cp1252_are_imported(upload, boss):
    from decroche.contacts.imports import selectors, services
    from decroche.contacts.imports.run import run_import
    from decroche.contacts.imports.schemas import ColumnTarget, ImportStart

    rows = "".join(f"Lefèvre{i};Hélène;04 65 71 {i // 100:02d} {i % 100:02d}\r\n" for i in range(5000))
    batch = upload(f"Nom;Prénom;Téléphone\r\n{rows}".encode("cp1252"))
    columns = selectors.import_detail(batch.pk, boss).preview.columns
    mapping = [ColumnTarget(column=one.index, target=str(one.suggested)) for one in columns]
    services.start(boss, batch.pk, ImportStart(mapping=mapping))
    run_import(batch.pk)
    batch.refresh_from_db()
    assert batch.counts["new"] == 5000


# ── Whole or not there ───────────────────────────────────────────────────────


def started(upload, boss, rows=3):
    from decroche.contacts.imports import services
    from decroche.contacts.imports.schemas import ColumnTarget, ImportStart

    batch = upload("Nom;Tél\n" + "".join(f"N{i};01990012{i:02d}\n" for i in range(rows)))
    mapping = [ColumnTarget(column=0, target="last_name"), ColumnTarget(column=1, target="phone")]
    services.start(boss, batch.pk, ImportStart(mapping=mapping))
    return batch


def test_a_failure_on_the_way_leaves_nothing_behind(upload, boss, base, monkeypatch):
    from decroche.contacts.imports import merge, run

    batch = started(upload, boss)
    monkeypatch.setattr(merge, "_insert_new", lambda *args: 1 / 0)
    run.run_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.error, base(), batch.refused.count()) == ("failed", "import_failed", [], 0)


def test_a_cancelled_import_leaves_nothing_behind(upload, boss, base):
    from decroche.contacts.imports import run, services
    from decroche.contacts.models import ImportBatch

    batch = started(upload, boss)
    ImportBatch.objects.filter(pk=batch.pk).update(status="running")
    services.cancel(boss, batch.pk)
    run.run_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, base()) == ("cancelled", [])


def test_an_import_that_no_worker_took_is_cancelled_at_once(upload, boss):
    from decroche.contacts.imports import run, services

    batch = started(upload, boss)
    services.cancel(boss, batch.pk)
    run.run_import(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "cancelled"


def test_a_worker_that_stops_leaves_the_batch_to_the_next_one(upload, boss, base):
    from decroche.contacts.imports import run

    batch = started(upload, boss)
    run.run_import(batch.pk, should_stop=lambda: True)
    batch.refresh_from_db()
    assert (batch.status, batch.attempts, base()) == ("queued", 0, [])
    run.run_import(batch.pk)
    assert len(base()) == 3


def test_a_batch_that_lost_three_workers_fails_clearly(upload, boss):
    from decroche.contacts.imports import run
    from decroche.contacts.models import ImportBatch

    batch = started(upload, boss)
    ImportBatch.objects.filter(pk=batch.pk).update(status="running", attempts=3)
    run.run_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.error) == ("failed", "worker_lost")


def test_a_file_that_went_away_is_told(upload, boss, uploads):
    from decroche.contacts.imports import run

    batch = started(upload, boss)
    (uploads / batch.stored_as).unlink()
    run.run_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.error) == ("failed", "file_gone")


def test_a_batch_is_not_imported_twice(upload, boss, base):
    from decroche.contacts.imports import run

    batch = started(upload, boss)
    run.run_import(batch.pk)
    run.run_import(batch.pk)
    assert len(base()) == 3


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ([(0, "last_name")], "numéro"),
        ([(0, "phone"), (1, "phone")], "même champ"),
        ([(0, "phone"), (9, "city")], "colonne"),
        ([(0, "phone"), (1, "custom:nope")], "inconnu"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(upload, boss, mapping, said):
    from decroche.common.errors import InvalidFields
    from decroche.contacts.imports import services
    from decroche.contacts.imports.schemas import ColumnTarget, ImportStart

    batch = upload("Nom;Tél\nMoreau;0199001234\n")
    targets = [ColumnTarget(column=column, target=target) for column, target in mapping]
    with pytest.raises(InvalidFields) as raised:
        services.start(boss, batch.pk, ImportStart(mapping=targets))
    assert said in raised.value.field_sentences()["mapping"]


def test_files_do_not_stay_longer_than_they_are_needed(upload, boss, uploads):
    import os

    from decroche.contacts.imports import run

    batch = started(upload, boss)
    kept = upload("Nom;Tél\nA;0199001234\n")
    stale = uploads / "left-by-a-crash"
    stale.write_text("x")
    os.utime(stale, (0, 0))
    run.run_import(batch.pk)
    assert run.clean_uploads() == 1
    assert {path.name for path in uploads.iterdir()} == {kept.stored_as, batch.stored_as}
    assert (uploads / kept.stored_as).stat().st_mode & 0o077 == 0


def test_the_file_of_a_batch_goes_when_it_is_too_late_to_bring_it_back(upload, boss, uploads):
    import os
    from datetime import timedelta

    from django.utils.timezone import now

    from decroche.contacts.imports import run

    batch = started(upload, boss)
    run.run_import(batch.pk)
    os.utime(uploads / batch.stored_as, (0, 0))
    assert run.clean_uploads() == 0
    type(batch).objects.filter(pk=batch.pk).update(finished_at=now() - timedelta(days=31))
    assert run.clean_uploads() == 1


def test_an_erased_person_who_refused_is_not_brought_again(run_file, boss, base):
    from decroche.contacts.erasing.services import erase
    from decroche.contacts.models import Contact, DoNotCall

    run_file(["Moreau;;0199001234;;;"])
    person = Contact.objects.get()
    DoNotCall.objects.create(e164="+33199001234", contact=person, created_at=boss.created_at)
    erase(boss, [person.pk])
    assert DoNotCall.objects.count() == 0
    batch = run_file(["Moreau;;0199001234;;;", "Durand;;0639982011;;;"])
    assert refused(batch) == [(2, "do_not_call")]
    assert DoNotCall.objects.get().origin == "erased_refusal"
    assert not Contact.objects.filter(last_name="Moreau").exists()


def test_names_and_streets_have_one_line(run_file, base):
    """Bug: "12 rue du Port⏎Bât. B" was shown as "12 rue du PortBât. B", and could be saved so."""
    from decroche.contacts.models import Contact

    rows = [
        '"Le\nGall";"12 rue du Port \r\n\r\n Bât. B";0199001234',
        'Moreau;"1 quai\nNord";01 99 00 12 35 / 0639982011',
    ]
    run_file(rows, ["last_name", "address", "phone"], "Nom;Adresse;Téléphone")
    assert list(Contact.objects.order_by("pk").values_list("last_name", "address")) == [
        ("Le Gall", "12 rue du Port Bât. B"),
        ("Moreau", "1 quai Nord"),
    ]


def test_a_refused_value_of_a_field_says_what_is_expected(run_file):
    """Bug: "Né le : valeur impossible." told nobody what to write."""
    from decroche.contacts.imports.rows import reason_sentence
    from decroche.contacts.models import CustomField

    kinds = ("date", "number", "yes_no", "link", "choice")
    for kind in kinds:
        CustomField.objects.create(key=kind, label=f"Champ {kind}", kind=kind, choices=["A"])
    rows = [f"N{index};019900123{index}" + ";" * index + ";n'importe quoi" for index in range(len(kinds))]
    width = len(kinds) + 2
    rows = [row + ";" * (width - 1 - row.count(";")) for row in rows]
    targets = ["last_name", "phone", *(f"custom:{kind}" for kind in kinds)]
    batch = run_file(rows, targets, ";".join(targets))
    assert [code for _, code in refused(batch)] == [f"custom_not_{kind}" for kind in kinds]
    first = batch.refused.order_by("row_number").first()
    assert reason_sentence(first.reason, first.detail, "fr") == "Champ date : ce n'est pas une date comme 31/12/2026."


def test_a_link_may_be_written_without_its_beginning(run_file):
    """Bug: whoever had "www.exemple.fr" in the column of sites was refused whole."""
    from decroche.contacts.models import Contact, CustomField

    CustomField.objects.create(key="site", label="Site", kind="link")
    run_file(["A;0199001234;www.exemple.fr/é?b=1"], ["last_name", "phone", "custom:site"], "Nom;Tél;Site")
    assert Contact.objects.get().custom == {"site": "https://www.exemple.fr/é?b=1"}
