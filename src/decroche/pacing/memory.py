"""What one decision hands to the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Memory:
    """Opaque to the floor: it keeps one per campaign, and hands it back. A new one starts from what is usual."""

    decisions: int = 0
