"""Data goes at the end of its time, no sooner; what went is written down; a lost worker is followed by another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)


class Then:
    """A clock that shows NOW."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


CLOCK = Then()


def contact_of(created: datetime, **fields: Any) -> Any:
    from decroche.contacts.models import Contact, ContactPhone

    contact = Contact.objects.create(last_name="Lefèvre", **fields)
    Contact.objects.filter(pk=contact.pk).update(created_at=created)
    ContactPhone.objects.create(contact=contact, kind="phone", e164="+33465711234")
    return contact


def recording_of(at: datetime, number: int, folder: Path) -> Path:
    from decroche.calls.models import Call, Recording

    call = Call.objects.create(id=UUID(int=number), mode="manual", e164="", state="ended", claimed_at=at)
    Recording.objects.create(id=UUID(int=number), call=call, status="ready", started_at=at)
    path = folder / f"{UUID(int=number)}.wav"
    path.write_bytes(b"voice")
    return path


def proof_of(contact: Any, given: datetime, **fields: Any) -> Any:
    from decroche.ledger.models import Principal, Proof
    from decroche.ledger.services import archive_until

    principal, _ = Principal.objects.get_or_create(siren="123456782", defaults={"name": "Mutuelle"})
    kind = fields.get("kind", "consent")
    return Proof.objects.create(
        principal=principal, contact=contact, who="Mme Lefèvre", object="Santé", wording="Oui", wording_version="1",
        channel="paper", act="signé", given_at=given, recorded_at=given, archive_until=archive_until(kind, given),
        **fields,
    )  # fmt: skip


def run_all(capture: Any, **options: Any) -> dict[str, int]:
    from decroche.privacy.models import RetentionRun
    from decroche.privacy.retention import services

    services.ask(None, CLOCK)
    with capture(execute=True):
        services.work(clock=CLOCK, **options)
    return {one.kind: one.removed for one in RetentionRun.objects.all() if one.removed}


def test_a_recording_goes_after_six_months_and_not_the_day_before(
    settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    from decroche.calls.models import Recording

    settings.RECORDINGS_DIR = tmp_path
    old = recording_of(datetime(2029, 12, 1, 11, 59, tzinfo=UTC), 1, tmp_path)
    young = recording_of(datetime(2029, 12, 1, 12, 1, tzinfo=UTC), 2, tmp_path)
    assert run_all(django_capture_on_commit_callbacks) == {"recording": 1}
    assert (old.exists(), young.exists()) == (False, True)
    assert list(Recording.objects.order_by("pk").values_list("status", flat=True)) == ["deleted", "ready"]


def test_an_administrator_shortens_what_the_law_allows(
    settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    from decroche.accounts.models import Setting
    from decroche.privacy.models import RetentionRun

    settings.RECORDINGS_DIR = tmp_path
    Setting.objects.create(key="recordings_kept_days", value=30)
    recording_of(NOW - timedelta(days=29), 1, tmp_path)
    recording_of(NOW - timedelta(days=31), 2, tmp_path)
    assert run_all(django_capture_on_commit_callbacks) == {"recording": 1}
    assert RetentionRun.objects.get(kind="recording").kept_days == 30


def test_the_days_of_a_setting_never_reach_past_the_months_of_the_law() -> None:
    from decroche.accounts.settings_schema import Settings
    from decroche.privacy.retention.kinds import KINDS
    from decroche.privacy.retention.terms import term_of

    september = datetime(2030, 9, 1, tzinfo=UTC)  # 1 March is 184 days before
    left = term_of(KINDS["recording"], Settings(), september)  # as long as the law says: in its own months
    assert (left.days, left.before) == (None, datetime(2030, 3, 1, tzinfo=UTC))
    chosen = term_of(KINDS["recording"], Settings(recordings_kept_days=182), september)
    assert (chosen.days, chosen.before) == (182, september - timedelta(days=182))
    july = datetime(2030, 7, 1, tzinfo=UTC)  # 1 January is 181 days before
    assert term_of(KINDS["recording"], Settings(), july).before == datetime(2030, 1, 1, tzinfo=UTC)


def test_a_prospect_is_erased_three_years_after_his_last_sign(django_capture_on_commit_callbacks: Any) -> None:
    from decroche.campaigns.models import Campaign
    from decroche.contacts.models import Contact, ScriptAnswer

    silent = contact_of(NOW - timedelta(days=1200))
    recent = contact_of(NOW - timedelta(days=1000))
    answered = contact_of(NOW - timedelta(days=1200))
    campaign = Campaign.objects.create(name="Santé")
    ScriptAnswer.objects.create(contact=answered, campaign=campaign, question_key="q", value="oui")
    ScriptAnswer.objects.update(updated_at=NOW - timedelta(days=900))
    agreed = contact_of(NOW - timedelta(days=1200))
    proof_of(agreed, NOW - timedelta(days=100))
    assert run_all(django_capture_on_commit_callbacks) == {"prospect": 1}
    assert set(Contact.objects.filter(erased_at=None)) == {recent, answered, agreed}
    silent.refresh_from_db()
    assert (silent.last_name, silent.phones.count()) == ("", 0)


def test_a_client_is_kept_five_years(django_capture_on_commit_callbacks: Any) -> None:
    from decroche.contacts.models import Contact

    kept, gone = contact_of(NOW - timedelta(days=1500)), contact_of(NOW - timedelta(days=2000))
    for one, days in ((kept, 1500), (gone, 2000)):
        proof_of(one, NOW - timedelta(days=days), kind="contract")
    removed = run_all(django_capture_on_commit_callbacks)
    assert removed == {"client": 1, "proof": 1}
    assert list(Contact.objects.filter(erased_at=None)) == [kept]


def test_a_prospect_on_the_line_waits_for_the_next_night(django_capture_on_commit_callbacks: Any) -> None:
    from decroche.calls.models import Call
    from decroche.privacy.models import RetentionRun

    busy = contact_of(NOW - timedelta(days=1200))
    call = Call.objects.create(
        id=UUID(int=1), contact=busy, mode="manual", e164="+33465711234", state="bridged", claimed_at=NOW
    )
    assert run_all(django_capture_on_commit_callbacks) == {}
    assert RetentionRun.objects.get(kind="prospect").held == 1
    Call.objects.filter(pk=call.pk).update(state="ended")
    assert run_all(django_capture_on_commit_callbacks) == {"prospect": 1}


def test_a_proof_goes_past_its_archive_with_its_withdrawals_then_the_file_that_showed_it(
    settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from decroche.ledger.models import Evidence, Proof, Withdrawal
    from decroche.privacy.retention import kinds

    monkeypatch.setattr(kinds, "evidence_path", lambda one: tmp_path / str(one))
    given = NOW - timedelta(days=1200)
    shown = Evidence.objects.create(id=UUID(int=5), name="a.pdf", size_bytes=1, sha256="0", added_at=given)
    (tmp_path / str(shown.pk)).write_bytes(b"x")
    contact = contact_of(NOW)
    old = proof_of(contact, given, evidence=shown)
    Withdrawal.objects.create(proof=old, at=given, channel="phone", recorded_at=given)
    young = proof_of(contact, NOW - timedelta(days=1000))
    assert run_all(django_capture_on_commit_callbacks) == {"proof": 1, "evidence": 1}
    assert list(Proof.objects.all()) == [young]
    assert list(tmp_path.iterdir()) == []


def test_a_job_that_was_stopped_goes_on_where_it_was(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from decroche.contacts.models import ContactNote
    from decroche.privacy.errors import RetentionUnderWay
    from decroche.privacy.models import RetentionRun
    from decroche.privacy.retention import services

    monkeypatch.setattr(services, "CHUNK", 2)
    contact = contact_of(NOW)
    for _ in range(5):
        ContactNote.objects.create(contact=contact, text="Aime le thé")
    ContactNote.objects.update(updated_at=NOW - timedelta(days=400))
    looks = iter([False, False, True])  # nothing of recordings, one piece of notes, then told to stop
    run_all(django_capture_on_commit_callbacks, should_stop=lambda: next(looks))
    assert ContactNote.objects.count() == 3
    with pytest.raises(RetentionUnderWay):
        services.ask(None, CLOCK)
    services.work(clock=CLOCK)
    run = RetentionRun.objects.get(kind="note")
    assert (run.removed, run.finished_at, ContactNote.objects.count()) == (5, NOW, 0)


def test_the_preview_says_how_many_the_oldest_and_whose(as_admin: Any) -> None:
    from decroche.contacts.models import ContactNote

    contact = contact_of(NOW, first_name="Hélène")
    ContactNote.objects.create(contact=contact, text="Aime le thé")
    ContactNote.objects.update(updated_at=datetime(2024, 1, 1, tzinfo=UTC))
    preview = as_admin.get("/privacy/retention").json()
    note = next(one for one in preview["kinds"] if one["kind"] == "note")
    assert (note["count"], note["oldest"][:10], note["first"][0]["name"]) == (1, "2024-01-01", "Hélène Lefèvre")
    assert (note["months"], preview["running"]) == (12, False)


def test_an_administrator_starts_it_reads_the_log_and_nobody_else(as_admin: Any, as_supervisor: Any) -> None:
    from decroche.accounts.models import AuditEntry

    assert as_supervisor.post("/privacy/retention/run").status_code == 403
    assert as_admin.post("/privacy/retention/run").status_code == 204
    assert as_admin.post("/privacy/retention/run").json()["error"]["code"] == "retention_under_way"
    log = as_admin.get("/privacy/retention/runs").json()["items"]
    assert {one["source"] for one in log if one["kind"] == "recording"} == {"CNIL, écoute et enregistrement"}
    assert {one["kind"] for one in log} >= {"recording", "note", "prospect", "proof"}
    assert AuditEntry.objects.filter(action="retention.run").count() == 1


def passed(at: datetime, **removed: int) -> None:
    from decroche.privacy.models import RetentionRun

    for kind in ("recording", "note", "proof"):
        RetentionRun.objects.create(
            kind=kind, row="keep_note/2020", before=at, asked_at=at, finished_at=at, removed=removed.get(kind, 0)
        )


def test_the_log_has_what_went_and_one_line_of_a_night_on_which_nothing_did(as_admin: Any) -> None:
    passed(NOW - timedelta(days=2), note=3)
    passed(NOW - timedelta(days=1))
    log = as_admin.get("/privacy/retention/runs").json()["items"]
    assert [(one["nothing"], one["removed"]) for one in log] == [(True, 0), (False, 3)]
    assert log[1]["kind"] == "note"
