"""A count of contacts by what the rules say of them, kept with what it was made for."""

from __future__ import annotations

from django.db import models


class Outlook(models.Model):
    """What the prefilter said of some contacts at `counted_at`: an import's, a bulk action's, or those of `what`.

    `what` is {"feed": …} as `FeedIn`, or {"selection": …} as a bulk action's. `reasons`: code → contacts.
    """

    class Status(models.TextChoices):
        """Where the count stands."""

        COUNTING = "counting"
        DONE = "done"
        FAILED = "failed"

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="outlooks")
    batch = models.OneToOneField("contacts.ImportBatch", null=True, on_delete=models.CASCADE, related_name="outlook")
    action = models.OneToOneField("contacts.BulkAction", null=True, on_delete=models.CASCADE, related_name="outlook")
    what = models.JSONField(null=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.COUNTING)
    callable = models.IntegerField(default=0)
    reasons = models.JSONField(default=dict)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
