"""Rows whose contact is there already, in the base, in the campaign or earlier in the file, each way of knowing it."""

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


COLUMNS = ["last_name", "first_name", "company", "postal_code", "email", "siret", "client_code", "phone"]
TITLES = "Nom;Prénom;Société;CP;Mail;SIRET;Code;Tél"
SIRET, OTHER = "73282932000074", "35600000000048"
ALIKE = {
    "phone": ("A;;;;;;;0199001234", "B;;;;;;;01 99 00 12 34"),
    "email": ("A;;;;Lea@Exemple.fr;;;0199001234", "B;;;;lea@exemple.FR;;;0199001235"),
    "client_code": ("A;;;;;;C1;0199001234", "B;;;;;;C1;0199001235"),
    "siret": (f"A;;;;;{SIRET};;0199001234", "B;;;;;732 829 320 00074;;0199001235"),
    "name": ("Lefèvre-Cœur;Zoé;;39100;;;;0199001234", "LEFEVRE COEUR;ZOE;;39100;;;;0199001235"),
}
"""Two rows of one contact, by `match_by`."""


def names(base):
    return [row[0] for row in base()]


@pytest.mark.parametrize("key", ALIKE)
@pytest.mark.parametrize("policy", ["ignore", "fill", "update"])
def test_one_contact_is_recognised_within_the_file(run_file, base, key, policy):
    batch = run_file(list(ALIKE[key]), COLUMNS, TITLES, match_by=[key], duplicates=policy)
    assert len(base()) == 1
    assert (batch.counts["new"], batch.counts["duplicate"]) == (1, 1)


@pytest.mark.parametrize("key", ALIKE)
@pytest.mark.parametrize("policy", ["ignore", "fill", "update"])
def test_one_contact_is_recognised_in_the_base(run_file, base, key, policy):
    first, second = ALIKE[key]
    run_file([first], COLUMNS, TITLES)
    counts = run_file([second], COLUMNS, TITLES, match_by=[key], duplicates=policy).counts
    assert len(base()) == 1
    assert counts["new"] == 0
    assert counts["updated" if policy == "update" else "duplicate"] == 1


@pytest.mark.parametrize("key", ALIKE)
def test_what_is_not_looked_at_makes_no_duplicate(run_file, base, key):
    others = [one for one in ALIKE if one != key]
    run_file(list(ALIKE[key]), COLUMNS, TITLES, match_by=others)
    assert len(base()) == 2


@pytest.mark.parametrize("key", ALIKE)
def test_keep_brings_a_second_one_whatever_it_has_in_common(run_file, base, key):
    run_file(list(ALIKE[key]), COLUMNS, TITLES, match_by=list(ALIKE), duplicates="keep")
    assert len(base()) == 2


@pytest.mark.parametrize(
    "rows",
    [
        ("Moreau;Léa;;39100;;;;0199001234", "Moreau;Max;;39100;;;;0199001235"),
        ("Moreau;Léa;;39100;;;;0199001234", "Moreau;Léa;;69003;;;;0199001235"),
        ("Moreau;Léa;;;;;;0199001234", "Moreau;Léa;;;;;;0199001235"),
        (";;;39100;;;;0199001234", ";;;39100;;;;0199001235"),
    ],
)
def test_a_name_counts_only_whole_and_with_its_postal_code(run_file, base, rows):
    run_file(list(rows), COLUMNS, TITLES, match_by=["name"])
    assert len(base()) == 2


def test_a_company_is_known_by_its_name_where_no_person_is_named(run_file, base):
    rows = [";;Boulangerie Éluard & Fils;39100;;;;0199001234", ";;BOULANGERIE ELUARD-FILS;39100;;;;0199001235"]
    run_file(rows, COLUMNS, TITLES, match_by=["name"])
    assert len(base()) == 1


def test_a_siret_that_cannot_be_is_left_out_counted_and_listed(run_file):
    from decroche.contacts.models import Contact, RefusedRow

    rows = ["A;;;;;73282932000075;;0199001234", f"B;;;;;{SIRET};;0199001235", f"C;;;;;{OTHER};;0199001236"]
    batch = run_file(rows, COLUMNS, TITLES)
    assert dict(Contact.objects.values_list("last_name", "siret")) == {"A": "", "B": SIRET, "C": OTHER}
    assert batch.counts["dropped_sirets"] == 1
    (listed,) = RefusedRow.objects.filter(batch=batch)
    assert (listed.row_number, listed.reason, listed.detail) == (2, "left_out", "SIRET 73282932000075")


def test_erased_contacts_are_not_recognised(run_file, base):
    from django.utils.timezone import now

    from decroche.contacts.models import Contact

    run_file([ALIKE["siret"][0]], COLUMNS, TITLES)
    Contact.objects.update(erased_at=now())
    run_file([ALIKE["siret"][1]], COLUMNS, TITLES, match_by=list(ALIKE))
    assert len(base()) == 2


def test_rows_without_a_number_update_by_any_key(run_file):
    from decroche.contacts.models import Contact

    run_file([ALIKE["siret"][0]], COLUMNS, TITLES)
    batch = run_file([f"{SIRET};Dole"], ["siret", "city"], "SIRET;Ville", match_by=["siret"], duplicates="fill")
    assert batch.counts["updated"] == 1
    assert Contact.objects.get().city == "Dole"


def test_against_the_campaign_the_known_ones_that_it_lacks_come_into_its_queue(run_file, base):
    from decroche.campaigns.models import Campaign, QueueEntry

    health, phone = Campaign.objects.create(name="Santé"), Campaign.objects.create(name="Téléphonie")
    run_file(["A;;0199001234;;;"], campaign_id=health.pk)
    run_file(["B;;0199001235;;;"], campaign_id=phone.pk)
    rows = ["A2;;0199001234;;;", "B2;;0199001235;;;", "C;;0199001236;;;"]
    counts = run_file(rows, campaign_id=health.pk, against="campaign").counts
    assert names(base) == ["A", "B", "C"]
    assert (counts["new"], counts["duplicate"], counts["known_queued"], counts["queued"]) == (1, 2, 1, 2)
    assert QueueEntry.objects.filter(campaign=health).count() == 3


def test_against_the_base_the_known_ones_stay_where_they_are(run_file):
    from decroche.campaigns.models import Campaign, QueueEntry

    run_file(["B;;0199001235;;;"])
    counts = run_file(["B2;;0199001235;;;"], campaign_id=Campaign.objects.create(name="Santé").pk).counts
    assert (counts["queued"], counts["known_queued"], QueueEntry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("policy", ["ignore", "fill", "update", "keep"])
@pytest.mark.parametrize("there", [False, True])
def test_the_do_not_call_list_filters_whatever_is_done_with_duplicates(run_file, base, policy, there):
    from django.utils.timezone import now

    from decroche.campaigns.models import Campaign, QueueEntry
    from decroche.contacts.models import DoNotCall

    campaign = Campaign.objects.create(name="Santé")
    if there:
        run_file(["Moreau;;0199001234;;;"])
    DoNotCall.objects.create(e164="+33199001234", created_at=now())
    DoNotCall.objects.create(e164="+33199001235", campaign=campaign, created_at=now())
    rows = ["Durand;;0199001234;;Lyon;", "Petit;;0199001235;;;", "Roux;;0199001236;0199001235;;"]
    batch = run_file(rows, duplicates=policy, campaign_id=campaign.pk)
    assert batch.counts["do_not_call"] == 2
    assert names(base) == (["Moreau", "Roux"] if there else ["Roux"])
    assert [(one.row_number, one.reason) for one in batch.refused.order_by("row_number")] == [
        (2, "do_not_call"), (3, "do_not_call"),
    ]  # fmt: skip
    assert QueueEntry.objects.get().contact.last_name == "Roux"


@pytest.mark.parametrize("target", ["email", "client_code"])
@pytest.mark.parametrize("filler", ["néant", "-", "#N/A", "NC", "0"])
def test_what_stands_for_nothing_recognises_nobody(run_file, base, target, filler):
    """Bug: ten prospects whose e-mail was "néant" were one contact, and nine were lost."""
    rows = [f"A;0199001234;{filler}", f"B;0199001235;{filler}"]
    kinds, header = ["last_name", "phone", target], "Nom;Téléphone;Autre"
    run_file(rows[:1], kinds, header, match_by=["phone", target])
    batch = run_file(rows, kinds, header, match_by=["phone", target], duplicates="update")
    assert [row[0] for row in base()] == ["A", "B"]
    assert (batch.counts["new"], batch.counts["duplicate"]) == (1, 1)
