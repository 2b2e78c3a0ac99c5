"""What every suite shares: one PostgreSQL a run, started by the first test that asks for it (`django_db`).

The run's own var folder and ports come from `decroche.runtime.pytest_plugin`, before Django's settings are loaded.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from decroche.config.env import get_env
from decroche.runtime import testing

# A machine that is busy is slow: that says nothing of what is examined.
settings.register_profile("whatever-the-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever-the-machine")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of the run's PostgreSQL (its owner may create databases), or of the one that DATABASE_URL names."""
    if given := get_env().external_database_url:
        yield given
        return
    with testing.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, postgres_url: str) -> None:
    """pytest-django's hook: its test database is made on the run's PostgreSQL."""
    from django.db import connections
    from psycopg.conninfo import conninfo_to_dict

    facts: dict[str, Any] = conninfo_to_dict(postgres_url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    connections["default"].settings_dict.update({ours: str(facts.get(theirs, "")) for ours, theirs in names.items()})


@pytest.fixture(scope="session")
def database_url(django_db_setup: None, postgres_url: str) -> str:
    """Address of the migrated test database, for code that connects by itself (the floor, a child process).

    Also put into DATABASE_URL, so that `get_env()` and child processes find it. Only committed rows are seen through
    it: use `transactional_db` beside it.
    """
    from django.db import connections
    from psycopg.conninfo import conninfo_to_dict

    facts: dict[str, Any] = conninfo_to_dict(postgres_url)
    name = connections["default"].settings_dict["NAME"]
    url = f"postgresql://{facts['user']}:{facts.get('password', '')}@{facts['host']}:{facts['port']}/{name}"
    os.environ["DATABASE_URL"] = url
    get_env.cache_clear()
    return url


@pytest.fixture(scope="session")
def var_dir() -> Path:
    """The run's own var folder."""
    return get_env().var
