"""Senders, accounts at mail servers; and e-mails, each with what became of it."""

from __future__ import annotations

import uuid

from django.db import models

from decroche.common.models import Timestamped


class Sender(Timestamped):
    """An account at an SMTP server. `secret` is encrypted with the installation's own key (common/crypto.py)."""

    class Security(models.TextChoices):
        """How the connection is protected; `none` only to this machine itself."""

        STARTTLS = "starttls"
        TLS = "tls"
        NONE = "none"

    name = models.CharField(max_length=80, unique=True)
    host = models.CharField(max_length=200)
    port = models.IntegerField(default=587)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.STARTTLS)
    username = models.CharField(max_length=120, blank=True)
    secret = models.TextField(blank=True)
    from_name = models.CharField(max_length=120, blank=True)
    from_address = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    is_default = models.BooleanField(default=False, help_text="sends for campaigns that name none")
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("is_default",), name="one_default_sender", condition=models.Q(is_default=True)
            ),
        )


class Mail(models.Model):
    """One e-mail to one contact, plain text. Its row is there before anybody is told that it leaves.

    `trying_since`: an attempt began and its end was not written down. `problem`: a code of problems.py, of the last
    attempt. An erasure empties what it says and to which address; that it was sent stays.
    """

    class State(models.TextChoices):
        """`refused`: nobody tries any more."""

        QUEUED = "queued"
        SENT = "sent"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    contact = models.ForeignKey("contacts.Contact", on_delete=models.CASCADE, related_name="mails", db_index=False)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.SET_NULL, related_name="+")
    sender = models.ForeignKey(Sender, null=True, on_delete=models.SET_NULL, related_name="mails")
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    message_id = models.CharField(max_length=300, unique=True, help_text="the same at each attempt")
    from_address = models.CharField(max_length=254)
    to_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    despite_refusal = models.BooleanField(
        default=False, help_text="the contact refused calls; the author confirmed that it does not canvass"
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    attempts = models.IntegerField(default=0)
    trying_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True, help_text="of the next attempt, where one was put off")
    problem = models.CharField(max_length=20, blank=True)
    answer_code = models.IntegerField(null=True, help_text="the server's, such as 550")
    answer = models.CharField(max_length=500, blank=True, help_text="the server's own words")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="sent or refused")

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("contact", "-created_at", "-id"), name="mail_by_contact"),
            models.Index(fields=("created_at",), name="mail_queued", condition=models.Q(state="queued")),
        )
