"""The orders in which a campaign may call, and their names. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

OrderKind = Literal["due", "newest", "oldest", "fewest_attempts", "random", "field"]
Reads = Literal["text", "number"]
STANDARD_FIELDS: dict[str, str] = {
    "last_name": "Nom",
    "company": "Société",
    "city": "Ville",
    "postal_code": "Code postal",
    "client_code": "Code client",
    "created_at": "Date de création",
}
"""Those of a contact's own columns that sort a queue sensibly, with their French names."""
CUSTOM = "custom."
_NAMES: dict[OrderKind, str] = {
    "due": "",
    "newest": "Plus récentes d'abord",
    "oldest": "Plus anciennes d'abord",
    "fewest_attempts": "Moins appelées d'abord",
    "random": "Au hasard",
}


@dataclass(frozen=True, slots=True)
class Order:
    """`field`, `reads`, `descending` and `name` only where the kind is `field`; `seed` only where it is `random`."""

    kind: OrderKind = "due"
    field: str = ""
    reads: Reads = "text"
    descending: bool = False
    name: str = ""
    seed: int = 0

    @property
    def is_usual(self) -> bool:
        return self.kind == "due"

    @property
    def label(self) -> str:
        """In French, for a badge; empty where it is the usual one."""
        if self.kind == "field":
            return f"{self.name}, {'décroissant' if self.descending else 'croissant'}"
        return _NAMES[self.kind]

    def kept(self) -> dict[str, Any]:
        """As `Campaign.order` holds it."""
        return {} if self.is_usual else asdict(self)


USUAL = Order()


def read_order(kept: Mapping[str, Any]) -> Order:
    return Order(**kept) if kept else USUAL
