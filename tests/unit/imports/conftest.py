"""A file on the disk as a batch, imported as the worker does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

HEADER = "Nom;Prénom;Téléphone;Portable;Ville;Code client"
TARGETS = ["last_name", "first_name", "phone", "mobile", "city", "client_code"]


@pytest.fixture
def boss(db: None) -> Any:
    from decroche.accounts.models import User

    return User.objects.create_user("chef", None, role="supervisor")


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def upload(boss: Any) -> Callable[..., Any]:
    """`upload(b"…", "name.csv")` → a draft."""
    from decroche.contacts.imports import services

    def make(data: bytes | str, name: str = "prospects.csv") -> Any:
        return services.upload(boss, SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode()))

    return make


@pytest.fixture
def run_file(transactional_db: None, upload: Callable[..., Any], boss: Any) -> Callable[..., Any]:
    """`run_file(["Moreau;Léa;0199001234;;;"], duplicates="fill")` → the batch, imported."""
    from decroche.contacts.imports import services
    from decroche.contacts.imports.run import run_import
    from decroche.contacts.imports.schemas import ColumnTarget, ImportStart

    def run(rows: list[str], targets: list[str] = TARGETS, header: str = HEADER, **start: Any) -> Any:
        batch = upload("\n".join([header, *rows]))
        mapping = [ColumnTarget(column=index, target=target) for index, target in enumerate(targets) if target]
        services.start(boss, batch.pk, ImportStart(mapping=mapping, **start))
        run_import(batch.pk)
        batch.refresh_from_db()
        return batch

    return run


@pytest.fixture
def base() -> Callable[[], list[tuple[str, ...]]]:
    """All contacts as (name, first name, town, code, numbers…), in the order of their making."""

    def read() -> list[tuple[str, ...]]:
        from decroche.contacts.models import Contact

        return [
            (one.last_name, one.first_name, one.city, one.client_code, *one.phones.values_list("e164", flat=True))
            for one in Contact.objects.order_by("pk").prefetch_related("phones")
        ]

    return read
