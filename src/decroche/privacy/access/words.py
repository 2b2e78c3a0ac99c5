"""What the summary calls each part, and the columns that it shows: the rest is in the JSON. A test walks the models."""

from __future__ import annotations

from collections.abc import Mapping

from decroche.exports.catalogue.words import FINISHED, QUEUE_STATES, RESULTS
from decroche.ledger import words as ledger
from decroche.ledger.dossier.words import ORIGINS

MAIL_STATES: Mapping[str, str] = {"queued": "en cours d'envoi", "sent": "envoyé", "refused": "non remis"}

TITLES: Mapping[str, str] = {
    "contacts.Contact": "Fiche",
    "contacts.ContactPhone": "Numéros de téléphone",
    "contacts.ContactNote": "Notes",
    "contacts.ScriptAnswer": "Réponses aux questions",
    "calls.Call": "Appels",
    "calls.Recording": "Enregistrements",
    "callbacks.Callback": "Rappels convenus",
    "appointments.Appointment": "Rendez-vous",
    "messages.Mail": "E-mails envoyés",
    "ledger.Proof": "Consentements, contrats et demandes de rappel",
    "ledger.Withdrawal": "Retraits de consentement",
    "ledger.Evidence": "Pièces des consentements",
    "contacts.DoNotCall": "Oppositions aux appels",
    "contacts.ContactDocument": "Documents",
    "campaigns.QueueEntry": "Campagnes",
    "ledger.Decision": "Contrôles faits avant les appels",
    "contacts.ContactChange": "Modifications de la fiche",
    "contacts.BatchChange": "Modifications par des fichiers importés",
    "contacts.MergedContact": "Fiches fusionnées dans celle-ci",
    "contacts.BulkItem": "Actions groupées",
}
"""In the order in which a person reads them."""

COLUMNS: Mapping[str, str] = {
    "civility": "Civilité",
    "first_name": "Prénom",
    "last_name": "Nom",
    "company": "Société",
    "address": "Adresse",
    "address2": "Complément",
    "postal_code": "Code postal",
    "city": "Ville",
    "country": "Pays",
    "client_code": "Code client",
    "email": "E-mail",
    "siret": "SIRET",
    "custom": "Autres champs",
    "e164": "Numéro",
    "to_address": "À",
    "from_address": "De",
    "subject": "Objet de l'e-mail",
    "text": "Texte",
    "note": "Note",
    "question_key": "Question",
    "value": "Réponse",
    "result": "Issue",
    "claimed_at": "Le",
    "answered_at": "Décroché",
    "ended_at": "Terminé",
    "started_at": "Commencé",
    "duration_s": "Durée (s)",
    "status": "État",
    "due_at": "Prévu",
    "starts_at": "Date",
    "place": "Lieu",
    "kind": "Nature",
    "principal_id": "Au profit de",
    "who": "Personne",
    "third_party": "Recueilli par",
    "object": "Objet",
    "wording": "Termes acceptés",
    "channel": "Voie",
    "act": "Geste",
    "given_at": "Donné",
    "slots": "Créneaux convenus",
    "expires_at": "Valable jusqu'au",
    "archive_until": "Conservé jusqu'au",
    "at": "Le",
    "origin": "Origine",
    "source": "Origine",
    "name": "Nom du fichier",
    "added_at": "Ajouté",
    "campaign_id": "Campagne",
    "state": "État",
    "attempts": "Tentatives",
    "last_result": "Dernière issue",
    "last_call_at": "Dernier appel",
    "disposition_id": "Qualification",
    "finished_reason": "Terminée par",
    "field": "Champ",
    "before": "Avant",
    "after": "Après",
    "former_id": "Ancienne fiche",
    "action_id": "Action",
    "created_at": "Créé",
    "updated_at": "Modifié",
}

INTERNAL: Mapping[str, frozenset[str]] = {"campaigns.QueueEntry": frozenset({"place"})}
"""Columns that another part shows in words, and that here are numbers for the program."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "result": {code: fr for code, (fr, _) in RESULTS.items()},
    "last_result": {code: fr for code, (fr, _) in RESULTS.items()},
    "finished_reason": {code: fr for code, (fr, _) in FINISHED.items()},
    "state": {**{code: fr for code, (fr, _) in QUEUE_STATES.items()}, **MAIL_STATES},
    "channel": {code: both["fr"] for code, both in ledger.VALUES.items()},
    "origin": {code: fr for code, (fr, _) in ORIGINS.items()},
    "status": {"ready": "disponible", "deleted": "supprimé", "missing": "sans son"},
    "kind": {
        **{code: both["fr"] for code, both in ledger.VALUES.items()},
        "person": "particulier",
        "company": "entreprise",
        "mobile": "mobile",
        "office": "bureau",
        "fax": "fax",
    },
}
"""Codes, in words; others are shown as they are."""
