"""What the demo's campaigns say, ask and conclude."""
# ruff: noqa: E501 - sentences to say

from __future__ import annotations

from typing import Any

Outcome = tuple[str, str, bool, bool, str, str, bool]
"""Label, colour, reached, pitched, tone, effect, whether it wants an appointment; the key is the position."""

HEALTH_OUTCOMES: tuple[Outcome, ...] = (
    ("RDV pris", "green", True, True, "positive", "close", True),
    ("Intéressé, à rappeler", "blue", True, True, "neutral", "callback", False),
    ("Pas intéressé", "orange", True, True, "negative", "close", False),
    ("Pas disponible", "yellow", True, False, "neutral", "retry", False),
    ("Faux numéro", "gray", False, False, "neutral", "close", False),
    ("Ne plus appeler", "red", True, False, "negative", "do_not_call", False),
)
REVIEW_OUTCOMES: tuple[Outcome, ...] = (
    ("Bilan planifié", "green", True, True, "positive", "close", True),
    ("À rappeler", "blue", True, True, "neutral", "callback", False),
    ("Déjà équipé", "orange", True, True, "negative", "close", False),
    ("Décideur absent", "yellow", True, False, "neutral", "retry", False),
    ("Hors cible", "gray", True, False, "neutral", "close", False),
    ("Ne plus appeler", "red", True, False, "negative", "do_not_call", False),
)
MEMBERS_OUTCOMES: tuple[Outcome, ...] = (
    ("Satisfait", "green", True, True, "positive", "close", False),
    ("Demande traitée", "teal", True, True, "positive", "close", False),
    ("Mécontent, à suivre", "red", True, True, "negative", "callback", False),
    ("Pas disponible", "yellow", True, False, "neutral", "retry", False),
    ("Message laissé", "cyan", False, False, "neutral", "retry", False),
    ("Coordonnées fausses", "gray", False, False, "neutral", "close", False),
)


def _question(
    key: str, label: str, kind: str = "text", choices: tuple[str, ...] = (), *, required: bool = False
) -> Any:
    return {"key": key, "label": label, "kind": kind, "choices": list(choices), "required": required}


def _page(page_id: str, title: str, text: str, *questions: Any, back: str = "") -> Any:
    """`back`: what is said instead to who calls back."""
    return {"id": page_id, "title": title, "text": text, "return_text": back, "questions": list(questions)}


BACK = (
    "{{ campaign.caller_name }} bonjour, {{ agent.first_name }} à l'appareil. "
    "Merci de nous rappeler, {{ contact.civility }} {{ contact.last_name }}.\n\n"
)


def _objection(objection_id: str, title: str, answer: str) -> Any:
    return {"id": objection_id, "title": title, "answer": answer}


HEALTH_PAGES = [
    _page(
        "accroche",
        "Accroche",
        "Bonjour {{ contact.civility }} {{ contact.last_name }}, {{ agent.first_name }}, de la {{ campaign.caller_name }}.\n\n"
        "Cet appel peut être enregistré pour améliorer notre service ; dites-le-moi si vous ne le souhaitez pas.\n\n"
        "Je vous appelle au sujet de la couverture santé de {{ contact.company }}. "
        "Avez-vous deux minutes à m'accorder ?",
        _question("decideur", "Est-ce bien vous qui décidez des assurances de l'entreprise ?", "yes_no", required=True),
        back=BACK
        + "Cet appel peut être enregistré pour améliorer notre service ; dites-le-moi si vous ne le souhaitez pas.\n\n"
        "Nous cherchions à vous joindre au sujet de la couverture santé de {{ contact.company }}. "
        "Avez-vous deux minutes à m'accorder ?",
    ),
    _page(
        "decouverte",
        "Découverte",
        "Pour vous parler de ce qui vous concerne, trois questions rapides.",
        _question("salaries", "Combien de salariés avez-vous ?", "number"),
        _question(
            "couverture",
            "Avez-vous une complémentaire santé pour eux ?",
            "choice",
            ("Oui, satisfait", "Oui, à revoir", "Non", "Ne sait pas"),
        ),
        _question("echeance", "À quelle date arrive votre contrat à échéance ?", "date"),
    ),
    _page(
        "proposition",
        "Proposition",
        "Nous proposons aux entreprises de moins de vingt salariés un contrat sans questionnaire médical, "
        "avec un tarif garanti deux ans.\n\n"
        "Un conseiller de {{ contact.city }} peut passer vous présenter un devis : cela prend vingt minutes, "
        "et ne vous engage à rien.",
        _question("interet", "Intérêt ressenti", "choice", ("Fort", "Moyen", "Faible")),
    ),
    _page(
        "conclusion",
        "Conclusion",
        "Quel jour vous conviendrait ? En début ou en fin de journée ?\n\n"
        "Je note, et je vous envoie une confirmation. Vous pouvez nous joindre au {{ campaign.callback_number }}.\n\n"
        "Merci {{ contact.civility }} {{ contact.last_name }}, bonne journée.",
        _question("courriel", "Adresse pour la confirmation", "text"),
    ),
]
HEALTH_OBJECTIONS = [
    _objection(
        "temps",
        "« Je n'ai pas le temps »",
        "Je comprends, vous êtes en plein travail. Préférez-vous que je vous rappelle demain matin, "
        "ou en fin d'après-midi ?",
    ),
    _objection(
        "prix",
        "« Combien ça coûte ? »",
        "Cela dépend de l'âge de vos salariés : de 28 à 45 euros par mois et par personne, dont vous payez la moitié. "
        "Le conseiller vous donne le prix exact, sans engagement.",
    ),
    _objection(
        "fournisseur",
        "« J'ai déjà quelqu'un »",
        "Très bien, c'est obligatoire depuis 2016. Beaucoup de nos adhérents ont gardé leurs garanties "
        "et baissé leur cotisation : voulez-vous comparer ?",
    ),
    _objection(
        "courriel",
        "« Envoyez-moi un mail »",
        "Volontiers. À quelle adresse ? Je vous rappelle jeudi pour savoir ce que vous en pensez.",
    ),
    _objection(
        "fichier",
        "« Où avez-vous eu mon numéro ? »",
        "Dans l'annuaire des entreprises. Si vous ne voulez plus être appelé, je le note tout de suite, "
        "et vous ne le serez plus.",
    ),
]
REVIEW_PAGES = [
    _page(
        "accroche",
        "Accroche",
        "Bonjour {{ contact.civility }} {{ contact.last_name }}, {{ agent.first_name }}, de la {{ campaign.caller_name }}.\n\n"
        "Nous offrons aux dirigeants de {{ contact.city }} un bilan de prévoyance. Est-ce le bon moment ?",
        _question("statut", "Statut du dirigeant", "choice", ("Salarié", "Indépendant", "Les deux")),
        back=BACK + "Nous cherchions à vous joindre pour le bilan de prévoyance que nous offrons aux dirigeants de "
        "{{ contact.city }}. Est-ce le bon moment ?",
    ),
    _page(
        "bilan",
        "Bilan",
        "En cas d'arrêt de travail, savez-vous ce que vous toucheriez au bout de trois mois ?",
        _question("prevoyance", "A déjà une prévoyance", "yes_no"),
        _question("revenu", "Revenu à garantir par mois (en euros)", "number"),
        _question("remarque", "Ce qui compte pour lui", "text"),
    ),
    _page(
        "conclusion",
        "Conclusion",
        "Je vous propose un bilan de trente minutes, au téléphone ou chez vous, avec un conseiller.\n\nMerci, bonne journée.",
        _question("lieu", "Où ?", "choice", ("Au téléphone", "Chez lui", "En agence")),
    ),
]
REVIEW_OBJECTIONS = [
    _objection(
        "inutile",
        "« Je n'en ai pas besoin »",
        "C'est ce que pensent la plupart des indépendants avant de voir le chiffre : "
        "la moitié toucherait moins de 900 euros. Le bilan vous le dit en dix minutes.",
    ),
    _objection("temps", "« Rappelez-moi »", "Bien sûr. Demain à la même heure, ou plutôt en début de semaine ?"),
]
CONSUMERS_PAGES = [
    _page(
        "accroche",
        "Accroche",
        "Bonjour {{ contact.civility }} {{ contact.last_name }}, {{ agent.first_name }}, de la {{ campaign.caller_name }}.\n\n"
        "Vous avez accepté sur notre site d'être appelé au sujet d'une complémentaire santé. Est-ce le bon moment ?",
        _question("disponible", "Disponible maintenant", "yes_no"),
        back=BACK + "Vous avez accepté sur notre site d'être appelé au sujet d'une complémentaire santé : "
        "c'est pour cela que nous cherchions à vous joindre. Est-ce le bon moment ?",
    ),
    _page(
        "besoins",
        "Besoins",
        "Qu'est-ce qui compte le plus pour vous : l'optique, le dentaire, l'hospitalisation ?",
        _question("priorite", "Ce qui compte", "choice", ("Optique", "Dentaire", "Hospitalisation", "Le prix")),
        _question("foyer", "Personnes à couvrir", "number"),
        _question("echeance", "À quelle date arrive votre contrat à échéance ?", "date"),
    ),
    _page(
        "conclusion",
        "Conclusion",
        "Je vous envoie une proposition. Vous pouvez nous joindre au {{ campaign.callback_number }}.\n\n"
        "Merci {{ contact.civility }} {{ contact.last_name }}, bonne journée.",
        _question("courriel", "Adresse pour la proposition", "text"),
    ),
]
CONSUMERS_OBJECTIONS = [
    _objection(
        "accord",
        "« Je n'ai rien demandé »",
        "Vous aviez coché une case sur notre site. Je retire votre accord tout de suite, et vous ne serez plus appelé.",
    ),
    _objection("temps", "« Rappelez-moi »", "Bien sûr. Plutôt demain matin, ou en fin d'après-midi ?"),
]
MEMBERS_PAGES = [
    _page(
        "accueil",
        "Suivi",
        "Bonjour {{ contact.civility }} {{ contact.last_name }}, {{ agent.first_name }}, de votre mutuelle. "
        "Vous nous avez rejoints il y a trois mois : tout se passe-t-il comme prévu ?",
        _question("note", "Note de satisfaction, de 0 à 10", "number"),
        _question("remboursement", "Remboursements reçus dans les temps", "yes_no"),
        _question("demande", "Demande à transmettre", "text"),
        back=BACK
        + "Nous voulions savoir si tout se passe comme prévu, trois mois après votre arrivée. Et que puis-je pour vous ?",
    ),
]
MEMBERS_OBJECTIONS = [
    _objection(
        "attente",
        "« J'attends toujours mon remboursement »",
        "Je suis désolé. Donnez-moi la date du soin : je transmets aujourd'hui, et un gestionnaire vous rappelle demain.",
    ),
]
NOTES = (
    "Rappelle que le gérant est joignable surtout avant 10 h.",
    "A déjà un contrat ailleurs, échéance au printemps. Ouvert à une comparaison.",
    "Très aimable. Veut en parler à son associé avant de décider.",
    "Trouve le tarif élevé, à revoir avec deux salariés de moins.",
    "Assistante : rappeler demain matin et demander le dirigeant.",
    "Souhaite recevoir la plaquette par courriel avant tout rendez-vous.",
    "En déplacement cette semaine.",
    "Entreprise en cours de reprise par le fils, décision en janvier.",
    "A posé beaucoup de questions sur l'optique et le dentaire.",
    "Ne souhaite plus être contacté sur ce sujet.",
)
CALLBACK_NOTES = (
    "En réunion, rappeler demain vers 10 h.",
    "Veut comparer avec son contrat actuel.",
    "Attend le bilan comptable.",
    "Demander le gérant.",
    "Rappeler après les congés.",
)
PLACES = ("Dans l'entreprise", "À l'agence d'Annecy", "Au téléphone", "Chez le client", "En visioconférence")
