"""The list as a file for a spreadsheet, line by line; sent back, it is a list to import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import StreamingHttpResponse

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.contacts.models import DoNotCall

CHUNK = 2000
HEADER = ("numero", "campagne", "origine", "depuis", "par", "note")


def list_csv(user: User) -> StreamingHttpResponse:
    """Everything, oldest first; beginnings of numbers end with a star. The export is audited."""
    record(user, "do_not_call.export", None)
    response = StreamingHttpResponse(_lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="do-not-call.csv"'
    return response


def _lines() -> Iterator[str]:
    yield "\ufeff" + _line(HEADER)
    rows = DoNotCall.objects.select_related("campaign", "created_by").order_by("pk")
    for one in rows.iterator(chunk_size=CHUNK):
        yield _line(
            (
                one.e164 + ("*" if one.is_prefix else ""),
                _plain(one.campaign.name if one.campaign else ""),
                _plain(one.origin),
                one.created_at.isoformat(timespec="seconds"),
                _plain(one.created_by.display_name if one.created_by else ""),
                _plain(one.note),
            )
        )


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(cells)
    return out.getvalue()


def _plain(text: str) -> str:
    """A text that a spreadsheet would take for a formula is a text."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
