"""The hard files: each one is imported cell by cell rightly, or refused in one sentence with nothing kept."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from decroche.contacts.imports import errors
from tests.unit.imports import hard_files as hard

PEOPLE = [["Lefèvre", "Zoé", "01 99 00 12 34", "Besançon"], ["Œuvré", "Léa", "0199001235", "Dole"]]
TITLES = ["Nom", "Prénom", "Téléphone", "Ville"]
MOREAU = ["Moreau", "0199001234"]
OPEN_QUOTE = [['"Moreau', "0199001234"], ["Durand", "0199001235"], ["Petit", "0199001236"]]
SHIFTED = [["Moreau", "0199001234", "Lyon"], ["Durand", "fils", "0199001235"], ["Petit", "0199001236", ""]]
LONG = "x" * 200_000

READ: dict[str, tuple[list[str], list[list[str]]]] = {
    "utf-8.csv": (TITLES, PEOPLE),
    "utf-8-bom.csv": (TITLES, PEOPLE),
    "cp1252.csv": (TITLES, PEOPLE),
    "utf-16-le.csv": (TITLES, PEOPLE),
    "utf-16-be.csv": (TITLES, PEOPLE),
    "utf-16-be-no-bom.csv": (TITLES, PEOPLE),
    "mixed.csv": (
        TITLES,
        [*PEOPLE, *[["Hélène", "Zoë", "0199001236", "Dole"]] * 4, ["Béné", "Jo", "0199001237", "Dôle"]],
    ),
    "commas.csv": (["Nom", "Adresse", "Tél"], [["Moreau, fils", "12, rue du Bac", "0199001234"]]),
    "tabs.csv": (["Nom", "Adresse", "Tél"], [["Moreau", "12, rue; du Bac", "0199001234"]]),
    "quotes.csv": (["Nom", "Note", "Tél"], [['Moreau "Momo"', "deux\r\nlignes; et plus", "0199001234"]]),
    "open-quote.csv": (["Nom", "Tél"], OPEN_QUOTE),
    "old-mac.csv": (["Nom", "Tél"], [MOREAU, ["Durand", "0199001235"]]),
    "empty-lines.csv": (["Nom", "Tél"], [MOREAU]),
    "nul.csv": (["Nom", "Tél"], [MOREAU]),
    "duplicate-titles.csv": (["Nom", "Tél", "Tél (2)", "Colonne 4", "Tél (3)"], [["Moreau", "1", "2", "3", "4"]]),
    "long-title.csv": (["Nom", "Téléphone", ("Titre " * 60)[:120]], [[*MOREAU, "x"]]),
    "shifted.csv": (["Nom", "Tél", "Ville"], SHIFTED),
    "no-titles.csv": (["Colonne 1", "Colonne 2", "Colonne 3"], [[*MOREAU, "Lyon"], ["Durand", "0199001235", "Dole"]]),
    "merged.xlsx": (
        ["Nom", "Prénom", "Téléphone", "Inscrit le", "CP"],
        [["Lefèvre", "Léa", "199001234", "2024-05-03", "1000"]],
    ),
    "prefixed.xlsx": (["Nom", "Téléphone"], [["A & B", "0199001234"]]),
    "far-cell.xlsx": (["Nom", "Téléphone"], [MOREAU]),
    "styled-columns.xlsx": (["Nom", "Téléphone"], [["7", ""]]),
    "repeated.ods": (["Nom", "Téléphone"], [MOREAU, MOREAU]),
    "traversal.zip": (TITLES, PEOPLE),
    "workbook.zip": (["Nom", "Téléphone"], [MOREAU]),
    "formulas.csv": (
        ["Nom", "Tél"],
        [
            ['=HYPERLINK("http://x")', "0199001234"],
            ["@SUM(A1)", "0199001235"],
            ["+cmd|' /C calc'!A0", "néant"],
        ],
    ),
}
REFUSED: dict[str, type[errors.FileRefused]] = {
    "far-column.xlsx": errors.TooManyColumns,
    "rows-backwards.xlsx": errors.BrokenWorkbook,
    "entities.xlsx": errors.BrokenWorkbook,
    "external-entity.ods": errors.BrokenWorkbook,
    "truncated.xlsx": errors.BrokenWorkbook,
    "cut-sheet.xlsx": errors.BrokenWorkbook,
    "repeated-bomb.ods": errors.BrokenWorkbook,
    "old-excel.xls": errors.OldWorkbook,
    "pdf.csv": errors.NotATable,
    "web-page.xls": errors.NotATable,
    "spreadsheet-2003.xml": errors.NotATable,
    "empty.csv": errors.FileEmpty,
    "blank.csv": errors.FileEmpty,
    "only-titles.csv": errors.OnlyHeader,
    "several.zip": errors.SeveralFiles,
    "encrypted.zip": errors.ProtectedArchive,
    "no-table.zip": errors.NoTableInArchive,
    "nothing.zip": errors.NoTableInArchive,
    "size-lie.zip": errors.BrokenWorkbook,
}
IMPORTED_ELSEWHERE = {"numbers-of-excel.csv"}


def repeated(byte: bytes, megabytes: int) -> bytes:
    """A .zip whose one file is that large: it is written piece by piece."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as file:
        file.write("Nom;Téléphone\nMoreau;".encode())
        for _ in range(megabytes):
            file.write(byte * (1 << 20))
    return out.getvalue()


@contextmanager
def measured(megabytes: int) -> Iterator[None]:
    """Fails where more is held at a time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", sorted(READ))
def test_hard_files_are_read_cell_by_cell(upload, boss, name):
    from decroche.contacts.imports import selectors

    batch = upload((hard.FOLDER / name).read_bytes(), name)
    columns, cells = READ[name]
    assert batch.columns == columns
    assert selectors.import_detail(batch.pk, boss).preview.rows == cells


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_files_that_cannot_be_are_refused_in_one_sentence_and_nothing_is_kept(upload, uploads, name):
    from decroche.contacts.models import ImportBatch

    with pytest.raises(REFUSED[name]) as raised:
        upload((hard.FOLDER / name).read_bytes(), name)
    assert len({raised.value.sentence("fr"), raised.value.sentence("en")}) == 2
    assert not ImportBatch.objects.exists()
    assert list(uploads.iterdir()) == []


def test_every_hard_file_is_stored_as_it_is_made_and_has_its_outcome():
    stored = {path.name: path.read_bytes() for path in hard.FOLDER.iterdir()}
    assert stored == hard.SMALL
    assert set(stored) == READ.keys() | REFUSED.keys() | IMPORTED_ELSEWHERE


def test_numbers_that_a_spreadsheet_wrote_are_repaired_only_where_they_are_exact(run_file):
    from decroche.contacts.models import ContactPhone

    text = hard.SMALL["numbers-of-excel.csv"].decode()
    header, *rows = text.splitlines()
    batch = run_file(rows, targets=["last_name", "phone"], header=header)
    found = sorted(ContactPhone.objects.values_list("contact__last_name", "e164"))
    assert found == [
        ("Deux", "+33199001236"),
        ("Deux", "+33199001237"),
        ("Exact", "+33199001234"),
        ("Sans zéro", "+33199001235"),
        ("Écrit", "+33199001238"),
    ]
    assert [(one.row_number, one.reason) for one in batch.refused.all()] == [(3, "phone_rounded")]


def test_shifted_rows_are_refused_and_the_others_imported(run_file, base):
    text = hard.SMALL["shifted.csv"].decode()
    header, *rows = text.splitlines()
    batch = run_file(rows, targets=["last_name", "phone", "city"], header=header)
    assert [name for name, *_ in base()] == ["Moreau", "Petit"]
    assert [(one.row_number, one.reason) for one in batch.refused.all()] == [(3, "too_many_cells")]


def test_formulas_stay_text_and_are_neutralised_in_the_file_of_refused_rows(run_file, boss, base):
    from decroche.contacts.imports.refused import refused_csv

    rows = ["=1+1;0199001234", "+cmd|' /C calc'!A0;néant"]
    batch = run_file(rows, targets=["last_name", "phone"], header="Nom;Tél")
    assert base()[0][0] == "=1+1"
    written = refused_csv("fr", batch.pk).getvalue().decode("utf-8-sig")
    assert written.splitlines()[1].startswith("'+cmd")


def test_a_giant_in_a_zip_is_refused_without_growth_of_memory(tmp_path):
    from decroche.contacts.imports.unpack import unpack

    path = tmp_path / "giant"
    path.write_bytes(repeated(b"x", 64))
    with measured(16), pytest.raises(errors.FileTooBig):
        unpack(path, 32 << 20)


@pytest.mark.parametrize("piece", [b'"x\n";', b";", b"x;"], ids=["lines in quotes", "empty cells", "cells"])
def test_a_row_without_end_is_refused_without_growth_of_memory(tmp_path, piece):
    from decroche.contacts.imports.sniff import sniff

    path = tmp_path / "giant.csv"
    path.write_bytes(b"Nom;Tel\n" + piece * ((24 << 20) // len(piece)))
    with measured(400), pytest.raises((errors.CellTooLong, errors.TooManyColumns)):
        sniff(path)


def test_a_cell_of_a_gigabyte_is_refused_without_growth_of_memory(tmp_path):
    from decroche.contacts.imports.sniff import sniff

    path = tmp_path / "giant.csv"
    with path.open("wb") as file:
        file.write(b"Nom;Tel\nMoreau;" + b"x" * 70_000)
        file.truncate(1 << 30)  # sparse: zeros that take no place on the disk
    with measured(64), pytest.raises(errors.FileRefused):
        sniff(path)


def test_a_workbook_whose_sheet_is_a_bomb_is_refused(upload, uploads, monkeypatch):
    from decroche.contacts.imports import workbook

    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 1 << 20)
    with pytest.raises(errors.FileTooBig):
        upload(hard.xlsx(hard.row(1, "Nom", "Tél") + hard.row(2, "x" * (2 << 20), "0199001234")), "bombe.xlsx")
    assert list(uploads.iterdir()) == []


@pytest.mark.parametrize("shape", ["inline", "attribute", "shared"])
def test_a_giant_cell_of_a_workbook_is_refused_without_growth_of_memory(tmp_path, shape):
    from decroche.contacts.imports.sniff import sniff

    giant = "x" * (64 << 20)
    titles = hard.row(1, "Nom", "Tél")
    if shape == "inline":
        made = hard.xlsx(titles + hard.row(2, giant))
    elif shape == "attribute":
        made = hard.ods(f'<table:table-row table:x="{giant}"/>')
    else:
        named = '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
        made = hard.xlsx(titles + named, strings=f"<si><t>{giant}</t></si>")
    path = tmp_path / "giant"
    path.write_bytes(made)
    with measured(32), pytest.raises(errors.FileRefused):
        sniff(path)


def test_memory_does_not_grow_with_a_workbook(tmp_path):
    from decroche.contacts.imports.workbook import workbook_rows

    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.xlsx"
        lines = (hard.row(number, "Nom", "0199001234", "Dole") for number in range(1, rows + 1))
        path.write_bytes(hard.xlsx("".join(lines)))
        tracemalloc.start()
        try:
            assert sum(1 for _ in workbook_rows(path, "")) == rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(40_000) < 2 * peak(4_000) + (2 << 20)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>3.3199001234E10</v></c>', "33199001234"),
        ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="A1" t="b"><v>1</v></c>', "true"),
        ('<c r="A1" t="str"><f>"a"&amp;"b"</f><v>a&lt;b_x000D_</v></c>', "a<b\r"),
        ('<c r="A1" s="1"><v>45415.5</v></c>', "2024-05-03 12:00:00"),
        ('<c r="A1" s="2"><v>0.5</v></c>', "12:00:00"),
        ('<c r="A1" s="3"><v>1000</v></c>', "1000"),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh sb="0"><t>c</t></rPh></is></c>', "ab"),
        ('<c r="A1" t="inlineStr"><is><t>&#233;&amp;</t></is></c>', "é&"),
    ],
)
@pytest.mark.parametrize("way", ["by the pattern", "by the parser"])
def test_cells_are_the_same_by_the_pattern_and_by_the_parser(tmp_path, cell, text, way):
    from decroche.contacts.imports.workbook import workbook_rows

    formats = '<numFmts><numFmt numFmtId="200" formatCode="[$-40C]hh:mm;@"/><numFmt numFmtId="201" formatCode="00000"/>'
    styles = (
        f'{formats}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="200"/><xf numFmtId="201"/>'
    )
    comment = "<!-- the parser -->" if way == "by the parser" else ""
    path = tmp_path / "one.xlsx"
    path.write_bytes(hard.xlsx(f'{comment}<row r="1">{cell}</row>', styles=f"{styles}</cellXfs>"))
    assert list(workbook_rows(path, "")) == [[text]]
