"""Sound of a recording, with HTTP ranges so that a player can seek."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from decroche.accounts.audit import record
from decroche.accounts.models import AuditEntry, User
from decroche.calls import selectors
from decroche.calls.errors import NoRecording
from decroche.calls.models import Recording
from decroche.common.errors import Forbidden, NotFound

CHUNK = 64 * 1024
ONE_PLAYBACK = timedelta(minutes=10)
"""A player asks for many ranges: those within this time are one line of the audit log."""
PLAYED, DOWNLOADED = "recording.play", "recording.download"
RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def response(
    request: HttpRequest, viewer: User, call_id: UUID, recording_id: UUID | None, *, download: bool = False
) -> HttpResponseBase:
    """Raises NotFound (for an agent also where the call is another's), NoRecording, Forbidden (an agent's download)."""
    if download and not viewer.is_supervisor:
        raise Forbidden
    if not selectors.visible(viewer).filter(pk=call_id).exists():
        raise NotFound
    found = Recording.objects.filter(call_id=call_id, status=Recording.Status.READY).order_by("-started_at")
    recording = (found.filter(pk=recording_id) if recording_id else found).first()
    path = path_of(recording.pk) if recording else None
    if recording is None or path is None or not path.is_file():
        raise NoRecording
    wanted = request.headers.get("Range", "")
    _note(viewer, recording, DOWNLOADED if download else PLAYED, whole=not wanted)
    answer = _answer(path, wanted, f"{call_id}.wav")
    if download:
        answer["Content-Disposition"] = f'attachment; filename="{call_id}.wav"'
    return answer


def path_of(recording_id: UUID) -> Path:
    """Built from the identifier alone."""
    return Path(settings.RECORDINGS_DIR) / f"{recording_id}.wav"


def _note(viewer: User, recording: Recording, action: str, *, whole: bool) -> None:
    """Asked for whole, it is a listening of its own; asked for by ranges, one with those of the last minutes."""
    lately = AuditEntry.objects.filter(
        actor=viewer, action=action, object_id=str(recording.pk), at__gt=timezone.now() - ONE_PLAYBACK
    )
    if whole or not lately.exists():
        record(viewer, action, recording, call_id=str(recording.call_id))


def _answer(path: Path, wanted: str, name: str) -> HttpResponseBase:
    size = path.stat().st_size
    span = _span(wanted, size)
    if span is not None and span[0] >= span[1]:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = span or (0, size)
    answer = StreamingHttpResponse(_read(path, start, end), status=206 if span else 200, content_type="audio/wav")
    answer["Content-Length"] = str(end - start)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    if span:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return answer


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None: the whole. Several ranges, or nonsense, are ignored (RFC 9110)."""
    match = RANGE.fullmatch(wanted.replace(" ", ""))
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        length = int(match[2])
        return (max(size - length, 0), size) if length else (size, size)
    start, end = int(match[1]), int(match[2]) + 1 if match[2] else size
    if match[2] and end <= start:
        return None
    return start, min(end, size)


def _read(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
