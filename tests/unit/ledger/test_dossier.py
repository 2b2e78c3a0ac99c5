"""One call's dossier: what was decided and why, what proves it, what the refused to be called then and since."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from decroche.accounts.models import AuditEntry, User
from decroche.calls.models import Call, Recording, Result
from decroche.campaigns.models import Campaign, Mode
from decroche.compliance import CampaignFacts, ContactFacts, History, Intent
from decroche.compliance.cases import LEGAL_HOURS
from decroche.compliance.hours import read_slots
from decroche.compliance.intent import Proof as Known
from decroche.compliance.presented import AUTOMATIC_TOO, BY_HAND
from decroche.compliance.rulebook import ROWS
from decroche.contacts.erasing.services import erase
from decroche.contacts.models import Contact, DoNotCall
from decroche.floor.permit import Permit
from decroche.ledger.dossier import words
from decroche.ledger.dossier.gather import gather
from decroche.ledger.dossier.told import told
from decroche.ledger.models import Decision

AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # a Monday, 14:30 in Réunion
NUMBER, GIVEN = "+33639980011", datetime(2026, 10, 1, 7, 30, tzinfo=UTC)


@pytest.fixture
def call(contact: Contact, principal: dict[str, Any]) -> Call:
    campaign = Campaign.objects.create(name="Santé", audience="b2c", principal_id=principal["id"], recording="never")
    return Call.objects.create(
        id=uuid4(), campaign=campaign, contact=contact, mode="predictive", e164=NUMBER, presented="+33199000001",
        state="ended", result="no_answer", claimed_at=AT, placed_at=AT, ended_at=AT,
    )  # fmt: skip


def decide(call: Call, **history: Any) -> Decision:
    """As the floor keeps it."""
    intent = Intent(
        "automatic", NUMBER, AT, "+33199000001", True,
        CampaignFacts(principal="123456782", slots=read_slots(LEGAL_HOURS)), ContactFacts("person", "97400"),
    )  # fmt: skip
    known = History(**{"proofs": (Known("consent", GIVEN),)} | history)
    row = Permit(intent, known, AT + timedelta(hours=2)).as_row()
    row["until"] = AT + timedelta(hours=2)
    return Decision.objects.create(call=call, at=AT, **row)


def say(call: Call, language: Any = "fr") -> dict[str, str]:
    """Section → its text."""
    sections = told(gather(None, call.pk, AT + timedelta(days=3)), language)
    return {one.code: "\n".join(f"{line.label} {line.text}" for line in one.lines) for one in sections}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


# ── What it says ─────────────────────────────────────────────────────────────
def test_it_says_what_was_decided_by_which_rules_and_that_they_answer_the_same_today(call: Call) -> None:
    decide(call, attempts_at=(AT - timedelta(days=2), AT - timedelta(days=29)))
    said = say(call)
    assert "permis, 23/11/2026 14:30:00 (UTC+04:00)" in said["decision"]
    assert "permis : mêmes faits" in said["decision"]
    assert "2 pour ce mandant en 30 jours ; la loi en permet 4" in said["attempts"]
    assert "consentement préalable" in said["basis"]
    assert "SIREN 123456782" in said["basis"]
    assert "hours/2026-08 Jours et heures d’appel : Code de la consommation D223-9" in said["rows"]


def test_the_proof_is_there_with_its_wording_its_hash_and_whether_the_judge_knew_it(
    as_supervisor: Any, call: Call, body: dict[str, Any]
) -> None:
    decide(call)
    as_supervisor.post(f"/contacts/{call.contact_id}/proofs", body)
    as_supervisor.post(f"/contacts/{call.contact_id}/proofs", body | {"given_at": "2026-11-24T09:30:00+01:00"})
    said = say(call)["proofs"]
    assert said.count(body["wording"]) == 2
    assert said.count("connue du contrôle") == said.count("pas parmi les faits") == 1
    facts = gather(None, call.pk, AT)
    assert all(len(one.sha256) == 64 and one.sha256 in said for one in facts.proofs)


def test_a_refusal_that_came_after_the_call_is_told_apart_from_one_that_was_known(call: Call) -> None:
    decide(call)
    DoNotCall.objects.create(e164=NUMBER, origin="disposition", created_at=AT + timedelta(days=1))
    DoNotCall.objects.create(e164="+3363998", is_prefix=True, created_at=AT + timedelta(days=2))
    DoNotCall.objects.create(e164="+33639980012", created_at=AT)  # of somebody else
    said = say(call)["refusals"].split("Aujourd’hui")
    assert "aucun refus" in said[0]
    assert "liste noire générale (refus au téléphone), depuis le 24/11/2026" in said[1]
    assert "début de numéro" in said[1]
    assert len(said[1].splitlines()) == 2


def test_the_number_shown_is_lawful_for_a_machine_by_named_rows(call: Call) -> None:
    decide(call)
    said = say(call)["presented"]
    assert "peut être présentée par un automate" in said
    assert "presented/automatic" in said
    Call.objects.filter(pk=call.pk).update(presented="+33142685300")
    assert "ne peut pas être présentée" in say(call)["presented"]


def test_a_recording_that_the_person_objected_to_is_said_to_be_deleted(call: Call) -> None:
    decide(call)
    assert "la campagne n’enregistre pas" in say(call)["recording"]
    Campaign.objects.update(recording="all", recording_notice="Cet appel peut être enregistré.")
    Call.objects.update(recording_refused_at=AT)
    Recording.objects.create(id=uuid4(), call=call, status="deleted", started_at=AT, deleted_for="objection")
    said = say(call)["recording"]
    assert "la personne s’y est opposée" in said
    assert "« Cet appel peut être enregistré. »" in said


def test_a_refusal_set_aside_names_who_and_why(call: Call) -> None:
    row = decide(call)
    override = {"name": "Nadia Lopez", "reason": "convenu par courriel", "codes": ["outside_campaign_hours"]}
    row.delete()
    Decision.objects.create(
        call=call, at=AT, rulebook=row.rulebook, rows=row.rows, until=None, case=row.case, override=override
    )
    assert "Nadia Lopez : « convenu par courriel »" in say(call)["decision"]


# ── Where something is missing ───────────────────────────────────────────────
def test_a_call_before_decisions_existed_says_so_and_shows_what_the_log_knows(call: Call) -> None:
    Call.objects.create(
        id=uuid4(), campaign=call.campaign, contact=call.contact, mode="manual", e164=NUMBER, state="ended",
        result="busy", claimed_at=AT - timedelta(days=3),
    )  # fmt: skip
    Call.objects.create(  # he called us: nobody solicited him
        id=uuid4(), direction="inbound", contact=call.contact, campaign=call.campaign, mode="manual", e164=NUMBER,
        state="ended", result="connected", claimed_at=AT - timedelta(days=2),
    )  # fmt: skip
    said = say(call)
    assert "Aucune décision n’est conservée" in said["decision"]
    assert "d’après le journal des appels" in said["attempts"]
    assert "1 pour ce mandant" in said["attempts"]
    assert "selon la campagne d’aujourd’hui" in said["basis"]
    assert "non conservé" in said["refusals"]


def test_a_company_s_call_is_told_no_number_of_calls_that_protects_consumers(call: Call) -> None:
    assert "la loi en permet 4" in say(call)["attempts"]
    Campaign.objects.update(audience="b2b", basis="business")
    Contact.objects.update(kind="company")
    said = say(call)["attempts"]
    assert "la loi n’en fixe pas le nombre" in said
    assert "en permet" not in said


def test_an_erased_person_has_no_name_any_more_and_the_decision_stays(
    as_supervisor: Any, call: Call, body: dict[str, Any]
) -> None:
    decide(call)
    DoNotCall.objects.create(e164=NUMBER, contact=call.contact, origin="disposition", created_at=AT)
    as_supervisor.post(f"/contacts/{call.contact_id}/proofs", body)
    erase(User.objects.get(username="chef"), [call.contact_id or 0])
    said = say(call)
    assert "fiche effacée" in said["call"]
    assert "Lefèvre" not in said["call"]
    assert "permis" in said["decision"]
    assert body["wording"] in said["proofs"]
    assert "refus gardé par empreinte" in said["refusals"]


def test_an_erased_persons_number_leaves_the_decision_which_is_judged_again_alike(
    as_supervisor: Any, call: Call
) -> None:
    decide(call, proofs=(Known("consent", GIVEN, NUMBER),))
    erase(User.objects.get(username="chef"), [call.contact_id or 0])
    row = Decision.objects.get()
    assert NUMBER[4:] not in json.dumps(row.case)
    assert NUMBER[-6:] not in row.number_digest
    assert "permis : mêmes faits" in say(call)["decision"]
    assert "06 39 98 •• ••, effacé" in say(call)["call"]


def test_the_calls_to_an_erased_person_are_found_by_who_brings_the_number(
    as_supervisor: Any, call: Call, capsys: Any
) -> None:
    decide(call)
    erase(User.objects.get(username="chef"), [call.contact_id or 0])
    call_command("proof", "--number", "06 39 98 00 11")
    assert str(call.pk) in capsys.readouterr().out
    call_command("proof", "--number", "06 39 98 00 12")
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError, match="not a telephone number"):
        call_command("proof", "--number", "06")


def test_nobody_else_takes_a_number_out_of_a_decision(call: Call) -> None:
    decide(call)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.update(number_digest="0")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL decroche.erasure = 'on'; UPDATE ledger_decision SET rulebook = ''")


def test_a_decision_of_facts_that_this_program_cannot_read_is_shown_as_far_as_it_goes(call: Call) -> None:
    row = decide(call)
    row.delete()
    case = row.case | {"intent": row.case["intent"] | {"unknown": 1}}
    Decision.objects.create(call=call, at=AT, rulebook="2031-01-01", rows=["gone/2031"], case=case)
    said = say(call)
    assert "ne lit plus" in said["decision"]
    assert "gone/2031 règle d’une version antérieure" in said["rows"]


# ── Who may have it ──────────────────────────────────────────────────────────
def test_a_supervisor_reads_it_and_takes_it_as_a_pdf_and_the_log_says_so(as_supervisor: Any, call: Call) -> None:
    decide(call)
    answer = as_supervisor.get(f"/calls/{call.pk}/proof")
    assert answer.json()["decided"] is True
    pdf = as_supervisor.get(f"/calls/{call.pk}/proof.pdf")
    text = text_of(pdf.content)
    for section in answer.json()["sections"]:
        assert section["title"] in text
    assert str(call.pk) in text
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    written = AuditEntry.objects.filter(action__startswith="call_proof").order_by("pk")
    assert [one.action for one in written] == ["call_proof.read", "call_proof.document"]
    assert {one.object_id for one in written} == {str(call.pk)}


def test_an_agent_has_no_part_in_it_and_an_unknown_call_is_not_found(
    as_agent: Any, as_supervisor: Any, call: Call
) -> None:
    for path in ("proof", "proof.pdf"):
        assert as_agent.get(f"/calls/{call.pk}/{path}").status_code == 403
        assert as_supervisor.get(f"/calls/{UUID(int=9)}/{path}").status_code == 404
    assert not AuditEntry.objects.filter(action__startswith="call_proof").exists()


def test_a_call_that_came_in_was_decided_by_nobody(as_supervisor: Any, call: Call) -> None:
    Call.objects.update(direction="inbound")
    assert as_supervisor.get(f"/calls/{call.pk}/proof").status_code == 404


def test_the_english_reader_has_it_in_english(as_supervisor: Any, call: Call) -> None:
    decide(call)
    as_supervisor.patch("/auth/me", {"language": "en"})
    text = text_of(as_supervisor.get(f"/calls/{call.pk}/proof.pdf").content)
    assert "Proof of a call’s lawfulness" in text
    assert "allowed: the same facts" in text


# ── The command ──────────────────────────────────────────────────────────────
def test_the_command_writes_a_pdf_or_json_of_one_call(call: Call, tmp_path: Path, capsys: Any) -> None:
    decide(call)
    out = tmp_path / "preuve.pdf"
    call_command("proof", "--call", str(call.pk), "--out", str(out))
    assert "Dossier de preuve" in text_of(out.read_bytes())
    capsys.readouterr()
    call_command("proof", "--call", str(call.pk), "--json")
    told_json = json.loads(capsys.readouterr().out)
    assert told_json["decision"]["again"] == "allowed"
    assert told_json["decision"]["case"]["intent"]["e164"] == NUMBER
    assert AuditEntry.objects.filter(action__startswith="call_proof", actor=None).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["nonsense", str(UUID(int=9))])
def test_the_command_says_what_to_do_about_an_unknown_call(wrong: str) -> None:
    with pytest.raises(CommandError, match="copy the identifier"):
        call_command("proof", "--call", wrong)


# ── Words ────────────────────────────────────────────────────────────────────
def test_every_code_has_its_words() -> None:
    assert {row.rule for row in ROWS} == set(words.RULES)
    assert set(AUTOMATIC_TOO) | set(BY_HAND) <= set(words.RANGES)
    assert set(Campaign.Basis.values) == set(words.BASES)
    assert set(Campaign.Sector.values) == set(words.SECTORS)
    assert set(Mode.values) == set(words.MODES)
    assert set(Result.values) | {""} == set(words.RESULTS)
