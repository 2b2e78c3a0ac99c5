"""/api/v1: what contacts agreed to, as a web form tells it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, cut, decode_cursor
from decroche.integrations.auth import key_of, scope
from decroche.integrations.v1 import schemas
from decroche.integrations.written import written
from decroche.ledger import selectors, services
from decroche.ledger.models import Principal
from decroche.ledger.schemas import ProofIn, ProofOut

NO_SUCH_PRINCIPAL = (
    "Aucun mandant n'a ce SIREN : ajoutez-le dans les réglages.",
    "No principal has this SIREN: add it in the settings.",
)
router = Router(tags=["contacts"], auth=scope("contacts:read"))


@router.get(
    "/contacts/{int:contact_id}/proofs",
    response=answers(schemas.ProofPage, NotFound, InvalidCursor),
    operation_id="list_proofs",
)
def list_proofs(request: HttpRequest, contact_id: int, filters: Query[schemas.Filters]) -> schemas.ProofPage:
    """Consents, contracts and requests of one contact, the first written down first, with what was withdrawn."""
    of = f"proofs/{contact_id}"
    last = decode_cursor(filters.cursor, int, of=of)[0] if filters.cursor else 0
    rows = sorted(selectors.proofs_of(key_of(request).created_by, contact_id), key=lambda row: row.id)
    after = [proof_out(row) for row in rows if row.id > last]
    items, following = cut(after[: filters.limit + 1], filters.limit, lambda row: (row.id,), of=of)
    return schemas.ProofPage(items=items, next_cursor=following)


@router.post(
    "/contacts/{int:contact_id}/proofs",
    auth=scope("contacts:write"),
    response=answers(schemas.Proof, NotFound, InvalidFields, status=201),
    operation_id="record_proof",
)
@written
def record_proof(request: HttpRequest, contact_id: int, body: schemas.ProofWrite) -> Status[schemas.Proof]:
    """Write down what a person agreed to, on your form or elsewhere. It is never changed afterwards."""
    user = key_of(request).created_by
    principal = Principal.objects.filter(siren="".join(body.siren.split())).first()
    if principal is None:
        raise InvalidFields(siren=NO_SUCH_PRINCIPAL)
    facts = body.model_dump(exclude={"siren"}) | {"principal_id": principal.pk}
    made = services.record_proof(user, contact_id, ProofIn.model_validate(facts))
    return Status(201, proof_out(selectors.proof(user, made.pk)))


def proof_out(row: ProofOut) -> schemas.Proof:
    """A row of the ledger, for programs."""
    return schemas.Proof(
        **row.model_dump(include=set(schemas.Proof.model_fields) - {"siren", "contact_id", "withdrawn_at"}),
        siren=row.principal.siren,
        contact_id=row.contact.id if row.contact else None,
        withdrawn_at=row.withdrawal.at if row.withdrawal else None,
    )
