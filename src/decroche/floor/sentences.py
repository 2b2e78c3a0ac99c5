"""What the floor says of its own accord: notices and farewells, in French and in English."""

from __future__ import annotations

from decroche.common.errors import Language

Pair = tuple[str, str]

BYES: dict[str, Pair] = {
    "signed_in_elsewhere": (
        "Votre session continue dans une autre fenêtre.",
        "Your session goes on in another window.",
    ),
    "signed_out": ("Le chef de plateau vous a déconnecté.", "The supervisor signed you out."),
    "session_expired": (
        "Votre connexion a expiré : reconnectez-vous.",
        "Your session has expired: sign in again.",
    ),
    "restarting": (
        "Le plateau redémarre : reconnexion automatique dans un instant. Votre conversation continue.",
        "The floor is restarting: reconnecting by itself in a moment. Your conversation goes on.",
    ),
}

NOTICES: dict[str, Pair] = {
    "outcome_missing": (
        "Post-appel terminé sans qualification : choisissez-en une, vous reprendrez aussitôt.",
        "Wrap-up ended without an outcome: choose one, and you go on at once.",
    ),
    "calls_count_on_you": (
        "Des appels déjà lancés comptent sur vous : vous êtes libre dans 15 s au plus, ou après l'appel.",
        "Calls already placed count on you: you are free in 15 s at most, or after the call.",
    ),
    "recording_resumed": (
        "L'enregistrement a repris de lui-même : remettez-le en pause si des données bancaires sont encore dites.",
        "Recording went on by itself: pause it again if bank data is still being said.",
    ),
    "machine_heard": (
        "C'était un répondeur : la ligne a été libérée, l'appel suivant arrive.",
        "It was an answering machine: the line was freed, the next call is coming.",
    ),
    "campaign_stopped": (
        "La campagne de cette fiche vient d'être arrêtée : la fiche est rendue.",
        "This record's campaign was just stopped: the record is given back.",
    ),
    "offer_refused_meanwhile": (
        "Cette personne vient de refuser d'être appelée : sa fiche a été retirée.",
        "This person has just refused to be called: the record was taken away.",
    ),
    "callback_other_campaign": (
        "Rappel à tenir : vous passez un instant sur la campagne {campaign}.",
        "A callback is due: you work for a moment on the campaign {campaign}.",
    ),
    "paused_by_supervisor": ("Le chef de plateau vous a mis en pause.", "The supervisor paused you."),
    "pause_by_supervisor_next": (
        "Le chef de plateau vous met en pause après cet appel.",
        "The supervisor pauses you after this call.",
    ),
    "hung_up_by_supervisor": ("Le chef de plateau a raccroché cet appel.", "The supervisor hung this call up."),
    "line_not_ready": (
        "L'appel de test n'a pas pu partir par cette ligne.",
        "The test call could not leave through this line.",
    ),
    "test_dialing": ("Appel de test : numérotation.", "Test call: dialing."),
    "test_ringing": ("Appel de test : ça sonne.", "Test call: it rings."),
    "test_answered": (
        "Appel de test : décroché, un message est joué.",
        "Test call: answered, a message is being played.",
    ),
    "test_over": ("Appel de test terminé : {result}.", "Test call over: {result}."),
}


def pick(pair: Pair, language: Language) -> str:
    return pair[1] if language == "en" else pair[0]
