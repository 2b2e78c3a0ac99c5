"""Principals, and the ledger of what persons agreed to. Agents write proofs of the contacts they work on."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from decroche.accounts.access import ADMIN, AGENT, SUPERVISOR, actor
from decroche.accounts.audit import record
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import PDF, answers, language_of, pdf_file
from decroche.common.pagination import InvalidCursor, Limit, whole
from decroche.ledger import certificate, evidence, selectors, services, wordings
from decroche.ledger.dossier import document
from decroche.ledger.errors import (
    AlreadyWithdrawn,
    EvidenceTooLarge,
    NotTalkedTo,
    NoWording,
    PrincipalInUse,
    SirenTaken,
)
from decroche.ledger.schemas import (
    CallDossier,
    ConsentWordingIn,
    ConsentWordings,
    EvidenceOut,
    PrincipalIn,
    PrincipalOut,
    PrincipalPage,
    PrincipalPatch,
    ProofIn,
    ProofKindCode,
    ProofOut,
    ProofPage,
    SpokenConsentIn,
    WithdrawIn,
)

router = Router(tags=["ledger"], auth=SUPERVISOR)


# ── Principals ───────────────────────────────────────────────────────────────
@router.get("/principals", auth=AGENT, response=PrincipalPage, operation_id="list_principals")
def list_principals(request: HttpRequest) -> dict[str, object]:
    """Companies for which campaigns call, by name."""
    return whole(selectors.principal_out(row) for row in selectors.principals())


@router.post(
    "/principals",
    response=answers(PrincipalOut, SirenTaken, InvalidFields, status=201),
    operation_id="create_principal",
)
def create_principal(request: HttpRequest, body: PrincipalIn) -> Status[PrincipalOut]:
    """A new one, by its SIREN."""
    return Status(201, selectors.principal_out(services.create_principal(actor(request), body)))


@router.patch(
    "/principals/{int:principal_id}",
    response=answers(PrincipalOut, NotFound, InvalidFields),
    operation_id="update_principal",
)
def update_principal(request: HttpRequest, principal_id: int, body: PrincipalPatch) -> PrincipalOut:
    """Its name."""
    return selectors.principal_out(services.rename_principal(actor(request), principal_id, body.name))


@router.delete(
    "/principals/{int:principal_id}",
    auth=ADMIN,
    response=answers(None, NotFound, PrincipalInUse),
    operation_id="delete_principal",
)
def delete_principal(request: HttpRequest, principal_id: int) -> Status[None]:
    """Where nothing belongs to it."""
    services.delete_principal(actor(request), principal_id)
    return Status(204, None)


# ── Proofs ───────────────────────────────────────────────────────────────────
@router.get("/proofs", response=answers(ProofPage, InvalidCursor), operation_id="list_proofs")
def list_proofs(
    request: HttpRequest,
    principal_id: int | None = None,
    kind: ProofKindCode | None = None,
    cursor: str = "",
    limit: Limit = 50,
) -> ProofPage:
    """The ledger, the latest first."""
    return selectors.proofs(principal_id=principal_id, kind=kind, cursor=cursor, limit=limit)


@router.get("/proofs/{int:proof_id}", auth=AGENT, response=answers(ProofOut, NotFound), operation_id="get_proof")
def get_proof(request: HttpRequest, proof_id: int) -> ProofOut:
    """One row of the ledger."""
    return selectors.proof(actor(request), proof_id)


@router.post(
    "/proofs/{int:proof_id}/withdrawal",
    auth=AGENT,
    response=answers(ProofOut, NotFound, AlreadyWithdrawn, InvalidFields),
    operation_id="withdraw_proof",
)
def withdraw_proof(request: HttpRequest, proof_id: int, body: WithdrawIn) -> ProofOut:
    """The person takes it back: it acts at once."""
    services.withdraw(actor(request), proof_id, body)
    return selectors.proof(actor(request), proof_id)


@router.get(
    "/contacts/{int:contact_id}/proofs",
    auth=AGENT,
    response=answers(ProofPage, NotFound),
    operation_id="list_contact_proofs",
)
def list_contact_proofs(request: HttpRequest, contact_id: int) -> dict[str, object]:
    """All that this person agreed to, whatever the principal."""
    return whole(selectors.proofs_of(actor(request), contact_id))


@router.post(
    "/contacts/{int:contact_id}/proofs",
    auth=AGENT,
    response=answers(ProofOut, NotFound, InvalidFields, status=201),
    operation_id="record_proof",
)
def record_proof(request: HttpRequest, contact_id: int, body: ProofIn) -> Status[ProofOut]:
    """Write down a consent, a current contract or a callback request; it is never changed afterwards."""
    row = services.record_proof(actor(request), contact_id, body)
    return Status(201, selectors.proof(actor(request), row.pk))


@router.get(
    "/contacts/{int:contact_id}/proofs.pdf",
    operation_id="get_proofs_document",
    response=answers(None, NotFound, status=404),
    openapi_extra=PDF,
)
def get_proofs_document(request: HttpRequest, contact_id: int) -> HttpResponse:
    """All that this person agreed to and took back, as a document for him, a judge or an inspector."""
    made = certificate.of_contact(actor(request), contact_id, language_of(request))
    return pdf_file(made, f"consentements-{contact_id}.pdf")


# ── Why a call was lawful ────────────────────────────────────────────────────
@router.get("/calls/{uuid:call_id}/proof", response=answers(CallDossier, NotFound), operation_id="get_call_proof")
def get_call_proof(request: HttpRequest, call_id: UUID) -> CallDossier:
    """What was decided before the call and by which rules, what proves it, what the person refused since."""
    return document.shown(actor(request), call_id, language_of(request))


@router.get(
    "/calls/{uuid:call_id}/proof.pdf",
    operation_id="get_call_proof_document",
    response=answers(None, NotFound, status=404),
    openapi_extra=PDF,
)
def get_call_proof_document(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """The same, for an inspector or a judge."""
    return pdf_file(document.pdf(actor(request), call_id, language_of(request)), f"preuve-{call_id}.pdf")


# ── Asked for in a call ──────────────────────────────────────────────────────
@router.get(
    "/campaigns/{int:campaign_id}/consent-wording",
    auth=AGENT,
    response=answers(ConsentWordings, NotFound),
    operation_id="get_consent_wording",
)
def get_consent_wording(request: HttpRequest, campaign_id: int) -> ConsentWordings:
    """What agents read aloud, and every version there was."""
    return wordings.of_campaign(actor(request), campaign_id)


@router.put(
    "/campaigns/{int:campaign_id}/consent-wording",
    response=answers(ConsentWordings, NotFound, InvalidFields),
    operation_id="set_consent_wording",
)
def set_consent_wording(request: HttpRequest, campaign_id: int, body: ConsentWordingIn) -> ConsentWordings:
    """A new version, where it differs from the last; earlier ones stay."""
    wordings.change(actor(request), campaign_id, body)
    return wordings.of_campaign(actor(request), campaign_id)


@router.post(
    "/calls/{uuid:call_id}/consent",
    auth=AGENT,
    response=answers(ProofOut, NotFound, NoWording, NotTalkedTo, InvalidFields, status=201),
    operation_id="record_spoken_consent",
)
def record_spoken_consent(request: HttpRequest, call_id: UUID, body: SpokenConsentIn) -> Status[ProofOut]:
    """The person said yes to the wording as it is now. Twice in one call: one proof."""
    row = wordings.record_spoken(actor(request), call_id, body)
    return Status(201, selectors.proof(actor(request), row.pk))


# ── Evidence ─────────────────────────────────────────────────────────────────
@router.post(
    "/evidence", auth=AGENT, response=answers(EvidenceOut, EvidenceTooLarge, status=201), operation_id="add_evidence"
)
def add_evidence(request: HttpRequest, file: File[UploadedFile]) -> Status[EvidenceOut]:
    """A file that a proof will name; kept as it came, with its hash."""
    return Status(201, selectors.evidence_out(evidence.add(actor(request), file)))


@router.get(
    "/evidence/{uuid:evidence_id}",
    operation_id="get_evidence",
    response=answers(None, NotFound, status=404),
    openapi_extra={
        "responses": {
            200: {
                "description": "OK",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def get_evidence(request: HttpRequest, evidence_id: UUID) -> FileResponse:
    """The file, to be saved: never opened in the page."""
    row, path = evidence.get(evidence_id)
    record(actor(request), "evidence.read", row)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=row.name)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
