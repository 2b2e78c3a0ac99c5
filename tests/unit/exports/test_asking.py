"""Who asks for a file, how it goes, and who took what away."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from decroche.accounts.models import AuditEntry
from decroche.campaigns.models import Campaign
from decroche.contacts.models import Contact
from decroche.exports import files, parts, run, tasks
from decroche.exports.models import Export
from decroche.exports.run import clean_exports, path_of, run_export

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"subject": "contacts", "columns": ["last_name"]}


def ask(client, **more):
    return client.post("/exports", {**ASKED, **more})


def made(client, **more):
    export = Export.objects.get(pk=ask(client, **more).json()["id"])
    run_export(str(export.pk))
    export.refresh_from_db()
    return export


def test_agents_neither_export_nor_download(as_agent, as_supervisor):
    export = made(as_supervisor)
    assert ask(as_agent).status_code == 403
    for path in ("/exports", f"/exports/{export.pk}", f"/exports/{export.pk}/file", "/export-layouts?subject=calls"):
        assert as_agent.get(path).status_code == 403


def test_a_file_waits_is_made_and_fetched(as_supervisor):
    Contact.objects.create(last_name="Moreau")
    asked = ask(as_supervisor).json()
    assert (asked["status"], asked["can_cancel"], asked["can_download"]) == ("queued", True, False)
    assert as_supervisor.get(f"/exports/{asked['id']}/file").json()["error"]["code"] == "export_no_file"
    run_export(asked["id"])
    done = as_supervisor.get("/exports").json()["items"][0]
    assert (done["status"], done["rows_total"], done["progress"], done["can_download"]) == ("done", 1, 1.0, True)
    answer = as_supervisor.get(f"/exports/{asked['id']}/file")
    assert b"Moreau" in b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == f'attachment; filename="{done["file_name"]}"'
    assert int(answer["Content-Length"]) == done["size_bytes"]


def test_the_name_of_the_file_is_french_and_plain(as_supervisor):
    campaign = Campaign.objects.create(name="Été / « ../../etc » n° 1")
    name = ask(as_supervisor, filters={"campaign_id": campaign.pk}).json()["file_name"]
    assert name.startswith("fiches-ete-etc-n-1-20")
    assert name.endswith(".csv")


def test_the_audit_log_says_who_took_what_and_no_name_of_a_contact(as_supervisor):
    Contact.objects.create(last_name="Moreau")
    export = made(as_supervisor, filters={"q": "moreau"})
    as_supervisor.get(f"/exports/{export.pk}/file")
    entries = list(AuditEntry.objects.filter(object_id=str(export.pk)).order_by("pk"))
    assert [one.action for one in entries] == ["export.ask", "export.done", "export.download"]
    assert entries[2].actor == as_supervisor.user
    assert entries[2].detail == {
        "rows": 1,
        "subject": "contacts",
        "format": "csv",
        "columns": ["last_name"],
        "filters": {},
        "filtered_by": ["q"],
    }


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"columns": ["nothing"]}, "columns"),
        ({"columns": []}, "columns"),
        ({"columns": ["queue_state"]}, "columns"),
        ({"campaign_id": 99}, "campaign_id"),
        ({"filters": {"unknown": 1}}, "filters.unknown"),
        ({"filters": {"campaign_id": "x"}}, "filters.campaign_id"),
        ({"filters": {"filter": {"field": "nothing", "op": "is", "value": "x"}}}, "filter.field"),
        ({"format": "pdf"}, "format"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(as_supervisor, asked, field):
    answer = ask(as_supervisor, **asked)
    assert answer.status_code == 422
    assert field in answer.json()["error"]["fields"]


def test_the_rows_are_counted_before(as_supervisor):
    Contact.objects.create(last_name="Moreau")
    Contact.objects.create(last_name="Petit")
    body = {"subject": "contacts", "filters": {"q": "petit"}}
    assert as_supervisor.post("/exports/count", body).json() == {"rows": 1}


def test_an_erased_contact_is_in_no_file(as_supervisor, make_file, read_csv):
    Contact.objects.create(last_name="Parti", erased_at=timezone.now())
    assert read_csv(make_file("contacts", ["last_name"])) == [["Nom"]]


def test_a_waiting_export_is_cancelled_at_once(as_supervisor):
    asked = ask(as_supervisor).json()
    assert as_supervisor.post(f"/exports/{asked['id']}/cancel").json()["status"] == "cancelled"
    run_export(asked["id"])
    assert as_supervisor.get(f"/exports/{asked['id']}").json()["status"] == "cancelled"
    assert as_supervisor.post(f"/exports/{asked['id']}/cancel").json()["error"]["code"] == "export_over"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_running_export_stops_in_the_middle_and_leaves_nothing(as_supervisor, exports_dir, monkeypatch, kind):
    for module in (files, parts):
        monkeypatch.setattr(module, "EVERY", 1)
    Contact.objects.bulk_create(Contact(last_name=f"n{number}") for number in range(3000))
    asked = ask(as_supervisor, format=kind).json()
    beside = connection.copy()  # the one who cancels is not in the worker's transaction

    def somebody_cancels():
        with beside.cursor() as cursor:
            cursor.execute("UPDATE exports_export SET cancel_requested = rows_done > 0")
        return False

    monkeypatch.setattr(run, "TELL_EVERY_S", 0)
    run_export(asked["id"], should_stop=somebody_cancels)
    beside.close()
    assert as_supervisor.get(f"/exports/{asked['id']}").json()["status"] == "cancelled"
    assert list(exports_dir.iterdir()) == []
    assert Contact.objects.count() == 3000  # the connection still works


def test_an_export_whose_first_row_is_slow_to_come_can_be_stopped(as_supervisor, exports_dir, monkeypatch):
    monkeypatch.setattr(parts, "PATIENCE_S", 0.01)
    monkeypatch.setattr(run, "csv_select", lambda *_: "SELECT pg_sleep(600)")
    Contact.objects.create(last_name="Moreau")
    asked = ask(as_supervisor).json()
    looks = iter((False, False, True, True))
    run_export(asked["id"], should_stop=lambda: next(looks))
    assert Export.objects.get().status == "queued"
    assert list(exports_dir.iterdir()) == []
    with connection.cursor() as cursor:  # nothing of it goes on in the base
        until = time.monotonic() + 60
        sleeping = True
        while sleeping and time.monotonic() < until:
            cursor.execute("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT pg_sleep%%'")
            sleeping = cursor.fetchone() is not None
    assert not sleeping


def test_a_worker_that_must_end_leaves_the_export_to_the_next_one(as_supervisor, monkeypatch):
    monkeypatch.setattr(parts, "EVERY", 1)
    Contact.objects.create(last_name="Moreau")
    asked = ask(as_supervisor).json()
    run_export(asked["id"], should_stop=lambda: True)
    export = Export.objects.get()
    assert (export.status, export.attempts) == ("queued", 0)
    run_export(asked["id"])
    export.refresh_from_db()
    assert export.status == "done"


def test_an_export_whose_worker_died_is_begun_again_and_given_up_after_three(as_supervisor):
    asked = ask(as_supervisor).json()
    Export.objects.update(status="running", attempts=2)
    run_export(asked["id"])
    assert as_supervisor.get(f"/exports/{asked['id']}").json()["status"] == "done"
    Export.objects.update(status="running", attempts=3)
    run_export(asked["id"])
    failed = as_supervisor.get(f"/exports/{asked['id']}").json()
    assert (failed["status"], failed["error"]["code"]) == ("failed", "export_worker_lost")


def test_an_export_without_a_job_gets_one(as_supervisor):
    from procrastinate.contrib.django.models import ProcrastinateJob

    asked = ask(as_supervisor).json()
    assert tasks.redefer_orphans() == []
    ProcrastinateJob.objects.filter(queue_name="exports").update(status="failed")
    assert tasks.redefer_orphans() == [asked["id"]]
    assert tasks.redefer_orphans() == []


def test_a_field_that_is_gone_fails_in_one_clear_sentence(as_supervisor, exports_dir):
    asked = ask(as_supervisor).json()
    Export.objects.update(columns=["custom:gone"])
    run_export(asked["id"])
    failed = as_supervisor.get(f"/exports/{asked['id']}").json()
    assert failed["error"]["message"].startswith("Un champ ou un filtre de cet export n'existe plus.")
    assert list(exports_dir.iterdir()) == []


def test_a_file_expires_and_its_line_stays(as_supervisor):
    export = made(as_supervisor)
    path_of(export).with_name("inconnu.csv").write_text("x")
    assert clean_exports() == 1  # the file that nobody knows
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert as_supervisor.get(f"/exports/{export.pk}/file").status_code == 410
    shown = as_supervisor.get("/exports").json()["items"][0]  # not offered any more, an hour before it is swept away
    assert (shown["status"], shown["can_download"]) == ("expired", False)
    assert clean_exports() == 1
    assert not path_of(export).exists()
    assert as_supervisor.get(f"/exports/{export.pk}").json()["status"] == "expired"


def test_a_deleted_export_takes_its_file_with_it(as_supervisor):
    export = made(as_supervisor)
    assert as_supervisor.delete(f"/exports/{export.pk}").status_code == 204
    assert not path_of(export).exists()
    assert as_supervisor.get("/exports").json()["items"] == []


def test_one_under_way_is_not_deleted(as_supervisor):
    asked = ask(as_supervisor).json()
    assert as_supervisor.delete(f"/exports/{asked['id']}").json()["error"]["code"] == "export_under_way"


def test_a_choice_of_columns_is_kept_shared_and_the_makers_own(as_supervisor, as_admin):
    body = {"subject": "contacts", "name": "Publipostage", "columns": ["last_name", "city"]}
    kept = as_supervisor.post("/export-layouts", body).json()
    assert as_admin.get("/export-layouts", query_params={"subject": "contacts"}).json() == []
    as_supervisor.patch(f"/export-layouts/{kept['id']}", {"shared": True})
    (seen,) = as_admin.get("/export-layouts", query_params={"subject": "contacts"}).json()
    assert (seen["name"], seen["columns"], seen["mine"]) == ("Publipostage", ["last_name", "city"], False)
    assert as_admin.delete(f"/export-layouts/{kept['id']}").status_code == 404
    again = as_supervisor.post("/export-layouts", {**body, "columns": ["city"]}).json()
    assert (again["id"], again["columns"]) == (kept["id"], ["city"])
    assert as_supervisor.delete(f"/export-layouts/{kept['id']}").status_code == 204
