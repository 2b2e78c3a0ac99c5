"""Steps of the stories about whose turn it is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from decroche.campaigns.claim import Search, Wanted, claim_next
from decroche.campaigns.models import Campaign
from decroche.campaigns.tasks import admit_entries
from decroche.contacts.models import Contact
from tests.fakes.story import Story


async def floor_knows(floor: Story, campaign: Campaign) -> None:
    """For claims made without it: what it hears takes a moment."""
    steering = await floor.rows(lambda: Campaign.objects.get(pk=campaign.pk).steering)
    known = floor.floor.world.campaigns[campaign.pk]
    await floor.until(lambda: (known.rule.number if known.rule else 0) == steering)


async def worker_is_done(floor: Story, campaign: Campaign) -> None:
    await floor.rows(lambda: admit_entries(campaign.pk))


async def claim(floor: Story, campaign: Campaign, count: int, judge: Any = None) -> list[int]:
    known = floor.floor.world.campaigns[campaign.pk]
    wanted = Wanted(campaign.pk, zones=known.zones, rule=known.rule, turns=known.turns)
    async with floor.floor.db.connection() as conn:
        found: Search[str] = await claim_next(
            conn, wanted, claims=[uuid4() for _ in range(count)], now=floor.clock.now(),
            judge=judge or (lambda _candidate, _claim: "yes"), insert_calls=None,
        )  # fmt: skip
    return [one.candidate.contact_id for one in found.found]


def places(prospects: list[Contact], found: list[int]) -> list[int]:
    ids = [prospect.pk for prospect in prospects]
    return [ids.index(one) for one in found]
