"""Batches are found by what is typed, however old."""

from __future__ import annotations

from typing import Any

import pytest

from decroche.contacts.models import ImportBatch


@pytest.fixture
def old(db: None) -> ImportBatch:
    """Behind 600 newer ones; and one that never ended."""
    first = ImportBatch.objects.create(
        name="Salon de Saint-Étienne", file_name="mars 2024.xlsx", stored_as="a", status="done",
        counts={"new": 3, "updated": 2},
    )  # fmt: skip
    ImportBatch.objects.bulk_create(
        ImportBatch(name=f"Lot {n}", file_name="x.csv", stored_as="x", status="done") for n in range(600)
    )
    ImportBatch.objects.create(name="Salon manqué", file_name="y.csv", stored_as="y", status="failed")
    return first


def names(client: Any, **body: Any) -> list[str]:
    return [one["name"] for one in client.post("/contact-filters/batches", body).json()]


@pytest.mark.parametrize("q", ["salon", "saint etienne", "SALON etienne", "mars", "2024 salon"])
def test_an_old_batch_is_found_by_its_name_or_its_file(as_supervisor, old, q):
    """Bug: only the 100 newest could be chosen."""
    assert names(as_supervisor, q=q) == ["Salon de Saint-Étienne"]


def test_without_a_word_the_newest_are_offered(as_supervisor, old):
    assert names(as_supervisor, limit=2) == ["Lot 599", "Lot 598"]
    assert names(as_supervisor, q="inconnu") == []


def test_those_chosen_are_named_whatever_became_of_them(as_supervisor, as_agent, old):
    failed = ImportBatch.objects.get(name="Salon manqué")
    assert names(as_agent, ids=[old.pk, failed.pk, 10**9]) == ["Salon manqué", "Salon de Saint-Étienne"]
    (told,) = as_supervisor.post("/contact-filters/batches", {"ids": [old.pk]}).json()
    assert (told["id"], told["contacts"]) == (old.pk, 5)
