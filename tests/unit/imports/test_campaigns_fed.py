"""A batch tells every campaign that it feeds, by whatever way its contacts came there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from decroche.campaigns.feeding import feed
from decroche.campaigns.models import Campaign, CampaignList, QueueEntry
from decroche.campaigns.schemas import FeedIn
from decroche.contacts.imports.fed import campaigns_fed
from decroche.contacts.models import Contact

ROWS = ["Moreau;Léa;0199001234;;;", "Petit;Luc;0199001235;;;"]


def test_the_wizards_campaign_and_those_that_came_later(run_file: Callable[..., Any], boss: Any) -> None:
    first, later = (Campaign.objects.create(name=name) for name in ("Santé", "Énergie"))
    batch = run_file(ROWS, campaign_id=first.pk)
    feed(boss, later.pk, FeedIn(contact_ids=[Contact.objects.order_by("pk").first().pk]))
    QueueEntry.objects.filter(campaign=later).update(state="finished", attempts=2)
    told = [(one.campaign.name, one.total, one.waiting, one.called, one.finished) for one in campaigns_fed(batch.pk)]
    assert told == [("Santé", 2, 2, 0, 0), ("Énergie", 1, 0, 1, 1)]


def test_contacts_that_it_found_there_count_once_each(run_file: Callable[..., Any]) -> None:
    campaign = Campaign.objects.create(name="Santé")
    known = run_file(ROWS[:1])
    batch = run_file(ROWS, campaign_id=campaign.pk, against="campaign")
    assert [one.total for one in campaigns_fed(batch.pk)] == [2]
    assert [one.total for one in campaigns_fed(known.pk)] == [1]


def test_a_batch_that_feeds_nobody_says_so(run_file: Callable[..., Any]) -> None:
    assert campaigns_fed(run_file(ROWS).pk) == []


def test_a_batch_that_comes_while_lists_share_the_calls_is_a_list_of_its_own(run_file: Callable[..., Any]) -> None:
    """Bug: its contacts were called as the rest is: never, where the rest had a share of 0."""
    campaign = Campaign.objects.create(name="Santé")
    run_file(ROWS[:1], campaign_id=campaign.pk)
    assert not CampaignList.objects.exists()  # nothing is shared yet
    CampaignList.objects.create(campaign=campaign, kind="rest", share=0)
    batch = run_file(ROWS[1:], campaign_id=campaign.pk)
    assert CampaignList.objects.filter(campaign=campaign, batch=batch, kind="batch", priority=0, share=1).exists()
