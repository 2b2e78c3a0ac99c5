"""The do-not-call list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from decroche.campaigns.models import QueueEntry
from decroche.common.pagination import encode_cursor
from decroche.contacts.do_not_call.lines import prefix_of, read
from decroche.contacts.models import Contact, ContactPhone, DoNotCall

MANY = """
INSERT INTO contacts_donotcall (e164, origin, note, created_at)
SELECT '+3319900' || lpad(n::text, 5, '0'), 'import', '', now() - (n % 400) * interval '1 day'
FROM generate_series(1, 20000) n;
ANALYZE contacts_donotcall
"""


def upload(client, text: bytes, **form):
    file = SimpleUploadedFile("liste.txt", text)
    return client.http.post("/api/do-not-call/import", {"file": file, **form})


def test_a_number_is_added_in_any_form_once(as_agent):
    assert as_agent.post("/do-not-call", {"number": "01 99 00 12 34"}).status_code == 201
    again = as_agent.post("/do-not-call", {"number": "0033199001234"})
    assert (again.status_code, again.json()["e164"]) == (200, "+33199001234")


def test_what_is_no_number_is_refused_with_a_sentence(as_agent):
    answer = as_agent.post("/do-not-call", {"number": "01 99"})
    assert "chiffres" in answer.json()["error"]["fields"]["number"]


def test_the_same_number_may_be_forbidden_in_one_campaign_and_everywhere(as_supervisor, campaign):
    as_supervisor.post("/do-not-call", {"number": "0199001234", "campaign_id": campaign.pk})
    assert as_supervisor.post("/do-not-call", {"number": "0199001234"}).status_code == 201


def test_taking_a_number_off_needs_a_supervisor_who_confirms(as_agent, as_supervisor):
    row = as_agent.post("/do-not-call", {"number": "0199001234"}).json()["id"]
    assert as_agent.delete(f"/do-not-call/{row}", query_params={"confirm": True}).status_code == 403
    asked = as_supervisor.delete(f"/do-not-call/{row}")
    assert asked.json()["error"]["code"] == "confirmation_needed"
    assert as_supervisor.delete(f"/do-not-call/{row}", query_params={"confirm": True}).status_code == 204
    assert as_supervisor.get("/do-not-call").json()["total"] == 0


def test_a_list_is_imported_line_by_line(as_supervisor):
    text = "Numéro;Motif\n01 99 00 12 34;refus\n0639982011, 0465711234\n\nabc\n0199001234\n".encode("cp1252")
    body = upload(as_supervisor, text).json()
    assert (body["added"], body["already_there"], body["refused_count"]) == (3, 0, 1)
    assert body["refused"][0]["line"] == 5


def test_a_number_repeated_in_the_file_is_counted(as_supervisor):
    upload(as_supervisor, b"0199001234\n")
    text = b"0199001234\n+33 1 99 00 12 34\n0639982011;0639982011\n06.39.98.20.11\n0899*\n0899*\n"
    body = upload(as_supervisor, text).json()
    assert (body["added"], body["already_there"], body["repeated"]) == (2, 1, 3)


def test_importing_twice_adds_nothing(as_supervisor):
    upload(as_supervisor, b"0199001234\n")
    assert upload(as_supervisor, b"+33 1 99 00 12 34\n").json()["already_there"] == 1


def test_the_list_is_searched(as_supervisor, campaign):
    as_supervisor.post("/do-not-call", {"number": "0199001234", "note": "Courrier du 3 mai"})
    as_supervisor.post("/do-not-call", {"number": "0639982011", "campaign_id": campaign.pk})
    totals = [
        as_supervisor.get("/do-not-call", query_params=query).json()["total"]
        for query in (
            {"q": "0199"},
            {"q": "courrier"},
            {"q": "2011"},
            {"campaign_id": campaign.pk},
            {"origin": "import"},
        )
    ]
    assert totals == [1, 1, 1, 1, 0]


def pages(client, **query):
    """All of them, a page at a time."""
    cursor: str | None = ""
    while cursor is not None:
        page = client.get("/do-not-call", query_params={**query, "limit": 2, "cursor": cursor}).json()
        yield from page["items"]
        cursor = page["next_cursor"]


def test_the_latest_day_is_on_top_whenever_it_was_entered(as_supervisor):
    """Bug: they stood in the order of entry, so that a list imported with its old days hid today's refusals."""
    as_supervisor.post("/do-not-call", {"number": "0199001234"})
    upload(as_supervisor, b"0639982011;03/05/2019\n0639982012;03/05/2020\n0639982013;03/05/2019\n0899*;01/01/2018\n")
    seen = [row["e164"] for row in pages(as_supervisor)]
    assert seen == ["+33199001234", "+33639982012", "+33639982013", "+33639982011", "+33899"]
    assert [row["e164"] for row in pages(as_supervisor, q="06 39 98")] == seen[1:4]


def test_a_cursor_of_the_former_order_is_refused(as_supervisor):
    assert as_supervisor.get("/do-not-call", query_params={"cursor": encode_cursor(12)}).status_code == 422


@pytest.mark.parametrize("deep", [False, True])
def test_a_page_of_a_long_list_is_read_from_the_index(as_supervisor, deep):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(MANY)
    query = {"cursor": encode_cursor((timezone.now() - timedelta(days=200)).isoformat(), 7)} if deep else {}
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        as_supervisor.get("/do-not-call", query_params=query)
    (page,) = [one for one in asked if "contacts_donotcall" in one[0] and "LIMIT" in one[0]]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + page[0], page[1])
        plan = str(cursor.fetchall())
    assert "do_not_call_by_day" in plan
    assert "Seq Scan on contacts_donotcall" not in plan
    assert "Sort" not in plan


def test_agents_do_not_browse_the_list(as_agent):
    assert as_agent.get("/do-not-call").status_code == 403


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [("0899", "+33899"), ("08 99", "+33899"), ("+44", "+44"), ("0033 1 99", "+33199"), ("0262 20", "+26226220"),
     ("+33", ""), ("0033", ""), ("0", ""), ("abc", ""), ("+0", "")],
)  # fmt: skip
def test_a_beginning_of_numbers_is_read_in_any_form_but_never_all_of_france(typed, prefix):
    assert prefix_of(typed) == prefix


def test_a_supervisor_forbids_a_beginning_of_numbers(as_agent, as_supervisor):
    body = {"number": "0199 00", "is_prefix": True}
    assert as_agent.post("/do-not-call", body).status_code == 403
    row = as_supervisor.post("/do-not-call", body).json()
    assert (row["e164"], row["is_prefix"]) == ("+3319900", True)
    wrong = as_supervisor.post("/do-not-call", {"number": "+33", "is_prefix": True})
    assert wrong.json()["error"]["fields"].keys() == {"number"}


def test_a_list_keeps_its_dates_origins_and_beginnings_and_comes_back_as_it_left(as_supervisor):
    text = b"numero;origine;depuis\n0199001234;courrier;03/05/2026\n0899*;;2026-01-02\n"
    assert upload(as_supervisor, text).json()["added"] == 2
    exported = b"".join(as_supervisor.http.get("/api/do-not-call/export").streaming_content)
    lines = exported.decode("utf-8-sig").splitlines()
    assert [line.split(";")[:4] for line in lines[1:]] == [
        ["+33199001234", "", "courrier", "03/05/2026 00:00:00"],
        ["+33899*", "", "import", "02/01/2026 00:00:00"],
    ]
    assert upload(as_supervisor, exported).json() == {
        "added": 0, "already_there": 2, "repeated": 0, "refused_count": 0, "refused": []
    }  # fmt: skip


def test_a_list_that_comes_back_keeps_its_days(as_supervisor):
    """They were written as in Greenwich: each time, what was added at night or by a date alone was a day older."""
    assert upload(as_supervisor, b"0199001234;03/05/2026\n").json()["added"] == 1
    before = DoNotCall.objects.get().created_at
    exported = b"".join(as_supervisor.http.get("/api/do-not-call/export").streaming_content)
    DoNotCall.objects.all().delete()
    assert upload(as_supervisor, exported).json()["added"] == 1
    assert DoNotCall.objects.get().created_at == before


@pytest.mark.parametrize(
    "since", ["2026-05-02T22:00:00+00:00", "2026-05-02T23:30:00Z", "2026-05-03", "03/05/2026 08:15"]
)
def test_since_when_is_a_day_in_paris_whatever_the_clock(since):
    (line,) = read(f"0199001234;{since}")
    assert line.since == datetime(2026, 5, 2, 22, tzinfo=UTC)
    assert line.numbers == ("+33199001234",)


def test_a_list_is_exported_with_titles_in_the_reader_s_language(as_supervisor):
    as_supervisor.post("/do-not-call", {"number": "0199001234", "note": "by letter"})
    as_supervisor.patch("/auth/me", {"language": "en"})
    answer = as_supervisor.http.get("/api/do-not-call/export")
    exported = b"".join(answer.streaming_content)
    assert exported.decode("utf-8-sig").splitlines()[0] == "number;campaign;origin;since;by;note"
    DoNotCall.objects.all().delete()
    assert upload(as_supervisor, exported).json()["added"] == 1
    assert DoNotCall.objects.get().note == "by letter"


def test_a_list_s_notes_are_kept_come_back_and_forbid_no_other_number(as_supervisor):
    text = "Téléphone;Depuis;Motif\n0199001234;03/05/2026;rappelait le 01/02/2020 depuis le 01 99 00 99 99\n"
    assert upload(as_supervisor, text.encode()).json()["added"] == 1
    row = DoNotCall.objects.get()
    assert (row.e164, row.note) == ("+33199001234", "rappelait le 01/02/2020 depuis le 01 99 00 99 99")
    assert row.created_at.year == 2026
    exported = b"".join(as_supervisor.http.get("/api/do-not-call/export").streaming_content)
    DoNotCall.objects.all().delete()
    assert upload(as_supervisor, exported).json()["added"] == 1
    assert DoNotCall.objects.get().note == row.note


def test_who_is_taken_off_the_list_may_be_called_again(as_supervisor, campaign):
    contact = Contact.objects.create(last_name="Lefèvre")
    ContactPhone.objects.create(contact=contact, kind="phone", e164="+33199001234")
    row = as_supervisor.post("/do-not-call", {"number": "0199 00", "is_prefix": True}).json()["id"]
    entry = QueueEntry.objects.create(campaign=campaign, contact=contact, not_before=timezone.now())
    QueueEntry.objects.filter(pk=entry.pk).update(
        state="finished", finished_reason="do_not_call_prefix", refused_reason="do_not_call_prefix"
    )
    as_supervisor.delete(f"/do-not-call/{row}", query_params={"confirm": True})
    entry.refresh_from_db()
    assert (entry.state, entry.finished_reason) == ("waiting", "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_origin_that_is_written_down_has_words_on_the_screen_and_in_the_dossier(language):
    import json
    from pathlib import Path

    from decroche.contacts.do_not_call import erased
    from decroche.dispositions import services
    from decroche.ledger.dossier.words import ORIGINS

    written = {services.ORIGIN, erased.ORIGIN, "import", DoNotCall._meta.get_field("origin").default}
    words = Path(__file__).parents[3] / f"frontend/src/i18n/{language}/do-not-call.json"
    assert set(json.loads(words.read_text())["origin"]) == written
    assert written <= set(ORIGINS)
