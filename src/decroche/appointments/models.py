"""Dated meetings with contacts."""

from __future__ import annotations

from django.db import models

from decroche.common.models import Timestamped


class Appointment(Timestamped):
    """A meeting; `starts_at` is an instant, `duration_min` minutes long."""

    contact = models.ForeignKey("contacts.Contact", on_delete=models.CASCADE, related_name="appointments")
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.SET_NULL)
    call = models.ForeignKey("calls.Call", null=True, on_delete=models.SET_NULL)
    starts_at = models.DateTimeField(db_index=True)
    duration_min = models.IntegerField(default=60)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
