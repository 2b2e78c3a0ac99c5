"""Outcomes that agents give, and what each does to the contact's place in the queue."""

from __future__ import annotations

from django.db import models


class Disposition(models.Model):
    """A button under the record: label, colour, key; three separate facts; one effect."""

    class Tone(models.TextChoices):
        """Whether it is a success, a refusal or neither."""

        POSITIVE = "positive"
        NEGATIVE = "negative"
        NEUTRAL = "neutral"

    class Effect(models.TextChoices):
        """What it does to the queue entry."""

        CLOSE = "close"
        CALLBACK = "callback"
        RETRY = "retry"
        DO_NOT_CALL = "do_not_call"

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="dispositions")
    label = models.CharField(max_length=60)
    color = models.CharField(max_length=12, default="gray")
    key = models.CharField(max_length=1, blank=True)
    position = models.IntegerField(default=0)
    reached = models.BooleanField(default=True)
    pitched = models.BooleanField(default=False)
    tone = models.CharField(max_length=8, choices=Tone.choices, default=Tone.NEUTRAL)
    effect = models.CharField(max_length=12, choices=Effect.choices, default=Effect.CLOSE)
    retry_delay_s = models.IntegerField(default=3600)
    wants_appointment = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")
