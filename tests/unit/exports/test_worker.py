"""The whole way: asked over the API, made by the real worker in a process of its own, fetched."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from decroche.contacts.models import Contact

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = "import sys; from decroche.worker.main import run; sys.exit(run())"


@pytest.fixture
def worker(database_url: str, exports_dir: Any) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts workers on the test database; those that are left are ended."""
    started: list[subprocess.Popen[bytes]] = []
    environ = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "decroche.config.settings.test"}
    folder = f"from django.conf import settings; settings.EXPORTS_DIR = {str(exports_dir)!r}; "

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", folder + WORKER], env=environ))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def finished(client: Any, export_id: str) -> dict[str, Any]:
    for _ in range(600):
        body: dict[str, Any] = client.get(f"/exports/{export_id}").json()
        if body["status"] not in ("queued", "running"):
            return body
        time.sleep(0.1)
    raise AssertionError(body)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_worker_makes_the_file(as_supervisor, worker, kind):
    Contact.objects.create(last_name="Moreau")
    body = {"subject": "contacts", "columns": ["last_name"], "format": kind}
    asked = as_supervisor.post("/exports", body).json()
    worker()
    assert finished(as_supervisor, asked["id"])["status"] == "done"
    assert as_supervisor.get(f"/exports/{asked['id']}/file").status_code == 200
