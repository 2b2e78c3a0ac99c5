"""Refusals about recyclings."""

from __future__ import annotations

from decroche.common.errors import DomainError


class NothingToRecycle(DomainError):
    """Nobody ended so, or none of them may be called again."""

    code = "nothing_to_recycle"
    fr = "Aucune fiche ne peut être remise en file avec ces choix : elles sont interdites d'appel ou sans numéro."
    en = "No contacts can be put back with these choices: they may not be called, or have no number."


class RecyclingUnderWay(DomainError):
    """One at a time for a campaign."""

    code = "recycling_under_way"
    fr = "Un recyclage de cette campagne est en cours. Attendez sa fin, ou annulez-le d'abord."
    en = "This campaign is already being recycled. Wait until that is done, or undo it first."


class AlreadyUndone(DomainError):
    """It was undone, or is being undone."""

    code = "already_undone"
    fr = "Ce recyclage est déjà annulé."
    en = "This recycling has already been undone."
