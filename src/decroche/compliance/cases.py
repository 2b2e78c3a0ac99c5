"""Cases in JSON, one a line: an intent with its history in, the verdict with its reasons out. Pure.

    {"id": "…", "intent": {…}, "history": {…}, "rulebook": "2026-11-26"}

`intent` and `history` have the fields of `intent.Intent` and `intent.History`; instants are ISO 8601 with their offset;
`campaign.hours` is written as on the campaign's page: `[{"days": [0], "from": "10:00", "to": "13:00"}]`.
`docs/rules/judge.md` has the whole format.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from decroche.compliance.hours import Slot, read_slots
from decroche.compliance.intent import (
    Audience,
    Basis,
    CampaignFacts,
    ContactFacts,
    ContactKind,
    History,
    Intent,
    Kind,
    ListEntry,
    Proof,
    ProofKind,
    Sector,
)
from decroche.compliance.judge import Allowed, Refused, Verdict, decide, rules_of
from decroche.compliance.reasons import Reason
from decroche.compliance.rulebook import Rulebook, french


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


YEARS = (1900, 2199)
"""Of instants: the judge adds days and years to them."""


def _instant(given: object) -> object:
    """Text only: a number of seconds says nothing to who reads the case."""
    if isinstance(given, datetime) or given is None:
        return given
    if not isinstance(given, str):
        raise PydanticCustomError("instant", "an instant with its offset is written 2026-11-23T11:00:00+01:00")
    if given[:4].isdigit() and not YEARS[0] <= int(given[:4]) <= YEARS[1]:
        raise PydanticCustomError("instant_year", f"a year from {YEARS[0]} to {YEARS[1]} is wanted")
    return given


At = Annotated[AwareDatetime, BeforeValidator(_instant)]


_SIREN = r"^(\d{9})?$"
_CLOCK = r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$"


class HoursIn(_Strict):
    """A stretch of some weekdays (0: Monday)."""

    days: list[Annotated[int, Field(ge=0, le=6)]]
    start: str = Field(alias="from", pattern=_CLOCK)
    to: str = Field(pattern=_CLOCK)

    @model_validator(mode="after")
    def ends_later(self) -> Self:
        if self.start >= self.to:
            raise PydanticCustomError("ends_before", "the end comes after the start")
        return self


class CampaignIn(_Strict):
    """As `CampaignFacts`; without hours: the legal ones."""

    basis: Basis = "consent"
    audience: Audience = "b2c"
    sector: Sector = ""
    principal: str = Field(default="", pattern=_SIREN)
    hours: list[HoursIn] | None = None
    on_days_off: bool = False
    regional_days_off: bool = True


class ContactIn(_Strict):
    """As `ContactFacts`."""

    kind: ContactKind = ""
    postal_code: str = Field(default="", max_length=12)


class IntentIn(_Strict):
    """As `Intent`."""

    kind: Kind
    e164: str = Field(max_length=16)
    at: At
    presented: str = Field(default="", max_length=16)
    on_simulator: bool = False
    campaign: CampaignIn = CampaignIn()
    contact: ContactIn = ContactIn()
    holder: str = Field(default="", pattern=_SIREN)


class ProofIn(_Strict):
    """As `Proof`."""

    kind: ProofKind
    given_at: At
    e164: str = ""
    expires_at: At | None = None
    withdrawn_at: At | None = None
    slots: list[tuple[At, At]] = []

    @model_validator(mode="after")
    def slots_end_later(self) -> Self:
        if any(start >= end for start, end in self.slots):
            raise PydanticCustomError("ends_before", "the end comes after the start")
        return self


class ListEntryIn(_Strict):
    """As `ListEntry`."""

    scope: Literal["everywhere", "campaign", "prefix"]
    since: At | None = None
    origin: str = ""


class HistoryIn(_Strict):
    """As `History`."""

    attempts_at: list[At] = []
    do_not_call: list[ListEntryIn] = []
    proofs: list[ProofIn] = []
    objected_at: At | None = None
    abandoned_at: At | None = None
    erased: bool = False


class Case(_Strict):
    """One line."""

    id: str = ""
    intent: IntentIn
    history: HistoryIn = HistoryIn()
    rulebook: str = ""


class BadCaseError(ValueError):
    """A line that is no case: which field ("": the whole line), and what is wrong with it, also for people."""

    def __init__(self, where: str, wrong: str, fr: str, en: str, identifier: str = "") -> None:
        super().__init__(f"{where or 'line'}: {wrong}")
        self.where, self.fr, self.en, self.identifier = where, fr, en, identifier


_WRONG: dict[str, tuple[str, str]] = {
    "json_invalid": ("ce n'est pas du JSON ({error}).", "this is no JSON ({error})."),
    "missing": ("il manque.", "it is missing."),
    "extra_forbidden": ("ce champ n'existe pas (voir docs/rules/judge.md).",
                        "there is no such field (see docs/rules/judge.md)."),
    "literal_error": ("il faut {expected}.", "wanted: {expected}."),
    "model_type": ("il faut un objet, { … }.", "an object is wanted, { … }."),
    "list_type": ("il faut une liste, [ … ].", "a list is wanted, [ … ]."),
    "tuple_type": ("il faut une liste de deux instants.", "a list of two instants is wanted."),
    "too_long": ("il y a trop d'éléments.", "there are too many items."),
    "string_type": ("il faut un texte.", "a text is wanted."),
    "string_too_long": ("le texte est trop long ({max_length} caractères au plus).",
                        "the text is too long (at most {max_length} characters)."),
    _CLOCK: ("une heure s'écrit 09:30, de 00:00 à 24:00.", "a time is written 09:30, from 00:00 to 24:00."),
    _SIREN: ("un SIREN a neuf chiffres.", "a SIREN has nine digits."),
    "bool_parsing": ("il faut true ou false.", "true or false is wanted."),
    "bool_type": ("il faut true ou false.", "true or false is wanted."),
    "timezone_aware": ("il manque le décalage horaire : 2026-11-23T11:00:00+01:00.",
                       "the offset is missing: 2026-11-23T11:00:00+01:00."),
    "instant": ("un instant s'écrit avec son décalage, 2026-11-23T11:00:00+01:00.",
                "an instant is written with its offset, 2026-11-23T11:00:00+01:00."),
    "instant_year": (f"l'année doit être entre {YEARS[0]} et {YEARS[1]}.",
                     f"the year is one from {YEARS[0]} to {YEARS[1]}."),
    "ends_before": ("la fin doit venir après le début.", "the end has to come after the start."),
}  # fmt: skip
_ALIKE = {"datetime_parsing": "instant", "datetime_from_date_parsing": "instant", "datetime_type": "instant",
          "datetime_object_invalid": "instant"}  # fmt: skip


def _told(error: ErrorDetails, index: int) -> str:
    """What is wrong, for people; in the library's own words where it is nothing that we know."""
    kind, facts = error["type"], error.get("ctx", {})
    both = _WRONG.get(facts.get("pattern") or _ALIKE.get(kind, kind))
    if both is None:
        return f"{error['msg']}."
    told = both[index]
    for name, value in facts.items():
        told = told.replace(f"{{{name}}}", str(value))
    return told if index else told.replace(" or ", " ou ")


LEGAL_HOURS = [
    {"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "13:00"},
    {"days": [0, 1, 2, 3, 4], "from": "14:00", "to": "20:00"},
]


def read(line: str | bytes) -> tuple[str, Intent, History]:
    """(id, intent, history) of one line. Raises BadCaseError."""
    try:
        case = Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadCaseError(where, first["msg"], _told(first, 0), _told(first, 1), _identifier(line)) from None
    held = french().version
    if case.rulebook and case.rulebook != held:
        raise BadCaseError(
            "rulebook", f"this program has {held}, not {case.rulebook}", f"ce programme a le recueil {held}.",
            f"this program has rulebook {held}.", case.id,
        )  # fmt: skip
    return case.id, _intent(case.intent), _history(case.history)


def _identifier(line: str | bytes) -> str:
    """The id of a line that is no case, where it can be read."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    identifier = found.get("id") if isinstance(found, dict) else None
    return identifier if isinstance(identifier, str) else ""


def _intent(given: IntentIn) -> Intent:
    campaign, hours = given.campaign, given.campaign.hours
    week = LEGAL_HOURS if hours is None else [one.model_dump(by_alias=True) for one in hours]
    return Intent(
        given.kind,
        given.e164,
        given.at,
        given.presented,
        given.on_simulator,
        CampaignFacts(
            campaign.basis,
            campaign.audience,
            campaign.sector,
            campaign.principal,
            read_slots(week),
            campaign.on_days_off,
            campaign.regional_days_off,
        ),
        ContactFacts(given.contact.kind, given.contact.postal_code),
        given.holder,
    )


def _history(given: HistoryIn) -> History:
    return History(
        attempts_at=tuple(given.attempts_at),
        do_not_call=tuple(ListEntry(one.scope, one.since, one.origin) for one in given.do_not_call),
        proofs=tuple(
            Proof(one.kind, one.given_at, one.e164, one.expires_at, one.withdrawn_at, tuple(one.slots))
            for one in given.proofs
        ),
        objected_at=given.objected_at,
        abandoned_at=given.abandoned_at,
        erased=given.erased,
    )


def write(intent: Intent, history: History, identifier: str = "") -> dict[str, Any]:
    """The case as a line would hold it: what is kept with each placed call, to be judged again by anybody."""
    facts = _plain(asdict(intent))
    facts["campaign"]["hours"] = _week(intent.campaign.slots)
    del facts["campaign"]["slots"]
    return {
        **({"id": identifier} if identifier else {}),
        "intent": facts,
        "history": _plain(asdict(history)),
        "rulebook": french().version,
    }


def _week(slots: tuple[Slot, ...]) -> list[dict[str, Any]]:
    by_stretch: dict[tuple[int, int], list[int]] = {}
    for slot in slots:
        by_stretch.setdefault((slot.start_min, slot.end_min), []).append(slot.day)
    return [
        {"days": days, "from": _clock(start), "to": _clock(end)} for (start, end), days in sorted(by_stretch.items())
    ]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def answer(intent: Intent, history: History, rulebook: Rulebook | None = None) -> dict[str, Any]:
    """The verdict as JSON: `verdict`, `until`, `reasons` (code, row, facts, sentences), `rows` in force, `rulebook`."""
    book = rulebook or french()
    return said(intent, decide(intent, history, book), book)


def said(intent: Intent, verdict: Verdict, book: Rulebook) -> dict[str, Any]:
    """As `answer`, of a verdict that is there already."""
    rules = rules_of(intent, book)
    rows = sorted(row.id for row in (*rules.rows.values(), *rules.bans.values()))
    common = {"until": None if verdict.until is None else verdict.until.isoformat(), "rulebook": book.version}
    match verdict:
        case Allowed():
            return {"verdict": "allowed", **common, "reasons": [], "rows": rows}
        case Refused(reasons):
            told = [reason_out(one, book, intent.zone) for one in reasons]
            return {"verdict": "refused", **common, "reasons": told, "rows": rows}


def reason_out(reason: Reason, book: Rulebook, zone: str) -> dict[str, Any]:
    """One reason for programs and people: its row's source, and both sentences in the contact's own time."""
    row = book.by_id.get(reason.rule)
    return {
        "code": reason.code,
        "row": reason.rule,
        "source": row.source if row else "",
        "until": None if reason.until is None else reason.until.isoformat(),
        "facts": reason.facts(),
        "fr": reason.sentence("fr", zone),
        "en": reason.sentence("en", zone),
    }


def judge_line(line: str | bytes, number: int = 1) -> str:
    """One line in, one line out; a line that is no case answers `{"line", "id", "error", "fr", "en"}`."""
    try:
        identifier, intent, history = read(line)
    except BadCaseError as error:
        return json.dumps(_no_case(error, number), ensure_ascii=False)
    head = {"id": identifier} if identifier else {}
    return json.dumps({**head, **answer(intent, history)}, ensure_ascii=False)


def _no_case(error: BadCaseError, number: int) -> dict[str, Any]:
    field = f", {error.where}" if error.where else ""
    return {
        "line": number,
        **({"id": error.identifier} if error.identifier else {}),
        "error": str(error),
        "fr": f"Ligne {number}{field} : {error.fr}",
        "en": f"Line {number}{field}: {error.en}",
    }
