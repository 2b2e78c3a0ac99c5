"""Files as people send them: every one is read rightly, or refused with one clear sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from decroche.contacts.imports import errors


def preview(batch, boss):
    from decroche.contacts.imports import selectors

    return selectors.import_detail(batch.pk, boss).preview


def workbook(rows: list[list[object]], sheet: str = "Prospects") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet(sheet)
        for row_number, row in enumerate(rows):
            page.write_row(row_number, 0, row)
    return out.getvalue()


CODECS = [
    ("utf-8", "utf-8"),
    ("utf-8-sig", "utf-8"),
    ("cp1252", "cp1252"),
    ("utf-16", "utf-16"),
    ("utf-16-le", "utf-16"),
]


@pytest.mark.parametrize(("codec", "found"), CODECS)
def test_the_encoding_is_found(upload, boss, codec, found):
    batch = upload("Prénom;Téléphone\nHélène;0199001234\nŒuvré;0199001235\n".encode(codec))
    assert batch.encoding == found
    assert preview(batch, boss).rows[1][0] == "Œuvré"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(upload, separator):
    lines = [["Nom", "Adresse", "Téléphone"], ["Moreau", '"12, rue; du | Bac"', "0199001234"], ["Durand", "Lyon", "01"]]
    batch = upload("\n".join(separator.join(line) for line in lines))
    assert (batch.separator, len(batch.columns)) == (separator, 3)


def test_titles_are_found_below_a_banner(upload, boss):
    batch = upload("Export du 3 mai;;\n;;\nNom;Téléphone;Ville\nMoreau;0199001234;Lyon\n")
    assert (batch.header_row, batch.columns) == (3, ["Nom", "Téléphone", "Ville"])
    assert preview(batch, boss).rows == [["Moreau", "0199001234", "Lyon"]]


def test_a_file_without_titles_gets_some(upload):
    batch = upload("Moreau;0199001234;Lyon\nDurand;0199001235;Dole\n")
    assert (batch.header_row, batch.columns, batch.rows_total) == (0, ["Colonne 1", "Colonne 2", "Colonne 3"], 2)


def test_a_workbook_is_read_as_text(upload, boss):
    data = workbook([["Nom", "Téléphone", "CP"], ["Moreau", "0199001234", "01000"], ["Durand", 639982011, 69003]])
    batch = upload(data, "prospects.xlsx")
    assert (batch.format, batch.sheet) == ("xlsx", "Prospects")
    assert preview(batch, boss).rows == [["Moreau", "0199001234", "01000"], ["Durand", "639982011", "69003"]]


def test_a_workbook_is_known_by_what_it_is_not_by_its_name(upload):
    assert upload(workbook([["Nom", "Tél"], ["Moreau", "0199001234"]]), "prospects.csv").format == "xlsx"


def test_empty_and_repeated_titles_are_made_different(upload):
    assert upload("Nom;;Tél;Tél\na;b;0199001234;d\n").columns == ["Nom", "Colonne 2", "Tél", "Tél (2)"]


def test_a_title_that_was_made_up_is_english_for_who_reads_english(upload, boss):
    """Beside "Name" and "Phone" stood "Colonne 2"; sent back with its refused rows, it is the same column."""
    boss.language = "en"
    batch = upload("Name;;Phone\nMoreau;b;0199001234\n")
    assert [one.header for one in preview(batch, boss).columns] == ["Name", "Column 2", "Phone"]
    assert upload("Name;Column 2;Phone\nDurand;b;0199001235\n").columns == batch.columns


def test_a_quote_that_is_never_closed_does_not_swallow_the_file(upload, boss):
    batch = upload('Nom;Téléphone\n"Moreau;0199001234\nDurand;0199001235\n"Petit";0199001236\n')
    assert batch.quoted is False
    assert [row[0] for row in preview(batch, boss).rows] == ['"Moreau', "Durand", "Petit"]
    assert "guillemets" in preview(batch, boss).warnings[0]


def test_quotes_that_are_closed_may_hold_line_ends(upload, boss):
    assert preview(upload('Nom;Téléphone\n"Moreau\net fils";0199001234\n'), boss).rows[0][0] == "Moreau\net fils"


def test_nul_bytes_are_left_out(upload, boss):
    assert preview(upload(b"Nom;T\xe9l\nMor\x00eau;0199001234\n"), boss).rows[0][0] == "Moreau"


def test_a_thousand_columns_are_read(upload):
    titles = ";".join(f"C{index}" for index in range(1000))
    assert len(upload(f"{titles}\n{';'.join('x' * 1000)}\n").columns) == 1000


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.FileEmpty),
        (b"\xef\xbb\xbf \r\n\r\n", errors.FileEmpty),
        (b"\x00" * 100, errors.FileEmpty),
        (b"Nom;T\xc3\xa9l\r\n", errors.OnlyHeader),
        (b"Nom;T\xc3\xa9l\r\n;\r\n;;;\r\n", errors.OnlyHeader),
        (b"%PDF-1.7 blah", errors.NotATable),
        (b"\x89PNG\r\n\x1a\n....", errors.NotATable),
        (bytes(range(256)) * 20, errors.NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, errors.OldWorkbook),
        (b"PK\x03\x04garbage", errors.BrokenWorkbook),
        (b"Nom;T\n" + b";".join([b"x"] * 5000) + b"\n", errors.TooManyColumns),
        (b"Nom;T\nMoreau;" + b"x" * 200_000 + b"\n", errors.CellTooLong),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_kept(upload, uploads, data, error):
    from decroche.contacts.models import ImportBatch

    with pytest.raises(error) as raised:
        upload(data, "prospects.csv")
    assert raised.value.sentence("fr") != raised.value.sentence("en")
    assert not ImportBatch.objects.exists()
    assert list(uploads.iterdir()) == []


def test_a_zip_that_is_no_workbook_is_refused(upload):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.jpg", "x")
    with pytest.raises(errors.NoTableInArchive):
        upload(out.getvalue(), "x.xlsx")


def test_an_empty_workbook_is_refused(upload):
    with pytest.raises(errors.FileEmpty):
        upload(workbook([]), "vide.xlsx")


def test_a_file_that_is_too_big_is_refused(upload, settings):
    settings.IMPORT_MAX_BYTES = 10
    with pytest.raises(errors.FileTooBig):
        upload("Nom;Tél\nMoreau;0199001234\n")


def test_the_original_name_is_only_data(upload, uploads):
    batch = upload("Nom;Tél\nMoreau;0199001234\n", "..\\..\\etc/passwd\u202e\x00.csv")
    assert batch.file_name == "passwd.csv"
    assert [path.name for path in uploads.iterdir()] == [batch.stored_as]


def test_the_reading_can_be_changed(upload, boss):
    from decroche.contacts.imports import services
    from decroche.contacts.imports.schemas import ImportPatch

    batch = upload("Nom;Prénom\nLefèvre;0199001234\n".encode())
    services.read_otherwise(batch.pk, ImportPatch(encoding="cp1252", header_row=1))
    batch.refresh_from_db()
    assert preview(batch, boss).rows[0][0] == "LefÃ¨vre"


def test_unreadable_characters_are_told(upload, boss):
    from decroche.contacts.imports import services
    from decroche.contacts.imports.schemas import ImportPatch

    batch = upload("Nom;Tél\nLefèvre;0199001234\n".encode("cp1252"))
    services.read_otherwise(batch.pk, ImportPatch(encoding="utf-8"))
    batch.refresh_from_db()
    assert "illisibles" in preview(batch, boss).warnings[0]


def test_the_first_rows_are_shown_with_their_lines_in_the_file(upload, boss):
    """Bug: after an empty line, those of the wizard were not those of the refused rows."""
    shown = preview(upload("Nom;Tél\nMoreau;0199001234\n\n;\nDurand;0199001235\n"), boss)
    assert shown.lines == [2, 5]
    assert [row[0] for row in shown.rows] == ["Moreau", "Durand"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Pologne", "PL"), ("poland", "PL"), ("CÔTE D’IVOIRE", "CI"), ("Royaume Uni", "GB"), ("USA", "US"),
        ("Bosnia and Herzegovina", "BA"), ("La Réunion", "FR"), ("RE", "RE"), ("uk", "GB"), ("Atlantide", None),
    ],
)  # fmt: skip
def test_every_country_is_known_by_its_names(name, code):
    """Bug: who typed "Pologne" was told to type the country's name."""
    from decroche.contacts import values

    assert values.country(name) == code
