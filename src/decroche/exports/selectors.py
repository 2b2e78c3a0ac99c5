"""Reading exports, their columns and the choices of columns."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import Language, NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.records import campaign_ref, person
from decroche.exports import errors
from decroche.exports.catalogue import catalogue
from decroche.exports.filters import checked, rows
from decroche.exports.models import Export, ExportLayout
from decroche.exports.schemas import ExportColumn, ExportErrorOut, ExportOut, ExportPage, LayoutOut

CLOCK = SystemClock()
Status = Export.Status
SAME_NAME = (
    *("id", "subject", "format", "dates", "file_name", "columns", "filters", "rows_total", "rows_done"),
    *("size_bytes", "sheets", "cut_cells", "downloads", "created_at", "finished_at", "expires_at"),
)


def columns_of(user: User, subject: str, campaign_id: int | None) -> list[ExportColumn]:
    """Every column that a file of the subject may have, in the catalogue's order."""
    language: Language = "en" if user.language == "en" else "fr"
    found = catalogue(subject, campaign_id).columns.values()
    return [ExportColumn(key=one.key, label=one.title(language), group=one.group, usual=one.usual) for one in found]


def count(user: User, subject: str, filters: dict[str, Any], clock: Clock = CLOCK) -> int:
    """Rows of a file to come. Raises InvalidFields."""
    return rows(user, subject, checked(subject, filters), clock.now()).count()


def list_exports(user: User, *, cursor: str, limit: int) -> ExportPage:
    """A page, newest first: those of everybody who may export."""
    exports = Export.objects.select_related("campaign", "created_by").order_by("-created_at", "id")
    total = None if cursor else exports.count()
    if cursor:
        at, last = decode_cursor(cursor, datetime.fromisoformat, UUID)
        exports = exports.filter(Q(created_at__lte=at) & (Q(created_at__lt=at) | Q(id__gt=last)))
    page, following = cut(list(exports[: limit + 1]), limit, lambda one: (one.created_at.isoformat(), one.pk))
    return ExportPage(items=[export_out(one, user) for one in page], next_cursor=following, total=total)


def export_detail(export_id: UUID, user: User) -> ExportOut:
    """Raises NotFound."""
    export = Export.objects.select_related("campaign", "created_by").filter(pk=export_id).first()
    if export is None:
        raise NotFound
    return export_out(export, user)


def export_out(export: Export, user: User, clock: Clock = CLOCK) -> ExportOut:
    """An export as shown."""
    status = Status.EXPIRED if export.is_over(clock.now()) else export.status
    error = None
    if export.error:
        sentence = errors.by_code(export.error).sentence("en" if user.language == "en" else "fr")
        error = ExportErrorOut(code=export.error, message=sentence)
    return ExportOut.model_validate(
        {
            **{name: getattr(export, name) for name in SAME_NAME},
            "status": status,
            "campaign": campaign_ref(export.campaign),
            "created_by": person(export.created_by),
            "progress": _progress(export),
            "error": error,
            "can_cancel": export.status in (Status.QUEUED, Status.RUNNING),
            "can_download": status == Status.DONE,
        }
    )


def _progress(export: Export) -> float:
    if export.status == Status.DONE:
        return 1.0
    return min(1.0, export.rows_done / export.rows_total) if export.rows_total else 0.0


def layouts(user: User, subject: str) -> list[LayoutOut]:
    """The user's own and the shared ones, by name."""
    found = ExportLayout.objects.select_related("created_by").filter(Q(created_by=user) | Q(shared=True))
    return [layout_out(one, user) for one in found.filter(subject=subject)]


def layout_out(one: ExportLayout, user: User) -> LayoutOut:
    """A choice of columns as shown."""
    return LayoutOut.model_validate(
        {
            **{name: getattr(one, name) for name in ("id", "subject", "name", "columns", "shared")},
            "mine": one.created_by_id == user.pk,
            "created_by": person(one.created_by),
        }
    )
