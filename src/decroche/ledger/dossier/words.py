"""Words of the dossier, in French and in English: labels, codes, sentences. A test holds them complete."""

from __future__ import annotations

from decroche.common.errors import Language

Both = tuple[str, str]

TITLES: dict[str, Both] = {
    "title": ("Dossier de preuve d’un appel", "Proof of a call’s lawfulness"),
    "call": ("L’appel", "The call"),
    "decision": ("Ce qui a été décidé", "What was decided"),
    "basis": ("Base légale", "Legal basis"),
    "proofs": ("Consentement et autres preuves", "Consent and other proofs"),
    "refusals": ("Refus de la personne", "The person’s refusals"),
    "attempts": ("Appels des 30 jours précédents", "Calls in the 30 days before"),
    "presented": ("Numéro présenté", "Presented number"),
    "recording": ("Enregistrement", "Recording"),
    "rows": ("Règles en vigueur ce jour-là", "Rules in force on that day"),
}
LABELS: dict[str, Both] = {
    "id": ("Identifiant", "Identifier"),
    "made_on": ("Dossier établi le", "Made on"),
    "made_by": ("Par", "By"),
    "program": ("Recueil des règles du programme", "The program’s rulebook"),
    "claimed_at": ("Appel décidé le", "Call decided on"),
    "placed_at": ("Composé le", "Dialled on"),
    "answered_at": ("Décroché le", "Answered on"),
    "result": ("Résultat", "Result"),
    "e164": ("Numéro appelé", "Number called"),
    "contact": ("Personne", "Person"),
    "campaign": ("Campagne", "Campaign"),
    "agent": ("Agent", "Agent"),
    "mode": ("Mode", "Mode"),
    "verdict": ("Décision", "Decision"),
    "kind": ("Lancement", "How it was launched"),
    "zone": ("Fuseau de la personne", "The person’s time zone"),
    "until": ("Valable jusqu’au", "Good until"),
    "rulebook": ("Version des règles", "Version of the rules"),
    "override": ("Passé outre par", "Set aside by"),
    "again": ("Rejugé aujourd’hui", "Judged again today"),
    "hash": ("Empreinte des faits (SHA-256)", "Hash of the facts (SHA-256)"),
    "basis": ("Base", "Basis"),
    "principal": ("Mandant", "Principal"),
    "sector": ("Secteur", "Sector"),
    "audience": ("La campagne s’adresse à", "The campaign calls"),
    "protected": ("Protection du consommateur", "Consumer protection"),
    "proof": ("Preuve", "Proof"),
    "given_at": ("Donné le", "Given on"),
    "wording": ("Texte exact", "Exact wording"),
    "act": ("Acte et moyen", "Act and channel"),
    "evidence": ("Pièce", "Evidence"),
    "proof_hash": ("Empreinte de la preuve (SHA-256)", "Hash of the proof (SHA-256)"),
    "withdrawn": ("Retiré le", "Withdrawn on"),
    "ends_at": ("Fin", "End"),
    "then": ("Au moment de l’appel", "When the call was placed"),
    "now": ("Aujourd’hui", "Today"),
    "count": ("Nombre", "Number"),
    "attempt": ("Appel du", "Call on"),
    "presented": ("Numéro", "Number"),
    "range": ("Tranche", "Block"),
    "holder": ("Titulaire (aujourd’hui)", "Holder (today)"),
    "why_lawful": ("Pourquoi c’est permis", "Why it is lawful"),
    "recorded": ("Enregistré", "Recorded"),
    "announced": ("Annonce", "Notice"),
    "objection": ("Opposition", "Objection"),
}
MODES: dict[str, Both] = {
    "manual": ("manuel", "manual"),
    "preview": ("aperçu", "preview"),
    "progressive": ("progressif", "progressive"),
    "power": ("multiple", "power"),
    "predictive": ("prédictif", "predictive"),
}
RESULTS: dict[str, Both] = {
    "": ("en cours", "in progress"),
    "connected": ("en relation", "connected"),
    "abandoned": ("appel muet", "abandoned"),
    "no_answer": ("pas de réponse", "no answer"),
    "busy": ("occupé", "busy"),
    "rejected": ("rejeté", "rejected"),
    "unallocated": ("numéro non attribué", "unallocated number"),
    "congestion": ("encombrement", "congestion"),
    "machine": ("répondeur", "answering machine"),
    "cancelled": ("annulé", "cancelled"),
    "failed": ("échec technique", "technical failure"),
    "missed": ("appel entrant manqué", "missed inbound call"),
}
KINDS: dict[str, Both] = {
    "automatic": ("par le numéroteur", "by the dialler"),
    "preview": ("fiche proposée, un clic de l’agent", "contact offered, one click by the agent"),
    "manual": ("à la main, un clic de l’agent", "by hand, one click by the agent"),
    "callback": ("rappel convenu, un clic de l’agent", "callback agreed, one click by the agent"),
    "transfer": ("transfert", "transfer"),
    "test": ("appel d’essai", "test call"),
}
AGAIN: dict[str, Both] = {
    "allowed": (
        "permis : mêmes faits, règles du jour de l’appel, même réponse",
        "allowed: the same facts, the rules of the day of the call, the same answer",
    ),
    "set_aside": (
        "refusé par la seule règle qu’un superviseur peut écarter : {codes}",
        "refused only by the rule that a supervisor may set aside: {codes}",
    ),
    "refused": (
        "refusé ({codes}) : les règles du programme ont changé depuis, ou la limite d’alors était autre",
        "refused ({codes}): the program’s rules have changed since, or a limit was another then",
    ),
    "unreadable": (
        "les faits sont d’une version que ce programme ne lit plus ; ils sont dans l’export JSON",
        "the facts are of a version that this program does not read any more; they are in the JSON",
    ),
}
BASES: dict[str, Both] = {
    "consent": ("consentement préalable (L223-1)", "prior consent (L223-1)"),
    "contract": ("contrat en cours, appel sur son objet (L223-1)", "current contract, about its subject (L223-1)"),
    "callback_request": (
        "demande de rappel, 5 jours ouvrés au plus (L223-1, R223-4)",
        "callback request, within 5 working days (L223-1, R223-4)",
    ),
    "business": ("prospection entre entreprises", "business prospecting"),
    "not_canvassing": ("pas de démarchage : étude ou service", "no canvassing: survey or service"),
}
SECTORS: dict[str, Both] = {
    "": ("sans interdiction particulière", "no particular ban"),
    "energy": ("rénovation énergétique, énergies renouvelables", "energy renovation, renewables"),
    "home_adaptation": ("adaptation du logement", "home adaptation"),
    "training_account": ("compte de formation (CPF)", "training account (CPF)"),
}
AUDIENCES: dict[str, Both] = {"b2c": ("des particuliers", "consumers"), "b2b": ("des entreprises", "companies")}
SCOPES: dict[str, Both] = {
    "everywhere": ("liste noire générale", "do-not-call list of the whole floor"),
    "campaign": ("liste noire de la campagne", "the campaign’s do-not-call list"),
    "prefix": ("début de numéro sur liste noire", "number prefix on the do-not-call list"),
    "objection": ("refus dit au téléphone", "refusal by phone"),
    "erased": ("personne effacée, refus gardé par empreinte", "person erased, refusal kept as a hash"),
}
ORIGINS: dict[str, Both] = {
    "manual": ("ajouté à la main", "added by hand"),
    "disposition": ("refus au téléphone", "refusal by phone"),
    "agent": ("dit à l’agent", "said to the agent"),
    "import": ("liste importée", "imported list"),
    "erased_refusal": ("refus d’une personne effacée", "refusal of an erased person"),
}
RANGES: dict[str, Both] = {
    "fiction": ("fiction, sur le simulateur seulement", "fictional, simulator only"),
    "mobile": ("mobile (06, 07)", "mobile (06, 07)"),
    "premium": ("surtaxé", "premium"),
    "technical": ("technique (0937 à 0939)", "technical (0937 to 0939)"),
    "polyvalent": ("polyvalent vérifié", "verified polyvalent"),
    "territorial": ("territorial (01 à 05, 09)", "territorial (01 to 05, 09)"),
    "free": ("gratuit (0800 à 0809)", "free (0800 to 0809)"),
    "foreign": ("étranger", "foreign"),
}
DELETED: dict[str, Both] = {
    "objection": ("supprimé : la personne s’y est opposée", "deleted: the person objected"),
    "": ("supprimé à son terme", "deleted at its term"),
}
PURPOSES: dict[str, Both] = {
    "quality": ("qualité", "quality"),
    "training": ("formation", "training"),
    "proof": ("preuve du contrat", "proof of the contract"),
}
RULES: dict[str, Both] = {
    "hours": ("Jours et heures d’appel", "Calling days and hours"),
    "days_off": ("Jours fériés", "Public holidays"),
    "own_hours": ("Horaires de la campagne", "The campaign’s own hours"),
    "frequency": ("Nombre d’appels", "Number of calls"),
    "refusal": ("Refus de la personne", "The person’s refusal"),
    "do_not_call": ("Liste noire", "Do-not-call list"),
    "erasure": ("Fiche effacée", "Contact erased"),
    "proof": ("Consentement préalable et autres preuves", "Prior consent and other proofs"),
    "ban": ("Secteur interdit", "Banned sector"),
    "presented_known": ("Numéro présenté : connu", "Presented number: known"),
    "presented_principal": ("Numéro présenté : du mandant", "Presented number: the principal's"),
    "presented_premium": ("Numéro présenté : surtaxé", "Presented number: premium rate"),
    "presented_mobile": ("Numéro présenté : mobile", "Presented number: mobile"),
    "presented_technical": ("Numéro présenté : technique", "Presented number: technical"),
    "presented_automatic": ("Numéro présenté par un automate", "Number presented by a machine"),
    "abandoned_lock": ("Attente après un appel muet", "Wait after an abandoned call"),
    "abandoned_cap": ("Part d’appels muets", "Share of abandoned calls"),
    "ring": ("Durée de sonnerie", "Ring time"),
    "keep_recording": ("Conservation des enregistrements", "Retention of recordings"),
    "keep_note": ("Conservation des notes", "Retention of notes"),
    "keep_contract": ("Conservation des preuves de contrat", "Retention of proofs of contracts"),
    "keep_prospect": ("Conservation des prospects", "Retention of prospects"),
    "keep_consent": ("Conservation des preuves de consentement", "Retention of proofs of consent"),
}
SENTENCES: dict[str, Both] = {
    "law": (
        "La décision a été prise et écrite avant l’appel, avec tous les faits connus ; elle n’est jamais modifiée. Ses "
        "faits se rejugent avec « decroche manage judge ».",
        "The decision was taken and written before the call, with all known facts; it is never changed. Its facts can "
        "be judged again with “decroche manage judge”.",
    ),
    "not_placed": ("jamais composé", "never dialled"),
    "machine": ("l’administrateur de la machine", "the machine’s administrator"),
    "erased": (
        "fiche effacée le {at} : nom et coordonnées n’existent plus ; le contrôle et les preuves restent, le temps de "
        "la loi",
        "contact erased on {at}: name and address are gone; decision and proofs remain, as long as the law says",
    ),
    "forgotten": ("numéro effacé", "number erased"),
    "hidden": (
        "{number}, effacé avec la fiche : gardé par empreinte, il est reconnu par qui le donne",
        "{number}, erased with the contact: kept as a hash, recognised if somebody gives the number",
    ),
    "no_contact": ("aucune fiche", "no contact"),
    "allowed": ("permis", "allowed"),
    "allowed_aside": ("permis, horaires propres de la campagne écartés", "allowed, campaign’s own hours set aside"),
    "no_decision": (
        "Aucune décision n’est conservée pour cet appel : il est plus ancien que leur conservation, ou son délai de "
        "conservation est passé. Ce qui suit est ce que disent les données d’aujourd’hui, pas ce qui fut contrôlé.",
        "No decision is kept for this call: it predates the keeping of decisions, or its retention "
        "period is over. What follows is what the data say today, not what was checked.",
    ),
    "basis_today": (
        "selon la campagne d’aujourd’hui",
        "by the campaign as it is today",
    ),
    "protected": (
        "oui : la personne est démarchée comme consommateur",
        "yes: the person is canvassed as a consumer",
    ),
    "not_protected": ("non : appel à une entreprise, ou sans démarchage", "no: to a company, or no canvassing"),
    "no_principal": ("aucun mandant écrit", "no principal specified"),
    "no_campaign": ("Cet appel n’appartenait à aucune campagne.", "This call belonged to no campaign."),
    "no_proofs": (
        "Aucune preuve de cette personne pour ce mandant.",
        "No proof of this person for this principal.",
    ),
    "known_then": ("connue du contrôle au moment de l’appel", "known to the judge when the call was placed"),
    "not_known_then": ("pas parmi les faits du contrôle", "not among the judge’s facts"),
    "version": ("« {text} » (version {version})", "“{text}” (version {version})"),
    "by_third": ("{act} ({channel}), recueilli par {third}", "{act} ({channel}), collected by {third}"),
    "no_refusal": ("aucun refus", "no refusal"),
    "unknown_then": ("non conservé", "not kept"),
    "since": ("{scope}, depuis le {at}", "{scope}, since {at}"),
    "attempts": (
        "{count} pour ce mandant en {days} jours ; la loi en permet {limit} en tout",
        "{count} for this principal in {days} days; the law allows {limit} in all",
    ),
    "attempts_unlimited": (
        "{count} pour ce mandant en {days} jours ; la loi n’en fixe pas le nombre pour cet appel",
        "{count} for this principal in {days} days; the law sets no number for this call",
    ),
    "from_decision": ("tels que le contrôle les connaissait", "as the judge knew them"),
    "from_log": ("d’après le journal des appels d’aujourd’hui", "from the call log as it is today"),
    "no_presented": ("aucun : cet appel n’a pas été composé", "none: this call was not dialled"),
    "serves_automatic": (
        "cette tranche peut être présentée par un automate",
        "this block may be presented by a machine",
    ),
    "serves_by_hand": (
        "cette tranche peut être présentée quand un agent clique pour chaque appel",
        "this block may be presented where an agent clicks for each call",
    ),
    "serves_not": (
        "cette tranche ne peut pas être présentée pour un tel appel, d’après les règles d’aujourd’hui",
        "this block may not be presented for such a call, by the rules of today",
    ),
    "not_recorded": ("non", "no"),
    "recorded": ("oui, {duration} s, commencé le {at}", "yes, {duration} s, begun on {at}"),
    "recorded_missing": ("aucun son n’a été gardé", "no sound was kept"),
    "never": ("la campagne n’enregistre pas", "the campaign does not record"),
    "notice": (
        "texte que la campagne fait dire aujourd’hui en début d’appel : « {text} »",
        "text that the campaign has said today at the beginning of calls: “{text}”",
    ),
    "no_notice": (
        "la campagne n’a aucun texte d’annonce aujourd’hui",
        "the campaign has no text of notice today",
    ),
    "objected": (
        "la personne s’est opposée le {at} : ses enregistrements ont été supprimés",
        "the person objected on {at}: the recordings were deleted",
    ),
    "validity": ("{source} ; depuis le {since}", "{source}; since {since}"),
    "validity_until": ("{source} ; du {since} au {until}", "{source}; from {since} to {until}"),
    "always": ("{source}", "{source}"),
    "unsourced": ("usage, sans texte nommé", "custom, no text named"),
    "row_gone": ("règle d’une version antérieure du programme", "rule of an earlier version of the program"),
}


def said(both: Both, language: Language) -> str:
    """In that language."""
    return both[1 if language == "en" else 0]


def sentence(name: str, language: Language, **facts: object) -> str:
    """One of the sentences, with its facts."""
    return said(SENTENCES[name], language).format(**facts)


def word(table: dict[str, Both], code: str, language: Language) -> str:
    """A code in words; one of another version as it is."""
    both = table.get(code)
    return code if both is None else said(both, language)
