"""Words of the register and of the notices, in French and in English."""

from __future__ import annotations

from collections.abc import Iterable

from decroche.common.errors import Language

Both = tuple[str, str]

TITLES: dict[str, Both] = {
    "title": ("Registre des activités de traitement", "Register of processing activities"),
    "controller": ("Responsable", "Controller"),
    "prospecting": ("Prospection téléphonique pour {name}", "Telephone prospecting for {name}"),
    "prospecting_own": ("Appels sans mandant écrit", "Calls without a named principal"),
    "objections": ("Liste noire et oppositions", "Do-not-call list and objections"),
    "proofs": ("Preuves de consentement et contrôles des appels", "Proofs of consent and checks of calls"),
    "recordings": ("Enregistrement des appels", "Recording of calls"),
    "agents": ("Activité des agents, écoute", "Agents’ activity, listening"),
    "recipients": ("Destinataires et hébergement", "Recipients and hosting"),
    "security": ("Mesures de sécurité en place", "Security measures in place"),
}
LABELS: dict[str, Both] = {
    "made_on": ("Établi le", "Made on"),
    "company": ("Société", "Company"),
    "siren": ("SIREN", "SIREN"),
    "address": ("Adresse", "Address"),
    "contact": ("Contact pour les droits", "Contact for rights"),
    "dpo": ("Délégué à la protection des données", "Data protection officer"),
    "role": ("Rôle", "Role"),
    "purposes": ("Finalités", "Purposes"),
    "basis": ("Base légale", "Legal basis"),
    "persons": ("Personnes", "Persons"),
    "data": ("Données", "Data"),
    "source": ("Origine", "Source"),
    "kept": ("Durée de conservation", "Kept"),
    "recipients": ("Destinataires", "Recipients"),
    "carriers": ("Opérateurs (numéros composés, voix)", "Carriers (numbers dialled, voice)"),
    "mail": ("Serveurs d’e-mail (adresses, textes envoyés)", "Mail servers (addresses, texts sent)"),
    "programs": ("Autres logiciels", "Other programs"),
    "hosting": ("Hébergement", "Hosting"),
    "transfers": ("Hors de l’Union européenne", "Outside the European Union"),
}
BASES: dict[str, Both] = {
    "consent": (
        "consentement préalable (RGPD 6-1-a ; Code de la consommation L223-1)",
        "prior consent (GDPR 6-1-a; Code de la consommation L223-1)",
    ),
    "contract": (
        "contrat en cours (RGPD 6-1-b ; Code de la consommation L223-1)",
        "current contract (GDPR 6-1-b; Code de la consommation L223-1)",
    ),
    "callback_request": (
        "demande de rappel de la personne (RGPD 6-1-b ; L223-1)",
        "the person’s callback request (GDPR 6-1-b; L223-1)",
    ),
    "business": (
        "intérêt légitime, prospection entre entreprises (RGPD 6-1-f)",
        "legitimate interest, business prospecting (GDPR 6-1-f)",
    ),
    "not_canvassing": (
        "intérêt légitime, étude ou service sans démarchage (RGPD 6-1-f)",
        "legitimate interest, survey or service without canvassing (GDPR 6-1-f)",
    ),
}
PERSONS: dict[str, Both] = {
    "b2c": ("particuliers", "consumers"),
    "b2b": ("interlocuteurs d’entreprises", "persons in companies"),
}
RECORDED_FOR: dict[str, Both] = {
    "quality": ("qualité des appels", "quality of calls"),
    "training": ("formation des agents", "training of agents"),
    "proof": ("preuve de la conclusion d’un contrat", "proof that a contract was concluded"),
}
KINDS: dict[str, Both] = {
    "recording": ("enregistrements", "recordings"),
    "note": ("notes", "notes"),
    "callback_note": ("notes de rappels passés", "notes of past callbacks"),
    "appointment_note": ("notes de rendez-vous passés", "notes of past appointments"),
    "mail": ("e-mails envoyés", "e-mails sent"),
    "prospect": ("prospects, depuis leur dernier signe", "prospects, since their last sign"),
    "client": ("clients, depuis leur dernier signe", "clients, since their last sign"),
    "refused_row": ("lignes refusées des importations", "refused rows of imports"),
    "proof": ("preuves de consentement", "proofs of consent"),
    "evidence": ("pièces sans preuve", "files without a proof"),
    "decision": ("contrôles faits avant les appels", "checks made before calls"),
}
MEASURES: dict[str, Both] = {
    "https": (
        "Écrans et API en HTTPS seulement.",
        "Screens and API over HTTPS only.",
    ),
    "passwords": (
        "Mots de passe de {length} caractères au moins, gardés sous forme Argon2.",
        "Passwords of at least {length} characters, kept as Argon2 hashes.",
    ),
    "lock_out": (
        "Connexion bloquée {minutes} minutes après {failures} échecs.",
        "Sign-in locked for {minutes} minutes after {failures} failures.",
    ),
    "sessions": (
        "Sessions de {hours} heures au plus, hors de portée des scripts.",
        "Sessions of at most {hours} hours, out of reach of scripts.",
    ),
    "roles": (
        "Droits par rôle (agents : {agent}, leurs seules fiches ; superviseurs : {supervisor} ; administrateurs : "
        "{admin}).",
        "Rights by role (agents: {agent}, own contacts only; supervisors: {supervisor}; administrators: {admin}).",
    ),
    "audit": (
        "Journal des actions et des consultations sensibles (écoutes, exports, dossiers), non modifiable à l’écran.",
        "Log of acts and of sensitive readings (playbacks, exports, proofs), which no screen changes.",
    ),
    "append_only": (
        "Registre des consentements en ajout seul, tenu par la base de données elle-même.",
        "Append-only ledger of consents, held by the database itself.",
    ),
    "hashes": (
        "Après un effacement, les refus ne restent que sous forme d’empreintes à clé.",
        "After an erasure, refusals remain as keyed hashes only.",
    ),
    "exports": (
        "Exports supprimés au bout de 7 jours, chaque téléchargement inscrit au journal.",
        "Exports removed after 7 days, each download in the log.",
    ),
    "secrets": (
        "Mots de passe des lignes opérateur et des serveurs d’e-mail chiffrés.",
        "Passwords of carrier lines and mail servers encrypted.",
    ),
    "sip_tls": ("Signalisation vers les opérateurs chiffrée (TLS).", "Signalling to carriers encrypted (TLS)."),
    "webrtc": (
        "Voix des agents au navigateur chiffrée (WebRTC, DTLS-SRTP).",
        "Voice of agents in a browser encrypted (WebRTC, DTLS-SRTP).",
    ),
    "database": (
        "Base de données joignable de la seule machine, avec mot de passe.",
        "Database reachable from the machine itself only, with a password.",
    ),
    "retention": (
        "Suppression des données échues chaque nuit ; dernier passage le {at}.",
        "Data past its time removed each night; last done on {at}.",
    ),
    "listening": (
        "Agents informés de l’écoute : {told} sur {people} ont confirmé la notice en vigueur.",
        "Agents told of listening: {told} of {people} have confirmed the notice in force.",
    ),
}
SENTENCES: dict[str, Both] = {
    "to_fill": ("à compléter dans les réglages", "to be filled in the settings"),
    "law": (
        "Établi d’après la configuration du jour (RGPD, article 30). Relisez-le : le programme ne connaît que ce qui "
        "passe par lui.",
        "Made from today’s configuration (GDPR, article 30). Read it through: the program only knows what goes "
        "through it.",
    ),
    "own_role": ("responsable de traitement", "controller"),
    "processor": (
        "sous-traitant pour le compte du mandant, SIREN {siren} (RGPD, article 28)",
        "processor for the principal, SIREN {siren} (GDPR, article 28)",
    ),
    "data": (
        "civilité, nom, prénom, société, SIRET, adresse, numéros, e-mail, code client, réponses au script, notes, "
        "appels, rappels, rendez-vous, e-mails envoyés, documents",
        "title, names, company, SIRET, address, numbers, e-mail, client code, answers to the script, notes, calls, "
        "callbacks, appointments, e-mails sent, documents",
    ),
    "own_fields": ("{data} ; champs ajoutés : {fields}", "{data}; fields added: {fields}"),
    "source": (
        "fichiers importés, saisie par les agents, autres logiciels par l’API ; chaque lot d’importation garde le sien",
        "imported files, typed by agents, other programs by the API; each import batch keeps its own",
    ),
    "principal_only": ("{name}, les opérateurs pour les appels", "{name}, carriers for the calls"),
    "objections_purpose": ("ne plus appeler qui s’y oppose", "to call no more whoever objects"),
    "objections_basis": (
        "obligation légale (RGPD 6-1-c et 21 ; Code de la consommation L221-16, L223-1)",
        "legal obligation (GDPR 6-1-c and 21; Code de la consommation L221-16, L223-1)",
    ),
    "objections_data": ("numéro, date, origine, note", "number, date, origin, note"),
    "objections_kept": (
        "sans fin ; en clair tant que la fiche existe, puis par empreinte à clé",
        "without end; readable while the contact exists, then as a keyed hash",
    ),
    "proofs_purpose": (
        "prouver que chaque appel était permis",
        "to prove that each call was lawful",
    ),
    "proofs_basis": (
        "obligation légale (Code de la consommation L223-1, R223-1 à R223-3)",
        "legal obligation (Code de la consommation L223-1, R223-1 to R223-3)",
    ),
    "proofs_data": (
        "nom, numéro, texte accepté, acte, pièce et son empreinte, retraits ; faits contrôlés avant chaque appel",
        "name, number, wording agreed to, act, evidence and its hash, withdrawals; facts checked before each call",
    ),
    "no_recordings": ("aucune campagne n’enregistre", "no campaign records"),
    "recordings_basis": (
        "intérêt légitime (RGPD 6-1-f) ; preuve du contrat (6-1-b)",
        "legitimate interest (GDPR 6-1-f); proof of the contract (6-1-b)",
    ),
    "recordings_persons": ("personnes appelées, agents", "persons called, agents"),
    "recordings_data": (
        "voix, date, durée ; jamais de données bancaires (pause), rien après une opposition",
        "voice, date, duration; never bank details (pause), nothing after an objection",
    ),
    "agents_purpose": (
        "organiser le travail, mesurer l’activité, former, prouver",
        "to organise work, to measure activity, to train, to prove",
    ),
    "agents_basis": (
        "contrat de travail (RGPD 6-1-b), intérêt légitime (6-1-f)",
        "employment contract (GDPR 6-1-b), legitimate interest (6-1-f)",
    ),
    "agents_data": (
        "identité, identifiant, groupes, sessions, états et pauses, appels, résultats, écoutes, actions au journal",
        "identity, login, groups, sessions, states and pauses, calls, results, listenings, acts in the log",
    ),
    "agents_kept": (
        "pendant l’emploi ; un compte désactivé garde son nom dans l’historique des appels",
        "during employment; a disabled account keeps its name in the history of calls",
    ),
    "agents_recipients": ("superviseurs et administrateurs", "supervisors and administrators"),
    "none": ("aucun", "none"),
    "transfers": (
        "le programme n’en fait aucun de lui-même ; à vérifier pour les destinataires ci-dessus",
        "the program makes none by itself; to be checked for the recipients above",
    ),
    "kept": ("{kind} : {span}", "{kind}: {span}"),
    "share": ("{name} ({purpose}, {share} des appels)", "{name} ({purpose}, {share} of calls)"),
    "on_demand": ("{name} ({purpose}, à la demande)", "{name} ({purpose}, on demand)"),
}


def said(both: Both, language: Language, **facts: object) -> str:
    """In that language, with its facts."""
    return both[1 if language == "en" else 0].format(**facts)


def joined(several: Iterable[str], language: Language) -> str:
    """One after the other, each once."""
    return ("; " if language == "en" else " ; ").join(dict.fromkeys(several))
