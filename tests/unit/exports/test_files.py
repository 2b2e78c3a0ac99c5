"""What the files hold is what the base holds, whatever strangers wrote in it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import fastexcel
import polars
import pytest

from decroche.calls.models import Call
from decroche.campaigns.models import Campaign, QueueEntry, Script
from decroche.common.spreadsheet import safe
from decroche.contacts.models import Contact, ContactPhone, CustomField, ScriptAnswer
from decroche.dispositions.models import Disposition
from decroche.exports import files

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = (
    '=HYPERLINK("http://x";"y")',
    "+33 1",
    "-1+1",
    "@SUM(A1)",
    "  =1+1",
    "\t=1",
    "\r=1",
    "\n=1",
    "=cmd|' /C calc'!A0",
    'Dupont "Le Grand" ; fils',
    "première ligne\nseconde\r\ntroisième",
    "👩‍🚒 Élodie œuf",
    "\\.",
    "'déjà",
    " ",
    "",
    "0612345678",
    "A" * 40_000,
)
"""Cells that files and strangers bring."""


def cells(data, **options):
    """A workbook's first sheet as text, the titles first."""
    sheet = fastexcel.read_excel(data).load_sheet(0, header_row=None, dtypes="string", **options)
    return [["" if cell is None else cell for cell in row] for row in sheet.to_polars().rows()]


def test_a_csv_is_what_the_base_holds_and_runs_nothing(make_file, read_csv):
    for text in HOSTILE:
        Contact.objects.create(company=text[:200], last_name="x")
    title, *rows = read_csv(make_file("contacts", ["company", "last_name"]))
    assert title == ["Société", "Nom"]
    assert [row[0] for row in rows] == [safe(text[:200]) for text in HOSTILE]
    assert {row[1] for row in rows} == {"x"}


def test_hostile_values_of_custom_fields_and_answers_run_nothing_either(make_file, read_csv):
    campaign = Campaign.objects.create(name="=1+1")
    for key, kind in (("taille", "number"), ("depuis", "date"), ("libre", "text")):
        CustomField.objects.create(key=key, label=f"={key}", kind=kind)
    for text in HOSTILE:
        contact = Contact.objects.create(custom={"taille": text, "depuis": text, "libre": text})
        ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key="q", value=text)
    columns = ["custom:taille", "custom:depuis", "custom:libre"]
    title, *rows = read_csv(make_file("contacts", columns))
    assert title == ["'=taille", "'=depuis", "'=libre"]
    assert [row[2] for row in rows] == [safe(text) for text in HOSTILE]
    assert [row[:2] for row in rows] == [[safe(text)] * 2 for text in HOSTILE]
    answers = read_csv(make_file("answers", ["campaign", "answer"]))[1:]
    assert sorted(answers) == sorted(["'=1+1", safe(text)] for text in HOSTILE)


def test_a_date_of_a_hostile_text_is_not_turned_into_a_formula(make_file, read_csv):
    CustomField.objects.create(key="depuis", label="Depuis", kind="date")
    Contact.objects.create(custom={"depuis": "abcd-ef-=1"})
    Contact.objects.create(custom={"depuis": "2026-02-28"})
    assert read_csv(make_file("contacts", ["custom:depuis"]))[1:] == [["abcd-ef-=1"], ["28/02/2026"]]


def test_every_line_ends_as_excel_ends_them_and_cells_keep_their_own(make_file):
    Contact.objects.create(last_name="a\nb", company="c")
    data = make_file("contacts", ["last_name", "company"])
    assert data == '\ufeffNom;Société\r\n"a\nb";c\r\n'.encode()


def test_a_workbook_is_what_the_base_holds_as_text_and_no_formula(make_file):
    for text in HOSTILE:
        Contact.objects.create(company=text[:200], last_name="x", custom={"libre": text})
    CustomField.objects.create(key="libre", label="Libre", kind="text")
    data = make_file("contacts", ["last_name", "company", "custom:libre"], format="xlsx")
    title, *rows = cells(data)
    assert title == ["Nom", "Société", "Libre"]
    unix = [text.replace("\r\n", "\n") for text in HOSTILE]
    assert [row[1].replace("\r\n", "\n") for row in rows] == [text[:200] for text in unix]
    longest = next(row[2] for row in rows if len(row[2]) > 1000)
    assert (len(longest), longest[-1]) == (32_767, "…")
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert not [name for name in parts.namelist() if "_rels/sheet" in name]  # no link either


def test_a_contact_with_numbers_custom_fields_queue_and_answers(make_file, read_csv):
    campaign = Campaign.objects.create(name="Toitures")
    question = {"key": "surface", "label": "Surface ?", "kind": "number", "choices": [], "required": False}
    other = {"key": "proprio", "label": "Propriétaire ?", "kind": "yes_no", "choices": [], "required": False}
    Script.objects.create(campaign=campaign, pages=[{"id": "1", "title": "", "questions": [question, other]}])
    CustomField.objects.create(key="effectif", label="Effectif", kind="number")
    contact = Contact.objects.create(last_name="Lefèvre", custom={"effectif": 12.5})
    ContactPhone.objects.create(contact=contact, kind="phone", e164="+33199000001")
    ContactPhone.objects.create(contact=contact, kind="mobile", e164="+32470123456")
    sold = Disposition.objects.create(campaign=campaign, label="Vendu")
    at = datetime(2026, 7, 14, 10, 30, tzinfo=UTC)
    QueueEntry.objects.create(
        campaign=campaign, contact=contact, not_before=at, attempts=3, state="finished", disposition=sold
    )
    ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key="surface", value=80.25)
    ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key="proprio", value=True)
    columns = [
        *("answer:proprio", "answer:surface", "outcome", "attempts", "queue_state", "not_before"),
        *("custom:effectif", "mobile", "phone", "last_name"),
    ]
    found = read_csv(make_file("contacts", columns, campaign_id=campaign.pk))
    assert found[0][:6] == [
        "Propriétaire ?",
        "Surface ?",
        "Qualification",
        "Tentatives",
        "État dans la file",
        "Pas avant",
    ]
    assert found[0][6:] == ["Effectif", "Mobile", "Téléphone", "Nom"]
    assert found[1][:6] == ["oui", "80,25", "Vendu", "3", "terminée", "14/07/2026 12:30:00"]
    assert found[1][6:] == ["12,5", "00 32470123456", "01 99 00 00 01", "Lefèvre"]


def test_dates_and_numbers_of_a_workbook_are_real_ones(make_file):
    CustomField.objects.create(key="effectif", label="Effectif", kind="number")
    CustomField.objects.create(key="depuis", label="Depuis", kind="date")
    contact = Contact.objects.create(custom={"effectif": 12.5, "depuis": "2026-02-28"})
    Contact.objects.filter(pk=contact.pk).update(created_at=datetime(2026, 7, 14, 10, 30, tzinfo=UTC))
    data = make_file("contacts", ["custom:effectif", "custom:depuis", "created_at"], format="xlsx")
    frame = fastexcel.read_excel(data).load_sheet(0).to_polars()
    assert frame.dtypes[0] == polars.Float64
    assert str(frame.row(0)[1])[:10] == "2026-02-28"
    assert frame.row(0)[2] == datetime(2026, 7, 14, 12, 30)  # noqa: DTZ001 - a spreadsheet's hours have no zone


def test_answers_are_written_as_those_of_the_contact_are(make_file, read_csv):
    """Dates and decimals stood as programs write them: 2027-09-01, 80.25."""
    contact, campaign = Contact.objects.create(), Campaign.objects.create(name="Toitures")
    asked(campaign, quand="date")
    ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key="quand", value="2027-09-01")
    for value in (80.25, True, "0612", "1.5"):
        ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key=str(value), value=value)
    rows = read_csv(make_file("answers", ["answer"]))[1:]
    assert sorted(row[0] for row in rows) == ["01/09/2027", "0612", "1.5", "80,25", "oui"]
    book = {row[0] for row in cells(make_file("answers", ["answer"], format="xlsx"))[1:]}
    assert {"0612", "1.5", "80,25", "oui"} < book
    assert [text for text in book if text.startswith("2027-09-01 ")]


def asked(campaign, **kinds):
    questions = [
        {"key": key, "label": "", "kind": kind, "choices": [], "required": False} for key, kind in kinds.items()
    ]
    Script.objects.create(campaign=campaign, pages=[{"id": "1", "title": "", "questions": questions}])


@pytest.mark.parametrize("text", ["2027-09-01", '["2027-09-01"]', "d2027-09-01"])
def test_a_text_that_looks_like_a_date_stays_a_text(make_file, read_csv, text):
    """A reference 2027-09-01 was written as the 1st of September."""
    contact, campaign = Contact.objects.create(), Campaign.objects.create(name="Toitures")
    asked(campaign, reference="text")
    for key in ("reference", "retirée du script"):
        ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key=key, value=text)
    assert read_csv(make_file("answers", ["answer"]))[1:] == [[text]] * 2
    assert cells(make_file("answers", ["answer"], format="xlsx"))[1:] == [[text]] * 2


def test_an_answer_to_a_date_that_is_none_is_written_as_it_is(make_file, read_csv):
    """The question asked for a text before."""
    contact, campaign = Contact.objects.create(), Campaign.objects.create(name="Toitures")
    asked(campaign, a="date", b="date", c="date")
    for key, value in (("a", "en juin"), ("b", "=1+1"), ("c", 12)):
        ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key=key, value=value)
    found = [row[0] for row in read_csv(make_file("answers", ["answer"]))[1:]]
    assert sorted(found) == ["'=1+1", "12", "en juin"]
    book = [row[0] for row in cells(make_file("answers", ["answer"], format="xlsx"))[1:]]
    assert sorted(book) == ["12", "=1+1", "en juin"]


def test_dates_may_be_written_for_programs(make_file, read_csv):
    contact = Contact.objects.create()
    Contact.objects.filter(pk=contact.pk).update(created_at=datetime(2026, 1, 14, 10, 30, tzinfo=UTC))
    assert read_csv(make_file("contacts", ["created_at"], dates="iso"))[1:] == [["2026-01-14 11:30:00"]]


def test_more_rows_than_a_sheet_has_go_on_in_the_next_one(make_file, monkeypatch):
    monkeypatch.setattr(files, "SHEET_ROWS", 3)
    for number in range(7):
        Contact.objects.create(last_name=f"n{number}")
    book = fastexcel.read_excel(make_file("contacts", ["last_name"], format="xlsx"))
    assert book.sheet_names == ["Fiches", "Fiches 2", "Fiches 3"]
    rows = [book.load_sheet(name).to_polars().rows() for name in book.sheet_names]
    assert [[cell for (cell,) in sheet] for sheet in rows] == [["n0", "n1", "n2"], ["n3", "n4", "n5"], ["n6"]]


def test_a_file_without_rows_has_its_titles(make_file, read_csv):
    assert read_csv(make_file("calls", ["claimed_at", "result"])) == [["Date", "Résultat"]]
    assert cells(make_file("calls", ["claimed_at", "result"], format="xlsx")) == [["Date", "Résultat"]]


def test_the_call_log_by_the_conditions_of_its_screen(make_file, read_csv, make_call):
    make_call(result="busy", e164="+33639980001")
    make_call(result="connected", minutes_ago=2)
    columns = ["e164", "result", "ring_s", "silence_s", "talk_s", "notes"]
    rows = read_csv(make_file("calls", columns, filters={"result": ["busy"]}))
    assert rows[1:] == [["06 39 98 00 01", "occupé", "10,0", "1,0", "60,0", ""]]


def test_every_column_of_every_subject_can_be_read(make_file, as_supervisor, make_call):
    campaign = Campaign.objects.create(name="Toitures")
    make_call(contact=Contact.objects.create(last_name="x"), campaign=campaign, agent=as_supervisor.user)
    for subject in ("contacts", "calls", "appointments", "callbacks", "answers"):
        params = {"subject": subject, "campaign_id": campaign.pk}
        keys = [one["key"] for one in as_supervisor.get("/exports/columns", query_params=params).json()]
        for kind in ("csv", "xlsx"):
            assert make_file(subject, keys, campaign_id=campaign.pk, format=kind)
    assert Call.objects.count() == 1


def test_contacts_by_the_advanced_search_and_by_ticked_lines(make_file, read_csv):
    dole, lyon, _ = (Contact.objects.create(last_name=city, city=city) for city in ("Dole", "Lyon", "Paris"))
    tree = {"all": [{"not": {"any": [{"field": "city", "op": "is", "value": "Dole"}]}}]}
    rows = read_csv(make_file("contacts", ["last_name"], filters={"filter": tree}))
    assert rows[1:] == [["Lyon"], ["Paris"]]
    rows = read_csv(make_file("contacts", ["last_name"], filters={"filter": tree, "ids": [dole.pk, lyon.pk]}))
    assert rows[1:] == [["Lyon"]]
