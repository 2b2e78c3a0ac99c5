"""What was put back into a queue, by whom, and what each entry was before."""

from __future__ import annotations

from django.db import models


class Recycling(models.Model):
    """One act: the ends chosen, when to call, and how many entries it put back and took back.

    `ends` is a list of {kind, code, disposition_id, last_result}. `reached_id` is the last entry looked at: a job that
    died goes on from there.
    """

    class Status(models.TextChoices):
        """Where the work stands."""

        RUNNING = "running"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="recyclings")
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.RUNNING)
    ends = models.JSONField()
    keeps_attempts = models.BooleanField()
    not_before = models.DateTimeField()
    expected = models.IntegerField()
    recycled = models.IntegerField(default=0)
    restored = models.IntegerField(default=0)
    kept = models.IntegerField(default=0, help_text="called, promised or taken out since: an undo leaves them")
    reached_id = models.BigIntegerField(default=0)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class RecycledEntry(models.Model):
    """What an entry was before it was put back."""

    recycling = models.ForeignKey(Recycling, on_delete=models.CASCADE, related_name="entries", db_index=False)
    # An entry may go, with the contact that a roll-back removes: this row is of no use then, and in nobody's way.
    entry = models.ForeignKey("campaigns.QueueEntry", on_delete=models.DO_NOTHING, db_constraint=False)
    state = models.CharField(max_length=9)
    not_before = models.DateTimeField()
    finished_reason = models.CharField(max_length=20, blank=True)
    refused_reason = models.CharField(max_length=40, blank=True)
    attempts = models.IntegerField()
    attempts_by_result = models.JSONField()
    phone_position = models.IntegerField()
    last_call_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("recycling", "entry"), name="recycled_once"),)
