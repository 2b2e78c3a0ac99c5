"""What the floor says of its own accord: notices and farewells, in French and in English."""

from __future__ import annotations

from decroche.common.errors import Language

Pair = tuple[str, str]

BYES: dict[str, Pair] = {
    "signed_in_elsewhere": (
        "Votre session continue dans une autre fenêtre.",
        "Your session continues in another window.",
    ),
    "signed_out": ("Le chef de plateau vous a déconnecté.", "The supervisor signed you out."),
    "session_expired": (
        "Votre connexion a expiré : reconnectez-vous.",
        "Your session has expired: sign in again.",
    ),
    "restarting": (
        "Le plateau redémarre : reconnexion automatique dans un instant. Votre conversation continue.",
        "The floor is restarting: it reconnects by itself in a moment. Your conversation continues.",
    ),
}

NOTICES: dict[str, Pair] = {
    "outcome_missing": (
        "Post-appel terminé sans qualification : choisissez-en une, vous reprendrez aussitôt.",
        "Wrap-up ended without an outcome: choose one to carry on straight away.",
    ),
    "calls_count_on_you": (
        "Des appels déjà lancés comptent sur vous : vous êtes libre dans 15 s au plus, ou après l'appel.",
        "You are needed for calls already placed: you are free within 15 s, or after the call.",
    ),
    "recording_resumed": (
        "L'enregistrement a repris de lui-même : remettez-le en pause si des données bancaires sont encore dites.",
        "Recording resumed by itself: pause it again if bank details are still being given.",
    ),
    "machine_heard": (
        "C'était un répondeur : la ligne a été libérée, l'appel suivant arrive.",
        "It was an answering machine: the line has been released, the next call is coming.",
    ),
    "campaign_stopped": (
        "La campagne de cette fiche vient d'être arrêtée : la fiche est rendue.",
        "This contact's campaign has just been stopped: the contact goes back to the queue.",
    ),
    "offer_refused_meanwhile": (
        "Cette personne vient de refuser d'être appelée : sa fiche a été retirée.",
        "This person has just refused to be called: the contact was taken off your screen.",
    ),
    "callback_other_campaign": (
        "Rappel à tenir : vous passez un instant sur la campagne {campaign}.",
        "A callback is due: you are working on the campaign {campaign} for a moment.",
    ),
    "paused_by_supervisor": ("Le chef de plateau vous a mis en pause.", "The supervisor paused you."),
    "pause_by_supervisor_next": (
        "Le chef de plateau vous met en pause après cet appel.",
        "The supervisor will pause you after this call.",
    ),
    "hung_up_by_supervisor": ("Le chef de plateau a raccroché cet appel.", "The supervisor hung up this call."),
    "line_not_ready": (
        "L'appel de test n'a pas pu partir par cette ligne.",
        "The test call could not be placed on this trunk.",
    ),
    "test_dialing": ("Appel de test : numérotation.", "Test call: dialling."),
    "test_ringing": ("Appel de test : ça sonne.", "Test call: ringing."),
    "test_answered": (
        "Appel de test : décroché, un message est joué.",
        "Test call: answered, a message is being played.",
    ),
    "test_over": ("Appel de test terminé : {result}.", "Test call over: {result}."),
}


def pick(pair: Pair, language: Language) -> str:
    return pair[1] if language == "en" else pair[0]
