"""Each reason in two or three words, for lists and counts: "811 sans consentement". Pure; a test holds it complete."""

from __future__ import annotations

from datetime import datetime
from string import Formatter

from decroche.common.errors import Language
from decroche.compliance.reasons import BY_CODE, PARIS, said

SHORT: dict[str, tuple[str, str]] = {
    "no_number": ("sans numéro", "no number"),
    "invalid_number": ("numéro inexistant", "number that does not exist"),
    "fiction_number": ("numéro de fiction", "fictional number"),
    "real_number_on_simulator": ("numéro réel, sur le simulateur", "real number, on the simulator"),
    "do_not_call": ("sur la liste noire", "on the do-not-call list"),
    "do_not_call_campaign": ("sur la liste noire de la campagne", "on the campaign's do-not-call list"),
    "do_not_call_prefix": ("début de numéro sur la liste noire", "number prefix on the do-not-call list"),
    "erased": ("fiche effacée", "contact erased"),
    "objected": ("refus de la personne", "refused to be called"),
    "objected_lately": ("refus récent de la personne", "refused recently"),
    "too_many_attempts": ("maximum légal d'appels atteint", "legal maximum of calls reached"),
    "abandoned_lately": ("appel muet récent", "recent abandoned call"),
    "banned_sector": ("secteur interdit", "banned sector"),
    "no_principal": ("campagne sans mandant", "campaign without a principal"),
    "no_consent": ("sans consentement", "no consent"),
    "consent_expired": ("consentement expiré", "consent expired"),
    "consent_withdrawn": ("consentement retiré", "consent withdrawn"),
    "consent_other_number": ("consentement pour un autre numéro", "consent for another number"),
    "consent_later": ("consentement à venir", "consent not valid yet"),
    "no_contract": ("sans contrat en cours", "no current contract"),
    "no_request": ("sans demande de rappel", "no callback request"),
    "request_too_old": ("demande de rappel trop ancienne", "callback request too old"),
    "outside_hours": ("hors des heures légales", "outside the legal hours"),
    "outside_campaign_hours": ("hors des horaires de la campagne", "outside the campaign's hours"),
    "no_campaign_hours": ("campagne sans horaires", "campaign without calling hours"),
    "public_holiday": ("jour férié", "public holiday"),
    "no_presented_number": ("aucun numéro à présenter", "no presented number"),
    "fiction_presented": ("numéro présenté de fiction", "fictional presented number"),
    "mobile_presented": ("numéro présenté mobile", "mobile presented number"),
    "premium_presented": ("numéro présenté surtaxé", "premium-rate presented number"),
    "technical_presented": ("numéro présenté technique", "technical presented number"),
    "foreign_presented": ("numéro présenté étranger", "foreign presented number"),
    "presented_of_another": ("numéro présenté d'un autre mandant", "another principal's presented number"),
    "territorial_presented": ("numéro présenté territorial", "territorial presented number"),
    "presented_exhausted": ("limite du jour des numéros présentés", "presented numbers at their daily limit"),
}


def in_short(code: str, language: Language = "fr") -> str:
    """What a kept code means; a code of an older version is shown as it is."""
    both = SHORT.get(code)
    return code if both is None else both[1 if language == "en" else 0]


def recalled(code: str, until: datetime | None, language: Language = "fr", zone: str = PARIS) -> str:
    """The sentence of a kept code, of which only the end is known: whole where that is all it says, else in short."""
    kind = BY_CODE.get(code)
    if kind is None:
        return code
    told = {field for _, field, _, _ in Formatter().parse(kind.fr) if field}
    if told - {"until"} == set() and (until is not None or not told):
        return kind(until=until).sentence(language, zone)
    words = in_short(code, language)
    words = words[0].upper() + words[1:]
    if until is None:
        return f"{words}."
    return f"{words}, {'jusqu’au' if language == 'fr' else 'until'} {said(until, language, zone)}."
