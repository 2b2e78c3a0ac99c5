"""Refusals about bulk actions."""

from decroche.campaigns.errors import CampaignArchived
from decroche.common.errors import DomainError


class SelectionChanged(DomainError):
    """More or fewer contacts than the person confirmed; facts `expected`, `contacts`."""

    code = "selection_changed"
    fr = (
        "Vous avez confirmé pour {expected} fiches ; la sélection en compte maintenant {contacts}. "
        "Rien n'a été fait : relancez la recherche et confirmez de nouveau."
    )
    en = (
        "You confirmed for {expected} contacts; the selection now has {contacts}. "
        "Nothing was done: search again and confirm again."
    )


class NothingSelected(DomainError):
    """The selection is empty."""

    code = "nothing_selected"
    fr = "Aucune fiche ne correspond : rien n'a été fait."
    en = "No contact matches: nothing was done."


class CannotUndo(DomainError):
    """An erasure, or an action that is not over or was undone already."""

    code = "cannot_undo"
    fr = "Cette action ne peut pas être annulée : elle est en cours, déjà annulée, ou c'est un effacement."
    en = "This action cannot be undone: it is in progress, already undone, or an erasure."


class BulkFailed(DomainError):
    """An unexpected fault; what was done before it stays and can be undone."""

    code = "bulk_failed"
    fr = "Une erreur inattendue a arrêté l'action. Ce qui était fait le reste : annulez-le, ou recommencez."
    en = "An unexpected error stopped the action. What was done stays: undo it, or start again."


ENDINGS = (SelectionChanged, NothingSelected, BulkFailed, CampaignArchived)
BY_CODE: dict[str, type[DomainError]] = {one.code: one for one in ENDINGS}
