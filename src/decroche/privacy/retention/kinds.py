"""Every kind of data that ends: the rule that says when, what is due (SQL), and its removal.

`due` gives (id, at, contact_id) of what is older than %(before)s. A removal takes some ids within the caller's
transaction; files go once it is committed. It says how many went: those that could not are asked for the next night.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from django.db import connection, transaction

from decroche.calls.playback import path_of as recording_path
from decroche.contacts.erasing.services import erase_due
from decroche.ledger.evidence import path_of as evidence_path

Ids = Sequence[Any]
Key = Literal[
    "recording", "note", "callback_note", "appointment_note", "mail", "prospect", "client", "refused_row", "proof",
    "evidence", "decision",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """`setting`: where an administrator may shorten the rule. `grace_days`: counted instead of the rule's months."""

    key: Key
    rule: str
    due: str
    remove: Callable[[Ids], int]
    setting: str = ""
    id_type: Literal["bigint", "uuid"] = "bigint"
    grace_days: int | None = None


def _run(statement: str, ids: Ids) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": list(ids)})
        return int(cursor.rowcount)


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _recordings(ids: Ids) -> int:
    gone = _run("UPDATE calls_recording SET status = 'deleted' WHERE id = ANY(%(ids)s::uuid[])", ids)
    transaction.on_commit(lambda: _unlink([recording_path(one) for one in ids]))
    return gone


def _notes(ids: Ids) -> int:
    return _run("DELETE FROM contacts_contactnote WHERE id = ANY(%(ids)s)", ids)


def _callback_notes(ids: Ids) -> int:
    return _run("UPDATE callbacks_callback SET note = '' WHERE id = ANY(%(ids)s)", ids)


def _appointment_notes(ids: Ids) -> int:
    return _run("UPDATE appointments_appointment SET note = '' WHERE id = ANY(%(ids)s)", ids)


def _mails(ids: Ids) -> int:
    return _run("DELETE FROM messages_mail WHERE id = ANY(%(ids)s::uuid[])", ids)


def _refused_rows(ids: Ids) -> int:
    return _run("DELETE FROM contacts_refusedrow WHERE id = ANY(%(ids)s)", ids)


def _proofs(ids: Ids) -> int:
    """Withdrawals go with their proof. The ledger's guard lets nobody else."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL decroche.retention = 'on'")
    _run("DELETE FROM ledger_withdrawal WHERE proof_id = ANY(%(ids)s)", ids)
    return _run("DELETE FROM ledger_proof WHERE id = ANY(%(ids)s)", ids)


def _evidence(ids: Ids) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL decroche.retention = 'on'")
    gone = _run("DELETE FROM ledger_evidence WHERE id = ANY(%(ids)s::uuid[])", ids)
    transaction.on_commit(lambda: _unlink([evidence_path(one) for one in ids]))
    return gone


def _decisions(ids: Ids) -> int:
    return _run("DELETE FROM ledger_decision WHERE call_id = ANY(%(ids)s::uuid[])", ids)


_LAST_SIGN = """greatest(c.created_at,
    (SELECT max(p.given_at) FROM ledger_proof p WHERE p.contact_id = c.id),
    (SELECT max(a.updated_at) FROM contacts_scriptanswer a WHERE a.contact_id = c.id),
    (SELECT max(greatest(b.created_at, b.due_at)) FROM callbacks_callback b WHERE b.contact_id = c.id),
    (SELECT max(greatest(v.created_at, v.starts_at)) FROM appointments_appointment v WHERE v.contact_id = c.id))"""
_CLIENT = "EXISTS (SELECT FROM ledger_proof k WHERE k.contact_id = c.id AND k.kind = 'contract')"


def _contacts(condition: str) -> str:
    """By the last sign that came from the person: our own calls, without answer to a question, are none."""
    return f"""
        SELECT * FROM (SELECT c.id, {_LAST_SIGN} AS at, c.id AS contact_id FROM contacts_contact c
        WHERE c.erased_at IS NULL AND c.created_at < %(before)s AND {condition}) s WHERE s.at < %(before)s
    """  # noqa: S608 — of the constants above


KINDS: Mapping[str, Kind] = {
    one.key: one
    for one in (
        Kind(
            "recording",
            "keep_recording",
            """SELECT r.id, r.started_at AS at, c.contact_id FROM calls_recording r
            JOIN calls_call c ON c.id = r.call_id
            WHERE r.status NOT IN ('deleted', 'missing') AND c.state = 'ended' AND r.started_at < %(before)s""",
            _recordings,
            setting="recordings_kept_days",
            id_type="uuid",
        ),
        Kind(
            "note",
            "keep_note",
            "SELECT id, updated_at AS at, contact_id FROM contacts_contactnote WHERE updated_at < %(before)s",
            _notes,
            setting="notes_kept_days",
        ),
        Kind(
            "callback_note",
            "keep_note",
            """SELECT id, greatest(due_at, updated_at) AS at, contact_id FROM callbacks_callback
            WHERE note <> '' AND state <> 'scheduled' AND greatest(due_at, updated_at) < %(before)s""",
            _callback_notes,
            setting="notes_kept_days",
        ),
        Kind(
            "appointment_note",
            "keep_note",
            """SELECT id, greatest(starts_at, updated_at) AS at, contact_id FROM appointments_appointment
            WHERE note <> '' AND greatest(starts_at, updated_at) < %(before)s""",
            _appointment_notes,
            setting="notes_kept_days",
        ),
        Kind(
            "mail",
            "keep_note",
            """SELECT id, coalesce(ended_at, created_at) AS at, contact_id FROM messages_mail
            WHERE state <> 'queued' AND coalesce(ended_at, created_at) < %(before)s""",
            _mails,
            setting="notes_kept_days",
            id_type="uuid",
        ),
        Kind(
            "prospect",
            "keep_prospect",
            _contacts(f"NOT {_CLIENT}"),
            erase_due,
            setting="prospects_kept_days",
        ),
        Kind("client", "keep_contract", _contacts(_CLIENT), erase_due),
        Kind(
            "refused_row",
            "keep_prospect",
            """SELECT r.id, b.created_at AS at, NULL::bigint AS contact_id FROM contacts_refusedrow r
            JOIN contacts_importbatch b ON b.id = r.batch_id WHERE b.created_at < %(before)s""",
            _refused_rows,
            setting="prospects_kept_days",
        ),
        # The day on which it may go was written with each proof, by its kind.
        Kind(
            "proof",
            "keep_consent",
            """SELECT id, archive_until AS at, contact_id FROM ledger_proof WHERE archive_until < %(before)s""",
            _proofs,
            grace_days=0,
        ),
        Kind(
            "evidence",
            "keep_consent",
            """SELECT e.id, e.added_at AS at, NULL::bigint AS contact_id FROM ledger_evidence e
            WHERE e.added_at < %(before)s
            AND NOT EXISTS (SELECT FROM ledger_proof p WHERE p.evidence_id = e.id)""",
            _evidence,
            id_type="uuid",
            grace_days=1,
        ),
        Kind(
            "decision",
            "keep_consent",
            """SELECT d.call_id AS id, d.at, c.contact_id FROM ledger_decision d
            JOIN calls_call c ON c.id = d.call_id WHERE d.at < %(before)s""",
            _decisions,
            id_type="uuid",
        ),
    )
}
"""By key, in the order in which they are gone through: a proof before the file that showed it."""
