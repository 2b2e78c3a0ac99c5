"""Where documents lie."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings


def path_of(identifier: UUID) -> Path:
    """Built from the identifier alone, without an ending."""
    return Path(settings.DOCUMENTS_DIR) / str(identifier)


def keep(identifier: UUID, chunks: Iterable[bytes]) -> Path:
    """Write a new file, ours alone to read."""
    path = path_of(identifier)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        for chunk in chunks:
            made.write(chunk)
    return path
