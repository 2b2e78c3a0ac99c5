"""Which calls of a campaign are recorded, what for, and what the person is told. Pure.

CNIL: a recording is never permanent and systematic, but for the proof of a contract concluded by telephone.
"""

from __future__ import annotations

from uuid import UUID

PROOF = "proof"
USUAL_SHARE = {"quality": 0.2, "training": 0.2, PROOF: 1.0}
"""Purpose → share of the calls that is recorded unless the manager says otherwise."""
_PARTS = 10_000


def usual_notice() -> str:
    """What a new campaign has its agents say; the person hears who records, what for, and that he may object."""
    return (
        "Cet appel peut être enregistré par {{ campaign.caller_name | default: 'notre société' }} pour améliorer"
        " la qualité de nos échanges. Vous pouvez vous y opposer maintenant ou à tout moment : il suffit de me le dire."
    )


def is_systematic(purpose: str, share: float) -> bool:
    """Every call, for something that a part of them would serve as well."""
    return purpose != PROOF and share >= 1


def is_drawn(call_id: UUID, share: float) -> bool:
    """By the call's own id: as good as chance, the same after a restart, apart from the draw of detection's checks."""
    return call_id.int // _PARTS % _PARTS < share * _PARTS
