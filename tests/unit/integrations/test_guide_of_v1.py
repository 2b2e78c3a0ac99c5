"""docs/api.md: every command in it works as it stands, and the product shows it to who needs it."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import get_args
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from decroche.campaigns.models import Campaign
from decroche.config import api_guide, api_v1
from decroche.config.api_v1_webhooks import HEADERS
from decroche.contacts.models import Contact, ContactPhone, ImportBatch
from decroche.integrations.scopes import PING, EventCode
from decroche.integrations.webhooks import signing
from decroche.ledger.models import Principal, Proof

TEXT = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```", TEXT, re.S | re.M)
(RECEIVER,) = re.findall(r"^```python\n(.*?)^```", TEXT, re.S | re.M)
CURL = """set -euo pipefail
curl() { command curl --silent --show-error --fail-with-body "$@" > answer || { cat answer; exit 1; }; }
"""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def address(transactional_db):
    """Of the API, on the loopback."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)

    def serve() -> None:
        try:
            server.serve_forever()
        finally:
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def floor(transactional_db):
    """What the guide's commands speak of: campaign 3, contact 17, a principal."""
    Campaign.objects.create(pk=3, name="Mutuelle", status="open", audience="b2b")
    Principal.objects.create(siren="123456782", name="Mandant")
    ContactPhone.objects.create(
        contact=Contact.objects.create(pk=17, last_name="Petit", client_code="C-17"), kind="phone", e164="+33199001234"
    )


def test_every_command_works_as_it_stands(floor, make_program, address, tmp_path):
    script = tmp_path / "guide.sh"
    script.write_text(CURL + "".join(SHELL).replace(api_guide.EXAMPLE, address), encoding="utf-8")
    environ = {**os.environ, "DECROCHE_KEY": make_program().text}
    done = subprocess.run(["bash", str(script)], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert Contact.objects.filter(client_code="W-4812").exists()
    assert Contact.objects.get(pk=17).city == "Dole"
    assert (Proof.objects.count(), ImportBatch.objects.get().campaign_id) == (1, 3)


@pytest.fixture
def receiver(tmp_path):
    """The receiver of the guide, as a program of its own."""
    (tmp_path / "receiver.py").write_text(RECEIVER, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    secret = signing.new_secret()
    environ = {**os.environ, "DECROCHE_SECRET": secret, "PORT": str(port)}
    program = subprocess.Popen([sys.executable, "receiver.py"], cwd=tmp_path, env=environ, stdout=subprocess.PIPE)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert program.poll() is None
    yield secret, f"http://127.0.0.1:{port}/"
    program.kill()
    program.wait()
    assert program.stdout
    program.stdout.close()


def status(url, body, headers):
    try:
        return urllib.request.urlopen(urllib.request.Request(url, body, headers)).status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_receiver_of_the_guide_takes_what_is_ours_and_recent(receiver):
    secret, url = receiver
    body, now, other = b'{"type": "webhook.test"}', int(time.time()), signing.new_secret()
    assert status(url, body, signing.headers("msg_1", now, body, [secret])) == 204
    assert status(url, body, signing.headers("msg_1", now, body, [other, secret])) == 204
    assert status(url, body, signing.headers("msg_1", now, body, [other])) == 401
    assert status(url, body + b" ", signing.headers("msg_1", now, body, [secret])) == 401
    assert status(url, body, signing.headers("msg_1", now - 3600, body, [secret])) == 401
    assert status(url, body, {}) == 401


@pytest.mark.parametrize(("language", "first"), [("fr", "# API : relier"), ("en", "# API: connecting")])
def test_the_documentation_begins_with_the_guide_in_the_reader_s_language(program, language, first):
    found = program.call("GET", "/openapi.json", headers={"Accept-Language": language}).json()["info"]["description"]
    assert found.startswith(first)
    assert "# API : relier" in found
    assert "# API: connecting" in found


def test_the_guide_has_the_address_of_this_installation_and_no_broken_lines():
    found = api_guide.text("fr")
    assert api_guide.EXAMPLE not in found
    assert "P=http://localhost:" in found
    paragraph = next(line for line in found.splitlines() if line.startswith("Un CRM, un formulaire"))
    assert paragraph.endswith("les messages des webhooks.")
    assert [
        line for line in found.splitlines() if line.startswith("  ") and "curl" not in line and "{" not in line
    ] == [
        line for block in (*SHELL, RECEIVER) for line in block.splitlines() if line.startswith("  ") and "{" not in line
    ]


def test_the_document_tells_what_webhooks_are_told():
    document = api_v1.document()
    assert set(document["webhooks"]) == {*get_args(EventCode), PING}
    for event, told in document["webhooks"].items():
        schema = told["post"]["requestBody"]["content"]["application/json"]["schema"]
        found = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert found["properties"]["type"]["const"] == event
        assert found["required"] == ["data", "timestamp", "type", "version"]
        assert [one["name"] for one in told["post"]["parameters"]] == list(HEADERS)


def test_every_reference_of_the_document_leads_somewhere():
    document = api_v1.document()
    found = set(re.findall(r"#/components/schemas/([\w.-]+)", str(document)))
    assert found <= document["components"]["schemas"].keys()


def test_the_document_describes_the_options_of_an_import():
    """Refusals said "see ImportOptions", which was nowhere."""
    document = api_v1.document()
    form = document["paths"]["/api/v1/imports"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["options"]["contentSchema"] == {"$ref": "#/components/schemas/ImportOptions"}
    options = document["components"]["schemas"]["ImportOptions"]
    assert {"columns", "campaign_id", "tidy"} <= options["properties"].keys()
    assert not options.get("required")
