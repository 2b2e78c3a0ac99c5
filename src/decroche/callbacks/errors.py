"""Refusals about callbacks."""

from decroche.common.errors import DomainError


class CallbackOver(DomainError):
    """The promise was kept or cancelled: it cannot be changed any more."""

    code = "callback_over"
    fr = "Ce rappel est déjà fait ou annulé : il ne peut plus changer. Rechargez la liste."
    en = "This callback is done or cancelled already and cannot change any more. Reload the list."


class CallbackInPast(DomainError):
    """A promise is for later."""

    code = "callback_in_past"
    field = "due_at"
    fr = "L'heure du rappel est déjà passée : choisissez une heure à venir."
    en = "The time of the callback is past: choose a time to come."
