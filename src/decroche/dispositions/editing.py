"""Changing a campaign's outcomes: the whole list at once."""

from __future__ import annotations

from string import ascii_lowercase

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.campaigns.services import changed, lock
from decroche.common.errors import InvalidFields
from decroche.dispositions import selectors
from decroche.dispositions.models import Disposition
from decroche.dispositions.schemas import DispositionIn

DESKTOP_KEYS = "bcdefhiklmnoprsx"
"""Letters that the agent's desktop uses (DesktopKeys.tsx): an outcome under one of them would never be given."""


@transaction.atomic
def replace(actor: User, campaign_id: int, body: list[DispositionIn]) -> QuerySet[Disposition]:
    """Raises NotFound, CampaignArchived, InvalidFields. An outcome that calls were given is kept, inactive."""
    row = lock(campaign_id)
    present = {one.pk: one for one in row.dispositions.all()}
    _check(body, set(present))
    left_out = Disposition.objects.filter(campaign=row).exclude(pk__in=[one.id for one in body if one.id])
    given = Exists(Call.objects.filter(disposition=OuterRef("pk"))) | Exists(
        QueueEntry.objects.filter(disposition=OuterRef("pk"))
    )
    left_out.filter(given).update(active=False, position=len(body))
    left_out.exclude(given).delete()
    for position, one in enumerate(body):
        disposition = present[one.id] if one.id else Disposition(campaign=row)
        for name, value in one.model_dump(exclude={"id"}).items():
            setattr(disposition, name, value)
        disposition.position = position
        disposition.save()
    changed(actor, row, "campaign.set_dispositions", labels=[one.label for one in body])
    return selectors.dispositions(row.pk)


def _check(body: list[DispositionIn], present: set[int]) -> None:
    ids: set[int] = set()
    keys: set[str] = set()
    labels: set[str] = set()
    for index, one in enumerate(body):
        if one.id and (one.id not in present or one.id in ids):
            both = (
                "Cette qualification n'existe plus. Rechargez la page.",
                "This outcome no longer exists. Reload the page.",
            )
            raise InvalidFields(**{f"{index}.id": both})
        if one.label.casefold() in labels:
            raise InvalidFields(**{f"{index}.label": ("Ce libellé est en double.", "This label is there twice.")})
        if one.active and one.key and one.key in keys:
            both = ("Cette touche est déjà prise.", "This key is taken already.")
            raise InvalidFields(**{f"{index}.key": both})
        if one.active and one.key and one.key in DESKTOP_KEYS:
            free = " ".join(sorted(set(ascii_lowercase) - set(DESKTOP_KEYS)))
            both = (
                f"Cette touche commande déjà le poste de l'agent. Libres : les chiffres et {free}.",
                f"This key is one of the agent's desktop. Free ones: the digits and {free}.",
            )
            raise InvalidFields(**{f"{index}.key": both})
        ids |= {one.id} if one.id else set()
        labels.add(one.label.casefold())
        keys |= {one.key} if one.active else set()
