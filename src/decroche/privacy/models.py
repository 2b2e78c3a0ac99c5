"""What went at the end of its time, and when; archives made for persons who asked."""

from __future__ import annotations

import uuid

from django.db import models


class RetentionRun(models.Model):
    """One kind of data looked through once: what was older than `before` went. Its line stays."""

    kind = models.CharField(max_length=20, help_text="a key of retention/kinds.py")
    row = models.CharField(max_length=40, help_text="id of the rulebook's row")
    kept_days = models.IntegerField(null=True, help_text="the installation's own choice; null: as the law says")
    before = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    removed = models.BigIntegerField(default=0)
    held = models.IntegerField(default=0, help_text="in a call just then: they go the next night")

    class Meta:
        indexes = (models.Index(fields=("-asked_at", "-id"), name="retention_log"),)


class AccessRequest(models.Model):
    """One person's data, asked for. The archive is access/<id>.zip below var until `expires_at`.

    Whom it is about goes with the archive.
    """

    class Status(models.TextChoices):
        """Where it stands; the line of an expired one stays."""

        QUEUED = "queued"
        DONE = "done"
        FAILED = "failed"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    contact_ids = models.JSONField(default=list)
    numbers = models.JSONField(default=list)
    records = models.IntegerField(default=0, help_text="how many records it is about")
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.QUEUED)
    rows = models.IntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    downloads = models.IntegerField(default=0)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
