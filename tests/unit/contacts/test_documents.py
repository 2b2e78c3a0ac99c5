"""Files kept with a contact: what is accepted, how it is served, who may."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n%%EOF"


def packed(*names: str, first: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if first:
            made.writestr("mimetype", first)
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return tmp_path / "documents"


def add(client: Any, contact: Any, name: str = "Devis été.pdf", data: bytes = PDF) -> Any:
    return client.http.post(f"/api/contacts/{contact.pk}/documents", {"file": SimpleUploadedFile(name, data)})


def test_a_document_is_kept_by_identifier_and_comes_back_as_it_was(assigned, contact, folder):
    made = add(assigned, contact).json()
    assert [path.name for path in folder.iterdir()] == [made["id"]]
    answer = assigned.get(f"/contacts/{contact.pk}/documents/{made['id']}")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Devis%20%C3%A9t%C3%A9.pdf")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.JPG", b"\xff\xd8\xff\xe0rest"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0rest"),
        ("plan.png", b"\x89PNG\r\n\x1a\nrest"),
        ("lettre.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("tableau.xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
        ("lettre.odt", packed("content.xml", first=b"application/vnd.oasis.opendocument.text")),
        ("ancien.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"),
        ("mot.txt", "été".encode()),
    ],
)
def test_files_of_an_office_are_accepted(assigned, contact, name, data):
    assert add(assigned, contact, name, data).status_code == 201


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("image.svg", b"<svg onload=alert(1)>"),
        ("page.pdf", b"<script>alert(1)</script>"),
        ("macro.docm", packed("word/document.xml")),
        ("macro.docx", packed("word/document.xml", "word/vbaProject.bin")),
        ("archive.docx", packed("virus.exe")),
        ("damaged.xlsx", b"PK\x03\x04"),
        ("vide.txt", b""),
        ("sans-fin", PDF),
    ],
)
def test_what_could_run_or_is_not_what_it_says_is_refused_and_not_kept(assigned, contact, folder, name, data):
    answer = add(assigned, contact, name, data)
    assert answer.status_code == 422
    assert "file" in answer.json()["error"]["fields"] or answer.json()["error"]["message"]
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_file_that_is_too_big_is_refused(assigned, contact, monkeypatch):
    from decroche.contacts.documents import services

    monkeypatch.setattr(services, "LARGEST_BYTES", 5)
    assert add(assigned, contact).json()["error"]["code"] == "document_too_big"


def test_a_name_is_data_and_never_a_path(assigned, contact):
    assert add(assigned, contact, "C:\\temp\\dev\u202eis.pdf").json()["name"] == "devis.pdf"
    assert add(assigned, contact, "x" * 300 + ".pdf").json()["name"].endswith("x.pdf")


def test_a_deleted_document_leaves_no_file(assigned, contact, folder, django_capture_on_commit_callbacks):
    made = add(assigned, contact).json()
    with django_capture_on_commit_callbacks(execute=True):
        assert assigned.delete(f"/contacts/{contact.pk}/documents/{made['id']}").status_code == 204
    assert list(folder.iterdir()) == []
    assert assigned.get(f"/contacts/{contact.pk}/documents/{made['id']}").status_code == 404


def test_documents_of_contacts_that_one_may_not_see_are_not_found(as_agent, as_supervisor, contact):
    made = add(as_supervisor, contact).json()
    assert as_agent.get(f"/contacts/{contact.pk}/documents/{made['id']}").status_code == 404
    assert as_agent.get(f"/contacts/{contact.pk}/documents").status_code == 404
    assert add(as_agent, contact).status_code == 404


def test_a_document_is_asked_for_at_its_own_contact(as_supervisor, contact, twin):
    made = add(as_supervisor, contact).json()
    assert as_supervisor.get(f"/contacts/{twin.pk}/documents/{made['id']}").status_code == 404
