"""The facts of a dossier in words: sections of labelled lines, the same for the screen and for the PDF. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby

from decroche.common.errors import Language
from decroche.common.paper import Line, Section, moment
from decroche.compliance.presented import national
from decroche.compliance.rulebook import ALWAYS
from decroche.compliance.short import in_short
from decroche.ledger.dossier import words as w
from decroche.ledger.dossier.facts import DossierFacts, ProofFacts, RecordedFacts, RefusalFacts, RowFacts
from decroche.ledger.erasing import number_of
from decroche.ledger.words import VALUES

Part = Callable[["_Teller", DossierFacts], Iterator[Line]]


def told(facts: DossierFacts, language: Language) -> list[Section]:
    """In the order in which an inspector asks; moments of the call in the person's own time."""
    teller = _Teller(language, facts.decision.zone if facts.decision else "")
    return [
        Section(code, w.said(w.TITLES[code], language), [line for line in part(teller, facts) if line.text])
        for code, part in _PARTS.items()
    ]


class _Teller:
    """A language, and the zone of time where the person lives."""

    def __init__(self, language: Language, zone: str) -> None:
        self.language: Language = language
        self.zone = zone

    def line(self, label: str, text: str) -> Line:
        return Line(w.said(w.LABELS[label], self.language), text)

    def say(self, name: str, **facts: object) -> str:
        return w.sentence(name, self.language, **facts)

    def at(self, at: datetime | None) -> str:
        return "" if at is None else moment(at, self.zone)

    def word(self, table: dict[str, w.Both], code: str) -> str:
        return w.word(table, code, self.language)

    # ── Parts ────────────────────────────────────────────────────────────────
    def call(self, facts: DossierFacts) -> Iterator[Line]:
        call = facts.call
        yield self.line("id", str(call.id))
        yield self.line("claimed_at", self.at(call.claimed_at))
        yield self.line("placed_at", self.at(call.placed_at) or self.say("not_placed"))
        yield self.line("answered_at", self.at(call.answered_at))
        yield self.line("result", self.word(w.RESULTS, call.result))
        yield self.line("e164", self._number(facts))
        erased = self.say("erased", at=self.at(call.erased_at)) if call.erased_at else ""
        yield self.line("contact", erased or call.contact or self.say("no_contact"))
        yield self.line("campaign", call.campaign)
        yield self.line("agent", call.agent)
        yield self.line("mode", self.word(w.MODES, call.mode))

    def _number(self, facts: DossierFacts) -> str:
        decided = number_of(facts.decision.case) if facts.decision else ""
        if decided and facts.call.erased_at:
            return self.say("hidden", number=_phone(decided).split(" (")[0][: -len("00 00")] + "•• ••")
        return _phone(facts.call.e164 or decided) or self.say("forgotten")

    def decision(self, facts: DossierFacts) -> Iterator[Line]:
        one = facts.decision
        if one is None:
            yield Line("", self.say("no_decision"))
            return
        yield self.line("verdict", self.say("allowed_aside" if one.override else "allowed") + f", {self.at(one.at)}")
        yield self.line("kind", self.word(w.KINDS, one.kind))
        yield self.line("zone", one.zone)
        yield self.line("until", self.at(one.until))
        yield self.line("rulebook", one.rulebook)
        if one.override:
            yield self.line("override", f"{one.override.get('name', '')} : « {one.override.get('reason', '')} »")
        codes = ", ".join(in_short(code, self.language) for code in one.codes)
        yield self.line("again", w.said(w.AGAIN[one.again], self.language).format(codes=codes))
        yield self.line("hash", one.case_sha256)
        yield Line("", self.say("law"))

    def basis(self, facts: DossierFacts) -> Iterator[Line]:
        one = facts.basis
        if one is None:
            yield Line("", self.say("no_campaign"))
            return
        today = "" if one.source == "decision" else f" – {self.say('basis_today')}"
        yield self.line("basis", self.word(w.BASES, one.basis) + today)
        named = f"{one.principal} (SIREN {one.siren})".strip()
        yield self.line("principal", named if one.siren else self.say("no_principal"))
        yield self.line("sector", self.word(w.SECTORS, one.sector))
        yield self.line("audience", self.word(w.AUDIENCES, one.audience))
        canvassed = one.calls_consumer and one.basis != "not_canvassing"
        yield self.line("protected", self.say("protected" if canvassed else "not_protected"))

    def proofs(self, facts: DossierFacts) -> Iterator[Line]:
        if not facts.proofs:
            yield Line("", self.say("no_proofs"))
        for one in facts.proofs:
            yield from self._proof(one, judged=facts.decision is not None)

    def _proof(self, known: ProofFacts, *, judged: bool) -> Iterator[Line]:
        one = known.proof
        when = self.say("known_then" if known.known_then else "not_known_then") if judged else ""
        parts = (f"n° {one.id}", VALUES[one.kind][self.language], one.object, one.e164, when)
        yield self.line("proof", ", ".join(part for part in parts if part))
        yield self.line("given_at", f"{moment(one.given_at, one.zone)}, {one.who}")
        yield self.line("wording", self.say("version", text=one.wording, version=one.wording_version))
        channel = VALUES[one.channel][self.language]
        by_third = self.say("by_third", act=one.act, channel=channel, third=one.third_party)
        yield self.line("act", by_third if one.third_party else f"{one.act} ({channel})")
        if one.evidence is not None:
            yield self.line("evidence", f"{one.evidence.name}\nSHA-256 {one.evidence.sha256}")
        if one.withdrawal is not None:
            taken = one.withdrawal
            note = ", ".join(part for part in (VALUES[taken.channel][self.language], taken.note) if part)
            yield self.line("withdrawn", f"{moment(taken.at, one.zone)} ({note})")
        elif one.ends_at is not None:
            yield self.line("ends_at", moment(one.ends_at, one.zone))
        yield self.line("proof_hash", known.sha256)

    def refusals(self, facts: DossierFacts) -> Iterator[Line]:
        by_when = {when: list(some) for when, some in groupby(facts.refusals, key=lambda one: one.when)}
        then = self._refusals(by_when.get("then", []))
        yield self.line("then", then if facts.decision else self.say("unknown_then"))
        yield self.line("now", self._refusals(by_when.get("now", [])))

    def _refusals(self, rows: list[RefusalFacts]) -> str:
        return "\n".join(self._refusal(one) for one in rows) or self.say("no_refusal")

    def _refusal(self, one: RefusalFacts) -> str:
        origin = self.word(w.ORIGINS, one.origin)
        scope = self.word(w.SCOPES, one.scope) + (f" ({origin})" if origin else "")
        return scope if one.since is None else self.say("since", scope=scope, at=self.at(one.since))

    def attempts(self, facts: DossierFacts) -> Iterator[Line]:
        one = facts.attempts
        name = "attempts_unlimited" if one.limit is None else "attempts"
        source = self.say("from_decision" if one.source == "decision" else "from_log")
        yield self.line("count", f"{self.say(name, count=len(one.at), days=one.days, limit=one.limit)} – {source}")
        for at in one.at:
            yield self.line("attempt", self.at(at))

    def presented(self, facts: DossierFacts) -> Iterator[Line]:
        one = facts.presented
        if not one.e164:
            yield Line("", self.say("no_presented"))
            return
        yield self.line("presented", _phone(one.e164))
        yield self.line("range", self.word(w.RANGES, one.range))
        yield self.line("holder", one.holder)
        serves = "serves_automatic" if one.automatic else "serves_by_hand"
        rows = f" ({', '.join(one.rows)})" if one.rows else ""
        yield self.line("why_lawful", self.say(serves if one.lawful else "serves_not") + rows)

    def recording(self, facts: DossierFacts) -> Iterator[Line]:
        one = facts.recording
        for sound in one.recordings:
            yield self.line("recorded", self._sound(sound))
        if not one.recordings:
            why = f" ({self.say('never')})" if one.setting == "never" else ""
            yield self.line("recorded", self.say("not_recorded") + why)
        if one.setting != "never" or one.recordings:
            yield self.line("announced", self.say("notice", text=one.notice) if one.notice else self.say("no_notice"))
        if one.refused_at is not None:
            yield self.line("objection", self.say("objected", at=self.at(one.refused_at)))

    def _sound(self, one: RecordedFacts) -> str:
        if one.status == "missing":
            return self.say("recorded_missing")
        gone = f" – {self.word(w.DELETED, one.deleted_for)}" if one.status == "deleted" else ""
        return self.say("recorded", duration=round(one.duration_s or 0), at=self.at(one.started_at)) + gone

    def rows(self, facts: DossierFacts) -> Iterator[Line]:
        for one in facts.rows:
            yield Line(one.id, self._row(one))

    def _row(self, one: RowFacts) -> str:
        if one.since is None:
            return self.say("row_gone")
        source = one.source if one.sourced else self.say("unsourced")
        if one.until is not None:
            text = self.say("validity_until", source=source, since=_day(one.since), until=_day(one.until))
        else:
            text = self.say("always" if one.since == ALWAYS else "validity", source=source, since=_day(one.since))
        return f"{self.word(w.RULES, one.rule)} : {text}"


def _phone(e164: str) -> str:
    """As French people write it, then as machines do."""
    digits = national(e164)
    return f"{' '.join(re.findall('..', digits))} ({e164})" if len(digits) == 10 else e164


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_PARTS: dict[str, Part] = {
    "call": _Teller.call,
    "decision": _Teller.decision,
    "basis": _Teller.basis,
    "proofs": _Teller.proofs,
    "refusals": _Teller.refusals,
    "attempts": _Teller.attempts,
    "presented": _Teller.presented,
    "recording": _Teller.recording,
    "rows": _Teller.rows,
}
