"""Everything that the base holds can be taken out, and nothing that opens a door."""

from __future__ import annotations

import csv
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from decroche.contacts.models import Contact
from decroche.exports.whole import LEFT_OUT, SECRET, export_all, tables
from decroche.telephony.models import Trunk

LOOKS_SECRET = re.compile(r"password|secret|token|hash|digest|sha256|(^|_)key$|signature")
HARMLESS = {
    ("accounts_user", "must_change_password"),
    ("accounts_setting", "key"),
    ("contacts_customfield", "key"),
    ("contacts_scriptanswer", "question_key"),
    ("dispositions_disposition", "key"),
    ("contacts_erasedrefusal", "digest"),
    ("ledger_decision", "number_digest"),
    ("ledger_evidence", "sha256"),
}
"""Columns with such a name that open nothing: the name of a field, a key of the keyboard, what a file is held to."""


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.RECORDINGS_DIR, settings.ANNOUNCEMENTS_DIR = tmp_path / "r", tmp_path / "a"
    settings.DOCUMENTS_DIR = tmp_path / "d"
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "one.wav").write_bytes(b"sound")


@pytest.mark.django_db
def test_every_table_of_the_base_is_taken_out_or_left_out_with_a_reason():
    there = set(connection.introspection.table_names())
    assert there - {one.name for one in tables()} == set(LEFT_OUT) & there
    assert set(LEFT_OUT) <= there, "a table that is left out is not there any more"
    assert all(LEFT_OUT.values())


def test_no_column_that_looks_like_a_secret_is_taken_out():
    found = {
        (table.name, one.column) for table in tables() for one in table.columns if LOOKS_SECRET.search(one.column or "")
    }
    assert found == HARMLESS
    known = {(table.name, one.column) for table in tables() for one in table.model._meta.concrete_fields}
    assert set(SECRET) <= known


@pytest.mark.django_db(transaction=True)
def test_what_is_written_is_what_the_base_holds(tmp_path, make_user):
    make_user("chef", role="supervisor")
    Trunk.objects.create(name="Ligne", host="sip.example", secret="chiffré")
    wanted = ['=1+1; "x"\nligne', "é\U0001f692", ""]
    for name in wanted:
        Contact.objects.create(last_name=name, custom={"taille": 1.5})
    out = tmp_path / "out"
    counts = export_all(out)
    with (out / "tables" / "contacts_contact.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["last_name"] for row in rows] == wanted
    assert (counts["contacts_contact"], int(rows[0]["id"])) == (3, Contact.objects.earliest("pk").pk)
    users = (out / "tables" / "accounts_user.csv").read_text()
    assert "chef" in users
    assert "argon2" not in users
    assert "chiffré" not in (out / "tables" / "telephony_trunk.csv").read_text()
    assert (out / "recordings" / "one.wav").read_bytes() == b"sound"


@pytest.mark.django_db(transaction=True)
def test_each_table_and_column_is_documented_beside(tmp_path):
    export_all(tmp_path / "out")
    text = (tmp_path / "out" / "LISEZMOI.md").read_text()
    for table in tables():
        assert f"## {table.name} (" in text
        assert all(f"| {one.column} |" in text for one in table.columns)
        assert (tmp_path / "out" / "tables" / table.file_name).is_file()
    assert "| contact_id | bigint | → contacts_contact.id |" in text


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CommandError, match="n'est pas vide"):
        call_command("export_all", str(tmp_path))
    assert sorted(tmp_path.iterdir()) == before
