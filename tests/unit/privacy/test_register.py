"""The register of processing and the notices say what the configuration says, and nothing that is not on."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from decroche.accounts.models import AuditEntry, Setting, User
from decroche.agents.listening.selectors import in_force
from decroche.agents.listening.services import acknowledge
from decroche.campaigns.models import Campaign
from decroche.contacts.models import CustomField
from decroche.integrations.models import Webhook
from decroche.ledger.models import Principal
from decroche.privacy.models import RetentionRun
from decroche.privacy.register import words
from decroche.privacy.register.facts import gather
from decroche.privacy.register.notices import notices
from decroche.privacy.register.told import told
from decroche.privacy.retention.kinds import KINDS
from decroche.telephony.models import Trunk

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OURS, THEIRS = "123456782", "732829320"


@pytest.fixture
def floor(db: None) -> None:
    """A company that calls for itself and for another, with a carrier and another program."""
    for key, value in {
        "company_name": "Plateau des Alpages", "company_siren": OURS, "privacy_contact": "donnees@alpages.example",
        "recordings_kept_days": 90,
    }.items():  # fmt: skip
        Setting.objects.create(key=key, value=value)
    own = Principal.objects.create(name="Plateau des Alpages", siren=OURS)
    other = Principal.objects.create(name="Mutuelle du Lac", siren=THEIRS)
    Campaign.objects.create(name="Suivi", principal=own, audience="b2b", basis="business", recording="never")
    Campaign.objects.create(
        name="Santé", principal=other, audience="b2c", basis="consent", recording="all", recording_purpose="quality",
        recording_share=0.2,
    )  # fmt: skip
    Campaign.objects.create(name="Vieille", principal=other, status="archived", basis="contract")
    CustomField.objects.create(key="effectif", label="Effectif", kind="number")
    Trunk.objects.create(name="Opérateur Bleu", host="sip.bleu.example", transport="tls", secret="x")
    Trunk.objects.create(name="Simulateur", host="127.0.0.1", simulator=True)


def say(language: Any = "fr") -> dict[str, str]:
    """Section → its text."""
    return {
        one.code: "\n".join([one.title, *(f"{line.label} {line.text}" for line in one.lines)])
        for one in told(gather(NOW), language)
    }


# ── The register ─────────────────────────────────────────────────────────────
def test_each_principal_is_a_processing_with_its_purposes_bases_and_the_floors_role(floor: None) -> None:
    said = say()
    own, other = (said[code] for code in said if code.startswith("prospecting"))
    other, own = (own, other) if "Mutuelle du Lac" in own else (other, own)
    assert "responsable de traitement" in own
    assert "interlocuteurs d’entreprises" in own
    assert f"sous-traitant pour le compte du mandant, SIREN {THEIRS}" in other
    assert "consentement préalable" in other
    assert "Vieille" not in other
    assert "champs ajoutés : Effectif" in other


def test_what_nobody_filled_in_is_said_to_be_missing(floor: None) -> None:
    said = say()
    assert "Adresse à compléter" in said["controller"]
    assert "Hébergement à compléter" in said["recipients"]
    Setting.objects.create(key="hosting", value="Hébergeur Vert, Lyon")
    assert "Hébergeur Vert, Lyon" in say()["recipients"]


def test_terms_are_those_of_the_rules_shortened_by_the_settings(floor: None) -> None:
    said = say()
    assert "enregistrements : 90 jours" in said["recordings"]
    assert "preuves de consentement : 3 ans" in said["proofs"]
    assert "proofs of consent: 3 years" in say("en")["proofs"]
    assert "Santé (qualité des appels, 20\u00a0% des appels)" in said["recordings"]
    assert "20% of calls)" in say("en")["recordings"]
    Campaign.objects.update(recording="never")
    assert "aucune campagne n’enregistre" in say()["recordings"]


def test_what_is_left_as_the_law_says_is_told_in_its_months_and_years(floor: None) -> None:
    Setting.objects.filter(key="recordings_kept_days").delete()
    assert "enregistrements : 6 mois" in say()["recordings"]
    prospecting = "".join(text for code, text in say().items() if code.startswith("prospecting"))
    assert "prospects, depuis leur dernier signe : 3 ans" in prospecting
    assert "notes : 1 an\n" in prospecting
    everywhere: dict[Any, str] = {
        "fr": "3 ans au plus après votre dernier signe ; notes 1 an ; enregistrements 6 mois ; preuves de consentement "
        "3 ans",
        "en": "3 years at most after your last sign; notes 1 year; recordings 6 months; proofs of consent 3 years",
    }
    for language, words_said in everywhere.items():
        written = next(one.text for one in notices(gather(NOW), None, language) if one.code == "written")
        assert words_said in " ".join(written.split())


def test_recipients_are_carriers_and_programs_never_the_simulator(floor: None, make_user: Any) -> None:
    boss = make_user("ada", role="admin")
    Webhook.objects.create(url="https://crm.example/decroche?key=secret", created_by=boss, created_at=NOW)
    said = say()["recipients"]
    assert "Opérateur Bleu (sip.bleu.example)" in said
    assert "crm.example" in said
    assert "secret" not in said
    assert "Simulateur" not in said


def test_only_measures_that_are_on_are_claimed(floor: None, make_user: Any, settings: Any) -> None:
    assert "Argon2" not in say()["security"]  # tests hash passwords in a quicker way
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    said = say()["security"]
    assert "10 caractères au moins, gardés sous forme Argon2" in said
    assert "(TLS)" in said
    for absent in ("HTTPS", "dernier passage", "ont confirmé la notice"):
        assert absent not in said
    Trunk.objects.filter(simulator=False).update(transport="udp")
    RetentionRun.objects.create(kind="note", row="keep/note", before=NOW, asked_at=NOW, finished_at=NOW)
    acknowledge(make_user("camille"), in_force().version)
    said = say()["security"]
    assert "(TLS)" not in said
    assert "dernier passage le 26/11/2026" in said
    assert "1 sur 1 ont confirmé" in said


def test_it_is_a_pdf_for_administrators_and_in_the_log(floor: None, as_admin: Any, as_supervisor: Any) -> None:
    pages = PdfReader(io.BytesIO(as_admin.get("/privacy/register.pdf").content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for section in as_admin.get("/privacy/register").json()["sections"]:
        assert section["title"] in text
    assert AuditEntry.objects.filter(action="register.document").count() == 1
    for path in ("register", "register.pdf", "notices"):
        assert as_supervisor.get(f"/privacy/{path}").status_code == 403


def test_the_command_writes_it(floor: None, tmp_path: Path) -> None:
    out = tmp_path / "registre.pdf"
    call_command("register", "--out", str(out), "--language", "en")
    assert "Register of processing" in PdfReader(out).pages[0].extract_text()
    assert AuditEntry.objects.get(action="register.document").actor is None


def test_an_empty_installation_has_a_register_too(db: None) -> None:
    for language in ("fr", "en"):
        assert {"controller", "objections", "recipients", "security"} <= set(say(language))


def test_every_code_has_its_words() -> None:
    assert set(Campaign.Basis.values) == set(words.BASES)
    assert set(Campaign.Audience.values) == set(words.PERSONS)
    assert set(Campaign.RecordingPurpose.values) == set(words.RECORDED_FOR)
    assert set(KINDS) == set(words.KINDS)


# ── Notices ──────────────────────────────────────────────────────────────────
def test_who_is_called_is_told_who_calls_for_whom_why_how_long_and_his_rights(floor: None, as_admin: Any) -> None:
    told_now = {one["code"]: one["text"] for one in as_admin.get(f"/privacy/notices?siren={THEIRS}").json()}
    assert "pour le compte de Mutuelle du Lac" in told_now["spoken"]
    for part in ("SIREN 732829320", "consentement préalable", "90 jours", "donnees@alpages.example", "CNIL", "Santé"):
        assert part in told_now["written"]
    assert "certains appels sont enregistrés" in told_now["written"]
    assert "Suivi" not in told_now["written"]
    assert told_now["agents"] == in_force().fr


def test_calls_for_oneself_name_no_principal(floor: None, as_admin: Any) -> None:
    for path in ("/privacy/notices", f"/privacy/notices?siren={OURS}"):
        told_now = {one["code"]: one["text"] for one in as_admin.get(path).json()}
        assert "pour le compte de" not in told_now["spoken"] + told_now["written"]


def test_the_reader_has_them_in_his_language(floor: None, as_admin: Any) -> None:
    User.objects.update(language="en")
    spoken = as_admin.get("/privacy/notices").json()[0]["text"]
    assert spoken.startswith("Hello, Plateau des Alpages is calling you.")
