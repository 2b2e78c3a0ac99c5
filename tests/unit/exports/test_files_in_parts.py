"""Two connections write the file of many rows; who reads it cannot tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from decroche.calls.models import Call
from decroche.contacts.models import Contact
from decroche.exports import parts
from decroche.exports.parts import CopyRefused, copy_lines, in_parts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seven_are_many(monkeypatch):
    monkeypatch.setattr(parts, "MANY", 7)


def contacts(count):
    return Contact.objects.bulk_create(Contact(last_name=f"n{number}") for number in range(count))


def ignored(_rows):
    return None


def test_few_rows_are_one_part_and_none_are_one_too():
    total, found = in_parts(Contact.objects.order_by(), "id")
    assert (total, [part.count() for part in found]) == (0, [0])
    contacts(6)
    total, found = in_parts(Contact.objects.order_by(), "id")
    assert (total, [part.count() for part in found]) == (6, [6])


def test_many_rows_are_two_parts_that_follow_one_another():
    made = contacts(9)
    total, (first, second) = in_parts(Contact.objects.order_by(), "id")
    numbers = [sorted(part.values_list("pk", flat=True)) for part in (first, second)]
    assert (total, numbers[0] + numbers[1]) == (9, [one.pk for one in made])
    assert all(numbers)


def test_rows_of_one_instant_stay_in_one_part(make_call):
    at = datetime(2026, 7, 14, 10, 30, tzinfo=UTC)
    for _ in range(8):
        make_call(claimed_at=at)
    total, found = in_parts(Call.objects.order_by(), "-claimed_at")
    assert (total, sorted(part.count() for part in found)) == (8, [0, 8])


def test_a_file_in_two_parts_has_every_row_once_in_its_order(make_file, read_csv):
    contacts(25)
    title, *rows = read_csv(make_file("contacts", ["last_name"]))
    assert (title, rows) == (["Nom"], [[f"n{number}"] for number in range(25)])


def test_calls_in_two_parts_are_the_latest_first(make_file, read_csv, make_call):
    start = datetime(2026, 7, 14, 10, 30, tzinfo=UTC)
    for number in range(9):
        make_call(claimed_at=start - timedelta(minutes=number * number))
    rows = read_csv(make_file("calls", ["claimed_at"], dates="iso"))[1:]
    assert len(rows) == 9
    assert rows == sorted(rows, reverse=True)


def test_both_parts_see_the_base_of_one_instant(monkeypatch):
    """A row written once the first connection has begun is in neither part."""
    contacts(3)
    count = "SELECT count(*) FROM contacts_contact"
    begin = parts._begin
    lines: list[bytes] = []

    def begin_late(cursor, snapshot):
        if snapshot is not None:
            Contact.objects.create(last_name="entre-temps")
        return begin(cursor, snapshot)

    monkeypatch.setattr(parts, "_begin", begin_late)
    copy_lines([count, count], [lines.append, lines.append], ignored)
    assert lines == [b"3\r\n", b"3\r\n"]
    assert Contact.objects.count() == 4


def test_a_part_that_fails_ends_the_other_and_says_why():
    with transaction.atomic(), pytest.raises(CopyRefused, match="division by zero"):
        copy_lines(
            ["SELECT pg_sleep(600)", "SELECT 1 / (n - 5000) FROM generate_series(1, 9000) n"],
            [ignored, ignored],
            ignored,
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
