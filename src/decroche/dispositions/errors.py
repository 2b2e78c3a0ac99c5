"""Refusals about outcomes."""

from __future__ import annotations

from decroche.common.errors import DomainError


class DispositionUnknown(DomainError):
    """The outcome is not one of the campaign's, or not any more."""

    code = "disposition_unknown"
    fr = "Cette qualification n'existe plus dans la campagne : rechargez la page et choisissez-en une autre."
    en = "The campaign no longer has this outcome: reload the page and choose another."


class CallbackTimeMissing(DomainError):
    """An outcome whose effect is a callback needs its time."""

    code = "callback_time_missing"
    fr = "Cette qualification promet un rappel : donnez-en la date et l'heure."
    en = "This outcome promises a callback: give its date and time."
