"""The list as a file for a spreadsheet, line by line; sent back, it is a list to import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import StreamingHttpResponse

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.contacts.do_not_call.lines import PARIS
from decroche.contacts.models import DoNotCall

CHUNK = 2000
HEADERS = {
    "fr": ("numero", "campagne", "origine", "depuis", "par", "note"),
    "en": ("number", "campaign", "origin", "since", "by", "note"),
}
"""`lines.read` knows them all."""
NAMES = {"fr": "liste-noire", "en": "do-not-call"}


def list_csv(user: User) -> StreamingHttpResponse:
    """Everything, oldest first; beginnings of numbers end with a star. The export is audited."""
    record(user, "do_not_call.export", None)
    language = "en" if user.language == "en" else "fr"
    response = StreamingHttpResponse(_lines(HEADERS[language]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAMES[language]}.csv"'
    return response


def _lines(header: tuple[str, ...]) -> Iterator[str]:
    yield "\ufeff" + _line(header)
    rows = DoNotCall.objects.select_related("campaign", "created_by").order_by("pk")
    for one in rows.iterator(chunk_size=CHUNK):
        yield _line(
            (
                one.e164 + ("*" if one.is_prefix else ""),
                _plain(one.campaign.name if one.campaign else ""),
                _plain(one.origin),
                f"{one.created_at.astimezone(PARIS):%d/%m/%Y %H:%M:%S}",
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
