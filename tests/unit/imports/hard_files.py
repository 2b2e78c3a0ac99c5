"""Makes the small hard files: run as a program, it writes `hard/`. Big ones are made by the tests."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent / "hard"
TABLE = "Nom;Prénom;Téléphone;Ville\r\nLefèvre;Zoé;01 99 00 12 34;Besançon\r\nŒuvré;Léa;0199001235;Dole\r\n"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def packed(files: dict[str, bytes], *, encrypted: bool = False) -> bytes:
    """A .zip that is the same at each making."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    data = bytearray(out.getvalue())
    if encrypted:  # the mark alone: nothing is read before it is seen
        data[6] |= 1
        central = data.rfind(b"PK\x01\x02")
        data[central + 8] |= 1
    return bytes(data)


def xlsx(sheet: str, *, styles: str = "", strings: str = "", doctype: str = "") -> bytes:
    """A workbook of one sheet, "Prospects", with this XML as its rows."""
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_REL}"><sheets>'
        '<sheet name="Prospects" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {_RELS}><Relationship Id="rId1" '
        f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<worksheet {_MAIN}>'
        f"<sheetData>{sheet}</sheetData></worksheet>",
    }
    if styles:
        files["xl/styles.xml"] = f"<styleSheet {_MAIN}>{styles}</styleSheet>"
    if strings:
        files["xl/sharedStrings.xml"] = f"<sst {_MAIN}>{strings}</sst>"
    return packed({name: text.encode() for name, text in files.items()})


def row(number: int, *cells: str) -> str:
    """Cells of text, from A."""
    made = (
        f'<c r="{chr(65 + index)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for index, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{"".join(made)}</row>'


def ods(table: str, head: str = "") -> bytes:
    """LibreOffice's, with this XML as its rows."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content xmlns:office="{_OFFICE}:office:1.0" '
        f'xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Prospects">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": mime, "META-INF/manifest.xml": b"<x/>", "content.xml": content.encode()})


def ods_row(*cells: str, times: int = 1) -> str:
    """Cells of text."""
    made = (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in cells
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(made)}</table:table-row>'


_TITLES = row(1, "Nom", "Téléphone")
_MERGED = (
    row(1, "Fichier clients 2026")
    + '<row r="2"/>'
    + row(3, "Identité", "", "Joindre")
    + row(4, "Nom", "Prénom", "Téléphone", "Inscrit le", "CP")
    + '<row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5" t="s"><v>1</v></c><c r="C5"><v>1.99001234E8</v></c>'
    '<c r="D5" s="1"><v>45415</v></c><c r="E5"><v>1000</v></c></row>'
)
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'

SMALL: dict[str, bytes] = {
    "utf-8.csv": TABLE.encode(),
    "utf-8-bom.csv": TABLE.encode("utf-8-sig"),
    "cp1252.csv": TABLE.encode("cp1252"),
    "utf-16-le.csv": b"\xff\xfe" + TABLE.encode("utf-16-le"),
    "utf-16-be.csv": b"\xfe\xff" + TABLE.encode("utf-16-be"),
    "utf-16-be-no-bom.csv": TABLE.encode("utf-16-be"),
    "mixed.csv": TABLE.encode()
    + "Hélène;Zoë;0199001236;Dole\r\n".encode() * 4
    + "Béné;Jo;0199001237;Dôle\r\n".encode("cp1252"),
    "commas.csv": b'Nom,Adresse,T\xe9l\r\n"Moreau, fils","12, rue du Bac",0199001234\r\n',
    "tabs.csv": b"Nom\tAdresse\tT\xe9l\nMoreau\t12, rue; du Bac\t0199001234\n",
    "quotes.csv": 'Nom;Note;Tél\r\n"Moreau ""Momo""";"deux\r\nlignes; et plus";0199001234\r\n'.encode(),
    "open-quote.csv": 'Nom;Tél\n"Moreau;0199001234\nDurand;0199001235\n"Petit";0199001236\n'.encode(),
    "old-mac.csv": "Nom;Tél\rMoreau;0199001234\rDurand;0199001235\r".encode("cp1252"),
    "empty-lines.csv": "\r\n\r\nNom;Tél\r\n\r\nMoreau;0199001234\r\n;\r\n\r\n".encode(),
    "nul.csv": b"Nom;T\xc3\xa9l\nMor\x00eau;0199001234\n",
    "duplicate-titles.csv": "Nom;Tél;Tél;;Tél\nMoreau;1;2;3;4\n".encode(),
    "long-title.csv": f"Nom;Téléphone;{'Titre ' * 60}\nMoreau;0199001234;x\n".encode(),
    "shifted.csv": "Nom;Tél;Ville\nMoreau;0199001234;Lyon\nDurand;fils;0199001235;Dole\nPetit;0199001236\n".encode(),
    "formulas.csv": (
        'Nom;Tél\n"=HYPERLINK(""http://x"")";0199001234\n@SUM(A1);0199001235\n+cmd|\' /C calc\'!A0;néant\n'
    ).encode(),
    "numbers-of-excel.csv": (
        "Nom;Tél\nExact;1,99001234E+08\nArrondi;3,3612E+10\nSans zéro;199001235\nDeux;01 99 00 12 36 / 0199001237\n"
        "Écrit;0199001238.0\n"
    ).encode(),
    "no-titles.csv": b"Moreau;0199001234;Lyon\nDurand;0199001235;Dole\n",
    "merged.xlsx": xlsx(
        _MERGED,
        styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
        strings="<si><t>Lefèvre</t></si><si><r><t>Lé</t></r><r><t>a</t></r><rPh><t>ignore</t></rPh></si>",
    ),
    "far-cell.xlsx": xlsx(
        _TITLES + row(2, "Moreau", "0199001234") + '<row r="200000"><c r="A200000"><v>1</v></c></row>'
    ),
    "far-column.xlsx": xlsx(_TITLES + '<row r="2"><c r="XFD2"><v>1</v></c></row>'),
    "styled-columns.xlsx": xlsx(_TITLES + '<row r="2"><c r="A2"><v>7</v></c><c r="XFD2" s="3"/></row>'),
    "rows-backwards.xlsx": xlsx(row(5, "Nom", "Tél") + row(2, "Moreau", "0199001234")),
    "entities.xlsx": xlsx(_TITLES + row(2, "&c;", "0199001234"), doctype=_ENTITIES),
    "external-entity.ods": ods(
        ods_row("Nom", "Téléphone") + ods_row("&x;", "0199001234"),
        head='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "truncated.xlsx": xlsx(_TITLES + row(2, "Moreau", "0199001234"))[:-400],
    "cut-sheet.xlsx": xlsx(_TITLES).replace(b"xl/worksheets", b"xl/worksheetz"),
    "repeated.ods": ods(
        ods_row("Nom", "Téléphone") + ods_row("Moreau", "0199001234", times=2) + ods_row("", times=1_048_573)
    ),
    "repeated-bomb.ods": ods(ods_row("Nom", "Téléphone") + ods_row("Moreau", "0199001234", times=2_000_000_000)),
    "old-excel.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "pdf.csv": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "web-page.xls": (
        "<html><head><meta charset=utf-8></head>\n<body><table>\n<tr><td>Nom</td><td>Téléphone</td></tr>\n"
        "<tr><td>Moreau</td><td>0199001234</td></tr>\n</table></body></html>\n"
    ).encode(),
    "spreadsheet-2003.xml": (
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">\n<Worksheet><Table>\n'
        b"<Row><Cell><Data>Nom</Data></Cell></Row>\n</Table></Worksheet></Workbook>\n"
    ),
    "empty.csv": b"",
    "blank.csv": b"\xef\xbb\xbf \r\n\t\r\n",
    "only-titles.csv": "Nom;Téléphone\r\n".encode(),
    "traversal.zip": packed({"../../../etc/cron.d/prospects.csv": TABLE.encode("cp1252"), "lisez-moi.pdf": b"%PDF"}),
    "several.zip": packed({"a.csv": TABLE.encode(), "b.csv": TABLE.encode()}),
    "encrypted.zip": packed({"a.csv": TABLE.encode()}, encrypted=True),
    "no-table.zip": packed({"photo.jpg": b"\xff\xd8\xff"}),
    "workbook.zip": packed({"dossier/prospects.xlsx": xlsx(_TITLES + row(2, "Moreau", "0199001234"))}),
    "nothing.zip": b"PK\x05\x06" + bytes(18),
}


def _prefixed() -> bytes:
    """As some programs write it: every tag with a prefix, no reference of cells."""
    with zipfile.ZipFile(io.BytesIO(xlsx(""))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    cell = '<x:c t="str"><x:v>{}</x:v></x:c>'
    rows = "".join(
        f"<x:row>{''.join(map(cell.format, cells))}</x:row>"
        for cells in (("Nom", "Téléphone"), ("A &amp; B", "0199001234"))
    )
    main = _MAIN.replace("xmlns", "xmlns:x")
    files["xl/worksheets/sheet1.xml"] = f"<x:worksheet {main}><x:sheetData>{rows}</x:sheetData></x:worksheet>".encode()
    return packed(files)


def _size_lie() -> bytes:
    """An archive that says that its file has ten bytes."""
    data = bytearray(packed({"a.csv": TABLE.encode() * 100}))
    struct.pack_into("<L", data, data.rfind(b"PK\x01\x02") + 24, 10)
    return bytes(data)


SMALL["prefixed.xlsx"] = _prefixed()
SMALL["size-lie.zip"] = _size_lie()


def write() -> None:
    """All of them, anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in SMALL.items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    write()
