"""What a new campaign starts with: the outcomes, retry rules and script of a French floor."""

from __future__ import annotations

from typing import Any

from decroche.campaigns.models import Campaign, RetryRule, Script
from decroche.campaigns.retry import DEFAULT_RULES
from decroche.dispositions.models import Disposition

Tone = Disposition.Tone
Effect = Disposition.Effect

DISPOSITIONS: tuple[dict[str, Any], ...] = (
    {"label": "RDV pris", "color": "green", "pitched": True, "tone": Tone.POSITIVE, "wants_appointment": True},
    {"label": "À rappeler", "color": "cyan", "effect": Effect.CALLBACK},
    {"label": "Intéressé", "color": "teal", "pitched": True, "tone": Tone.POSITIVE},
    {"label": "Pas intéressé", "color": "orange", "pitched": True, "tone": Tone.NEGATIVE},
    {"label": "Faux numéro", "color": "gray", "reached": False},
    {"label": "Ne plus appeler", "color": "red", "tone": Tone.NEGATIVE, "effect": Effect.DO_NOT_CALL},
)

PAGES: list[dict[str, Any]] = [
    {
        "id": "accueil",
        "title": "Accueil",
        "text": (
            "« Bonjour {{ contact.civility }} {{ contact.last_name }}, {{ agent.first_name }}, "
            "de {{ campaign.caller_name }}.\n"
            "Je vous appelle au sujet de votre dossier : avez-vous deux minutes ? »"
        ),
        "questions": [
            {"key": "disponible", "label": "Disponible maintenant", "kind": "yes_no", "choices": [], "required": False},
        ],
    },
    {
        "id": "decouverte",
        "title": "Découverte",
        "text": "« Pour bien vous conseiller, quelques questions : »",
        "questions": [
            {
                "key": "equipement",
                "label": "Équipement actuel",
                "kind": "choice",
                "choices": ["Aucun", "Chez un concurrent", "Déjà client"],
                "required": False,
            },
            {"key": "echeance", "label": "Échéance du contrat", "kind": "date", "choices": [], "required": False},
            {"key": "besoin", "label": "Besoin exprimé", "kind": "text", "choices": [], "required": False},
        ],
    },
    {
        "id": "conclusion",
        "title": "Conclusion",
        "text": "« Je vous propose un rendez-vous avec notre conseiller. Quel moment vous convient ? »",
        "questions": [],
    },
]
OBJECTIONS: list[dict[str, Any]] = [
    {
        "id": "pas-le-temps",
        "title": "Je n'ai pas le temps",
        "answer": "« Je comprends : quand puis-je vous rappeler, plutôt le matin ou l'après-midi ? »",
    },
    {
        "id": "pas-interesse",
        "title": "Cela ne m'intéresse pas",
        "answer": "« Je l'entends. Puis-je vous demander ce que vous avez aujourd'hui ? »",
    },
    {
        "id": "comment-mon-numero",
        "title": "Comment avez-vous eu mon numéro ?",
        "answer": "« Il figure dans le fichier de {{ campaign.caller_name }}. Je peux le retirer tout de suite. »",
    },
]


def fill(campaign: Campaign) -> None:
    """Give a campaign without any its outcomes (keys 1 to 6), retry rules and script."""
    Disposition.objects.bulk_create(
        Disposition(campaign=campaign, position=position, key=str(position + 1), **fields)
        for position, fields in enumerate(DISPOSITIONS)
    )
    RetryRule.objects.bulk_create(
        RetryRule(
            campaign=campaign,
            result=str(result),
            delay_s=rule.delay_s,
            max_attempts=rule.max_attempts,
            next_phone=rule.next_phone,
        )
        for result, rule in DEFAULT_RULES.items()
    )
    Script.objects.create(campaign=campaign, pages=PAGES, objections=OBJECTIONS)
