"""Refusals about the ledger."""

from __future__ import annotations

from decroche.common.errors import DomainError


class SirenTaken(DomainError):
    """The company is there already."""

    code = "siren_taken"
    field = "siren"
    fr = "Ce SIREN est déjà celui de « {name} »."
    en = 'This SIREN already belongs to "{name}".'


class PrincipalInUse(DomainError):
    """Campaigns or proofs belong to it."""

    code = "principal_in_use"
    fr = "Des campagnes ou des preuves se rattachent à ce mandant : il ne peut pas être supprimé."
    en = "Campaigns or proofs belong to this principal: it cannot be deleted."


class AlreadyWithdrawn(DomainError):
    """It was taken back before."""

    code = "already_withdrawn"
    fr = "Ce consentement a déjà été retiré."
    en = "This consent was already withdrawn."


class NoWording(DomainError):
    """Nothing to read aloud."""

    code = "no_consent_wording"
    fr = "Cette campagne n'a pas de texte de consentement, ou pas de mandant : demandez à un superviseur de les régler."
    en = "This campaign has no consent wording, or no principal: ask a supervisor to set them."


class NotTalkedTo(DomainError):
    """Nobody answered."""

    code = "not_talked_to"
    fr = "Personne n'a répondu à cet appel : aucun consentement n'a pu y être donné."
    en = "Nobody answered this call: no consent can have been given in it."


class EvidenceTooLarge(DomainError):
    """More than we keep."""

    code = "evidence_too_large"
    field = "file"
    status = 413
    fr = "Ce fichier dépasse 20 Mo : joignez-en une version plus légère."
    en = "This file is larger than 20 MB: attach a lighter version."
