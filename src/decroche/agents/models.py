"""Agents at work: groups, sessions on the floor, states through the day, reasons for a pause."""

from __future__ import annotations

from django.db import models


class AgentGroup(models.Model):
    """Agents who are assigned together."""

    name = models.CharField(max_length=80, unique=True)
    members = models.ManyToManyField("accounts.User", related_name="agent_groups", blank=True)

    class Meta:
        ordering = ("name",)


class PauseReason(models.Model):
    """Why an agent is not taking calls."""

    label = models.CharField(max_length=60, unique=True)
    color = models.CharField(max_length=12, default="gray")
    paid = models.BooleanField(default=True)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")


class AgentState(models.TextChoices):
    """What an agent is doing. `preview`: a record is offered before its call."""

    OFFLINE = "offline"
    READY = "ready"
    PREVIEW = "preview"
    DIALING = "dialing"
    RINGING = "ringing"
    TALKING = "talking"
    HOLD = "hold"
    WRAP_UP = "wrap_up"
    PAUSED = "paused"


class Device(models.TextChoices):
    """Where the agent hears and speaks."""

    BROWSER = "browser"
    SIP = "sip"
    NUMBER = "number"


class AgentSession(models.Model):
    """From sign-in to sign-out on the floor; one open session a user."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="sessions")
    device = models.CharField(max_length=7, choices=Device.choices)
    number = models.CharField(max_length=16, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    floor = models.CharField(max_length=40, default="main", help_text="which floor process the agent sits on")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user",), name="signed_in_once", condition=models.Q(ended_at__isnull=True)),
        )


class AgentStateInterval(models.Model):
    """A stretch of time in one state; the open one has no end. All agent statistics are sums of these."""

    session = models.ForeignKey(AgentSession, on_delete=models.CASCADE, related_name="intervals")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.SET_NULL)
    call = models.ForeignKey("calls.Call", null=True, on_delete=models.SET_NULL)
    state = models.CharField(max_length=8, choices=AgentState.choices)
    pause_reason = models.ForeignKey(PauseReason, null=True, on_delete=models.SET_NULL)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("user", "started_at"), name="state_by_user"),)


class ListeningNotice(models.Model):
    """Words that agents acknowledged, kept for ever as they were. `version` is a hash of `fr`."""

    version = models.CharField(primary_key=True, max_length=12)
    fr = models.TextField()
    en = models.TextField()
    since = models.DateTimeField(help_text="first acknowledgment")


class ListeningAcknowledgment(models.Model):
    """Somebody has read the notice of listening and recording."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(ListeningNotice, on_delete=models.PROTECT, related_name="acknowledgments")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "notice"), name="acknowledged_once"),)
