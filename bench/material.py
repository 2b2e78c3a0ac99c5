"""Rows for a bench: agents, a progressive campaign, contacts whose numbers are all fictional and all different."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from decroche.common.fiction import E164_PREFIXES

if TYPE_CHECKING:
    from decroche.accounts.models import User
    from decroche.campaigns.models import Campaign
    from decroche.telephony.models import Trunk

ALWAYS = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "to": "23:59"}]


def numbers(count: int, *, endings: tuple[int, ...] = tuple(range(90))) -> list[str]:
    """The first `count` fictional numbers with one of those last two digits."""
    found = [f"{p}{n:02d}{e:02d}" for n in range(100) for p in E164_PREFIXES for e in endings]
    if len(found) < count:
        raise ValueError(f"only {len(found)} fictional numbers end so")
    return found[:count]


def make_agents(count: int, prefix: str = "bench-") -> list[User]:
    """Agents bench-0, bench-1…"""
    from decroche.accounts.models import Role, User

    rows = [User(username=f"{prefix}{n}", last_name=f"Banc {n}", role=Role.AGENT, password="!") for n in range(count)]
    return User.objects.bulk_create(rows)


def make_campaign(agents: list[User], trunk: Trunk, to_call: list[str], **fields: object) -> Campaign:
    """Open, progressive, every day and hour, companies, with its agents, one outcome and its queue."""
    from decroche.campaigns.models import (
        Campaign,
        CampaignAssignment,
        CampaignPresentedNumber,
        PresentedNumber,
        QueueEntry,
    )
    from decroche.contacts.models import Contact, ContactPhone
    from decroche.dispositions.models import Disposition

    usual = {"name": "Bench", "mode": "progressive", "wrap_up": "none", "ring_timeout_s": 20, "audience": "b2b"}
    campaign = Campaign.objects.create(status="open", trunk=trunk, **{**usual, "hours": ALWAYS, **fields})
    Disposition.objects.create(campaign=campaign, label="Vu", reached=True, effect="close")
    number, _ = PresentedNumber.objects.get_or_create(e164="+33199000100")
    CampaignPresentedNumber.objects.create(campaign=campaign, number=number)
    contacts = Contact.objects.bulk_create([Contact(last_name=f"Banc {n}") for n in range(len(to_call))])
    ContactPhone.objects.bulk_create(
        [ContactPhone(contact=c, kind="phone", e164=e) for c, e in zip(contacts, to_call, strict=True)]
    )
    now = datetime.now(UTC)
    QueueEntry.objects.bulk_create([QueueEntry(campaign=campaign, contact=c, not_before=now) for c in contacts])
    CampaignAssignment.objects.bulk_create([CampaignAssignment(campaign=campaign, user=a) for a in agents])
    return campaign
