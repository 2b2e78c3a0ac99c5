"""The table of trunks: SIP accounts at carriers."""

from __future__ import annotations

from django.db import models

from decroche.common.models import Timestamped


def default_codecs() -> list[str]:
    """French carriers take G.711 A-law everywhere."""
    return ["alaw", "ulaw"]


class Trunk(Timestamped):
    """A SIP account. `secret` is encrypted with the installation's own key (common/crypto.py)."""

    class NumberFormat(models.TextChoices):
        """How the carrier wants called numbers written."""

        E164 = "e164"
        ZEROS = "00"
        NATIONAL = "national"

    name = models.CharField(max_length=80, unique=True)
    host = models.CharField(max_length=200)
    port = models.IntegerField(default=5060)
    transport = models.CharField(max_length=4, default="udp", choices=[("udp", "UDP"), ("tcp", "TCP"), ("tls", "TLS")])
    username = models.CharField(max_length=80, blank=True)
    secret = models.TextField(blank=True)
    registers = models.BooleanField(default=True)
    codecs = models.JSONField(default=default_codecs)
    channel_limit = models.IntegerField(default=30)
    cps_limit = models.FloatField(default=5, help_text="new calls per second")
    number_format = models.CharField(max_length=8, choices=NumberFormat.choices, default=NumberFormat.E164)
    priority = models.IntegerField(default=0, help_text="lower is tried first")
    enabled = models.BooleanField(default=True)
    simulator = models.BooleanField(default=False)

    class Meta:
        ordering = ("priority", "id")
