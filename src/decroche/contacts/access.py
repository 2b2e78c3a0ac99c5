"""Whose contacts a person sees: supervisors all; agents those of the campaigns that they are assigned to.

An agent also keeps those he has in hand: called today, or promised a callback, whatever became of his assignment since.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from decroche.accounts.models import User
from decroche.callbacks.models import Callback
from decroche.calls.models import Call
from decroche.campaigns.models import Campaign, CampaignAssignment, QueueEntry
from decroche.common.clock import SystemClock
from decroche.common.errors import NotFound
from decroche.contacts.models import Contact, MergedContact

CLOCK = SystemClock()
IN_HAND = timedelta(hours=12)


def campaign_ids_of(user: User) -> list[int]:
    """Campaigns that the user is assigned to, himself or by a group, archived ones left out."""
    mine = Q(user=user) | Q(group__members=user)
    assigned = CampaignAssignment.objects.filter(mine).exclude(campaign__status=Campaign.Status.ARCHIVED)
    return list(assigned.values_list("campaign_id", flat=True).distinct())


def visible_contacts(user: User, campaign_ids: list[int] | None = None) -> QuerySet[Contact]:
    """The contacts that the user may see and edit. `campaign_ids`: his own, where they were read already."""
    contacts = Contact.objects.filter(erased_at__isnull=True)
    if user.is_supervisor:
        return contacts
    if campaign_ids is None:
        campaign_ids = campaign_ids_of(user)
    places = QueueEntry.objects.filter(contact=OuterRef("pk"), campaign__in=campaign_ids)
    lately = CLOCK.now() - IN_HAND
    calls = Call.objects.filter(contact=OuterRef("pk"), agent=user, claimed_at__gt=lately)
    promises = Callback.objects.filter(contact=OuterRef("pk"), owner=user, state=Callback.State.SCHEDULED)
    return contacts.filter(Exists(places) | Exists(calls) | Exists(promises))


def get_contact(user: User, contact_id: int, *, lock: bool = False) -> Contact:
    """A contact that the user may see, or the one that it was merged into.

    Raises NotFound; `lock` holds its row until the end of the transaction.
    """
    contacts = visible_contacts(user).filter(pk=contact_id)
    found = (contacts.select_for_update(of=("self",)) if lock else contacts).first()
    if found is not None:
        return found
    winner = MergedContact.objects.filter(former_id=contact_id).values_list("contact", flat=True).first()
    if winner is None:
        raise NotFound
    return get_contact(user, winner, lock=lock)


def get_campaign(user: User, campaign_id: int) -> Campaign:
    """A campaign that the user works on or manages. Raises NotFound."""
    campaigns = Campaign.objects.filter(pk=campaign_id)
    if not user.is_supervisor:
        campaigns = campaigns.filter(pk__in=campaign_ids_of(user))
    if (campaign := campaigns.first()) is None:
        raise NotFound
    return campaign
