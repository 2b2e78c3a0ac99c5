"""How an attempt ended, for the parts without a framework. `calls.models.Result` holds the same values (tested)."""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """Exactly one for each call. `missed`: he called us, and nobody of ours spoke to him."""

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


REACHED_THE_CONTACT = frozenset(
    {Result.CONNECTED, Result.ABANDONED, Result.NO_ANSWER, Result.BUSY, Result.REJECTED, Result.MACHINE}
)
"""The contact's telephone was really solicited: what counts as an attempt for the consumer code (D223-9)."""
