"""The whole way: upload over the API, the real worker in a process of its own, progress, refused rows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "Nom;Téléphone\nMoreau;0199001234\nDurand;12\n".encode("cp1252")
MAPPING = [{"column": 0, "target": "last_name"}, {"column": 1, "target": "phone"}]
WORKER = "import sys; from decroche.worker.main import run; sys.exit(run())"


@pytest.fixture
def worker(database_url: str, uploads: Any) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts workers on the test database; those that are left are ended."""
    started: list[subprocess.Popen[bytes]] = []
    environ = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "decroche.config.settings.test"}
    uploads_setting = f"from django.conf import settings; settings.UPLOADS_DIR = {str(uploads)!r}; "

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", uploads_setting + WORKER], env=environ))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def upload(client: Any) -> Any:
    return client.http.post("/api/imports", {"file": SimpleUploadedFile("été.csv", FILE)})


def eventually(read: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    for _ in range(600):
        if wanted(found := read()):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def test_the_wizard_from_upload_to_the_refused_rows(as_supervisor, worker):
    draft = upload(as_supervisor)
    assert draft.status_code == 201
    path = f"/imports/{draft.json()['id']}"
    assert draft.json()["preview"]["columns"][1]["suggested"] == "phone"
    assert as_supervisor.post(f"{path}/start", {"mapping": MAPPING}).json()["status"] == "queued"
    worker()
    done = eventually(lambda: as_supervisor.get(path).json(), lambda body: body["status"] == "done")
    assert (done["counts"]["new"], done["counts"]["refused"], done["progress"]) == (1, 1, 1.0)
    assert as_supervisor.get(f"{path}/refused").json()["items"][0]["cells"] == ["Durand", "12"]
    assert as_supervisor.post(f"{path}/roll-back").json()["status"] == "rolling_back"
    eventually(lambda: as_supervisor.get(path).json(), lambda body: body["status"] == "rolled_back")


def test_a_file_that_is_no_table_is_refused_with_a_sentence(as_supervisor):
    answer = as_supervisor.http.post("/api/imports", {"file": SimpleUploadedFile("x.csv", b"%PDF-1.7")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "file_not_a_table")
    assert "tableur" in answer.json()["error"]["fields"]["file"]


def test_a_started_import_is_not_started_again_nor_changed(as_supervisor):
    path = f"/imports/{upload(as_supervisor).json()['id']}"
    as_supervisor.post(f"{path}/start", {"mapping": MAPPING})
    assert as_supervisor.post(f"{path}/start", {"mapping": MAPPING}).status_code == 409
    assert as_supervisor.patch(path, {"separator": ","}).status_code == 409
    assert as_supervisor.delete(path).status_code == 409


def test_a_draft_is_thrown_away_with_its_file(as_supervisor, uploads):
    path = f"/imports/{upload(as_supervisor).json()['id']}"
    assert as_supervisor.delete(path).status_code == 204
    assert list(uploads.iterdir()) == []


def test_agents_do_not_import(as_agent):
    assert upload(as_agent).status_code == 403


def test_a_batch_whose_worker_was_killed_is_taken_up_by_the_next_one(as_supervisor, worker):
    """Regression of a silent loss: a killed worker's job stays "doing" for ever."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from decroche.contacts.models import ImportBatch

    path = f"/imports/{upload(as_supervisor).json()['id']}"
    as_supervisor.post(f"{path}/start", {"mapping": MAPPING})
    ImportBatch.objects.update(status="running", attempts=1)
    ProcrastinateJob.objects.all().delete()  # as when the dead worker's job was pruned
    worker()
    assert (
        eventually(lambda: as_supervisor.get(path).json(), lambda body: body["status"] == "done")["counts"]["new"] == 1
    )


def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_and_the_next_one_brings_all(
    as_supervisor, worker, database_url
):
    import psycopg
    from procrastinate.contrib.django.models import ProcrastinateJob

    from decroche.contacts.models import Contact, ImportBatch

    path = f"/imports/{upload(as_supervisor).json()['id']}"
    as_supervisor.post(f"{path}/start", {"mapping": MAPPING})
    waits = "SELECT pid FROM pg_locks WHERE relation = 'contacts_contactphone'::regclass AND NOT granted"
    with psycopg.connect(database_url) as other, psycopg.connect(database_url, autocommit=True) as looking:
        other.execute("LOCK TABLE contacts_contactphone IN EXCLUSIVE MODE")  # holds the import up while it writes
        first = worker()
        stuck = eventually(lambda: looking.execute(waits).fetchone(), bool)
        first.kill()
        first.wait()
        other.rollback()
        alive = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"
        eventually(lambda: looking.execute(alive, stuck).fetchone(), lambda row: row is None)
    assert (ImportBatch.objects.get().status, Contact.objects.count()) == ("running", 0)
    ProcrastinateJob.objects.all().delete()  # as when the dead worker's job is pruned
    worker()
    done = eventually(lambda: as_supervisor.get(path).json(), lambda body: body["status"] == "done")
    assert (done["counts"]["new"], Contact.objects.count()) == (1, 1)
    assert as_supervisor.get(f"{path}/refused").json()["total"] == 1


def test_a_batch_is_rolled_forward_over_the_api(as_supervisor, worker):
    path = f"/imports/{upload(as_supervisor).json()['id']}"
    as_supervisor.post(f"{path}/start", {"mapping": MAPPING})
    worker()
    eventually(lambda: as_supervisor.get(path).json(), lambda body: body["can_roll_back"])
    assert as_supervisor.post(f"{path}/roll-forward").status_code == 409
    as_supervisor.post(f"{path}/roll-back")
    eventually(lambda: as_supervisor.get(path).json(), lambda body: body["can_roll_forward"])
    assert as_supervisor.post(f"{path}/roll-forward").json()["status"] == "queued"
    done = eventually(lambda: as_supervisor.get(path).json(), lambda body: body["status"] == "done")
    assert (done["counts"]["new"], done["roll_back"]) == (1, None)


def test_a_worker_ends_cleanly_when_asked(worker):
    from procrastinate.contrib.django.models import ProcrastinateWorker

    former = set(ProcrastinateWorker.objects.values_list("pk", flat=True))  # those that other tests killed
    process = worker()
    eventually(lambda: ProcrastinateWorker.objects.exclude(pk__in=former).exists(), bool)
    eventually(lambda: catches(process, signal.SIGTERM), bool)  # its row comes a moment before
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0


def catches(process: subprocess.Popen[bytes], number: int) -> bool:
    """Whether it has said what to do at that signal."""
    (mask,) = [text for text in Path(f"/proc/{process.pid}/status").read_text().splitlines() if "SigCgt" in text]
    return bool(int(mask.split()[1], 16) >> (number - 1) & 1)
