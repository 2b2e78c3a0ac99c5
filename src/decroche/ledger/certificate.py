"""One person's proofs and withdrawals as a PDF: what was agreed, when, how, with the hash of each row."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import Language
from decroche.common.paper import Paper, moment
from decroche.compliance import french
from decroche.contacts.access import get_contact
from decroche.ledger.schemas import ProofOut
from decroche.ledger.selectors import proofs_of
from decroche.ledger.services import name_of
from decroche.ledger.words import LABELS, VALUES

CLOCK = SystemClock()
NOT_HASHED = {"state", "ends_at", "contact", "principal"}
"""What changes with time, or is not the proof's own; the principal is hashed by its SIREN."""


def of_contact(actor: User, contact_id: int, language: Language = "fr", clock: Clock = CLOCK) -> bytes:
    """Raises NotFound. Every document made is in the audit log."""
    contact, now = get_contact(actor, contact_id), clock.now()
    proofs = proofs_of(actor, contact.pk, clock)
    record(actor, "proof.document", contact, proofs=len(proofs))
    page = _Page(language)
    page.headline(page.say("title"))
    page.fact("person", f"{name_of(contact)} ({page.say('record')} {contact.pk})")
    page.fact("numbers", ", ".join(contact.phones.order_by("e164").values_list("e164", flat=True)) or "–")
    page.fact("made_on", moment(now, "Europe/Paris"))
    page.fact("made_by", actor.display_name)
    page.fact("rulebook", french().version)
    page.fact("count", str(len(proofs)))
    page.small(page.say("law"))
    for number, one in enumerate(proofs, 1):
        _proof(page, number, one)
    return bytes(page.output())


def hash_of(proof: ProofOut) -> str:
    """SHA-256 of the proof as JSON, keys in order, without what time changes: the same whenever it is computed."""
    facts = proof.model_dump(mode="json", exclude=NOT_HASHED | {"withdrawal"})
    if not proof.reference:  # older proofs have none, and keep their hash
        del facts["reference"]
    return _sha256({**facts, "principal": proof.principal.siren})


def _sha256(facts: dict[str, Any]) -> str:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _proof(page: _Page, number: int, one: ProofOut) -> None:
    page.heading(f"{number}. {page.value(one.kind)} : {one.object}")
    page.fact("state", page.value(one.state))
    page.fact("who", one.who)
    page.fact("number", one.e164 or page.say("all_numbers"))
    page.fact("principal", f"{one.principal.name} (SIREN {one.principal.siren})")
    page.fact("third_party", one.third_party)
    page.fact("given_at", moment(one.given_at, one.zone))
    page.fact("channel", page.value(one.channel))
    page.fact("act", one.act)
    page.fact("wording_version", one.wording_version)
    page.fact("wording", f"« {one.wording} »")
    page.fact("ends_at", moment(one.ends_at, one.zone) if one.ends_at else "")
    for slot in one.slots:
        page.fact("slot", f"{moment(slot.start, one.zone)} – {moment(slot.end, one.zone)}")
    if one.evidence is not None:
        page.fact("evidence", f"{one.evidence.name}\nSHA-256 {one.evidence.sha256}")
    page.fact("reference", one.reference)
    page.fact("call", str(one.call_id or ""))
    by = one.recorded_by.name if one.recorded_by else "–"
    page.fact("recorded", f"{moment(one.recorded_at, 'Europe/Paris')}, {by}")
    page.fact("archive_until", moment(one.archive_until, "Europe/Paris"))
    page.fact("hash", hash_of(one))
    if (taken := one.withdrawal) is not None:
        by = taken.recorded_by.name if taken.recorded_by else "–"
        said = (moment(taken.at, one.zone), page.value(taken.channel), taken.note, by)
        page.fact("withdrawal", ", ".join(part for part in said if part))
        page.fact("withdrawal_hash", _sha256({"proof": hash_of(one), **taken.model_dump(mode="json")}))


class _Page(Paper):
    """Its labels and values by their codes."""

    def __init__(self, language: Language) -> None:
        super().__init__(LABELS["title"][language], language)

    def say(self, name: str) -> str:
        return LABELS[name][self.language]

    def value(self, code: str) -> str:
        return VALUES[code][self.language]

    def fact(self, label: str, text: str) -> None:
        super().fact(self.say(label), text)
