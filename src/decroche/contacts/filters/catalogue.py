"""Every field that a filter may ask about: its kind, its operators, and where its values come from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from decroche.compliance.reasons import BY_CODE
from decroche.contacts.filters.schema import Op

Kind = Literal["words", "text", "phone", "number", "date", "moment", "choice", "yes_no", "ref"]
"""`words`: as the quick search takes them. `date` is a day, `moment` an instant; both are asked about by days."""
Group = Literal["identity", "place", "numbers", "consents", "origin", "queue", "calls", "promises", "texts", "custom"]
Source = Literal["campaigns", "batches", "agents", "outcomes", "departments", "regions", "principals"]
"""Values that the database or the territory holds; the API gives them."""

OPERATORS: dict[Kind, tuple[Op, ...]] = {
    "words": ("contains",),
    "text": ("is", "contains", "starts", "ends", "one_of", "known"),
    "phone": ("is", "starts", "ends", "known"),
    "number": ("is", "at_least", "at_most", "between", "known"),
    "date": ("on", "from", "until", "between", "last_days", "next_days", "before_days", "known"),
    "moment": ("on", "from", "until", "between", "last_days", "next_days", "before_days", "known"),
    "choice": ("one_of", "known"),
    "yes_no": ("is",),
    "ref": ("one_of", "known"),
}
RESULTS = (
    *("connected", "abandoned", "no_answer", "busy", "rejected", "unallocated", "congestion", "machine", "cancelled"),
    "failed",
)
REFUSED = tuple(BY_CODE)
FINISHED = tuple(dict.fromkeys(("close", "callback", "do_not_call", "max_attempts", *RESULTS, *REFUSED)))
ALWAYS_KNOWN = tuple(op for op in OPERATORS["moment"] if op != "known")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field. `values`: its codes where they are few and fixed; `label`: of this floor's own fields."""

    id: str
    group: Group
    kind: Kind
    ops: tuple[Op, ...]
    values: tuple[str, ...] = ()
    source: Source | None = None
    by_campaign: bool = False
    """Whether it may be asked of one campaign."""
    label: str = ""
    links: bool = False
    """Whether its texts are links."""


@dataclass(frozen=True, slots=True)
class CustomSpec:
    """What the catalogue must know of a custom field."""

    key: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()


def _field(
    name: str,
    group: Group,
    kind: Kind,
    *,
    values: tuple[str, ...] = (),
    source: Source | None = None,
    by_campaign: bool = False,
    ops: tuple[Op, ...] = (),
) -> FieldSpec:
    return FieldSpec(name, group, kind, ops or OPERATORS[kind], values, source, by_campaign)


FIXED: tuple[FieldSpec, ...] = (
    _field("words", "identity", "words"),
    _field("name", "identity", "text"),
    _field("kind", "identity", "choice", values=("person", "company")),
    _field("civility", "identity", "text"),
    _field("first_name", "identity", "text"),
    _field("last_name", "identity", "text"),
    _field("company", "identity", "text"),
    _field("client_code", "identity", "text"),
    _field("siret", "identity", "text"),
    _field("email", "identity", "text"),
    _field("address", "place", "text"),
    _field("address2", "place", "text"),
    _field("postal_code", "place", "text"),
    _field("department", "place", "choice", source="departments"),
    _field("region", "place", "choice", source="regions"),
    _field("city", "place", "text"),
    _field("country", "place", "text"),
    _field("phone", "numbers", "phone"),
    _field("phone_kind", "numbers", "choice", values=("phone", "mobile", "office", "fax")),
    _field("do_not_call", "numbers", "yes_no", by_campaign=True),
    _field("consent", "consents", "ref", source="principals"),
    _field("consent_ended", "consents", "ref", source="principals"),
    _field("batch", "origin", "ref", source="batches"),
    _field("created_at", "origin", "moment", ops=ALWAYS_KNOWN),
    _field("updated_at", "origin", "moment", ops=ALWAYS_KNOWN),
    _field("campaign", "queue", "ref", source="campaigns"),
    _field("queue_state", "queue", "choice", values=("waiting", "claimed", "finished", "withdrawn"), by_campaign=True),
    _field("not_before", "queue", "moment", by_campaign=True),
    _field("refused_reason", "queue", "choice", values=REFUSED, by_campaign=True),
    _field("finished_reason", "queue", "choice", values=FINISHED, by_campaign=True),
    _field("attempts", "queue", "number", by_campaign=True, ops=("is", "at_least", "at_most", "between")),
    _field("last_result", "queue", "choice", values=RESULTS, by_campaign=True),
    _field("outcome", "queue", "choice", source="outcomes", by_campaign=True),
    _field("last_call", "calls", "moment", by_campaign=True),
    _field("called", "calls", "moment", by_campaign=True),
    _field("call_result", "calls", "choice", values=RESULTS, by_campaign=True),
    _field("agent", "calls", "ref", source="agents", by_campaign=True),
    _field("callback", "promises", "moment", by_campaign=True),
    _field("callback_owner", "promises", "ref", source="agents", by_campaign=True),
    _field("appointment", "promises", "moment", by_campaign=True),
    _field("notes", "texts", "text", by_campaign=True, ops=("contains", "known")),
    _field("answers", "texts", "text", by_campaign=True, ops=("contains", "known")),
)
_CUSTOM_KINDS: dict[str, Kind] = {
    "text": "text",
    "link": "text",
    "number": "number",
    "date": "date",
    "choice": "choice",
    "yes_no": "yes_no",
}
CUSTOM = "custom."
"""A custom field's name in a filter is this and its key."""


def catalogue(custom: Iterable[CustomSpec] = ()) -> dict[str, FieldSpec]:
    """All fields by their name, this floor's own last."""
    own = [_custom(one) for one in custom]
    return {one.id: one for one in (*FIXED, *own)}


def _custom(one: CustomSpec) -> FieldSpec:
    kind = _CUSTOM_KINDS.get(one.kind, "text")
    ops: Sequence[Op] = ("is", "known") if kind == "yes_no" else OPERATORS[kind]
    return FieldSpec(
        CUSTOM + one.key, "custom", kind, tuple(ops), one.choices, label=one.label, links=one.kind == "link"
    )
