"""Refusals about the call log."""

from __future__ import annotations

from decroche.common.errors import DomainError


class NoRecording(DomainError):
    """The call has no sound that can be played: never recorded, still being mixed, or erased by retention."""

    code = "no_recording"
    status = 404
    fr = "Rien à écouter pour cet appel : il n'a pas été enregistré, n'est pas encore prêt, ou a été effacé."
    en = "No recording to play for this call: it was not recorded, is not ready yet, or was erased."
