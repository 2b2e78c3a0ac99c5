"""Words of the document of proofs, in French and in English."""

from __future__ import annotations

from decroche.common.errors import Language


def _both(fr: str, en: str) -> dict[Language, str]:
    return {"fr": fr, "en": en}


LABELS: dict[str, dict[Language, str]] = {
    "title": _both("Preuves de consentement", "Proofs of consent"),
    "record": _both("fiche", "contact"),
    "person": _both("Personne", "Person"),
    "numbers": _both("Numéros", "Numbers"),
    "made_on": _both("Document établi le", "Document created on"),
    "made_by": _both("Par", "By"),
    "rulebook": _both("Règles en vigueur", "Rules in force"),
    "count": _both("Accords", "Agreements"),
    "law": _both(
        "Registre tenu en ajout seul : aucun accord n'y est modifié, un retrait s'y ajoute. Code de la consommation, "
        "articles L223-1 et R223-1 à R223-3. L'empreinte est le SHA-256 de l'accord écrit en JSON.",
        "Kept as an append-only ledger: no agreement is changed, a withdrawal is added. Code de la consommation, "
        "articles L223-1 and R223-1 to R223-3. The hash is the SHA-256 of the agreement written as JSON.",
    ),
    "state": _both("État ce jour", "State today"),
    "who": _both("Au nom de", "In the name of"),
    "number": _both("Numéro concerné", "Number concerned"),
    "all_numbers": _both("tous ses numéros", "all numbers"),
    "principal": _both("Mandant", "Principal"),
    "third_party": _both("Recueilli par", "Collected by"),
    "given_at": _both("Donné le", "Given on"),
    "channel": _both("Moyen", "Channel"),
    "act": _both("Acte", "Act"),
    "wording_version": _both("Version du texte", "Version of wording"),
    "wording": _both("Texte exact", "Exact wording"),
    "ends_at": _both("Fin", "End"),
    "slot": _both("Créneau convenu", "Agreed time"),
    "evidence": _both("Pièce", "Evidence"),
    "reference": _both("Référence de la preuve", "Reference of the evidence"),
    "call": _both("Appel", "Call"),
    "recorded": _both("Enregistré le", "Recorded on"),
    "archive_until": _both("Gardé jusqu'au", "Kept until"),
    "hash": _both("Empreinte SHA-256", "SHA-256 hash"),
    "withdrawal": _both("Retiré le", "Withdrawn on"),
    "withdrawal_hash": _both("Empreinte du retrait", "Withdrawal's hash"),
}
VALUES: dict[str, dict[Language, str]] = {
    "consent": _both("Consentement", "Consent"),
    "contract": _both("Contrat en cours", "Current contract"),
    "callback_request": _both("Demande de rappel", "Callback request"),
    "live": _both("en cours", "in force"),
    "to_come": _both("à venir", "to come"),
    "expired": _both("expiré", "expired"),
    "withdrawn": _both("retiré", "withdrawn"),
    "web_form": _both("formulaire web", "web form"),
    "phone": _both("téléphone", "telephone"),
    "paper": _both("papier", "paper"),
    "email": _both("courriel", "e-mail"),
    "in_person": _both("en personne", "in person"),
    "third_party": _both("tiers", "third party"),
    "roll_back": _both("retrait du lot d'importation, non de la personne", "roll-back of its import, not the person"),
}
