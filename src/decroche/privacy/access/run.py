"""The worker's part: one archive, under a name of its own once it is whole; and its end."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction

from decroche.accounts import selectors as accounts
from decroche.campaigns.models import Campaign
from decroche.common.clock import Clock, SystemClock
from decroche.dispositions.models import Disposition
from decroche.ledger.models import Principal
from decroche.privacy.access.gather import files, parts
from decroche.privacy.access.page import summary
from decroche.privacy.models import AccessRequest

log = structlog.get_logger()
CLOCK = SystemClock()
KEPT = timedelta(days=7)
Status = AccessRequest.Status


def path_of(identifier: UUID) -> Path:
    """Built from the identifier alone."""
    folder: Path = settings.ENV.var / "access"
    return folder / f"{identifier}.zip"


def make(identifier: str, clock: Clock = CLOCK) -> None:
    """Write a queued request's archive; made again from its start where a worker was lost in the middle."""
    asked = AccessRequest.objects.filter(pk=identifier, status=Status.QUEUED).first()
    if asked is None:
        return
    path = path_of(asked.pk)
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            count = _write(asked, part, clock)
        part.replace(path)
    except Exception:
        log.exception("access_request_failed", request=identifier)
        part.unlink(missing_ok=True)
        AccessRequest.objects.filter(pk=asked.pk).update(status=Status.FAILED, finished_at=clock.now())
        return
    AccessRequest.objects.filter(pk=asked.pk).update(
        status=Status.DONE, finished_at=clock.now(), expires_at=clock.now() + KEPT, rows=count,
        size_bytes=path.stat().st_size,
    )  # fmt: skip


def _write(asked: AccessRequest, part: Path, clock: Clock) -> int:
    found = parts(asked.contact_ids, asked.numbers)
    attached = [one for one in files(asked.contact_ids, asked.numbers) if one.path.is_file()]
    page = summary(
        found,
        made_at=clock.now(),
        company=accounts.settings().company_name,
        names={
            "campaign_id": dict(Campaign.objects.values_list("pk", "name")),
            "disposition_id": dict(Disposition.objects.values_list("pk", "label")),
            "principal_id": {one.pk: f"{one.name} (SIREN {one.siren})" for one in Principal.objects.all()},
        },
        files=[one.name for one in attached],
    )
    data = {one.model: one.rows for one in found}
    with (
        os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr("vos-donnees.html", page)
        archive.writestr("donnees.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
        for one in attached:
            archive.write(one.path, one.name)
    return sum(len(one.rows) for one in found)


def clean(clock: Clock = CLOCK) -> int:
    """Archives past their time go, and with them whom they were about; how many."""
    over = AccessRequest.objects.filter(status=Status.DONE, expires_at__lte=clock.now())
    gone = list(over.values_list("pk", flat=True))
    for identifier in gone:
        path_of(identifier).unlink(missing_ok=True)
    AccessRequest.objects.filter(pk__in=gone).update(status=Status.EXPIRED, contact_ids=[], numbers=[])
    return len(gone)
