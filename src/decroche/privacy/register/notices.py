"""Notices for persons called (GDPR 13 and 14) and for agents, filled from the configuration, to be copied. Pure."""

from __future__ import annotations

from typing import NamedTuple

from decroche.agents.listening.wording import wording
from decroche.common.errors import Language
from decroche.common.spans import span
from decroche.privacy.register import words as w
from decroche.privacy.register.facts import PrincipalFact, RegisterFacts

_COMPANY, _CONTACT = ("notre société", "our company"), ("notre service clients", "our customer service")
SPOKEN: w.Both = (
    "Bonjour, {company} vous appelle pour le compte de {principal}. Vos coordonnées nous servent à cet appel. Vous "
    "pouvez refuser d'être rappelé, maintenant ou à tout moment : dites-le-moi et c'est fait. Pour vos données : "
    "{contact}.",
    "Hello, {company} is calling you on behalf of {principal}. We use your details for this call. You may refuse to be "
    "called again, now or at any time: tell me and it is done. About your data: {contact}.",
)
SPOKEN_OWN: w.Both = (
    "Bonjour, {company} vous appelle. Vos coordonnées nous servent à cet appel. Vous pouvez refuser d'être rappelé, "
    "maintenant ou à tout moment : dites-le-moi et c'est fait. Pour vos données : {contact}.",
    "Hello, {company} is calling you. We use your details for this call. You may refuse to be called again, now or at "
    "any time: tell me and it is done. About your data: {contact}.",
)
WRITTEN: w.Both = (
    """\
Vos données et nos appels

Qui : {company}{siren}{address}{for_whom}.
{dpo}
Pourquoi : {purposes}. Base légale : {bases}.

Quelles données : {data}. Elles viennent de vous, ou de fichiers dont l'origine vous est donnée sur demande.

Qui les reçoit : {recipients}.

Combien de temps : {prospect} au plus après votre dernier signe ; notes {note} ; enregistrements {recording_kept} ; \
preuves de consentement {proof}.
{recording}
Vos droits : accès, rectification, effacement, limitation, opposition et, pour un consentement, retrait à tout moment. \
Écrivez à {contact}. Vous pouvez adresser une réclamation à la CNIL (www.cnil.fr).""",
    """\
Your data and our calls

Who: {company}{siren}{address}{for_whom}.
{dpo}
Why: {purposes}. Legal basis: {bases}.

Which data: {data}. They come from you, or from files whose source is told to you on request.

Who receives them: {recipients}.

How long: {prospect} at most after your last sign; notes {note}; recordings {recording_kept}; proofs of consent \
{proof}.
{recording}
Your rights: access, rectification, erasure, restriction, objection and, for a consent, withdrawal at any time. Write \
to {contact}. You may lodge a complaint with the CNIL (www.cnil.fr).""",
)
DPO: w.Both = ("\nDélégué à la protection des données : {dpo}.\n", "\nData protection officer: {dpo}.\n")
FOR_WHOM: w.Both = (", pour le compte de {name} (SIREN {siren})", ", on behalf of {name} (SIREN {siren})")
RECORDED: w.Both = (
    "\nEnregistrement : certains appels sont enregistrés ({what}) ; on vous le dit au début, et vous pouvez vous y "
    "opposer.\n",
    "\nRecording: some calls are recorded ({what}); you are told at the beginning, and may object.\n",
)
CALLING: w.Both = ("prospection et suivi par téléphone ({names})", "prospecting and follow-up by telephone ({names})")
ONLY_US: w.Both = ("nos équipes et l'opérateur qui achemine l'appel", "our teams and the carrier of the call")
AND_THEM: w.Both = (
    "nos équipes, {name} et l'opérateur qui achemine l'appel",
    "our teams, {name} and the carrier of the call",
)


class Notice(NamedTuple):
    """`code`: "spoken", "written" or "agents"."""

    code: str
    text: str


def notices(facts: RegisterFacts, principal: PrincipalFact | None, language: Language) -> list[Notice]:
    """For one principal's campaigns; None: the company's own words, without any."""
    chosen, n = facts.settings, 1 if language == "en" else 0
    company, contact = chosen.company_name or _COMPANY[n], chosen.privacy_contact or _CONTACT[n]
    other = principal if principal and principal.siren not in ("", chosen.company_siren) else None
    spoken = w.said(
        SPOKEN if other else SPOKEN_OWN, language, company=company, contact=contact,
        principal=other.name if other else "",
    )  # fmt: skip
    written = _written(facts, principal, other, language, company, contact)
    return [
        Notice("spoken", spoken),
        Notice("written", written),
        Notice("agents", wording(chosen).text(language)),
    ]


def _written(
    facts: RegisterFacts, principal: PrincipalFact | None, other: PrincipalFact | None, language: Language,
    company: str, contact: str,
) -> str:  # fmt: skip
    chosen = facts.settings
    shown = (principal,) if principal else facts.principals
    campaigns = [campaign for one in shown for campaign in one.campaigns]
    recorded = dict.fromkeys(one.recorded_for for one in campaigns if one.recorded_for)
    what = ", ".join(w.said(w.RECORDED_FOR[code], language) for code in recorded)
    bases = [w.said(w.BASES[one.basis], language) for one in campaigns]
    return w.said(
        WRITTEN, language, company=company, contact=contact,
        siren=f" (SIREN {chosen.company_siren})" if chosen.company_siren else "",
        address=f", {chosen.company_address}" if chosen.company_address else "",
        for_whom=w.said(FOR_WHOM, language, name=other.name, siren=other.siren) if other else "",
        dpo=w.said(DPO, language, dpo=chosen.dpo) if chosen.dpo else "",
        purposes=w.said(CALLING, language, names=", ".join(one.name for one in campaigns) or "–"),
        bases=w.joined(bases, language) or "–",
        data=w.said(w.SENTENCES["data"], language),
        recipients=w.said(AND_THEM, language, name=other.name) if other else w.said(ONLY_US, language),
        recording=w.said(RECORDED, language, what=what) if recorded else "",
        **_kept(facts, language),
    )  # fmt: skip


def _kept(facts: RegisterFacts, language: Language) -> dict[str, str]:
    said = {one.kind: span(one.months, one.days, language) for one in facts.terms}
    return {
        "prospect": said["prospect"], "note": said["note"], "recording_kept": said["recording"], "proof": said["proof"]
    }  # fmt: skip
