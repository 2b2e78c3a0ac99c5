"""Files in a .zip, and LibreOffice's workbooks, which are archives themselves."""

from __future__ import annotations

import io
import zipfile

import pytest

from decroche.contacts.imports import errors

CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Prospects">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
CELL = '<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
CSV = "Nom;Téléphone\nLefèvre;0199001234\n".encode("cp1252")


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def open_document(*rows: tuple[str, ...]) -> bytes:
    lines = ("".join(CELL.format(text=text) for text in row) for row in rows)
    content = CONTENT.format(rows="".join(f"<table:table-row>{line}</table:table-row>" for line in lines))
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed(**{"mimetype": mime, "META-INF/manifest.xml": b"<x/>", "content.xml": content.encode()})


def test_a_workbook_of_libreoffice_is_read(upload):
    batch = upload(open_document(("Nom", "Téléphone"), ("Moreau", "0199001234")), "prospects.ods")
    assert (batch.columns, batch.rows_total, batch.sheet) == (["Nom", "Téléphone"], 1, "Prospects")


def test_a_zipped_csv_is_read_as_the_csv(upload, uploads):
    batch = upload(packed(**{"prospects.csv": CSV, "__MACOSX/._prospects.csv": b"x"}), "prospects.zip")
    assert (batch.format, batch.encoding, batch.columns) == ("csv", "cp1252", ["Nom", "Téléphone"])
    assert [path.name for path in uploads.iterdir()] == [batch.stored_as]


def test_a_zip_of_two_files_is_refused(upload, uploads):
    with pytest.raises(errors.SeveralFiles) as raised:
        upload(packed(**{"a.csv": CSV, "b.csv": CSV}), "prospects.zip")
    assert "2 fichiers" in raised.value.sentence("fr")
    assert list(uploads.iterdir()) == []


def test_a_zip_bomb_is_refused_and_nothing_is_kept(upload, uploads, settings):
    settings.IMPORT_MAX_BYTES = 1 << 20
    with pytest.raises(errors.FileTooBig):
        upload(packed(**{"a.csv": b"0" * (50 << 20)}), "prospects.zip")
    assert list(uploads.iterdir()) == []
