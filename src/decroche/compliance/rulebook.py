"""The law as dated rows: value, source, validity, who may relax it. A new rule is a new row, not new code. Pure.

A call is judged by the rows in force on its own local day. `VERSION` is kept with every decision. `sourced` is False
where nobody could name a text ("memory" in docs/rules).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from decroche.compliance.hours import Slot

VERSION = "2026-11-26"
"""Of the rows below: the day of their last change."""

Relax = Literal["no", "companies", "stricter"]
"""Who may depart from a row: nobody; a campaign that calls companies; anybody, but only to be stricter."""
Override = Literal["", "supervisor"]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a consumer may be called, in his own time; days off are never."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Frequency:
    """At most `attempts` in any `days` days that follow each other, for one principal and one consumer."""

    attempts: int
    days: int


@dataclass(frozen=True, slots=True)
class Wait:
    """How long nobody calls again; `days` None: for ever."""

    days: int | None = None
    hours: int = 0

    @property
    def length(self) -> timedelta | None:
        return None if self.days is None else timedelta(days=self.days, hours=self.hours)


@dataclass(frozen=True, slots=True)
class ProofLife:
    """How long a proof allows calls: a consent `months`, a request `working_days`; how long it is kept."""

    consent_months: int
    request_working_days: int
    kept_years: int


@dataclass(frozen=True, slots=True)
class Ban:
    """A sector in which nobody is canvassed, but on these legal bases."""

    sector: str
    but: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefixes:
    """National numbers by their beginnings, as they are dialed in France."""

    begin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Months:
    """At most so long."""

    months: int


@dataclass(frozen=True, slots=True)
class Share:
    """At most this share (0 to 1)."""

    most: float


@dataclass(frozen=True, slots=True)
class Seconds:
    """At least, or at most, so long: the rule's name says which."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Row:
    """One rule's value over one period. `since` and `until` are local days of the contact; `until` is excluded."""

    id: str
    rule: str
    value: Any
    since: date
    source: str
    until: date | None = None
    relax: Relax = "no"
    override: Override = ""
    sourced: bool = True

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


_WEEK = (0, 1, 2, 3, 4)
_LEGAL = tuple(Slot(day, start, end) for day in _WEEK for start, end in ((600, 780), (840, 1200)))
ALWAYS = date(1900, 1, 1)
_OPT_IN = date(2026, 8, 11)
BANNED_BUT = ("contract", "callback_request")
POLYVALENT = (
    *("0162", "0163", "0270", "0271", "0377", "0378", "0424", "0425", "0568", "0569", "0948", "0949"),
    *("09475", "05987", "09476", "05988", "09477", "05989", "09479", "02688", "09478", "02689"),
)

ROWS: tuple[Row, ...] = (
    Row(
        "hours/2023-03", "hours", Hours(_LEGAL), date(2023, 3, 1),
        "Code de la consommation D223-9 (décret 2022-1313)", until=_OPT_IN, relax="companies",
    ),
    Row(
        "hours/2026-08", "hours", Hours(_LEGAL), _OPT_IN,
        "Code de la consommation D223-9 (décret 2026-662)", relax="companies",
    ),
    Row("days_off", "days_off", None, ALWAYS, "Code du travail L3133-1, L3134-13, L3422-2", relax="companies"),
    Row(
        "own_hours", "own_hours", None, ALWAYS, "Horaires choisis pour la campagne", relax="stricter",
        override="supervisor",
    ),
    Row(
        "frequency/2023-03", "frequency", Frequency(4, 30), date(2023, 3, 1),
        "Code de la consommation D223-9 (décret 2022-1313)", until=_OPT_IN,
    ),
    Row(
        "frequency/2026-08", "frequency", Frequency(4, 30), _OPT_IN,
        "Code de la consommation D223-9 (décret 2026-662)",
    ),
    Row(
        "refusal/2023-03", "refusal", Wait(60), date(2023, 3, 1),
        "Code de la consommation D223-9 (décret 2022-1313) : 60 jours après le refus", until=_OPT_IN,
    ),
    Row("refusal/2026-08", "refusal", Wait(), _OPT_IN, "Code de la consommation L221-16, L223-1 (loi 2025-594)"),
    Row("do_not_call", "do_not_call", None, ALWAYS, "RGPD article 21 ; Code de la consommation L221-16"),
    Row("erasure", "erasure", None, ALWAYS, "RGPD article 17"),
    Row(
        "proof/2026-08", "proof", ProofLife(12, 5, 3), _OPT_IN,
        "Code de la consommation L223-1 (loi 2025-594), R223-1 à R223-4",
    ),
    Row(
        "ban/energy", "ban", Ban("energy", BANNED_BUT), date(2020, 7, 26),
        "Code de la consommation L223-1 (loi 2020-901, loi 2025-594)",
    ),
    Row(
        "ban/home_adaptation", "ban", Ban("home_adaptation", BANNED_BUT), date(2025, 7, 1),
        "Code de la consommation L223-1 (loi 2025-594, article 13)",
    ),
    Row(
        "ban/training_account", "ban", Ban("training_account", BANNED_BUT), date(2022, 12, 21),
        "Code du travail L6323-8-1 (loi 2022-1587)",
    ),
    Row(
        "presented/known", "presented_known", None, ALWAYS,
        "Code de la consommation L221-17 : jamais masqué, au mandant",
    ),
    Row("presented/principal", "presented_principal", None, ALWAYS, "Code de la consommation L221-17"),
    Row(
        "presented/premium", "presented_premium", Prefixes(("081", "082", "089", "118", "3")), ALWAYS,
        "Code de la consommation L221-17",
    ),
    Row("presented/mobile", "presented_mobile", Prefixes(("06", "07")), date(2023, 1, 1), "Arcep 2022-1583"),
    Row(
        "presented/technical", "presented_technical", Prefixes(("0937", "0938", "0939")), date(2023, 1, 1),
        "Arcep 2022-1583",
    ),
    Row(
        "presented/automatic", "presented_automatic", Prefixes(POLYVALENT), date(2023, 1, 1),
        "Arcep 2022-1583, 2025-2215",
    ),
    Row(
        "abandoned/lock", "abandoned_lock", Wait(0, 72), ALWAYS, "Usage du métier (Ofcom, FTC)", relax="stricter",
    ),
    Row("abandoned/cap", "abandoned_cap", Share(0.03), ALWAYS, "Usage du métier (Ofcom, FTC)", relax="stricter"),
    Row("ring", "ring", Seconds(15), ALWAYS, "Usage du métier", relax="stricter"),
    Row("keep/recording", "keep_recording", Months(6), ALWAYS, "CNIL, écoute et enregistrement", relax="stricter"),
    Row("keep/note", "keep_note", Months(12), ALWAYS, "CNIL, écoute et enregistrement", relax="stricter"),
    Row("keep/contract", "keep_contract", Months(60), ALWAYS, "CNIL ; Code civil 2224", relax="stricter"),
    Row("keep/prospect", "keep_prospect", Months(36), ALWAYS, "CNIL, gestion commerciale", relax="stricter"),
    Row("keep/consent", "keep_consent", Months(36), _OPT_IN, "Code de la consommation R223-3", relax="no"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """The rows in force on one day, one for each rule; bans by sector."""

    day: date
    rows: dict[str, Row] = field(hash=False)
    bans: dict[str, Row] = field(hash=False)
    until: date | None
    """The next day on which a row begins or ends."""

    def get(self, rule: str) -> Row | None:
        return self.rows.get(rule)


class Rulebook:
    """Dated rows, looked up by day. Raises ValueError where two rows of one rule hold on the same day."""

    def __init__(self, rows: Sequence[Row], version: str) -> None:
        self.rows, self.version = tuple(rows), version
        self.by_id = {row.id: row for row in rows}
        edges = {row.since for row in rows} | {row.until for row in rows if row.until is not None}
        self._edges = sorted(edges)
        self._periods = [self._period(i, day) for i, day in enumerate(self._edges)]
        if len(self.by_id) != len(self.rows):
            raise ValueError("two rows have one id")

    def _period(self, index: int, day: date) -> Rules:
        following = self._edges[index + 1] if index + 1 < len(self._edges) else None
        rows: dict[str, Row] = {}
        bans: dict[str, Row] = {}
        for row in self.rows:
            if not row.holds(day):
                continue
            kept, key = (bans, row.value.sector) if row.rule == "ban" else (rows, row.rule)
            if key in kept:
                raise ValueError(f"{row.id} and {kept[key].id} both hold on {day}")
            kept[key] = row
        return Rules(day, rows, bans, following)

    def on(self, day: date) -> Rules:
        """The rules of a local day; none at all before the first row."""
        index = bisect_right(self._edges, day) - 1
        return self._periods[index] if index >= 0 else Rules(day, {}, {}, self._edges[0])


@lru_cache(maxsize=1)
def french() -> Rulebook:
    """The rules shipped with the product."""
    return Rulebook(ROWS, VERSION)
