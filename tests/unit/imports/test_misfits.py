"""Before an import starts, the first values that a typed field would refuse are told by column."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from decroche.contacts.models import CustomField, ImportBatch

HEADER = "Nom;Tél;Effectif;Depuis;Taille;Actif;Site"
ROWS = [
    "Moreau;0199001234;12;31/12/2026;Petite;oui;www.exemple.fr",
    "Petit;0199001235;douze;bientôt;petite;peut-être;exemple",
    ";;;;;;",
    "Roux;0199001236;1 200,50 €;hier;Énorme;NON;https://exemple.fr",
    "Blanc;0199001237;;2026-02-31;;;",
]
KINDS = ["number", "date", "choice", "yes_no", "link"]
EXPECTED = [(2, 3, 1, "douze"), (3, 4, 3, "bientôt"), (4, 3, 1, "Énorme"), (5, 3, 1, "peut-être"), (6, 3, 1, "exemple")]


@pytest.fixture
def path(as_supervisor: Any) -> str:
    file = SimpleUploadedFile("mars.csv", "\n".join([HEADER, *ROWS]).encode())
    return f"/imports/{as_supervisor.http.post('/api/imports', {'file': file}).json()['id']}"


def told(as_supervisor: Any, path: str, columns: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    answer = as_supervisor.post(f"{path}/misfits", {"columns": columns}).json()
    return [(one["column"], one["looked_at"], one["count"], one["example"]) for one in answer]


def test_a_column_says_how_many_of_its_values_its_field_refuses(as_supervisor, path):
    for kind in KINDS:
        CustomField.objects.create(key=kind, label=kind, kind=kind, choices=["Petite", "Grande"])
    columns = [{"column": 2 + at, "target": f"custom:{kind}"} for at, kind in enumerate(KINDS)]
    assert told(as_supervisor, path, columns) == EXPECTED


def test_what_is_told_is_what_the_import_refuses(run_file):
    for kind in KINDS:
        CustomField.objects.create(key=kind, label=kind, kind=kind, choices=["Petite", "Grande"])
    for at, kind in enumerate(KINDS):
        targets = ["last_name", "phone", *("" for _ in KINDS)]
        targets[2 + at] = f"custom:{kind}"
        batch = run_file(ROWS, targets, HEADER, duplicates="keep")
        assert batch.counts["refused"] == EXPECTED[at][2]


def test_a_new_field_is_told_by_its_type_and_a_new_choice_takes_all(as_supervisor, path):
    columns = [
        {"column": 2, "target": "new", "label": "Effectif", "kind": "number"},
        {"column": 3, "target": "new", "label": "Depuis", "kind": "text"},
        {"column": 4, "target": "new", "label": "Taille", "kind": "choice"},
        {"column": 0, "target": "last_name"},
        {"column": 1, "target": "custom:gone"},
        {"column": 99, "target": "new", "label": "Hors", "kind": "date"},
    ]
    assert told(as_supervisor, path, columns) == [EXPECTED[0]]
    CustomField.objects.create(key="taille", label="TAILLE", kind="choice", choices=["Petite", "Grande"])
    assert told(as_supervisor, path, columns) == [EXPECTED[0], EXPECTED[2]]


def test_only_of_a_draft(as_supervisor, path):
    assert as_supervisor.post("/imports/999999/misfits", {"columns": []}).status_code == 404
    ImportBatch.objects.update(status="done")
    assert as_supervisor.post(f"{path}/misfits", {"columns": []}).status_code == 409
