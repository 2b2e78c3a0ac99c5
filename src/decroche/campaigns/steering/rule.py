"""What a campaign's steering asks of an entry, as SQL on `q` (the entry) and `c` (its contact).

An entry is admitted when it fits and is due: its rank and its stream are written beside it, under the number of this
steering. Claims then read one index. Texts here are our own; values are parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from decroche.campaigns.steering.order import CUSTOM, Order
from decroche.campaigns.territory import Range, multirange

Params = dict[str, Any]
_STREAM = """CASE WHEN q.priority > 0 THEN 0 ELSE (SELECT l.id FROM campaigns_campaignlist l
  WHERE l.campaign_id = q.campaign_id AND (l.id = q.list_id OR (q.list_id IS NULL AND l.batch_id = q.batch_id)
    OR l.kind = 'rest') ORDER BY l.kind = 'rest' LIMIT 1) END"""
"""The entry's list, else the one of its batch, else the rest; 0 where it has a priority of its own."""


@dataclass(frozen=True, slots=True)
class SteeringRule:
    """`number` is the steering's own, never used again. `fits`, `rank` and `stream` are SQL, `params` their values."""

    number: int
    fits: str = "TRUE"
    rank: str = "''"
    stream: str = "0"
    params: Mapping[str, Any] = field(default_factory=dict)


def rule_of(
    number: int,
    order: Order,
    *,
    ranges: Sequence[Range] = (),
    has_lists: bool = False,
    predicate: tuple[str, Params] | None = None,
) -> SteeringRule:
    """The territory is part of it: one index serves all that steers."""
    rank, params = _rank(order)
    fits = []
    if predicate is not None:
        fits.append(f"({predicate[0]})")
        params |= predicate[1]
    if ranges:
        fits.append("q.place <@ %(within)s::int4multirange")
        params["within"] = multirange(ranges)
    return SteeringRule(number, " AND ".join(fits) or "TRUE", rank, _STREAM if has_lists else "0", params)


def _rank(order: Order) -> tuple[str, Params]:
    """A text that sorts by its bytes: see the functions of migration 0007."""
    match order.kind:
        case "due":
            return "''", {}
        case "newest" | "oldest":
            return f"campaigns_rank_number(c.id, {order.kind == 'newest'})", {}
        case "fewest_attempts":
            return "campaigns_rank_number(q.attempts, FALSE)", {}
        case "random":
            return "to_hex(hashint8extended(q.id, %(seed)s::bigint))", {"seed": order.seed}
        case "field":
            value, params = _value(order)
            params["descending"] = order.descending
            read = f"campaigns_number({value})" if order.reads == "number" else value
            return f"campaigns_rank_{order.reads}({read}, %(descending)s)", params


def _value(order: Order) -> tuple[str, Params]:
    if order.field.startswith(CUSTOM):
        return "c.custom->>%(ranked_by)s", {"ranked_by": order.field.removeprefix(CUSTOM)}
    if order.field == "created_at":
        return "extract(epoch FROM c.created_at)::text", {}
    return f"c.{order.field}", {}
