"""Refusals about callbacks."""

from decroche.common.errors import DomainError


class CallbackOver(DomainError):
    """The promise was kept or cancelled: it cannot be changed any more."""

    code = "callback_over"
    fr = "Ce rappel est déjà fait ou annulé : il ne peut plus changer. Rechargez la liste."
    en = "This callback is done or cancelled already and cannot change any more. Reload the list."
