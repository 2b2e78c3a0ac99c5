"""The rule of a campaign as its row and lists have it, for whoever reads them: the web, the worker and the floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from decroche.campaigns.steering.order import read_order
from decroche.campaigns.steering.rule import Params, SteeringRule, rule_of
from decroche.campaigns.steering.shares import Stream


def streams_of(lists: Sequence[tuple[int, int, int]]) -> tuple[Stream, ...]:
    """From (id, priority, share) of each list; none where no list differs from the usual."""
    if all(priority == 0 and share == 1 for _, priority, share in lists):
        return ()
    return tuple(Stream(*one) for one in lists)


def rule_in_force(
    row: Mapping[str, Any], streams: Sequence[Stream], predicate: tuple[str, Params] | None
) -> SteeringRule | None:
    """`row`: steering, order, territory_ranges. None: nothing but, maybe, a territory."""
    if row["steering"] == 0:
        return None
    ranges = [(first, last) for first, last in row["territory_ranges"]]
    return rule_of(
        row["steering"], read_order(row["order"]), ranges=ranges, has_lists=bool(streams), predicate=predicate
    )
