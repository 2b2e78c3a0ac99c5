"""Files that show a consent: kept as they came, named by an identifier, with their hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.ledger.errors import EvidenceTooLarge
from decroche.ledger.models import Evidence

CLOCK = SystemClock()
MOST_BYTES = 20 * 1024 * 1024


def path_of(identifier: UUID) -> Path:
    """Where the file is."""
    folder: Path = settings.ENV.var / "evidence"
    return folder / str(identifier)


def add(actor: User | None, file: UploadedFile[Any], clock: Clock = CLOCK) -> Evidence:
    """On disk before its row is committed; a file whose row never came is swept by the retention job."""
    if (file.size or 0) > MOST_BYTES:
        raise EvidenceTooLarge
    identifier, digest, size = uuid4(), hashlib.sha256(), 0
    path = path_of(identifier)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        for chunk in file.chunks():
            digest.update(chunk)
            size += len(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    name = "".join(c for c in Path(file.name or "preuve").name if c.isprintable())[:200] or "preuve"
    with transaction.atomic():
        row = Evidence.objects.create(
            id=identifier, name=name, size_bytes=size, sha256=digest.hexdigest(), added_by=actor, added_at=clock.now()
        )
        record(actor, "evidence.add", row)
    return row


def get(identifier: UUID) -> tuple[Evidence, Path]:
    """Raises NotFound, also where the file is gone."""
    row = Evidence.objects.filter(pk=identifier).first()
    if row is None or not path_of(identifier).is_file():
        raise NotFound
    return row, path_of(identifier)
