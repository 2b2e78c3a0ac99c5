"""Every attempt to reach somebody, what happened to it, and its recording."""

from __future__ import annotations

from django.db import models


class Result(models.TextChoices):
    """How a call ended; exactly one each."""

    CONNECTED = "connected"
    ABANDONED = "abandoned"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    REJECTED = "rejected"
    UNALLOCATED = "unallocated"
    CONGESTION = "congestion"
    MACHINE = "machine"
    CANCELLED = "cancelled"
    FAILED = "failed"
    MISSED = "missed"


class Call(models.Model):
    """One attempt of ours, or one call of a contact to one of our numbers. `state` is a state of `calls/machine.py`.

    Times are the telephone engine's own where it gave them. Of an inbound call, `presented` is the number that was
    called, `placed_at` stays empty, and `channel` is the name that Asterisk gave it.
    """

    class Direction(models.TextChoices):
        """Who called whom. Only outbound calls are attempts: what is counted for the rules and the statistics."""

        OUTBOUND = "outbound"
        INBOUND = "inbound"

    id = models.UUIDField(primary_key=True)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.PROTECT, related_name="calls")
    contact = models.ForeignKey("contacts.Contact", null=True, on_delete=models.SET_NULL, related_name="calls")
    queue_entry = models.ForeignKey("campaigns.QueueEntry", null=True, on_delete=models.SET_NULL, related_name="calls")
    agent = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="calls")
    session = models.ForeignKey("agents.AgentSession", null=True, on_delete=models.SET_NULL)
    trunk = models.ForeignKey("telephony.Trunk", null=True, on_delete=models.SET_NULL)
    direction = models.CharField(
        max_length=8, choices=Direction.choices, default=Direction.OUTBOUND, db_default="outbound"
    )
    mode = models.CharField(max_length=12)
    e164 = models.CharField(max_length=16)
    phone_kind = models.CharField(max_length=6, blank=True)
    presented = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=12)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    cause = models.IntegerField(null=True)
    sip_code = models.IntegerField(null=True)
    hung_up_by = models.CharField(max_length=12, blank=True)
    claimed_at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True)
    ringing_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    bridged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    hold_s = models.FloatField(default=0)
    wrap_up_ended_at = models.DateTimeField(null=True)
    disposition = models.ForeignKey("dispositions.Disposition", null=True, on_delete=models.SET_NULL)
    disposed_at = models.DateTimeField(null=True)
    cut = models.BooleanField(default=False, help_text="closed by us because the agent's line did not come back")
    recording_refused_at = models.DateTimeField(null=True, help_text="the person objected: nothing of it is recorded")
    why = models.JSONField(default=dict, help_text="the pacing decision that launched it")
    floor = models.CharField(max_length=40, default="main", help_text="which floor process owns it while it lives")
    channel = models.CharField(max_length=40, blank=True, db_default="")

    class Meta:
        constraints = (
            # Whatever two floors, two campaigns or a crash do: one contact and one number are dialed by one call at
            # most. He may call us meanwhile.
            models.UniqueConstraint(
                fields=("contact",),
                name="one_live_call_per_contact",
                condition=~models.Q(state="ended") & models.Q(direction="outbound"),
            ),
            models.UniqueConstraint(
                fields=("e164",),
                name="one_live_call_per_number",
                condition=~models.Q(state="ended") & models.Q(direction="outbound"),
            ),
        )
        indexes = (
            models.Index(fields=("-claimed_at", "id"), name="call_log"),
            models.Index(fields=("campaign", "claimed_at"), name="call_by_campaign"),
            models.Index(fields=("agent", "claimed_at"), name="call_by_agent"),
            models.Index(fields=("contact", "claimed_at"), name="call_by_contact"),
            models.Index(fields=("e164", "claimed_at"), name="call_by_number"),
            models.Index(fields=("state",), name="call_live", condition=~models.Q(state="ended")),
            # All that a presented number's health is counted from; a call enters it once, when it is over.
            models.Index(
                fields=("presented", "claimed_at"),
                include=("result", "answered_at", "ended_at"),
                name="call_presented",
                condition=models.Q(state="ended", direction="outbound"),
            ),
        )


class CallEvent(models.Model):
    """A transition: append-only. `trigger` is the event's name in the machine; `detail` its facts."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    old = models.CharField(max_length=12)
    new = models.CharField(max_length=12)
    trigger = models.CharField(max_length=30)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)


class Recording(models.Model):
    """A stereo sound file: left the contact, right the agent. The file is recordings/<id>.wav below var."""

    class Status(models.TextChoices):
        """`recording` is being made; `mixing` awaits the worker; `ready` can be played; `missing` had no sound."""

        RECORDING = "recording"
        MIXING = "mixing"
        READY = "ready"
        MISSING = "missing"
        DELETED = "deleted"

    class DeletedFor(models.TextChoices):
        """Why it was deleted; empty: its time was over, or the record was erased."""

        OBJECTION = "objection"

    id = models.UUIDField(primary_key=True)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="recordings")
    status = models.CharField(max_length=9, choices=Status.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    duration_s = models.FloatField(null=True)
    size_bytes = models.BigIntegerField(null=True)
    paused = models.BooleanField(default=False, help_text="silence is written now: bank data is being said")
    deleted_for = models.CharField(max_length=9, choices=DeletedFor.choices, blank=True)
