"""/api/v1: files of contacts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import ValidationError

from decroche.accounts.models import User
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers, language_of
from decroche.common.pagination import InvalidCursor
from decroche.common.validation import SENTENCES, field_sentences
from decroche.contacts.imports import refused, selectors, services
from decroche.contacts.imports.consent_terms import result_out
from decroche.contacts.imports.errors import CannotCancel, CannotRollBack, CannotRollForward, FileGone, FileRefused
from decroche.contacts.imports.run import path_of
from decroche.contacts.imports.schemas import ImportOut, ImportStart
from decroche.contacts.imports.targets import titles_in
from decroche.contacts.models import ImportBatch
from decroche.integrations.auth import key_of, scope
from decroche.integrations.v1 import schemas
from decroche.integrations.v1.ledger_api import NO_SUCH_PRINCIPAL
from decroche.integrations.written import written
from decroche.ledger.models import Principal

router = Router(tags=["imports"], auth=scope("imports:read"))
WRITE = scope("imports:write")
THEIR_NAMES = {"mapping": "columns", "consent.principal_id": "consent.siren"}
"""Of fields, which the screens name otherwise."""


@router.post(
    "/imports",
    auth=WRITE,
    response=answers(schemas.Import, FileRefused, InvalidFields, status=201),
    operation_id="create_import",
)
@written
def create_import(request: HttpRequest, file: File[UploadedFile], options: Form[str] = "{}") -> Status[schemas.Import]:
    """Upload a file and import it in the background. `options`: an `ImportOptions` as JSON text. Follow its status."""
    _no_other_part(request)
    user = key_of(request).created_by
    wanted = _options(options)
    batch = services.upload(user, file)
    try:
        services.start(user, batch.pk, _start(user, batch, wanted))
    except BaseException as error:
        path_of(batch).unlink(missing_ok=True)  # its row is rolled back
        if isinstance(error, InvalidFields):
            raise error.below("options", **THEIR_NAMES) from error
        raise
    return Status(201, _one(request, batch.pk))


@router.get("/imports", response=answers(schemas.ImportPage, InvalidCursor), operation_id="list_imports")
def list_imports(request: HttpRequest, filters: Query[schemas.ImportFilters]) -> schemas.ImportPage:
    """Batches, those made on the screens too."""
    found = selectors.list_imports(
        language_of(request), campaign_id=filters.campaign_id, cursor=filters.cursor, limit=filters.limit
    )
    ids = [row.id for row in found.items]
    consents = dict(ImportBatch.objects.filter(pk__in=ids).values_list("pk", "consent_counts"))
    items = [import_out(row, consents.get(row.id)) for row in found.items]
    return schemas.ImportPage(items=items, next_cursor=found.next_cursor)


@router.get("/imports/{int:import_id}", response=answers(schemas.Import, NotFound), operation_id="get_import")
def get_import(request: HttpRequest, import_id: int) -> schemas.Import:
    """Its status, progress and counts."""
    return _one(request, import_id)


@router.get(
    "/imports/{int:import_id}/refused-rows",
    response=answers(schemas.RefusedPage, NotFound, InvalidCursor),
    operation_id="list_refused_rows",
)
def list_refused_rows(request: HttpRequest, import_id: int, filters: Query[schemas.Filters]) -> schemas.RefusedPage:
    """The rows that were not imported, and why."""
    found = refused.list_refused(language_of(request), import_id, cursor=filters.cursor, limit=filters.limit)
    items = [schemas.RefusedRow(**row.model_dump()) for row in found.items]
    return schemas.RefusedPage(items=items, next_cursor=found.next_cursor, total=found.total)


@router.post(
    "/imports/{int:import_id}/cancel",
    auth=WRITE,
    response=answers(schemas.Import, NotFound, CannotCancel),
    operation_id="cancel_import",
)
@written
def cancel_import(request: HttpRequest, import_id: int) -> schemas.Import:
    """Stop it; nothing of it stays."""
    services.cancel(key_of(request).created_by, import_id)
    return _one(request, import_id)


@router.post(
    "/imports/{int:import_id}/roll-back",
    auth=WRITE,
    response=answers(schemas.Import, NotFound, CannotRollBack),
    operation_id="roll_back_import",
)
@written
def roll_back_import(request: HttpRequest, import_id: int) -> schemas.Import:
    """Take back what it brought and nobody has worked on, in the background."""
    services.start_roll_back(key_of(request).created_by, import_id)
    return _one(request, import_id)


@router.post(
    "/imports/{int:import_id}/roll-forward",
    auth=WRITE,
    response=answers(schemas.Import, NotFound, CannotRollForward, FileGone, InvalidFields),
    operation_id="roll_forward_import",
)
@written
def roll_forward_import(request: HttpRequest, import_id: int) -> schemas.Import:
    """Bring a batch that was rolled back once more, as it was set, in the background."""
    services.roll_forward(key_of(request).created_by, import_id)
    return _one(request, import_id)


def _no_other_part(request: HttpRequest) -> None:
    """With `option` for `options` a file would go into no campaign."""
    unknown = sorted({*request.POST, *request.FILES} - {"file", "options"})
    if unknown:
        raise InvalidFields(**dict.fromkeys(unknown, SENTENCES["extra_forbidden"]))


def _options(text: str) -> schemas.ImportOptions:
    try:
        return schemas.ImportOptions.model_validate_json(text)
    except ValidationError as error:
        faults = [{**one, "loc": ("options", "options", *one["loc"])} for one in error.errors()]
        french, english = field_sentences(faults, "fr"), field_sentences(faults, "en")
        raise InvalidFields(**{path: (french[path], english[path]) for path in french}) from error


def _start(user: User, batch: ImportBatch, wanted: schemas.ImportOptions) -> ImportStart:
    if wanted.columns is None:
        chosen = {one.index: one.suggested for one in selectors.preview(batch, user).columns if one.suggested}
    else:
        titled = (titles_in(batch.columns, "en"), batch.columns)  # those of its own last
        places = {title: index for titles in titled for index, title in enumerate(titles)}
        unknown = sorted(set(wanted.columns) - set(places))
        if unknown:
            raise InvalidFields(
                columns=(
                    f"Le fichier n'a pas de colonne « {unknown[0][:60]} ».",
                    f'The file has no column "{unknown[0][:60]}".',
                )
            )
        chosen = {places[title]: target for title, target in wanted.columns.items()}
    facts = wanted.model_dump(exclude={"columns", "consent"})
    return ImportStart.model_validate(
        {
            **facts,
            "consent": _terms(wanted.consent),
            "mapping": [{"column": column, "target": target} for column, target in chosen.items()],
        }
    )


def _terms(given: schemas.ImportConsent | None) -> dict[str, Any] | None:
    if given is None:
        return None
    principal = Principal.objects.filter(siren="".join(given.siren.split())).first()
    if principal is None:
        raise InvalidFields(**{"consent.siren": NO_SUCH_PRINCIPAL})
    return given.model_dump(exclude={"siren"}) | {"principal_id": principal.pk}


def _one(request: HttpRequest, import_id: int) -> schemas.Import:
    batch = ImportBatch.objects.select_related("campaign", "created_by").filter(pk=import_id).first()
    if batch is None:
        raise NotFound
    return import_out(selectors.batch_out(batch, language_of(request)), batch.consent_counts)


def import_out(row: ImportOut, consents: dict[str, int] | None) -> schemas.Import:
    """A batch, for programs."""
    facts = row.model_dump(include=set(schemas.Import.model_fields))
    campaign_id = row.campaign.id if row.campaign else None
    return schemas.Import(**facts, campaign_id=campaign_id, consents=_consents_out(consents))


def _consents_out(counts: dict[str, int] | None) -> schemas.ImportedConsents | None:
    result = result_out(counts, "fr")
    if result is None:
        return None
    refused = {one.code: one.count for one in result.reasons}
    return schemas.ImportedConsents(recorded=result.recorded, known=result.known, refused=refused)
