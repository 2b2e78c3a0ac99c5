"""Sentences in what is read: in the language that the program asks for, not in that of the key's owner."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from decroche.contacts.imports.run import run_import
from decroche.contacts.models import ImportBatch


@pytest.fixture
def batch(program):
    file = SimpleUploadedFile("clients.csv", b"nom;tel\nPetit;06 39 98 20 11\nMoreau;\n")
    program.http.post("/api/v1/imports", {"file": file}, headers={"Authorization": f"Bearer {program.text}"})
    made = ImportBatch.objects.get()
    run_import(made.pk)
    return made


def asked_in(program, language, path):
    return program.call("GET", path, headers={"Accept-Language": language}).json()


@pytest.mark.parametrize("owners", ["fr", "en"])
@pytest.mark.parametrize(("language", "said"), [("fr", "Aucun numéro à appeler."), ("en", "No number to call.")])
def test_why_a_row_was_refused_is_told_in_the_program_s_language(program, owner, batch, owners, language, said):
    owner.language = owners
    owner.save()
    (row,) = asked_in(program, language, f"/imports/{batch.pk}/refused-rows")["items"]
    assert (row["code"], row["reason"]) == ("phone_missing", said)


@pytest.mark.parametrize(("language", "said"), [("fr", "fichier"), ("en", "file")])
def test_why_an_import_failed_is_told_in_the_program_s_language(program, owner, batch, language, said):
    owner.language = "en" if language == "fr" else "fr"
    owner.save()
    ImportBatch.objects.update(status="failed", error="file_empty")
    one = asked_in(program, language, f"/imports/{batch.pk}")
    (listed,) = asked_in(program, language, "/imports")["items"]
    assert said in one["error"]["message"].split()
    assert listed == one
