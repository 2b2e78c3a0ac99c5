"""Files asked for over the API, made as the worker makes them, and read back as a spreadsheet reads them."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def exports_dir(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "exports"
    settings.EXPORTS_DIR = folder
    return folder


@pytest.fixture
def make_file(transactional_db: None, as_supervisor: Any) -> Callable[..., bytes]:
    """`make_file("contacts", ["last_name"], format="xlsx", filters={…})` → the bytes downloaded."""
    from decroche.exports.run import run_export

    def make(subject: str, columns: list[str], **asked: Any) -> bytes:
        answer = as_supervisor.post("/exports", {"subject": subject, "columns": columns, **asked})
        assert answer.status_code == 201, answer.json()
        run_export(answer.json()["id"])
        return download(as_supervisor, answer.json()["id"])

    return make


def download(client: Any, export_id: str) -> bytes:
    answer = client.get(f"/exports/{export_id}/file")
    assert answer.status_code == 200, answer.json()
    return b"".join(answer.streaming_content)


@pytest.fixture
def read_csv() -> Callable[[bytes], list[list[str]]]:
    """Rows, the titles first."""

    def read(data: bytes) -> list[list[str]]:
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))

    return read


@pytest.fixture
def make_call(transactional_db: None) -> Callable[..., Any]:
    """`make_call(agent=…, minutes_ago=3)`: 10 s of ringing, 1 s of silence, 60 s of talk unless told otherwise."""
    from decroche.calls.models import Call

    def make(*, minutes_ago: int = 1, **fields: Any) -> Call:
        placed = timezone.now() - timedelta(minutes=minutes_ago)
        usual = {
            "e164": "+33199000001",
            "mode": "progressive",
            "state": "ended",
            "result": "connected",
            "claimed_at": placed,
            "placed_at": placed,
            "answered_at": placed + timedelta(seconds=10),
            "bridged_at": placed + timedelta(seconds=11),
            "ended_at": placed + timedelta(seconds=71),
        }
        return Call.objects.create(id=uuid.uuid4(), **{**usual, **fields})

    return make
