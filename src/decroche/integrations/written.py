"""A write of the public API: one transaction, done once for each `Idempotency-Key`, audited as the key's.

The kept answer is inserted first, in the same transaction as the effect: whoever comes at the same instant with the
same key waits on its unique index until the first has committed (and then is given the same answer) or rolled back (and
then does the work himself). A crash leaves both or neither. Refusals are not kept: they had no effect.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from ninja import Status
from ninja.errors import HttpError
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel

from decroche.accounts.audit import through
from decroche.common.clock import SystemClock
from decroche.common.crypto import decrypt, encrypt
from decroche.common.errors import InvalidFields
from decroche.common.validation import SENTENCES
from decroche.integrations.auth import key_of
from decroche.integrations.errors import IdempotencyKeyInvalid, IdempotencyKeyReused
from decroche.integrations.models import KeptAnswer

HEADER = "Idempotency-Key"
CLOCK = SystemClock()
_PRINTABLE = re.compile(r"[\x21-\x7e]{1,255}")

_FIRST = """
INSERT INTO integrations_keptanswer (key_id, name, request_sha256, body, created_at) VALUES (%s, %s, %s, '', %s)
ON CONFLICT (key_id, name) DO NOTHING RETURNING id
"""

View = Callable[..., Any]


def written(view: View) -> View:
    """Put below `@router.post(…)` and the like: `view` answers a model, or `Status(code, model)`."""

    # Of the view's own module: the framework would look for the names of its annotations in this one.
    signature = inspect.signature(view, eval_str=True)
    reads_a_body = bool({"body", "file"} & set(signature.parameters))

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **values: Any) -> Any:
        key = key_of(request)
        name = request.headers.get(HEADER, "")
        if name and not _PRINTABLE.fullmatch(name):
            raise IdempotencyKeyInvalid
        if not reads_a_body:
            _need_no_body(request)
        with through(api_key=key.pk), transaction.atomic():
            if not name:
                return view(request, *args, **values)
            kept_id = _claim(key.pk, name, digest := request_digest(request))
            if kept_id is None:
                return _again(key.pk, name, digest)
            answer = view(request, *args, **values)
            _keep(kept_id, answer)
            return answer

    once.__signature__ = signature  # type: ignore[attr-defined]
    once.is_written = True  # type: ignore[attr-defined]
    return once


def _need_no_body(request: HttpRequest) -> None:
    """What nobody reads would be lost in silence. Raises InvalidFields, or HttpError where it is no object."""
    if not request.body:
        return
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise HttpError(400, "no JSON") from error
    if sent is not None and not isinstance(sent, dict):
        raise HttpError(400, "no object")
    if sent:
        raise InvalidFields(**dict.fromkeys(sorted(sent), SENTENCES["extra_forbidden"]))


def request_digest(request: HttpRequest) -> str:
    """Of everything that says what is asked: method, path, query, body or form with its files."""
    digest = hashlib.sha256()

    def add(part: str | bytes) -> None:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)

    for part in (request.method or "", request.path, request.META.get("QUERY_STRING", "")):
        add(part)
    if not (request.content_type or "").startswith("multipart/"):
        add(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        for value in values:
            add(name)
            add(str(value))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            add(name)
            add(_file_digest(file))
    return digest.hexdigest()


def _file_digest(file: UploadedFile[Any]) -> bytes:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()


def _claim(key_id: int, name: str, digest: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [key_id, name, digest, CLOCK.now()])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _again(key_id: int, name: str, digest: str) -> HttpResponse:
    kept = KeptAnswer.objects.get(key=key_id, name=name)
    if kept.request_sha256 != digest:
        raise IdempotencyKeyReused
    status = kept.status or 204
    answer = HttpResponse(decrypt(kept.body), status=status, content_type="application/json; charset=utf-8")
    answer["Idempotency-Replayed"] = "true"
    return answer


def _keep(kept_id: int, answer: Any) -> None:
    status, content = (answer.status_code, answer.value) if isinstance(answer, Status) else (200, answer)
    body = json.dumps(content.model_dump(), cls=NinjaJSONEncoder) if isinstance(content, BaseModel) else ""
    KeptAnswer.objects.filter(pk=kept_id).update(status=status, body=encrypt(body))
