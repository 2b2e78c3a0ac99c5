"""The call log as a file for a spreadsheet, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import StreamingHttpResponse

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls import selectors
from decroche.calls.models import Call
from decroche.calls.schemas import CallFilters
from decroche.common.days import PARIS
from decroche.common.errors import Language
from decroche.common.spreadsheet import csv_chunks
from decroche.contacts.phones import readable

HEADERS: tuple[tuple[str, str], ...] = (
    ("Appel", "Call"),
    ("Date", "Date"),
    ("Campagne", "Campaign"),
    ("Agent", "Agent"),
    ("Contact", "Contact"),
    ("Numéro appelé", "Number called"),
    ("Numéro présenté", "Number shown"),
    ("Mode", "Mode"),
    ("Résultat", "Result"),
    ("Qualification", "Disposition"),
    ("Sonnerie (s)", "Ringing (s)"),
    ("Attente après décroché (s)", "Silence after answer (s)"),
    ("Conversation (s)", "Talk (s)"),
    ("Garde (s)", "Hold (s)"),
    ("Post-appel (s)", "Wrap-up (s)"),
    ("Raccroché par", "Hung up by"),
    ("Cause Q.850", "Q.850 cause"),
    ("Code SIP", "SIP code"),
)
RESULTS_FR = {
    "connected": "connecté",
    "abandoned": "appel muet",
    "no_answer": "pas de réponse",
    "busy": "occupé",
    "rejected": "rejeté",
    "unallocated": "non attribué",
    "congestion": "encombrement",
    "machine": "répondeur",
    "cancelled": "annulé",
    "failed": "échec",
}


def response(viewer: User, filters: CallFilters, language: Language) -> StreamingHttpResponse:
    """The filtered log, in the order of the screen."""
    logged = filters.model_dump(mode="json", exclude_none=True, exclude={"number"})
    record(viewer, "calls.export", filters=logged)
    answer = StreamingHttpResponse(csv_chunks(_rows(viewer, filters, language)), content_type="text/csv; charset=utf-8")
    name = "appels.csv" if language == "fr" else "calls.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _rows(viewer: User, filters: CallFilters, language: Language) -> Iterator[list[object]]:
    yield [both[1 if language == "en" else 0] for both in HEADERS]
    found = selectors.with_names(selectors.filtered(viewer, filters))
    for row in found.iterator(chunk_size=2000):
        yield _cells(row, language)


def _cells(row: Call, language: Language) -> list[object]:
    return [
        row.pk,
        _local(row.claimed_at),
        row.campaign.name if row.campaign else "",
        row.agent.display_name if row.agent else "",
        selectors.contact_name(row),
        readable(row.e164),
        readable(row.presented) if row.presented else "",
        row.mode,
        RESULTS_FR.get(row.result, row.result) if language == "fr" else row.result,
        row.disposition.label if row.disposition else "",
        _rounded(selectors.seconds(row.placed_at, row.answered_at or row.ended_at)),
        _rounded(selectors.seconds(row.answered_at, row.bridged_at)),
        _rounded(selectors.seconds(row.bridged_at, row.ended_at)),
        _rounded(row.hold_s),
        _rounded(selectors.seconds(row.ended_at, row.wrap_up_ended_at)),
        row.hung_up_by,
        row.cause,
        row.sip_code,
    ]


def _local(at: datetime) -> str:
    return at.astimezone(PARIS).strftime("%d/%m/%Y %H:%M:%S")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
