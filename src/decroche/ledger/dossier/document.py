"""The dossier as a screen, a PDF or data. Each reading is in the audit log; an agent has no part in it."""

from __future__ import annotations

from uuid import UUID

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import Language
from decroche.common.paper import Paper, moment
from decroche.common.schemas import text_sections
from decroche.ledger.dossier import words as w
from decroche.ledger.dossier.facts import DossierFacts
from decroche.ledger.dossier.gather import gather
from decroche.ledger.dossier.told import told
from decroche.ledger.schemas import CallDossier

CLOCK = SystemClock()


def read(viewer: User | None, call_id: UUID, *, action: str = "call_proof.read", clock: Clock = CLOCK) -> DossierFacts:
    """Raises NotFound."""
    facts = gather(viewer, call_id, clock.now())
    record(viewer, action, Call(pk=call_id), clock=clock)
    return facts


def shown(viewer: User, call_id: UUID, language: Language, clock: Clock = CLOCK) -> CallDossier:
    """For the call's page. Raises NotFound."""
    facts = read(viewer, call_id, clock=clock)
    return CallDossier(
        call_id=call_id,
        decided=facts.decision is not None,
        sections=text_sections(told(facts, language)),
    )


def pdf(viewer: User | None, call_id: UUID, language: Language, clock: Clock = CLOCK) -> bytes:
    """Raises NotFound."""
    facts = read(viewer, call_id, action="call_proof.document", clock=clock)
    title = w.said(w.TITLES["title"], language)
    page = Paper(title, language)
    page.headline(title)
    page.fact(w.said(w.LABELS["made_on"], language), moment(facts.made_at))
    page.fact(w.said(w.LABELS["made_by"], language), facts.made_by or w.sentence("machine", language))
    page.fact(w.said(w.LABELS["program"], language), facts.rulebook)
    page.sections(told(facts, language))
    return bytes(page.output())
