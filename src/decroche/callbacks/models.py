"""Promises to call at a time."""

from __future__ import annotations

from django.db import models

from decroche.common.models import Timestamped


class Callback(Timestamped):
    """A promise. Its queue entry waits until `due_at`, kept for `owner` first where there is one.

    `origin` "return": the contact called us and reached nobody.
    """

    class State(models.TextChoices):
        """`done` was called; `cancelled` by a person; a scheduled one past its time is late, not lost."""

        SCHEDULED = "scheduled"
        DONE = "done"
        CANCELLED = "cancelled"

    contact = models.ForeignKey("contacts.Contact", on_delete=models.CASCADE, related_name="callbacks")
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="callbacks")
    due_at = models.DateTimeField(db_index=True)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="callbacks")
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SCHEDULED)
    origin = models.CharField(max_length=12, default="agent", help_text="agent, or cut: made because our line failed")
    made_in_call = models.ForeignKey("calls.Call", null=True, on_delete=models.SET_NULL, related_name="callbacks_made")
    kept_in_call = models.ForeignKey("calls.Call", null=True, on_delete=models.SET_NULL, related_name="callbacks_kept")
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
