"""Management commands where nothing runs: a sentence, never a stack trace."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

NEED_A_DATABASE = (
    ("register", "--out", "registre.pdf"),
    ("proof", "--call", "00000000-0000-0000-0000-000000000001"),
    ("export-all", "everything"),
)


def manage(folder: Path, words: tuple[str, ...], language: str = "fr_FR.UTF-8") -> subprocess.CompletedProcess[str]:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1] % 20000 + 10000
    environ = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
        "DECROCHE_VAR": str(folder / "var"), "DECROCHE_PORT": str(port), "LC_ALL": language,
    }  # fmt: skip
    command = [sys.executable, "-P", "-m", "decroche", "manage", *words]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("words", NEED_A_DATABASE, ids=lambda words: words[0])
def test_without_a_database_one_sentence_says_so_and_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = manage(tmp_path, words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (said,) = done.stderr.splitlines()
    assert not (tmp_path / "everything").exists()
    assert said.startswith("décroche : La base de données ne répond pas")
    assert "./decroche up" in said


def test_the_sentence_is_in_english_too(tmp_path: Path) -> None:
    assert "The database does not answer" in manage(tmp_path, NEED_A_DATABASE[0], "en_GB.UTF-8").stderr


def test_judging_needs_no_database(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    done = manage(tmp_path, ("judge", "none.jsonl"))
    assert (done.returncode, done.stderr) == (0, "")
