"""The terms of the proofs that a file brings: checked as an import starts, and told with what came of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from decroche.common.errors import InvalidFields, Language
from decroche.contacts.imports import consents
from decroche.contacts.imports.schemas import ConsentReason, ConsentResult, ConsentTerms
from decroche.ledger.models import Evidence, Principal

_COLUMN = {"object": "consent_object", "wording": "consent_wording", "wording_version": "consent_version",
           "channel": "consent_channel", "act": "consent_act"}  # fmt: skip
"""What the law asks of every proof, and the column that may say it."""


def terms_of(targets: Collection[str], given: ConsentTerms | None) -> dict[str, Any] | None:
    """As the batch keeps them; None where no column goes to a consent. Raises InvalidFields."""
    mapped = set(targets) & set(consents.TARGETS)
    if not mapped:
        return None
    if "consent_at" not in mapped:
        raise InvalidFields(
            mapping=(
                "Choisissez la colonne qui dit quand le consentement a été donné : sans date, il ne prouve rien.",
                "Choose the column that says when the consent was given: without a date it proves nothing.",
            )
        )
    if ("consent_slot_start" in mapped) != ("consent_slot_end" in mapped):
        raise InvalidFields(
            mapping=(
                "Un créneau convenu a un début et une fin : reliez les deux colonnes, ou aucune.",
                "An agreed time has a start and an end: link both columns, or none.",
            )
        )
    if given is None or not Principal.objects.filter(pk=given.principal_id).exists():
        raise InvalidFields(
            **{
                "consent.principal_id": (
                    "Choisissez le mandant pour lequel ces consentements ont été donnés.",
                    "Choose the principal for which these consents were given.",
                )
            }
        )
    missing = [name for name, target in _COLUMN.items() if not getattr(given, name) and target not in mapped]
    if missing:
        both = (
            "À remplir, ou à prendre d'une colonne : la loi le demande de chaque preuve.",
            "Fill it in, or take it from a column: the law asks it of every proof.",
        )
        raise InvalidFields(**{f"consent.{name}": both for name in missing})
    if given.evidence_id is not None and not Evidence.objects.filter(pk=given.evidence_id).exists():
        raise InvalidFields(**{"consent.evidence_id": ("Ce fichier n'existe plus.", "This file no longer exists.")})
    return given.model_dump(mode="json")


def terms_out(kept: dict[str, Any] | None) -> ConsentTerms | None:
    """As they were kept; None where their principal is gone."""
    if kept is None or not Principal.objects.filter(pk=kept["principal_id"]).exists():
        return None
    return ConsentTerms.model_validate(kept)


def result_out(counts: dict[str, int] | None, language: str) -> ConsentResult | None:
    """What became of the consents."""
    if counts is None:
        return None
    index = 1 if cast("Language", language) == "en" else 0
    return ConsentResult(
        recorded=counts.get("", 0),
        known=counts.get("consent_known", 0),
        reasons=[
            ConsentReason(code=code, reason=consents.REASONS[code][index], count=count)
            for code, count in sorted(counts.items(), key=lambda one: -one[1])
            if code not in ("", "consent_known", "consent_no_contact")
        ],
    )
