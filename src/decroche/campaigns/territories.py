"""Restricting a campaign to a territory while it runs, and what that keeps of its queue."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from decroche.accounts.models import AuditEntry, User
from decroche.campaigns import selectors, services
from decroche.campaigns.departments import DEPARTMENTS, REGIONS, prefix_range
from decroche.campaigns.models import Campaign
from decroche.campaigns.places.communes import Commune, at_postal_code, fold, search
from decroche.campaigns.steering.services import renew
from decroche.campaigns.territory import (
    RADIUS_KM,
    Part,
    Range,
    is_known,
    label_of,
    multirange,
    name_of,
    named,
    resolve,
)
from decroche.campaigns.territory_schema import Kept, Place, TerritoryIn, TerritoryOut, TerritoryPart, TerritoryPartIn
from decroche.common.errors import InvalidFields

_KEPT = """
SELECT count(*) FILTER (WHERE owner_until IS NULL), count(*) FILTER (WHERE inside),
  count(*) FILTER (WHERE (inside OR owner_until IS NOT NULL) AND not_before <= %(now)s),
  count(*) FILTER (WHERE owner_until IS NOT NULL)
FROM (SELECT owner_until, not_before, owner_until IS NULL
    AND (%(within)s::int4multirange IS NULL OR place <@ %(within)s::int4multirange) AS inside
  FROM campaigns_queueentry WHERE campaign_id = %(campaign)s AND state = 'waiting') q
"""
FOUND_AT_MOST = 20
ACTION = "campaign.territory"


def places(q: str = "") -> list[Place]:
    """Those that `q` may mean, the likeliest first; without it every department and region, by name."""
    text = q.strip()[:60]
    if not text:
        return sorted(_areas(), key=lambda place: (place.kind, place.name))
    found = _by_digits(text) if text[0].isdigit() else _by_name(text)
    return found[:FOUND_AT_MOST]


def _areas() -> list[Place]:
    return [
        *(Place(kind="department", code=code, name=name_of(Part("department", code))) for code in DEPARTMENTS),
        *(Place(kind="region", code=code, name=name) for code, (name, _) in REGIONS.items()),
    ]


def _by_name(text: str) -> list[Place]:
    wanted = fold(text)
    areas = [one for one in _areas() if f" {wanted}" in f" {fold(one.name)}"] if wanted else []
    towns = [_town(one) for one in search(text, FOUND_AT_MOST)]
    # A department is meant before a namesake among towns, « Paris » and « La Réunion » both.
    return [*areas[:5], *towns]


def _by_digits(text: str) -> list[Place]:
    digits = "".join(letter for letter in text.upper() if letter.isalnum())
    areas = [one for one in _areas() if one.kind == "department" and one.code == digits]
    if not digits.isdigit() or not digits.isascii() or len(digits) > 5:
        return areas
    if len(digits) == 5:
        return [_postal_code(int(digits))]
    first, last = prefix_range(digits)
    below = [_postal_code(code) for code in sorted(at_postal_code()) if first <= code <= last]
    begins = Place(kind="prefix", code=digits, name=name_of(Part("prefix", digits)))
    return [*areas, begins, *below]


def _postal_code(code: int) -> Place:
    towns = [one.name for one in at_postal_code().get(code, []) if not one.is_divided]
    more = f" +{len(towns) - 3}" if len(towns) > 3 else ""
    return Place(kind="code", code=f"{code:05}", name=f"{code:05}", detail=", ".join(towns[:3]) + more)


def _town(one: Commune) -> Place:
    codes = [f"{code:05}" for code in one.postal_codes]
    return Place(
        kind="town", code=one.code, name=one.name, detail=codes[0] + (f"…{codes[-1]}" if len(codes) > 1 else "")
    )


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
        if row.steering:
            renew(row)  # the territory is part of what admits entries
        services.changed(actor, row, ACTION, changes={"territory": [before, after]})
    return _out(row)


def _parts(given: list[TerritoryPartIn]) -> list[Part]:
    """Each once, in the order given."""
    parts = list(dict.fromkeys(Part(one.kind, one.code.upper()) for one in given))
    for index, part in enumerate(parts):
        if not is_known(part):
            raise InvalidFields(**{f"parts.{index}": _refusal(part)})
    return [named(part) for part in parts]


def _refusal(part: Part) -> tuple[str, str]:
    if part.kind in ("town", "radius"):
        return (
            f"« {part.code} » : cette ville n'existe pas, ou le rayon n'est pas de {RADIUS_KM[0]} à {RADIUS_KM[1]} km.",
            f'"{part.code}": there is no such town, or the radius is not between {RADIUS_KM[0]} and {RADIUS_KM[1]} km.',
        )
    return (
        f"« {part.code} » n'est ni un code postal, ni un début de code postal, ni un département.",
        f'"{part.code}" is neither a postal code, nor the beginning of one, nor a department.',
    )


def _out(row: Campaign) -> TerritoryOut:
    parts = [Part(*part) for part in row.territory]
    log = AuditEntry.objects.filter(action=ACTION, object_type="campaign", object_id=str(row.pk))
    last = log.select_related("actor").first()
    return TerritoryOut(
        parts=[TerritoryPart(kind=part.kind, code=part.code, name=name_of(part)) for part in parts],
        label=label_of(parts),
        kept=_kept(row, [(first, last) for first, last in row.territory_ranges]),
        set_by=last.actor.display_name if last and last.actor else "",
        set_at=last.at if last else None,
    )


def _kept(row: Campaign, ranges: list[Range]) -> Kept:
    with connection.cursor() as cursor:
        facts = {"campaign": row.pk, "within": multirange(ranges) if ranges else None, "now": timezone.now()}
        cursor.execute(_KEPT, facts)
        waiting, inside, callable_now, promises = cursor.fetchone()
    return Kept(waiting=waiting, inside=inside, callable_now=callable_now, promises=promises)
