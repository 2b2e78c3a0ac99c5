"""Why a call is refused: small types with their facts, each with the sentence that answers "why can't I call?". Pure.

`code` is what queue entries, screens and programs keep; `rule` names the row of the rulebook; `until` is when this
reason ends by itself, None where it does not.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from decroche.common.errors import Language

PARIS = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Reason:
    """One refusal. Sub-classes set the code, the sentences, and what they say besides."""

    code: ClassVar[str]
    fr: ClassVar[str]
    en: ClassVar[str]
    mended_by: ClassVar[Literal["nobody", "record", "ledger", "campaign", "time"]] = "nobody"
    """What would make the call lawful: a corrected record, a proof in the ledger, other settings, or waiting."""

    rule: str = ""
    until: datetime | None = None

    def sentence(self, language: Language = "fr", zone: str = PARIS) -> str:
        """What is so, what it means, what to do; moments in the time of `zone`."""
        template = self.en if language == "en" else self.fr
        return template.format(**{f.name: said(getattr(self, f.name), language, zone) for f in fields(self)})

    def facts(self) -> dict[str, Any]:
        """What the sentence is made of, for programs: ISO instants with their offset."""
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("rule", "until")}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in plain.items()}


# ── Of the number ────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class NoNumber(Reason):
    """Nothing to dial."""

    code = "no_number"
    mended_by = "record"
    fr = "Cette fiche n'a aucun numéro à appeler : ajoutez un téléphone, un mobile ou un numéro de bureau."
    en = "This contact has no number that can be called: add a landline, mobile or office number."


@dataclass(frozen=True, slots=True)
class InvalidNumber(Reason):
    """Not a number of the numbering plan."""

    code = "invalid_number"
    mended_by = "record"
    fr = "Ce numéro n'existe pas dans le plan de numérotation : corrigez-le dans la fiche."
    en = "This number does not exist in the numbering plan: correct it on the contact."


@dataclass(frozen=True, slots=True)
class FictionNumber(Reason):
    """Kept for fiction, on a real line."""

    code = "fiction_number"
    mended_by = "record"
    fr = "Ce numéro appartient aux tranches réservées à la fiction : il n'est appelé que sur le simulateur."
    en = "This is a fictional number: only the simulator can call it."


@dataclass(frozen=True, slots=True)
class RealNumberOnSimulator(Reason):
    """A real number, on the simulator."""

    code = "real_number_on_simulator"
    mended_by = "record"
    fr = "Le simulateur n'appelle que les numéros de fiction (01 99 00…) : choisissez une ligne opérateur réelle."
    en = "The simulator only calls fictional numbers (01 99 00…): choose a real trunk."


@dataclass(frozen=True, slots=True)
class DoNotCall(Reason):
    """On the list of the whole floor."""

    code = "do_not_call"
    fr = "Ce numéro est sur la liste noire{since} : il ne peut plus être appelé."
    en = "This number is on the do-not-call list{since}: it may no longer be called."

    since: datetime | None = None

    def sentence(self, language: Language = "fr", zone: str = PARIS) -> str:
        day = "" if self.since is None else _day(self.since, language, zone)
        words = {"fr": f" depuis le {day}", "en": f" (since {day})"}[language] if day else ""
        return (self.en if language == "en" else self.fr).format(since=words)


@dataclass(frozen=True, slots=True)
class DoNotCallCampaign(DoNotCall):
    """On the list of this campaign."""

    code = "do_not_call_campaign"
    fr = "Ce numéro est sur la liste noire de cette campagne{since} : il ne peut plus être appelé ici."
    en = "This number is on this campaign's do-not-call list{since}: it may no longer be called here."


@dataclass(frozen=True, slots=True)
class DoNotCallPrefix(DoNotCall):
    """A whole beginning of numbers is on the list."""

    code = "do_not_call_prefix"
    fr = "Les numéros qui commencent ainsi sont sur la liste noire{since} : celui-ci ne peut pas être appelé."
    en = "Numbers starting like this are on the do-not-call list{since}: this one may not be called."


# ── Of the person ────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Erased(Reason):
    """The record is gone."""

    code = "erased"
    fr = "Cette fiche a été effacée à la demande de la personne : elle ne peut plus être appelée."
    en = "This contact was erased at the person's request: it may no longer be called."


@dataclass(frozen=True, slots=True)
class Objected(Reason):
    """The person said no."""

    code = "objected"
    fr = "Cette personne a refusé d'être appelée le {at} : la loi interdit de la rappeler."
    en = "This person refused to be called on {at}: the law forbids another call."

    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObjectedLately(Objected):
    """The person said no, under the rules before 11 August 2026."""

    code = "objected_lately"
    mended_by = "time"
    fr = "Cette personne a refusé d'être appelée le {at} : pas d'appel avant le {until}."
    en = "This person refused to be called on {at}: no call before {until}."


@dataclass(frozen=True, slots=True)
class TooManyAttempts(Reason):
    """The legal maximum is reached."""

    code = "too_many_attempts"
    mended_by = "time"
    fr = (
        "Ce particulier a déjà été appelé {attempts} fois en {days} jours, le maximum légal est {most} : "
        "rappelez à partir du {until}."
    )
    en = (
        "This consumer was already called {attempts} times in {days} days, and the legal maximum is {most}: "
        "call from {until}."
    )

    attempts: int = 0
    most: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class AbandonedLately(Reason):
    """He answered, and nobody spoke."""

    code = "abandoned_lately"
    mended_by = "time"
    fr = (
        "Ce contact a décroché sans trouver d'agent le {at} : le numéroteur le laisse tranquille jusqu'au {until}. "
        "Un agent peut l'appeler lui-même."
    )
    en = (
        "This contact answered and found no agent on {at}: the dialler leaves them alone until {until}. "
        "An agent may still call them by hand."
    )

    at: datetime | None = None


# ── Of the legal basis ───────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class BannedSector(Reason):
    """Nobody is canvassed for this."""

    code = "banned_sector"
    mended_by = "campaign"
    fr = (
        "Le démarchage est interdit dans ce secteur ({sector}), même avec un consentement : seuls un contrat en cours "
        "ou une demande de rappel prouvée depuis moins de 5 jours ouvrés permettent d'appeler."
    )
    en = (
        "Canvassing is banned in this sector ({sector}), even with consent: only a current contract or a proven "
        "callback request from the last 5 working days allows a call."
    )

    sector: str = ""

    def sentence(self, language: Language = "fr", zone: str = PARIS) -> str:
        names = SECTORS[self.sector]
        return (self.en if language == "en" else self.fr).format(sector=names[1 if language == "en" else 0])


SECTORS: dict[str, tuple[str, str]] = {
    "energy": ("rénovation énergétique, énergies renouvelables", "energy renovation, renewable energy"),
    "home_adaptation": ("adaptation du logement", "home adaptation"),
    "training_account": ("compte personnel de formation", "personal training account"),
}


@dataclass(frozen=True, slots=True)
class NoPrincipal(Reason):
    """Nobody wrote down for whom this calls."""

    code = "no_principal"
    mended_by = "campaign"
    fr = "La campagne ne dit pas pour quelle entreprise elle appelle (SIREN) : une preuve ne peut pas s'y rattacher."
    en = "The campaign does not say which company it calls for (SIREN): no proof can belong to it."


@dataclass(frozen=True, slots=True)
class NoConsent(Reason):
    """No proof at all."""

    code = "no_consent"
    mended_by = "ledger"
    fr = (
        "Aucun consentement prouvé de cette personne pour ce mandant : depuis le 11 août 2026, la loi interdit de la "
        "démarcher."
    )
    en = "No proven consent of this person for this principal: since 11 August 2026 the law forbids canvassing them."


@dataclass(frozen=True, slots=True)
class ConsentExpired(Reason):
    """Too old."""

    code = "consent_expired"
    mended_by = "ledger"
    fr = "Le consentement de cette personne a expiré le {at} : il vaut un an au plus et ne se renouvelle pas tout seul."
    en = "This person's consent expired on {at}: it is valid for one year at most and is not renewed automatically."

    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Reason):
    """Taken back."""

    code = "consent_withdrawn"
    mended_by = "ledger"
    fr = "Cette personne a retiré son consentement le {at} : elle ne peut plus être démarchée."
    en = "This person withdrew consent on {at}: they may no longer be canvassed."

    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConsentOtherNumber(Reason):
    """Given for another number."""

    code = "consent_other_number"
    mended_by = "ledger"
    fr = "Le consentement de cette personne porte sur un autre numéro : appelez celui-là."
    en = "This person's consent concerns another number: call that one."


@dataclass(frozen=True, slots=True)
class NotYetConsented(Reason):
    """The proof begins later."""

    code = "consent_later"
    mended_by = "time"
    fr = "Le consentement de cette personne ne commence que le {until}."
    en = "This person's consent is not valid until {until}."


@dataclass(frozen=True, slots=True)
class NoContract(Reason):
    """No contract in progress."""

    code = "no_contract"
    mended_by = "ledger"
    fr = (
        "Aucun contrat en cours de cette personne avec ce mandant n'est inscrit au registre : "
        "elle ne peut pas être appelée."
    )
    en = "The ledger has no current contract between this person and this principal: they may not be called."


@dataclass(frozen=True, slots=True)
class NoRequest(Reason):
    """Nobody asked."""

    code = "no_request"
    mended_by = "ledger"
    fr = "Aucune demande de rappel prouvée de cette personne : elle ne peut pas être appelée."
    en = "No proven callback request from this person: they may not be called."


@dataclass(frozen=True, slots=True)
class RequestTooOld(Reason):
    """Asked too long ago."""

    code = "request_too_old"
    mended_by = "ledger"
    fr = "La demande de rappel de cette personne date du {at} : elle valait 5 jours ouvrés."
    en = "This person asked for a callback on {at}: that was valid for 5 working days."

    at: datetime | None = None


# ── Of the moment ────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class OutsideHours(Reason):
    """The law's hours for consumers."""

    code = "outside_hours"
    mended_by = "time"
    fr = (
        "Hors des heures légales à l'heure locale du contact (lundi à vendredi, 10 h à 13 h et 14 h à 20 h) : "
        "rappelez à partir du {until}."
    )
    en = (
        "Outside the legal hours in the contact's own time (Monday to Friday, 10:00 to 13:00 and 14:00 to 20:00): "
        "call from {until}."
    )


@dataclass(frozen=True, slots=True)
class OutsideCampaignHours(Reason):
    """The campaign's own hours."""

    code = "outside_campaign_hours"
    mended_by = "time"
    fr = "Hors des horaires d'appel de la campagne à l'heure locale du contact : rappelez à partir du {until}."
    en = "Outside the campaign's calling hours in the contact's own time: call from {until}."


@dataclass(frozen=True, slots=True)
class NoCampaignHours(Reason):
    """It never calls."""

    code = "no_campaign_hours"
    mended_by = "campaign"
    fr = "La campagne n'a aucun horaire d'appel : choisissez-en dans ses réglages."
    en = "The campaign has no calling hours at all: choose some in its settings."


@dataclass(frozen=True, slots=True)
class PublicHoliday(Reason):
    """A day off where the contact lives."""

    code = "public_holiday"
    mended_by = "time"
    fr = "Jour férié chez le contact, où l'on ne démarche pas : rappelez à partir du {until}."
    en = "Public holiday where the contact lives, when nobody may be canvassed: call from {until}."


# ── Of the number shown ──────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class NoPresentedNumber(Reason):
    """Nothing to show; a call is never anonymous."""

    code = "no_presented_number"
    mended_by = "campaign"
    fr = "La campagne n'a aucun numéro à présenter pour cet appel : demandez au chef de plateau d'en choisir un."
    en = "The campaign has no presented number for this call: ask the supervisor to choose one."


@dataclass(frozen=True, slots=True)
class FictionPresented(Reason):
    """A number of fiction, on a real line."""

    code = "fiction_presented"
    mended_by = "campaign"
    fr = "Un numéro réservé à la fiction ne peut être présenté que sur le simulateur : choisissez un numéro du mandant."
    en = "A fictional number may only be presented on the simulator: choose a number of the principal."


@dataclass(frozen=True, slots=True)
class MobilePresented(Reason):
    """06 or 07."""

    code = "mobile_presented"
    mended_by = "campaign"
    fr = "Un centre d'appels ne présente jamais de 06 ni de 07 : demandez au chef de plateau d'en choisir un autre."
    en = "A call centre may not present an 06 or 07 number: ask the supervisor to choose another."


@dataclass(frozen=True, slots=True)
class PremiumPresented(Reason):
    """A number that costs who calls it back."""

    code = "premium_presented"
    mended_by = "campaign"
    fr = "Un numéro surtaxé (081, 082, 089, 118, numéros courts) ne peut pas être présenté : choisissez-en un autre."
    en = "A premium-rate number (081, 082, 089, 118, short numbers) may not be presented: choose another."


@dataclass(frozen=True, slots=True)
class TechnicalPresented(Reason):
    """0937 to 0939."""

    code = "technical_presented"
    mended_by = "campaign"
    fr = "Les numéros 0937 à 0939 servent aux échanges techniques, pas au démarchage : présentez-en un autre."
    en = "Numbers 0937 to 0939 are for technical exchanges, not for canvassing: present another."


@dataclass(frozen=True, slots=True)
class ForeignPresented(Reason):
    """A number of elsewhere."""

    code = "foreign_presented"
    mended_by = "campaign"
    fr = "Un numéro étranger ne peut pas être présenté pour ces appels : choisissez un numéro français du mandant."
    en = "A foreign number may not be presented for these calls: choose a French number of the principal."


@dataclass(frozen=True, slots=True)
class PresentedOfAnother(Reason):
    """A number that another company holds."""

    code = "presented_of_another"
    mended_by = "campaign"
    fr = "Le numéro présenté est à un autre mandant que celui de la campagne : choisissez un numéro de son mandant."
    en = "The presented number belongs to a principal other than the campaign's: choose a number of its principal."


@dataclass(frozen=True, slots=True)
class TerritorialPresented(Reason):
    """01 to 05 or 09, by a machine."""

    code = "territorial_presented"
    mended_by = "campaign"
    fr = (
        "Un appel automatique ne peut pas présenter un numéro territorial (01 à 05, 09), sauf polyvalent vérifié "
        "(0162, 0163, 0270…) : choisissez un numéro polyvalent, ou appelez fiche par fiche."
    )
    en = (
        "An automatic call may not present a territorial number (01 to 05, 09), except verified polyvalent ones "
        "(0162, 0163, 0270…): choose a polyvalent number, or call contact by contact."
    )


@dataclass(frozen=True, slots=True)
class PresentedExhausted(Reason):
    """All numbers that may be shown have had their calls of the day; the floor's own rule."""

    code = "presented_exhausted"
    mended_by = "time"
    fr = (
        "Les numéros que la campagne peut présenter à ce contact ont atteint leur limite d'appels du jour : rappelez à "
        "partir du {until}, ou faites ajouter un numéro par le chef de plateau."
    )
    en = (
        "The numbers that the campaign may present to this contact have reached their daily limit: call from "
        "{until}, or have the supervisor add a number."
    )


def _all(base: type[Reason]) -> list[type[Reason]]:
    return [found for sub in base.__subclasses__() for found in (sub, *_all(sub))]


BY_CODE: dict[str, type[Reason]] = {kind.code: kind for kind in _all(Reason)}
"""Every kind of refusal there is."""


def said(value: object, language: Language, zone: str) -> object:
    """A moment as people write it in that zone; anything else as it is."""
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(ZoneInfo(zone))
    return local.strftime("%d/%m/%Y à %H:%M" if language == "fr" else "%d %b %Y %H:%M")


def _day(value: datetime, language: Language, zone: str) -> str:
    return value.astimezone(ZoneInfo(zone)).strftime("%d/%m/%Y" if language == "fr" else "%d %b %Y")
