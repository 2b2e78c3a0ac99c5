"""How a batch is merged, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """How the batch is merged. All that it writes bears `stamp` as updated_at: a roll-back knows it by that."""

    batch_id: int
    stamp: datetime
    duplicates: str
    match_by: tuple[str, ...]
    campaign_id: int | None
    in_campaign: bool = False
    """Known contacts that are not in the campaign come into its queue, as they are."""
    again: bool = False
    """Rolled forward: contacts that the roll-back kept are not brought twice."""
    with_consents: bool = False
    """`import_made` keeps which row brought which contact."""


@dataclass(slots=True)
class Merged:
    """What came of the staged rows."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    queued: int = 0
    known_queued: int = 0
    forbidden: int = 0
    unreachable: int = 0
