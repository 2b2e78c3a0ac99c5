"""Why a call is refused: typed, each with the sentence that answers "why can't I call this record?"."""

from __future__ import annotations

from enum import StrEnum

from decroche.common.errors import Language


class Reason(StrEnum):
    """Codes kept on the queue entry and shown on screens."""

    NO_NUMBER = "no_number"
    INVALID_NUMBER = "invalid_number"
    FICTION_NUMBER = "fiction_number"
    REAL_NUMBER_ON_SIMULATOR = "real_number_on_simulator"
    DO_NOT_CALL = "do_not_call"
    DO_NOT_CALL_CAMPAIGN = "do_not_call_campaign"
    OUTSIDE_HOURS = "outside_hours"
    PUBLIC_HOLIDAY = "public_holiday"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    ABANDONED_LATELY = "abandoned_lately"
    NO_PRESENTED_NUMBER = "no_presented_number"
    MOBILE_PRESENTED = "mobile_presented"
    ERASED = "erased"


SENTENCES: dict[Reason, tuple[str, str]] = {
    Reason.NO_NUMBER: (
        "Cette fiche n'a aucun numéro à appeler : ajoutez un téléphone, un mobile ou un numéro de bureau.",
        "This record has no number that can be called: add a telephone, mobile or office number.",
    ),
    Reason.INVALID_NUMBER: (
        "Ce numéro n'existe pas dans le plan de numérotation : corrigez-le dans la fiche.",
        "This number does not exist in the numbering plan: correct it in the record.",
    ),
    Reason.FICTION_NUMBER: (
        "Ce numéro appartient aux tranches réservées à la fiction : il n'est appelé que sur le simulateur.",
        "This number belongs to the blocks kept for fiction: it is only called on the simulator.",
    ),
    Reason.REAL_NUMBER_ON_SIMULATOR: (
        "Le simulateur n'appelle que les numéros de fiction (01 99 00…) : choisissez une ligne opérateur réelle.",
        "The simulator only calls numbers kept for fiction (01 99 00…): choose a real carrier line.",
    ),
    Reason.DO_NOT_CALL: (
        "Ce numéro est sur la liste noire : il ne peut plus être appelé.",
        "This number is on the do-not-call list: it may not be called any more.",
    ),
    Reason.DO_NOT_CALL_CAMPAIGN: (
        "Ce numéro est sur la liste noire de cette campagne : il ne peut plus être appelé ici.",
        "This number is on this campaign's do-not-call list: it may not be called here any more.",
    ),
    Reason.OUTSIDE_HOURS: (
        "Hors des horaires d'appel de la campagne à l'heure locale du contact : rappelez à partir du {until}.",
        "Outside the campaign's calling hours in the contact's own time: call from {until} on.",
    ),
    Reason.PUBLIC_HOLIDAY: (
        "Aujourd'hui est férié chez le contact, où le démarchage est interdit : rappelez à partir du {until}.",
        "Today is a public holiday where the contact lives, when canvassing is forbidden: call from {until} on.",
    ),
    Reason.TOO_MANY_ATTEMPTS: (
        "Ce particulier a déjà été appelé 4 fois en 30 jours, le maximum légal : rappelez à partir du {until}.",
        "This consumer was already called 4 times in 30 days, the legal maximum: call from {until} on.",
    ),
    Reason.ABANDONED_LATELY: (
        "Ce contact a décroché sans trouver d'agent : le numéroteur le laisse tranquille 72 h, jusqu'au {until}. "
        "Un agent peut l'appeler lui-même.",
        "This contact answered and found no agent: the dialer leaves him alone for 72 hours, until {until}. "
        "An agent may call him himself.",
    ),
    Reason.NO_PRESENTED_NUMBER: (
        "La campagne n'a aucun numéro à présenter pour cet appel : demandez au chef de plateau d'en choisir un.",
        "The campaign has no number to present for this call: ask the supervisor to choose one.",
    ),
    Reason.MOBILE_PRESENTED: (
        "Un centre d'appels ne présente jamais de 06 ni de 07 : demandez au chef de plateau d'en choisir un autre.",
        "A call centre may not present a 06 or 07 number: ask the supervisor to choose another.",
    ),
    Reason.ERASED: (
        "Cette fiche a été effacée à la demande de la personne : elle ne peut plus être appelée.",
        "This record was erased at the person's request: it may not be called any more.",
    ),
}


def sentence(reason: Reason, language: Language, until: str = "") -> str:
    """For a screen; `until` already written in the user's way."""
    french, english = SENTENCES[reason]
    return (english if language == "en" else french).format(until=until)
