"""Calls that happened."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from decroche.calls.models import Call, Recording


@pytest.fixture
def make_call(db):
    """`make_call(agent=…, minutes_ago=3)`: 10 s of ringing, 1 s of silence, 60 s of talk unless told otherwise."""

    def make(*, minutes_ago=1, **fields):
        placed = timezone.now() - timedelta(minutes=minutes_ago)
        answered = placed + timedelta(seconds=10)
        bridged = answered + timedelta(seconds=1)
        talked = {
            "e164": "+33199000001",
            "mode": "progressive",
            "state": "ended",
            "result": "connected",
            "claimed_at": placed,
            "placed_at": placed,
            "ringing_at": placed,
            "answered_at": answered,
            "bridged_at": bridged,
            "ended_at": bridged + timedelta(seconds=60),
            "wrap_up_ended_at": bridged + timedelta(seconds=80),
        }
        return Call.objects.create(id=uuid.uuid4(), **{**talked, **fields})

    return make


@pytest.fixture
def make_recording(settings, tmp_path):
    """`make_recording(call, b"sound")`."""
    settings.RECORDINGS_DIR = tmp_path

    def make(call, sound, status="ready"):
        recording = Recording.objects.create(id=uuid.uuid4(), call=call, status=status, started_at=call.claimed_at)
        if sound is not None:
            (tmp_path / f"{recording.pk}.wav").write_bytes(sound)
        return recording

    return make
