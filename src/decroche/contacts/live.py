"""Whether a contact is in an agent's hands right now."""

from __future__ import annotations

from collections.abc import Sequence

from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.common.errors import DomainError


class ContactInCall(DomainError):
    """An agent has it on the line or on his screen, or the dialer has just taken it."""

    code = "contact_in_call"
    fr = "Cette fiche est en ligne en ce moment : recommencez quand l'appel sera terminé."
    en = "This contact is on a call right now: try again when the call is over."


def in_call(ids: Sequence[int]) -> set[int]:
    """Those that a live call or a claim holds; their places are locked until the end of the transaction."""
    places = QueueEntry.objects.filter(contact__in=ids).order_by("pk").select_for_update()
    claimed = {one.contact_id for one in places if one.state == QueueEntry.State.CLAIMED}
    live = Call.objects.filter(contact__in=ids).exclude(state="ended").values_list("contact_id", flat=True)
    return claimed | {pk for pk in live if pk is not None}
