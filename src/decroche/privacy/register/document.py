"""The register and the notices, as screens and the command ask for them. Each document made is in the audit log."""

from __future__ import annotations

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import Language
from decroche.common.paper import Paper
from decroche.common.schemas import text_sections
from decroche.privacy.register import words as w
from decroche.privacy.register.facts import gather
from decroche.privacy.register.notices import notices
from decroche.privacy.register.told import told
from decroche.privacy.schemas import NoticeOut, RegisterOut

CLOCK = SystemClock()


def shown(language: Language, clock: Clock = CLOCK) -> RegisterOut:
    """For the screen."""
    return RegisterOut(sections=text_sections(told(gather(clock.now()), language)))


def pdf(actor: User | None, language: Language, clock: Clock = CLOCK) -> bytes:
    """`actor` None: the machine's own administrator, at its console."""
    sections = told(gather(clock.now()), language)
    record(actor, "register.document", clock=clock)
    title = w.said(w.TITLES["title"], language)
    page = Paper(title, language)
    page.headline(title)
    page.sections(sections)
    return bytes(page.output())


def notices_for(siren: str, language: Language, clock: Clock = CLOCK) -> list[NoticeOut]:
    """`siren` "" or unknown: without a principal."""
    facts = gather(clock.now())
    principal = next((one for one in facts.principals if siren and one.siren == siren), None)
    return [NoticeOut.model_validate(one._asdict()) for one in notices(facts, principal, language)]
