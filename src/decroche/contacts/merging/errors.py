"""Why two records are not merged, or a merge not undone."""

from __future__ import annotations

from decroche.common.errors import DomainError


class SameContact(DomainError):
    """A record with itself, or with one that it was merged into already."""

    code = "same_contact"
    fr = "Ces deux fiches n'en font déjà qu'une : choisissez-en une autre."
    en = "These two contacts are already one: choose another."


class MergeInCall(DomainError):
    """One of both is on a live call, or on an agent's screen."""

    code = "merge_in_call"
    fr = "L'une des deux fiches est en ligne en ce moment : fusionnez-les quand l'appel sera terminé."
    en = "One of the two contacts is on a call right now: merge them when the call is over."


class MergeTooOld(DomainError):
    """Former values are kept for 30 days."""

    code = "merge_too_old"
    fr = "Cette fusion a plus de 30 jours : elle ne peut plus être annulée. Ses valeurs se rétablissent une à une."
    en = "This merge is more than 30 days old: it can no longer be undone. Restore its values one by one."


class MergeFollowed(DomainError):
    """The record was merged again since."""

    code = "merge_followed"
    fr = "Une autre fusion a suivi celle-ci : annulez d'abord la plus récente."
    en = "Another merge came after this one: undo the latest one first."


class MergeWorkedOn(DomainError):
    """A call, an answer or another place in a queue: nobody can say whose it is."""

    code = "merge_worked_on"
    fr = (
        "La fiche a été appelée, ou sa place en file a changé, depuis la fusion : elle ne peut plus être séparée. "
        "Créez une nouvelle fiche et rétablissez les valeurs une à une."
    )
    en = (
        "The contact was called, or its place in a queue has changed, since the merge: they can no longer be "
        "separated. Create a new contact and restore the values one by one."
    )
