"""Keys of other programs, the answers kept for their repeated writes, and what is sent to their addresses."""

from __future__ import annotations

from django.db import models


class ApiKey(models.Model):
    """A program's key. It acts for the administrator who made it; only a keyed hash of it is kept.

    `ready_at` is the rate limit's only memory: the instant at which the last request allowed would be paid off.
    """

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16, unique=True, help_text="the part that may be shown")
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    requests_per_minute = models.IntegerField(default=600)
    ready_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="api_keys")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)


class KeptAnswer(models.Model):
    """What a write was answered, for when its `Idempotency-Key` comes again. Same transaction as the write's effect."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE)
    name = models.CharField(max_length=255)
    request_sha256 = models.CharField(max_length=64)
    status = models.IntegerField(null=True)
    body = models.TextField(blank=True, help_text="as it was sent, encrypted: secrets are among them")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "name"), name="one_answer_per_idempotency_key"),)


class Webhook(models.Model):
    """An address that is told of events. Secrets are encrypted; the former one signs too until `former_until`.

    `held_until`: its receiver asked to be left alone until then; a person who tries it does not wait.
    """

    url = models.CharField(max_length=500)
    description = models.CharField(max_length=120, blank=True)
    events = models.JSONField(default=list)
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True)
    private_host_allowed = models.BooleanField(default=False, help_text="an administrator allowed a private address")
    enabled = models.BooleanField(default=True)
    disabled_because = models.CharField(max_length=20, blank=True, help_text="empty: by a person")
    failing_since = models.DateTimeField(null=True, help_text="first failure after the last success")
    held_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Event(models.Model):
    """Something to tell, noted by the database in the transaction of the fact itself; `ids` say of what."""

    type = models.CharField(max_length=40)
    at = models.DateTimeField()
    ids = models.JSONField(default=dict)
    sent_out_at = models.DateTimeField(null=True, help_text="when its deliveries were made")

    class Meta:
        indexes = (models.Index(fields=("id",), name="event_waiting", condition=models.Q(sent_out_at__isnull=True)),)


class Delivery(models.Model):
    """One event for one address: `message_id` is the same at each attempt, so that the receiver can tell a repeat."""

    class State(models.TextChoices):
        """`failed`: given up."""

        PENDING = "pending"
        DELIVERED = "delivered"
        FAILED = "failed"

    message_id = models.CharField(max_length=40, unique=True)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_type = models.CharField(max_length=40)
    event_at = models.DateTimeField()
    body = models.TextField(blank=True, help_text="emptied after some days: it holds personal data")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_index=True)
    give_up_at = models.DateTimeField(help_text="a failure after it is the last")
    last_status = models.IntegerField(null=True)
    last_error = models.CharField(max_length=20, blank=True)
    last_duration_ms = models.IntegerField(null=True)
    last_attempt_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("next_at",), name="delivery_due", condition=models.Q(state="pending")),)


class Attempt(models.Model):
    """One try of a delivery: the status that was answered, or why there was none."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    status = models.IntegerField(null=True)
    error = models.CharField(max_length=20, blank=True)
    duration_ms = models.IntegerField()

    class Meta:
        ordering = ("id",)
