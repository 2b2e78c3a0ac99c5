"""The register in words: sections of labelled lines, for the screen and for paper. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from decroche.common.errors import Language
from decroche.common.paper import Line, Section, moment
from decroche.common.shares import percentage
from decroche.common.spans import span
from decroche.privacy.register import words as w
from decroche.privacy.register.facts import CampaignFact, PrincipalFact, RegisterFacts


def told(facts: RegisterFacts, language: Language) -> list[Section]:
    """Controller, processing by processing, recipients, security."""
    return list(_Teller(facts, language).sections())


class _Teller:
    def __init__(self, facts: RegisterFacts, language: Language) -> None:
        self.facts, self.language = facts, language

    # ── Words ────────────────────────────────────────────────────────────────
    def say(self, code: str, /, **facts: object) -> str:
        return w.said(w.SENTENCES[code], self.language, **facts)

    def line(self, label: str, text: str) -> Line:
        return Line(w.said(w.LABELS[label], self.language), text)

    def section(self, code: str, lines: Iterable[Line], title: str = "", **facts: object) -> Section:
        return Section(
            code, w.said(w.TITLES[title or code], self.language, **facts), [one for one in lines if one.text]
        )

    def each(self, table: dict[str, w.Both], codes: Iterable[str]) -> str:
        return w.joined((w.said(table[code], self.language) for code in codes), self.language)

    def kept(self, *kinds: str) -> str:
        def one(kind: str, months: int, days: int | None) -> str:
            return self.say("kept", kind=w.said(w.KINDS[kind], self.language), span=span(months, days, self.language))

        return "\n".join(one(term.kind, term.months, term.days) for term in self.facts.terms if term.kind in kinds)

    # ── Sections ─────────────────────────────────────────────────────────────
    def sections(self) -> Iterator[Section]:
        yield self.section("controller", self._controller())
        for number, one in enumerate(self.facts.principals):
            title = "prospecting" if one.siren else "prospecting_own"
            yield self.section(f"prospecting-{number}", self._prospecting(one), title, name=one.name)
        yield self.section("objections", self._objections())
        yield self.section("proofs", self._proofs())
        yield self.section("recordings", self._recordings())
        yield self.section("agents", self._agents())
        yield self.section("recipients", self._recipients())
        measures = (
            Line("", w.said(w.MEASURES[one.code], self.language, **_plain(one.facts))) for one in self.facts.measures
        )
        yield self.section("security", measures)

    def _controller(self) -> Iterator[Line]:
        chosen, empty = self.facts.settings, self.say("to_fill")
        yield self.line("made_on", moment(self.facts.made_at))
        yield self.line("company", chosen.company_name or empty)
        yield self.line("siren", chosen.company_siren or empty)
        yield self.line("address", chosen.company_address or empty)
        yield self.line("contact", chosen.privacy_contact or empty)
        yield self.line("dpo", chosen.dpo)
        yield Line("", self.say("law"))

    def _prospecting(self, one: PrincipalFact) -> Iterator[Line]:
        own = one.siren in ("", self.facts.settings.company_siren)
        yield self.line("role", self.say("own_role") if own else self.say("processor", siren=one.siren))
        yield self.line("purposes", "\n".join(campaign.name for campaign in one.campaigns))
        yield self.line("basis", self.each(w.BASES, (campaign.basis for campaign in one.campaigns)))
        yield self.line("persons", self.each(w.PERSONS, (campaign.audience for campaign in one.campaigns)))
        data, added = self.say("data"), ", ".join(self.facts.own_fields)
        yield self.line("data", self.say("own_fields", data=data, fields=added) if added else data)
        yield self.line("source", self.say("source"))
        yield self.line(
            "kept", self.kept("prospect", "client", "note", "callback_note", "appointment_note", "mail", "refused_row")
        )
        yield self.line("recipients", self.say("principal_only", name=one.name) if one.name else "")

    def _objections(self) -> Iterator[Line]:
        yield from self._simple("objections", ("purposes", "purpose"), ("basis", "basis"), ("data", "data"))
        yield self.line("kept", self.say("objections_kept"))

    def _proofs(self) -> Iterator[Line]:
        yield from self._simple("proofs", ("purposes", "purpose"), ("basis", "basis"), ("data", "data"))
        yield self.line("kept", self.kept("proof", "evidence", "decision"))

    def _recordings(self) -> Iterator[Line]:
        recorded = [campaign for one in self.facts.principals for campaign in one.campaigns if campaign.recorded_for]
        if not recorded:
            yield Line("", self.say("no_recordings"))
            return
        yield self.line("purposes", "\n".join(self._recorded(one) for one in recorded))
        yield from self._simple("recordings", ("basis", "basis"), ("persons", "persons"), ("data", "data"))
        yield self.line("kept", self.kept("recording"))

    def _recorded(self, one: CampaignFact) -> str:
        purpose = w.said(w.RECORDED_FOR[one.recorded_for], self.language)
        if not one.share:
            return self.say("on_demand", name=one.name, purpose=purpose)
        return self.say("share", name=one.name, purpose=purpose, share=percentage(one.share, self.language))

    def _agents(self) -> Iterator[Line]:
        yield from self._simple(
            "agents", ("purposes", "purpose"), ("basis", "basis"), ("data", "data"), ("kept", "kept"),
            ("recipients", "recipients"),
        )  # fmt: skip

    def _simple(self, group: str, *names: tuple[str, str]) -> Iterator[Line]:
        for label, name in names:
            yield self.line(label, self.say(f"{group}_{name}"))

    def _recipients(self) -> Iterator[Line]:
        def named(*kinds: str) -> str:
            return "\n".join(name for kind, name in self.facts.recipients if kind in kinds) or self.say("none")

        yield self.line("carriers", named("carrier"))
        yield self.line("mail", named("mail"))
        yield self.line("programs", named("webhook", "program"))
        yield self.line("hosting", self.facts.settings.hosting or self.say("to_fill"))
        yield self.line("transfers", self.say("transfers"))


def _plain(facts: dict[str, object]) -> dict[str, object]:
    return {name: moment(one) if isinstance(one, datetime) else one for name, one in facts.items()}
