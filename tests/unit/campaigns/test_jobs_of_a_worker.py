"""Inside a worker, Procrastinate has a connection beside Django's: what a job is about must be there before the job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate import SyncPsycopgConnector
from procrastinate.contrib.django import app

from decroche.campaigns.outlook import services
from decroche.campaigns.tasks import settle_soon
from decroche.contacts.models import ImportBatch


@pytest.fixture
def seen(transactional_db: Any, database_url: str) -> Iterator[Any]:
    """The jobs that another worker sees, while this one's connection is beside Django's."""
    beside = SyncPsycopgConnector(conninfo=database_url)
    beside.open()
    with app.replace_connector(beside), psycopg.connect(database_url, autocommit=True) as other:
        yield lambda: [name for (name,) in other.execute("SELECT task_name FROM procrastinate_jobs").fetchall()]
        other.execute("TRUNCATE procrastinate_jobs CASCADE")  # not Django's own, so not emptied between tests
    beside.close()


def test_the_count_of_a_batch_is_asked_for_with_its_row(seen, campaign):
    with transaction.atomic():
        services.of_batch(
            ImportBatch.objects.create(name="leads", campaign_id=campaign["id"], created_at=timezone.now())
        )
        assert seen() == []
    assert seen() == ["count_outlook"]


def test_settling_is_asked_for_with_what_came_in(seen, campaign):
    with transaction.atomic():
        settle_soon(campaign["id"])
        assert seen() == []
    assert seen() == ["settle_queue"]


def test_what_is_taken_back_leaves_no_job(seen, campaign):
    with transaction.atomic():
        settle_soon(campaign["id"])
        transaction.set_rollback(True)
    assert seen() == []


def test_a_count_without_a_job_gets_one_and_only_one(db, campaign):
    from decroche.campaigns.outlook.models import Outlook
    from decroche.campaigns.outlook.tasks import redefer_orphans

    lost = Outlook.objects.create(campaign_id=campaign["id"], what={}, created_at=timezone.now())
    done = Outlook.Status.DONE
    Outlook.objects.create(campaign_id=campaign["id"], what={}, status=done, created_at=timezone.now())
    assert redefer_orphans() == [lost.pk]
    assert redefer_orphans() == []
