"""Restricting a campaign to a territory while it runs, and what that keeps of its queue."""

from __future__ import annotations

from django.db import connection, transaction

from decroche.accounts.models import User
from decroche.campaigns import selectors, services
from decroche.campaigns.departments import DEPARTMENTS, REGIONS
from decroche.campaigns.models import Campaign
from decroche.campaigns.territory import Part, Range, is_known, label_of, multirange, name_of, resolve
from decroche.campaigns.territory_schema import Kept, Place, TerritoryIn, TerritoryOut, TerritoryPart, TerritoryPartIn
from decroche.common.errors import InvalidFields

_KEPT = """
SELECT count(*) FILTER (WHERE owner_until IS NULL), count(*) FILTER (WHERE owner_until IS NULL
    AND (%(within)s::int4multirange IS NULL OR place <@ %(within)s::int4multirange)),
  count(*) FILTER (WHERE owner_until IS NOT NULL)
FROM campaigns_queueentry WHERE campaign_id = %(campaign)s AND state = 'waiting'
"""


def places() -> list[Place]:
    """Every department and region, by name."""
    found = [
        *(Place(kind="department", code=code, name=name_of(Part("department", code))) for code in DEPARTMENTS),
        *(Place(kind="region", code=code, name=name) for code, (name, _) in REGIONS.items()),
    ]
    return sorted(found, key=lambda place: (place.kind, place.name))


def get(campaign_id: int) -> TerritoryOut:
    """Raises NotFound."""
    return _out(selectors.get(campaign_id))


def preview(campaign_id: int, body: TerritoryIn) -> Kept:
    """What such a territory would keep of the queue now. Raises NotFound, InvalidFields."""
    return _kept(selectors.get(campaign_id), resolve(_parts(body.parts)))


@transaction.atomic
def put(actor: User, campaign_id: int, body: TerritoryIn) -> TerritoryOut:
    """Replace it; without any part, everywhere. Raises NotFound, CampaignArchived, InvalidFields."""
    row = services.lock(campaign_id)
    parts = _parts(body.parts)
    before, after = row.territory, [list(part) for part in parts]
    if before != after:
        row.territory, row.territory_ranges = after, [list(one) for one in resolve(parts)]
        services.changed(actor, row, "campaign.territory", changes={"territory": [before, after]})
    return _out(row)


def _parts(given: list[TerritoryPartIn]) -> list[Part]:
    """Each once, in the order given."""
    parts = list(dict.fromkeys(Part(one.kind, one.code.upper()) for one in given))
    for index, part in enumerate(parts):
        if not is_known(part):
            both = (
                f"« {part.code} » n'est ni un code postal, ni un début de code postal, ni un département.",
                f'"{part.code}" is neither a postal code, nor the beginning of one, nor a department.',
            )
            raise InvalidFields(**{f"parts.{index}": both})
    return parts


def _out(row: Campaign) -> TerritoryOut:
    parts = [Part(*part) for part in row.territory]
    return TerritoryOut(
        parts=[TerritoryPart(kind=part.kind, code=part.code, name=name_of(part)) for part in parts],
        label=label_of(parts),
        kept=_kept(row, [(first, last) for first, last in row.territory_ranges]),
    )


def _kept(row: Campaign, ranges: list[Range]) -> Kept:
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"campaign": row.pk, "within": multirange(ranges) if ranges else None})
        waiting, inside, promises = cursor.fetchone()
    return Kept(waiting=waiting, inside=inside, promises=promises)
