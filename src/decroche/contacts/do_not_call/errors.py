"""Refusals about the do-not-call list."""

from decroche.common.errors import DomainError


class ConfirmationNeeded(DomainError):
    """Taking a number off the list was not confirmed."""

    code = "confirmation_needed"
    fr = (
        "Ce numéro pourra de nouveau être appelé. Si la personne s'est opposée aux appels, la loi l'interdit "
        "(Code de la consommation L221-16). Confirmez pour le retirer de la liste noire."
    )
    en = (
        "This number could be called again. If the person objected to calls, the law forbids it "
        "(Code de la consommation L221-16). Confirm to take it off the do-not-call list."
    )
