"""A draft is found as it was left."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

FILE = "Nom;Téléphone;Effectif\nMoreau;0199001234;12\n".encode()
MAPPING = [{"column": 0, "target": "last_name"}, {"column": 1, "target": "phone"}]
CHOICES = {
    "name": "Salon de mars",
    "columns": [
        {"column": 0, "target": "", "label": "", "kind": "text"},
        {"column": 2, "target": "new", "label": "Effectif", "kind": "number"},
    ],
    "tidy": ["towns"],
    "save_mapping_as": "Salons",
    "duplicates": "fill",
    "match_by": ["siret"],
    "against": "campaign",
    "campaign_id": 12,
    "consent": None,
}


@pytest.fixture
def path(as_supervisor: Any) -> str:
    draft = as_supervisor.http.post("/api/imports", {"file": SimpleUploadedFile("mars.csv", FILE)}).json()
    assert draft["choices"] is None
    return f"/imports/{draft['id']}"


def test_what_was_chosen_is_given_back(as_supervisor: Any, path: str) -> None:
    assert as_supervisor.put(f"{path}/choices", CHOICES).status_code == 204
    assert as_supervisor.get(path).json()["choices"] == CHOICES


def test_a_file_read_otherwise_may_have_other_columns(as_supervisor: Any, path: str) -> None:
    as_supervisor.put(f"{path}/choices", CHOICES)
    choices = as_supervisor.patch(path, {"header_row": 0}).json()["choices"]
    assert choices == CHOICES | {"columns": []}


def test_a_batch_that_was_started_has_no_choices_left(as_supervisor: Any, path: str) -> None:
    as_supervisor.put(f"{path}/choices", CHOICES)
    as_supervisor.post(f"{path}/start", {"mapping": MAPPING})
    assert as_supervisor.get(path).json()["choices"] is None
    assert as_supervisor.put(f"{path}/choices", CHOICES).json()["error"]["code"] == "import_already_started"
