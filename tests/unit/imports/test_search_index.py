"""While many contacts come, the index of the search is sorted over another connection."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from structlog.testing import capture_logs

from decroche.contacts.imports import search_index
from decroche.contacts.imports.sql import run
from decroche.contacts.models import Contact

pytestmark = pytest.mark.django_db(transaction=True)


def bring(count: int) -> None:
    run("SET LOCAL gin_pending_list_limit = '64MB'")
    Contact.objects.bulk_create(Contact(last_name=f"Lefèvre {n}", city="Besançon") for n in range(count))


def left_to_sort() -> int:
    """Pages that were; they are sorted now."""
    return int(run(search_index.SORT)[0][0])


@pytest.fixture(autouse=True)
def nothing_left(db: None) -> None:
    search_index.settle()


def test_without_it_what_comes_is_left_to_who_searches_next() -> None:
    with transaction.atomic():
        bring(500)
    assert left_to_sort() > 0


def test_what_comes_is_sorted_before_it_is_committed() -> None:
    with transaction.atomic():
        with search_index.sorted_beside():
            bring(500)
        assert left_to_sort() == 0
    assert Contact.objects.filter(last_name="Lefèvre 7").exists()


def test_what_is_taken_back_is_not_found() -> None:
    with suppress(ZeroDivisionError), transaction.atomic(), search_index.sorted_beside():
        bring(500)
        raise ZeroDivisionError
    assert not run("SELECT 1 FROM contacts_contact WHERE city = 'Besançon' LIMIT 1")


def test_its_connection_ends_with_it() -> None:
    with search_index.sorted_beside():
        pass
    others = """SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND query LIKE %(what)s"""
    while run(others, {"what": "%gin_clean_pending_list%"}):  # PostgreSQL takes its time to see a connection go
        time.sleep(0.05)


def test_where_it_fails_the_import_goes_on(monkeypatch: Any) -> None:
    monkeypatch.setattr(search_index, "MEMORY", "much")
    with capture_logs() as said, transaction.atomic(), search_index.sorted_beside():
        bring(500)
    assert [one["event"] for one in said] == ["search_index_not_sorted_beside"]
    assert Contact.objects.count() == 500
