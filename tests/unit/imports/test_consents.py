"""Consents that a file brings: each good one is a proof of the ledger, the others are counted with their reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from decroche.campaigns.models import Campaign, QueueEntry
from decroche.common.errors import InvalidFields
from decroche.compliance.numbers import time_zone_of
from decroche.contacts.imports import services
from decroche.contacts.imports.roll_back import run_roll_back
from decroche.contacts.imports.run import run_import
from decroche.contacts.imports.schemas import ConsentTerms
from decroche.contacts.imports.selectors import import_detail
from decroche.contacts.models import Contact, ImportMapping
from decroche.ledger.models import Principal, Proof, Withdrawal

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "Nom;Téléphone;CP;Date consentement"
TARGETS = ["last_name", "phone", "postal_code", "consent_at"]
LATELY = (timezone.now() - timedelta(days=20)).replace(microsecond=0)
DAY = LATELY.strftime("%d/%m/%Y")


@pytest.fixture
def principal(db: None) -> Principal:
    return Principal.objects.create(name="Mutuelle des Alpages", siren="123456782")


@pytest.fixture
def terms(principal: Principal) -> Any:
    """`terms(channel="")` → what the wizard asks once."""

    def make(**other: Any) -> ConsentTerms:
        usual = {
            "principal_id": principal.pk, "object": "santé", "wording": "J'accepte d'être appelé.",
            "wording_version": "v3", "channel": "web_form", "act": "case cochée",
        }  # fmt: skip
        return ConsentTerms.model_validate(usual | other)

    return make


@pytest.fixture
def consented(run_file: Any, terms: Any) -> Any:
    """`consented(["A;0199001234;;12/03/2026"])` → the batch."""

    def run(rows: list[str], targets: list[str] = TARGETS, header: str = HEADER, **start: Any) -> Any:
        return run_file(rows, targets=targets, header=header, **{"consent": terms(), **start})

    return run


def test_a_row_with_a_date_writes_a_proof_with_all_that_the_law_asks(consented, principal, boss):
    batch = consented([f"Moreau;0199001234;25000;{DAY} 14:05"])
    proof = Proof.objects.get()
    assert (proof.principal, proof.contact.last_name, proof.who, proof.e164) == (
        principal, "Moreau", "Moreau", "+33199001234",
    )  # fmt: skip
    assert (proof.object, proof.wording, proof.wording_version) == ("santé", "J'accepte d'être appelé.", "v3")
    assert (proof.channel, proof.act, proof.zone) == ("web_form", "case cochée", "Europe/Paris")
    assert (proof.batch_id, proof.recorded_by, batch.consent_counts) == (batch.pk, boss, {"": 1})
    assert proof.archive_until.year == proof.given_at.year + 3


def test_the_proof_tells_a_person_from_his_company(consented):
    targets, header = [*TARGETS, "company"], f"{HEADER};Société"
    consented([f"Moreau;0199001234;25000;{DAY};Menuiserie"], targets, header)
    assert Proof.objects.get().who == "Moreau, Menuiserie"


def test_its_hour_is_that_of_where_the_person_lives(consented):
    consented(
        ["A;0692000000;97400;12/10/2026 14:05", "B;0199001235;25000;12/10/2026 14:05",
         "C;0692000001;25000;12/10/2026 14:05", "D;0692000002;;12/10/2026 14:05"]
    )  # fmt: skip
    assert [one.zone for one in Proof.objects.order_by("who")] == [
        time_zone_of(e164, code)
        for e164, code in [
            ("+262692000000", "97400"), ("+33199001235", "25000"), ("+262692000001", "25000"), ("+262692000002", ""),
        ]
    ]  # fmt: skip
    hours = {one.zone: one.given_at for one in Proof.objects.all()}
    assert hours == {
        "Indian/Reunion": datetime(2026, 10, 12, 10, 5, tzinfo=UTC),
        "Europe/Paris": datetime(2026, 10, 12, 12, 5, tzinfo=UTC),
    }


def test_cells_come_before_the_terms(consented, terms):
    header = "Nom;Tél;Date;Source;Objet;Texte;Version;Acte;Collecteur;Preuve;Numéro consenti;Fin"
    targets = [
        "last_name", "phone", "consent_at", "consent_channel", "consent_object", "consent_wording", "consent_version",
        "consent_act", "consent_third_party", "consent_reference", "consent_number", "consent_expires",
    ]  # fmt: skip
    until = (LATELY + timedelta(days=90)).strftime("%d/%m/%Y")
    row = f"A;0199001234;{DAY};Téléphone;auto;Oui, appelez;7;oui dit;Leads SAS;https://preuve.example/1;0639980011;{until}"
    consented([row, f"B;0199001235;{DAY};;;;;;;;;"], targets, header)
    first, second = Proof.objects.order_by("pk")
    assert (first.channel, first.object, first.wording, first.wording_version) == ("phone", "auto", "Oui, appelez", "7")
    assert (first.act, first.third_party, first.reference) == ("oui dit", "Leads SAS", "https://preuve.example/1")
    ends = first.expires_at.astimezone(ZoneInfo("Europe/Paris"))
    assert (first.e164, ends.strftime("%d/%m/%Y %H:%M")) == ("+33639980011", f"{until} 00:00")
    assert (second.channel, second.object, second.wording_version, second.reference) == ("web_form", "santé", "v3", "")


def test_a_row_of_several_numbers_consents_for_all_of_the_persons(consented):
    consented([f"A;0199001234;0639980011;{DAY}"], ["last_name", "phone", "mobile", "consent_at"], "Nom;Tél;GSM;Date")
    assert Proof.objects.get().e164 == ""


REFUSED = [
    ("", "consent_missing"),
    ("oui", "consent_date"),
    ("12/25/2026", "consent_date"),
    ("31/12/2999", "consent_future"),
    ("01/01/2020", "consent_over"),
    ("2026-13-01", "consent_date"),
    ("=NOW()", "consent_date"),
]


@pytest.mark.parametrize(("cell", "reason"), REFUSED)
def test_a_row_without_a_good_date_is_imported_without_a_proof_and_counted(consented, boss, cell, reason):
    batch = consented([f"A;0199001234;;{cell}", f"B;0199001235;;{DAY}"])
    assert (Contact.objects.count(), Proof.objects.count()) == (2, 1)
    assert batch.consent_counts == {"": 1, reason: 1}
    told = import_detail(batch.pk, boss).consents
    assert (told.recorded, [(one.code, one.count) for one in told.reasons]) == (1, [(reason, 1)])
    assert told.reasons[0].reason


OTHERS = [
    ("consent_given", "non", "consent_no"),
    ("consent_given", "", "consent_missing"),
    ("consent_given", "peut-être", "consent_answer"),
    ("consent_channel", "pigeon", "consent_channel"),
    ("consent_number", "12", "consent_number"),
    ("consent_expires", "demain", "consent_date"),
    ("consent_expires", "01/01/2020", "consent_ends_before"),
    ("consent_version", "x" * 61, "consent_too_long"),
]


@pytest.mark.parametrize(("target", "cell", "reason"), OTHERS)
def test_what_else_is_wrong_is_counted_too(consented, target, cell, reason):
    batch = consented(
        [f"A;0199001234;{DAY};{cell}"], ["last_name", "phone", "consent_at", target], "Nom;Tél;Date;Autre"
    )
    assert (batch.consent_counts, Contact.objects.count()) == ({reason: 1}, 1)


SLOT = ["last_name", "phone", "postal_code", "consent_at", "consent_slot_start", "consent_slot_end"]
SLOT_HEADER = "Nom;Tél;CP;Date;Début créneau;Fin créneau"


def test_an_agreed_time_is_that_of_where_the_person_lives_and_lets_call_then(consented):
    rows = [
        f"A;0199001234;25000;{DAY};12/12/2026 18:00;12/12/2026 19h30",
        f"B;0199001235;97400;{DAY};12/12/2026 18:00;12/12/2026 24:00",
        f"B;0199001235;97400;{DAY};12/12/2026 18:00;13/12/2026",
        f"C;0199001236;75001;{DAY};2026-12-12T18:00:00Z;2026-12-12T19:00:00+00:00",
        f"D;0199001237;75001;{DAY};;",
    ]  # fmt: skip
    batch = consented(rows, SLOT, SLOT_HEADER, duplicates="update")
    assert batch.consent_counts == {"": 4, "consent_slot": 1}
    slots = {one.e164[-2:]: one.slots for one in Proof.objects.all()}
    assert slots == {
        "34": [["2026-12-12T17:00:00+00:00", "2026-12-12T18:30:00+00:00"]],
        "35": [["2026-12-12T14:00:00+00:00", "2026-12-12T20:00:00+00:00"]],
        "36": [["2026-12-12T18:00:00+00:00", "2026-12-12T19:00:00+00:00"]],
        "37": [],
    }


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("12/12/2026 18:00", "", "consent_slot"),
        ("", "12/12/2026 18:00", "consent_slot"),
        ("samedi soir", "12/12/2026 18:00", "consent_slot"),
        ("12/12/2026 18:00", "12/12/2026 17:00", "consent_slot_ends_before"),
        ("12/12/2026 18:00", "12/12/2026 18:00", "consent_slot_ends_before"),
        ("12/12/2026 18:00", "13/12/2026 00:01", "consent_slot_long"),
        ("01/12/2026", "31/12/2026", "consent_slot_long"),
    ],
)
def test_an_agreed_time_that_is_none_makes_no_proof(consented, boss, start, end, reason):
    batch = consented([f"A;0199001234;;{DAY};{start};{end}"], SLOT, SLOT_HEADER)
    assert (batch.consent_counts, Contact.objects.count(), Proof.objects.count()) == ({reason: 1}, 1, 0)
    assert import_detail(batch.pk, boss).consents.reasons[0].reason


def test_each_row_of_a_person_brings_its_agreed_time_once(consented):
    evening, morning = "12/12/2026 18:00;12/12/2026 19:00", "13/12/2026 10:00;13/12/2026 11:00"
    rows = [f"A;0199001234;;{DAY};{slot}" for slot in (evening, morning, evening)]
    assert consented(rows, SLOT, SLOT_HEADER, duplicates="update").consent_counts == {"": 2, "consent_known": 1}
    again = [*rows, f"A;0199001234;;{DAY};;"]
    assert consented(again, SLOT, SLOT_HEADER, duplicates="update").consent_counts == {"consent_known": 4}


def test_a_yes_in_a_column_of_answers_is_one(consented):
    rows = [f"A;0199001234;{DAY};Oui", f"B;0199001235;{DAY};OK", f"C;0199001236;{DAY};x"]
    batch = consented(rows, ["last_name", "phone", "consent_at", "consent_given"], "Nom;Tél;Date;Opt-in")
    assert batch.consent_counts == {"": 3}


def test_a_cell_that_is_empty_and_nowhere_else_said_makes_no_proof(consented, terms):
    targets = ["last_name", "phone", "consent_at", "consent_wording"]
    rows = [f"A;0199001234;{DAY};", f"B;0199001235;{DAY};Oui"]
    batch = consented(rows, targets, "Nom;Tél;Date;Texte", consent=terms(wording=""))
    assert batch.consent_counts == {"": 1, "consent_incomplete": 1}


def test_a_consent_for_longer_than_a_year_ends_after_one(consented):
    later = (LATELY + timedelta(days=1500)).strftime("%d/%m/%Y")
    consented([f"A;0199001234;{DAY};{later}"], ["last_name", "phone", "consent_at", "consent_expires"], "N;T;D;F")
    proof = Proof.objects.get()
    assert proof.expires_at is not None
    assert 364 <= (proof.expires_at - proof.given_at).days <= 366


def test_rows_that_bring_no_contact_bring_no_proof(consented):
    batch = consented([f"A;12;;{DAY}", f";;;{DAY}", ";;;", f"B;0199001235;;{DAY}"])
    assert batch.consent_counts[""] == 1
    assert Proof.objects.get().contact.last_name == "B"


@pytest.mark.parametrize("duplicates", ["ignore", "fill", "update"])
def test_a_contact_that_is_there_gets_its_proof_and_its_place_back(consented, terms, duplicates):
    campaign = Campaign.objects.create(name="Santé", principal_id=terms().principal_id)
    known = Contact.objects.create(last_name="Moreau")
    known.phones.create(kind="phone", e164="+33199001234")
    entry = QueueEntry.objects.create(
        campaign=campaign, contact=known, not_before=LATELY, state="finished", finished_reason="no_consent",
        refused_reason="no_consent",
    )  # fmt: skip
    consented([f"Moreau;0199001234;;{DAY}"], duplicates=duplicates)
    entry.refresh_from_db()
    assert (Proof.objects.get().contact, entry.state) == (known, "waiting")


@pytest.mark.parametrize("duplicates", ["ignore", "fill", "update", "keep"])
def test_each_row_of_a_group_finds_its_contact(consented, duplicates):
    rows = [f"A;0199001234;;{DAY} 10:00", f"A;0199001234;;{DAY} 11:00", f"B;0199001235;;{DAY}"]
    consented(rows, duplicates=duplicates)
    found = sorted(Proof.objects.values_list("contact__last_name", "e164"))
    assert found == [("A", "+33199001234"), ("A", "+33199001234"), ("B", "+33199001235")]
    assert Proof.objects.values("contact").distinct().count() == (3 if duplicates == "keep" else 2)


def test_the_same_consent_twice_is_one_proof(consented):
    assert consented([f"A;0199001234;;{DAY}", f"A;0199001234;;{DAY}"]).consent_counts == {"": 1, "consent_known": 1}
    assert consented([f"A;0199001234;;{DAY}"]).consent_counts == {"consent_known": 1}
    assert Proof.objects.count() == 1


def test_hostile_text_is_kept_as_text(consented, terms):
    nasty = "a\\b 'c'; DROP TABLE \"x\"\u00e9 %s {0}"
    consented([f"A;0199001234;{DAY};{nasty.replace(';', ',')}"], ["last_name", "phone", "consent_at", "consent_object"],
              "N;T;D;O")  # fmt: skip
    assert Proof.objects.get().object == nasty.replace(";", ",")


# ── Rolled back ──────────────────────────────────────────────────────────────
def rolled_back(batch: Any, boss: Any) -> Any:
    services.start_roll_back(boss, batch.pk)
    run_roll_back(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "rolled_back"
    return batch


def test_a_roll_back_sets_proofs_aside_and_deletes_none(consented, boss):
    batch = rolled_back(consented([f"A;0199001234;;{DAY}"]), boss)
    proof = Proof.objects.get()
    assert (batch.roll_back["removed"], batch.roll_back["proofs"], Contact.objects.count()) == (1, 1, 0)
    assert (proof.contact_id, proof.who, proof.e164) == (None, "A", "+33199001234")
    assert Withdrawal.objects.get(proof=proof).channel == "roll_back"


def test_a_proof_from_elsewhere_keeps_its_contact(consented, boss, principal):
    batch = consented([f"A;0199001234;;{DAY}"])
    Proof.objects.create(
        principal=principal, contact=Contact.objects.get(), who="A", object="santé", wording="oui", wording_version="1",
        channel="phone", act="oui", given_at=LATELY, recorded_at=LATELY, archive_until=LATELY,
    )  # fmt: skip
    assert rolled_back(batch, boss).roll_back["kept_worked"] == 1
    assert Proof.objects.filter(withdrawals=None).count() == 1


def test_rolled_forward_the_file_proves_again(consented, boss):
    batch = rolled_back(consented([f"A;0199001234;;{DAY}"]), boss)
    services.roll_forward(boss, batch.pk)
    run_import(batch.pk)
    assert Proof.objects.filter(withdrawals=None).count() == 1
    assert Proof.objects.count() == 2


def test_proofs_that_were_imported_can_be_changed_by_nobody(consented):
    from django.db.utils import IntegrityError

    consented([f"A;0199001234;;{DAY}"])
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_proof SET wording = 'autre'")


# ── The wizard ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("targets", "consent", "field"),
    [
        (TARGETS, None, "consent.principal_id"),
        (TARGETS, {"principal_id": 0}, "consent.principal_id"),
        (TARGETS, {"wording": ""}, "consent.wording"),
        (TARGETS, {"channel": ""}, "consent.channel"),
        (TARGETS, {"evidence_id": "00000000-0000-0000-0000-000000000007"}, "consent.evidence_id"),
        (["last_name", "phone", "postal_code", "consent_given"], {}, "mapping"),
        (["last_name", "phone", "consent_slot_start", "consent_at"], {}, "mapping"),
    ],
)
def test_what_a_proof_needs_is_asked_for_before_the_import(run_file, terms, targets, consent, field):
    given = None if consent is None else terms(**consent)
    with pytest.raises(InvalidFields) as refused:
        run_file([f"A;0199001234;;{DAY}"], targets=targets, header=HEADER, consent=given)
    assert list(refused.value.fields) == [field]


def test_terms_without_a_column_of_consents_are_of_no_effect(run_file, terms):
    batch = run_file(["A;;0199001234;;;"], consent=terms())
    assert (batch.consent, batch.consent_counts) == (None, None)


def test_a_saved_mapping_and_the_next_file_remember_the_terms(consented, terms, upload, boss):
    consented([f"A;0199001234;;{DAY}"], save_mapping_as="Leads")
    assert ImportMapping.objects.get().consent == terms().model_dump(mode="json")
    draft = upload("\n".join([HEADER, f"B;0199001235;;{DAY}"]))
    assert import_detail(draft.pk, boss).consent == terms()


def test_titles_of_consents_are_recognised():
    from decroche.contacts.imports.targets import suggest

    titles = ["Nom", "Tél", "Consentement", "Date de consentement", "Source optin", "URL preuve"]
    slot = ["Date consentement", "Début du créneau", "Fin du créneau"]
    assert suggest(slot, [[]] * 3, {}) == ["consent_at", "consent_slot_start", "consent_slot_end"]
    assert suggest(titles, [[]] * 6, {}) == [
        "last_name", "phone", "consent_given", "consent_at", "consent_channel", "consent_reference",
    ]  # fmt: skip
