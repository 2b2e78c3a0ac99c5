"""Files that people asked for, and the columns that they like."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models


class Subject(models.TextChoices):
    """What a file is about: one row for each of these."""

    CONTACTS = "contacts"
    CALLS = "calls"
    APPOINTMENTS = "appointments"
    CALLBACKS = "callbacks"
    ANSWERS = "answers"


class Export(models.Model):
    """A file made by the worker. It lies at exports/<id>.<format> below var until `expires_at`."""

    class Status(models.TextChoices):
        """Where it stands; `expired` was removed at its time, its line stays."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"
        EXPIRED = "expired"

    class Format(models.TextChoices):
        """What opens it."""

        CSV = "csv"
        XLSX = "xlsx"

    class Dates(models.TextChoices):
        """How a .csv writes dates; a workbook's are real dates."""

        LOCAL = "local"
        ISO = "iso"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subject = models.CharField(max_length=12, choices=Subject.choices)
    format = models.CharField(max_length=4, choices=Format.choices)
    dates = models.CharField(max_length=5, choices=Dates.choices, default=Dates.LOCAL)
    language = models.CharField(max_length=2, default="fr", help_text="of the titles and the codes")
    columns = models.JSONField(default=list, help_text="keys of the catalogue, in their order")
    filters = models.JSONField(default=dict, help_text="as the screen of the subject takes them")
    campaign = models.ForeignKey(
        "campaigns.Campaign", null=True, on_delete=models.SET_NULL, help_text="whose queue and answers are columns"
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.QUEUED)
    file_name = models.CharField(max_length=200)
    rows_total = models.BigIntegerField(default=0)
    rows_done = models.BigIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    sheets = models.IntegerField(default=0)
    cut_cells = models.IntegerField(default=0, help_text="cells longer than a workbook can hold")
    downloads = models.IntegerField(default=0)
    error = models.CharField(max_length=40, blank=True, help_text="code of a class in errors.py")
    cancel_requested = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0, help_text="times that a worker took it")
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("-created_at", "id"), name="export_log"),)

    def is_over(self, now: datetime) -> bool:
        """Whether its file's time has come, removed already or within the hour."""
        return self.status == self.Status.DONE and (self.expires_at is None or self.expires_at <= now)


class ExportLayout(models.Model):
    """A choice of columns kept under a name, for its maker or for all who export; without a name, his last."""

    subject = models.CharField(max_length=12, choices=Subject.choices)
    name = models.CharField(max_length=80)
    columns = models.JSONField(default=list)
    shared = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("created_by", "subject", "name"), name="one_layout_per_name"),)
