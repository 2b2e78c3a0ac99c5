"""The embedded PostgreSQL, for real: made, started, killed, started again."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from decroche.runtime import processes, testing
from decroche.runtime.errors import UserFacingError
from decroche.runtime.postgres import C_UTF8, Cluster
from decroche.runtime.privileges import command_as, service_account


@contextmanager
def running(cluster: Cluster) -> "Iterator[subprocess.Popen[bytes]]":
    """Started like the supervisor does, and stopped at once."""
    cluster.prepare()
    command = command_as(cluster.argv, cluster.account, needs=[cluster.data], death_signal=signal.SIGQUIT)
    process = subprocess.Popen(
        command, env=C_UTF8, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 30
    while not cluster.accepts_connections():
        assert process.poll() is None, "PostgreSQL ended"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    """A cluster below a folder that nobody else may walk through."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    settings = {"fsync": "off", "shared_buffers": "32MB"}  # but commits are written, as on a real floor
    return Cluster(closed / "postgres", testing.free_port(), "secret'pw", service_account(tmp_path), settings)


def test_it_is_made_below_a_closed_folder_and_never_runs_as_root(cluster: Cluster) -> None:
    with running(cluster) as process:
        assert Path(f"/proc/{process.pid}").stat().st_uid != 0
        url = cluster.ensure_database("decroche", "decroche", "pässword/@")
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT unaccent('É') || similarity('été', 'été')::text").fetchone()
    assert row == ("E1",)


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    with running(cluster), pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url("postgres", "wrong", "postgres"))


def test_what_was_committed_is_there_after_the_server_was_killed(cluster: Cluster) -> None:
    with running(cluster) as process:
        url = cluster.ensure_database("decroche", "decroche", "pw")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('oui')")
        process.kill()
    with running(cluster), psycopg.connect(url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("oui",)


def test_a_pid_file_that_names_somebody_else_does_not_keep_it_from_starting(cluster: Cluster) -> None:
    cluster.prepare()
    bystander = subprocess.Popen(
        command_as(["/bin/sleep", "60"], cluster.account, death_signal=signal.SIGKILL), stdout=subprocess.DEVNULL
    )
    (cluster.data / "postmaster.pid").write_text(f"{bystander.pid}\n{cluster.data}\n")
    with running(cluster):
        assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_server_left_running_on_the_folder_is_stopped_first(cluster: Cluster) -> None:
    with running(cluster) as left_over:
        cluster.prepare()
        left_over.wait(10)
        assert not processes.is_alive(left_over.pid)


def test_an_interrupted_initdb_is_done_again(cluster: Cluster) -> None:
    half = cluster.folder / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with running(cluster):
        assert not half.exists()


def test_the_data_of_another_major_version_is_left_alone_and_told(cluster: Cluster) -> None:
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(UserFacingError, match="PostgreSQL 15"):
        cluster.prepare()


def test_another_postgresql_on_our_port_is_told_apart(cluster: Cluster) -> None:
    stranger = Cluster(cluster.folder, cluster.port, "another password", cluster.account)
    with running(cluster), pytest.raises(UserFacingError, match="autre PostgreSQL"):
        stranger.accepts_connections()
