"""What a new floor starts with: the pause reasons of a French floor."""

from __future__ import annotations

from decroche.agents.models import PauseReason

PAUSES = (("Pause café", "orange", True), ("Déjeuner", "blue", False), ("Formation / Brief", "violet", True))
"""Label, colour, whether it is paid."""


def ensure_pause_reasons() -> list[PauseReason]:
    """Without a reason no agent could take a pause. A floor that has any keeps its own."""
    if not PauseReason.objects.exists():
        for position, (label, color, paid) in enumerate(PAUSES):
            PauseReason.objects.create(label=label, color=color, paid=paid, position=position)
    return list(PauseReason.objects.all())
