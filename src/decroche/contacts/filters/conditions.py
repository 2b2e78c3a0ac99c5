"""One condition as a query expression: columns of the contact, or a subquery about its numbers, places, calls or texts.

No join, so that conditions combine freely. Text is compared as `contacts/folding.py` says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Func, JSONField, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.lookups import Contains, Exact, GreaterThanOrEqual, LessThan, LessThanOrEqual, Regex

from decroche.appointments.models import Appointment
from decroche.callbacks.models import Callback
from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.campaigns.territory import Part, resolve
from decroche.contacts.filters.asked import Asked, has, listed_values
from decroche.contacts.filters.catalogue import CUSTOM
from decroche.contacts.filters.consents import consent, consent_ended
from decroche.contacts.filters.numbers import do_not_call, phone, phone_kind
from decroche.contacts.filters.schema import Condition
from decroche.contacts.folding import (
    Fold,
    compared,
    compared_links,
    compared_signs,
    one_of,
    one_of_links,
    one_of_signs,
    parts,
)
from decroche.contacts.models import Contact, ContactNote, ScriptAnswer
from decroche.contacts.search import HAYSTACK, matching
from decroche.contacts.values import country, is_link

PARIS = ZoneInfo("Europe/Paris")
ONE_DAY = timedelta(days=1)
SIGNS_COUNT = ("client_code", "email", "siret", "postal_code")
NARROWED_BY = 20
"""Values: of more, all contacts are looked at once."""
PLAIN = {"is": "exact", "one_of": "exact", "starts": "startswith"}


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` on and before `end`, each open where None."""

    start: datetime | None
    end: datetime | None

    def q(self, name: str) -> Q:
        """The span of a column."""
        return Q(
            *([(f"{name}__gte", self.start)] if self.start else []),
            *([(f"{name}__lt", self.end)] if self.end else []),
        )


class PlainJson(Func):
    """A JSON text without its quotes, other values as they are written."""

    template = "(%(expressions)s #>> '{}')"
    output_field = TextField()


class JsonType(Func):
    """string, number, boolean…"""

    function = "jsonb_typeof"
    output_field = TextField()


def condition(one: Condition, asked: Asked) -> Q:
    """The condition, checked before."""
    if one.field.startswith(CUSTOM):
        return _custom(one, asked)
    return CONDITIONS[one.field](one, asked)


def span(op: str, value: Any, now: datetime) -> Span:
    """The instants that a comparison by days means."""
    today = now.astimezone(PARIS).date()
    match op:
        case "on":
            return _days(_day(value), _day(value))
        case "from":
            return _days(_day(value), None)
        case "until":
            return _days(None, _day(value))
        case "between":
            return _days(_day(value[0]), _day(value[1]))
        case "last_days":
            return _days(today - max(value - 1, 0) * ONE_DAY, today)
        case "next_days":
            return _days(today, today + max(value - 1, 0) * ONE_DAY)
        case _:
            return _days(None, today - (value + 1) * ONE_DAY)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _days(first: date | None, last: date | None) -> Span:
    return Span(
        None if first is None else datetime.combine(first, time.min, PARIS),
        None if last is None else datetime.combine(last + ONE_DAY, time.min, PARIS),
    )


# ── Text ─────────────────────────────────────────────────────────────────────


def _compared(left: Any, one: Condition, *, link: bool = False) -> Q:
    """The text against one value, or any of several; every sign of a code or an e-mail address counts."""
    several, single = (one_of_signs, compared_signs) if one.field in SIGNS_COUNT else (one_of, compared)
    if link:
        several, single = one_of_links, compared_links
    if isinstance(one.value, list):
        return several(left, [str(text) for text in one.value])
    return single(left, one.op, str(one.value))


def _column(*names: str) -> Callable[[Condition, Asked], Q]:
    def build(one: Condition, asked: Asked) -> Q:
        if one.op == "known":
            filled = reduce(or_, (~Q(**{name: ""}) for name in names))
            return filled if one.value else ~filled
        found = reduce(or_, (_compared(form, one) for form in _forms(names)))
        return found & _narrowed(one) if set(names) <= set(HAYSTACK) else found

    return build


def _country(one: Condition, asked: Asked) -> Q:
    """By its name too: contacts keep its two letters."""
    if one.op == "is":
        one = one.model_copy(update={"value": country(str(one.value).strip()) or one.value})
    elif isinstance(one.value, list):
        one = one.model_copy(update={"value": [country(str(text).strip()) or text for text in one.value]})
    return _column("country")(one, asked)


def _figures(name: str) -> Callable[[Condition, Asked], Q]:
    """A column of figures, which have no accents: its own index answers, and nothing is folded a million times."""
    folded = _column(name)

    def build(one: Condition, asked: Asked) -> Q:
        if (lookup := PLAIN.get(one.op)) is None:
            return folded(one, asked)
        values = ["".join(str(value).split()) for value in (one.value if isinstance(one.value, list) else [one.value])]
        if not all(value.isascii() and value.isdigit() for value in values):
            return folded(one, asked)
        return reduce(or_, (Q(**{f"{name}__{lookup}": value}) for value in values))

    return build


def _forms(names: tuple[str, ...]) -> list[Any]:
    """A column; or a name, the last and the first name in either order."""
    if len(names) == 1:
        return [F(names[0])]
    space = Value(" ")
    ways = [names, names[::-1]]
    return [F(names[0]), *(Func(F(a), space, F(b), function="CONCAT", output_field=TextField()) for a, b in ways)]


def _narrowed(one: Condition) -> Q:
    """The same question put to the index of the search, which holds these columns: true wherever the exact one is."""
    texts = [str(text) for text in (one.value if isinstance(one.value, list) else [one.value])]
    words = [[word for word in parts(text) if len(word) > 2][:4] for text in texts]
    if len(texts) > NARROWED_BY or not all(words):
        return Q()
    haystack = Func(*HAYSTACK, function="decroche_haystack", output_field=TextField())
    held = (reduce(and_, (Q(Contains(haystack, Fold(Value(word)))) for word in of_one)) for of_one in words)
    return reduce(or_, held, Q())


def _words(one: Condition, asked: Asked) -> Q:
    found = matching(Contact.objects.all(), str(one.value))
    return Q(pk__in=found.order_by().values("pk"))


# ── Places of France, numbers, origin ────────────────────────────────────────


def _territory(kind: Any) -> Callable[[Condition, Asked], Q]:
    def build(one: Condition, asked: Asked) -> Q:
        if one.op == "known":
            known = Q(country="FR", postal_code__regex=r"^[0-9]{5}$")
            return known if one.value else ~known
        ranges = resolve(Part(kind, str(code)) for code in listed_values(one))
        within = (Q(postal_code__gte=f"{first:05d}", postal_code__lte=f"{last:05d}") for first, last in ranges)
        return Q(country="FR") & Q(postal_code__regex=r"^[0-9]{5}$") & reduce(or_, within)

    return build


def _kind(one: Condition, asked: Asked) -> Q:
    if one.op == "known":
        return ~Q(kind="") if one.value else Q(kind="")
    return Q(kind__in=listed_values(one))


def _batch(one: Condition, asked: Asked) -> Q:
    return Q(batch__isnull=not one.value) if one.op == "known" else Q(batch__in=listed_values(one))


def _moment(name: str) -> Callable[[Condition, Asked], Q]:
    return lambda one, asked: span(one.op, one.value, asked.now).q(name)


# ── What others hold about the contact ───────────────────────────────────────


def _about(model: type[Model], one: Condition, asked: Asked) -> QuerySet[Any]:
    """Its rows of a table that names contact and campaign, in the campaign asked about, as far as he may know."""
    rows: QuerySet[Any] = model._default_manager.filter(contact=OuterRef("pk"))
    if one.campaign_id is not None:
        rows = rows.filter(campaign=one.campaign_id)
    return rows if asked.campaigns is None else rows.filter(campaign__in=asked.campaigns)


def _chosen(model: type[Model], name: str, blank: Q, cut: int | None = None) -> Callable[[Condition, Asked], Q]:
    """One of the values in one of the rows; `blank`: rows that have no value."""

    def build(one: Condition, asked: Asked) -> Q:
        rows = _about(model, one, asked)
        if one.op == "known":
            return has(rows.exclude(blank), one.value)
        values = [str(value)[:cut] for value in listed_values(one)] if cut else listed_values(one)
        return Q(Exists(rows.filter(**{f"{name}__in": values})))

    return build


def _dated(model: type[Model], name: str, **kept: Any) -> Callable[[Condition, Asked], Q]:
    """A row of which this moment is in the span."""

    def build(one: Condition, asked: Asked) -> Q:
        rows = _about(model, one, asked).filter(**kept)
        if one.op == "known":
            return has(rows, one.value)
        return Q(Exists(rows.filter(span(one.op, one.value, asked.now).q(name))))

    return build


def _campaign(one: Condition, asked: Asked) -> Q:
    rows = _about(QueueEntry, one, asked)
    return has(rows, one.value) if one.op == "known" else Q(Exists(rows.filter(campaign__in=listed_values(one))))


def _last_call(one: Condition, asked: Asked) -> Q:
    """The last call of all: one in the span, and none after it."""
    calls = _about(Call, one, asked)
    if one.op == "known":
        return has(calls, one.value)
    when = span(one.op, one.value, asked.now)
    within = Q(Exists(calls.filter(when.q("claimed_at"))))
    return within if when.end is None else within & ~Q(Exists(calls.filter(claimed_at__gte=when.end)))


def _attempts(one: Condition, asked: Asked) -> Q:
    return Q(Exists(_about(QueueEntry, one, asked).filter(_number_q("attempts", one))))


def _number_q(name: str, one: Condition) -> Q:
    value: Any = one.value
    match one.op:
        case "is":
            return Q(**{name: value})
        case "at_least":
            return Q(**{f"{name}__gte": value})
        case "at_most":
            return Q(**{f"{name}__lte": value})
        case _:
            return Q(**{f"{name}__gte": value[0], f"{name}__lte": value[1]})


def _texts(model: type[Model], left: Any) -> Callable[[Condition, Asked], Q]:
    def build(one: Condition, asked: Asked) -> Q:
        rows = _about(model, one, asked)
        if model is ContactNote:
            rows = rows.exclude(text="")
        return has(rows, one.value) if one.op == "known" else Q(Exists(rows.filter(_compared(left, one))))

    return build


# ── This floor's own fields ──────────────────────────────────────────────────


def _custom(one: Condition, asked: Asked) -> Q:
    """Values of another kind than the field's, from before its kind was changed, match only as text and `known`."""
    key, kind = one.field.removeprefix(CUSTOM), asked.fields[one.field].kind
    text = KeyTextTransform(key, "custom")
    if one.op == "known":
        has = Q(custom__has_key=key)
        return has if one.value else ~has
    if kind == "number":
        return Q(Exact(JsonType(KeyTransform(key, "custom")), Value("number"))) & _custom_number(key, one)
    if kind == "yes_no":
        return Q(custom__contains={key: one.value})
    if kind in ("date", "moment"):
        return Q(Regex(text, Value(r"^\d{4}-\d\d-\d\d$"))) & _custom_days(text, span(one.op, one.value, asked.now))
    if kind == "choice":
        return reduce(or_, (Q(custom__contains={key: value}) for value in listed_values(one)))
    # A floor may keep its links in a field of texts: what is typed tells.
    typed = one.value if isinstance(one.value, list) else [one.value]
    link = asked.fields[one.field].links or any(is_link(str(value).strip()) for value in typed)
    return Q(custom__has_key=key) & _compared(text, one, link=link)


def _custom_number(key: str, one: Condition) -> Q:
    def against(lookup: Any, value: Any) -> Q:
        return Q(lookup(KeyTransform(key, "custom"), Value(value, output_field=JSONField())))

    value: Any = one.value
    match one.op:
        case "is":
            return against(Exact, value)
        case "at_least":
            return against(GreaterThanOrEqual, value)
        case "at_most":
            return against(LessThanOrEqual, value)
        case _:
            return against(GreaterThanOrEqual, value[0]) & against(LessThanOrEqual, value[1])


def _custom_days(text: Any, when: Span) -> Q:
    found = Q()
    if when.start is not None:
        found &= Q(GreaterThanOrEqual(text, Value(when.start.date().isoformat())))
    if when.end is not None:
        found &= Q(LessThan(text, Value(when.end.date().isoformat())))
    return found


CONDITIONS: dict[str, Callable[[Condition, Asked], Q]] = {
    "words": _words,
    "name": _column("last_name", "first_name"),
    "kind": _kind,
    **{
        name: _column(name)
        for name in (
            *("civility", "first_name", "last_name", "company", "client_code", "email", "address", "address2"),
            "city",
        )
    },
    "country": _country,
    "siret": _figures("siret"),
    "postal_code": _figures("postal_code"),
    "department": _territory("department"),
    "region": _territory("region"),
    "phone": phone,
    "phone_kind": phone_kind,
    "do_not_call": do_not_call,
    "consent": consent,
    "consent_ended": consent_ended,
    "batch": _batch,
    "created_at": _moment("created_at"),
    "updated_at": _moment("updated_at"),
    "campaign": _campaign,
    "queue_state": _chosen(QueueEntry, "state", Q(state="")),
    "not_before": _dated(QueueEntry, "not_before", state="waiting"),
    "refused_reason": _chosen(QueueEntry, "refused_reason", Q(refused_reason="")),
    "finished_reason": _chosen(QueueEntry, "finished_reason", Q(finished_reason=""), cut=20),
    "attempts": _attempts,
    "last_result": _chosen(QueueEntry, "last_result", Q(last_result="")),
    "outcome": _chosen(QueueEntry, "disposition__label", Q(disposition=None)),
    "last_call": _last_call,
    "called": _dated(Call, "claimed_at"),
    "call_result": _chosen(Call, "result", Q(result="")),
    "agent": _chosen(Call, "agent", Q(agent=None)),
    "callback": _dated(Callback, "due_at", state="scheduled"),
    "callback_owner": _chosen(Callback, "owner", Q(owner=None)),
    "appointment": _dated(Appointment, "starts_at", cancelled_at=None),
    "notes": _texts(ContactNote, F("text")),
    "answers": _texts(ScriptAnswer, PlainJson(F("value"))),
}
