"""Imports: supervisors upload, look, map, start, follow, cancel and roll back."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from decroche.accounts.access import SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers, language_of
from decroche.contacts.imports import misfits, refused, saved_mappings, selectors, services
from decroche.contacts.imports.errors import (
    CannotCancel,
    CannotRollBack,
    CannotRollForward,
    FileGone,
    FileRefused,
    NotADraft,
)
from decroche.contacts.imports.fed import campaigns_fed
from decroche.contacts.imports.schemas import (
    ColumnsAsked,
    DraftChoices,
    FedCampaign,
    ImportDetail,
    ImportOut,
    ImportPage,
    ImportPatch,
    ImportStart,
    Misfit,
    RefusedPage,
    SavedMappingIn,
    SavedMappingOut,
    SavedMappingPatch,
)
from decroche.contacts.schemas import Limit

router = Router(auth=SUPERVISOR, tags=["imports"])


@router.post("/imports", response=answers(ImportDetail, FileRefused, status=201), operation_id="create_import")
def create_import(request: HttpRequest, file: File[UploadedFile]) -> Status[ImportDetail]:
    """Upload a .csv, .txt, .xlsx, .ods or .zip file; answers with its first rows and a suggested mapping."""
    user = actor(request)
    batch = services.upload(user, file)
    return Status(201, selectors.import_detail(batch.pk, user))


@router.get("/imports", response=answers(ImportPage, InvalidFields), operation_id="list_imports")
def list_imports(
    request: HttpRequest, campaign_id: int | None = None, cursor: str = "", limit: Limit = 50
) -> ImportPage:
    """Batches, newest first."""
    return selectors.list_imports(language_of(request), campaign_id=campaign_id, cursor=cursor, limit=limit)


@router.get("/imports/{batch_id}", response=answers(ImportDetail, NotFound), operation_id="get_import")
def get_import(request: HttpRequest, batch_id: int) -> ImportDetail:
    """A batch: preview while it is a draft, then its progress and counts."""
    return selectors.import_detail(batch_id, actor(request))


@router.patch(
    "/imports/{batch_id}",
    response=answers(ImportDetail, InvalidFields, NotFound, NotADraft),
    operation_id="update_import",
)
def update_import(request: HttpRequest, batch_id: int, body: ImportPatch) -> ImportDetail:
    """Read the file with another encoding, separator, sheet or header row; answers with the new preview."""
    user = actor(request)
    services.read_otherwise(batch_id, body)
    return selectors.import_detail(batch_id, user)


@router.put("/imports/{batch_id}/choices", response=answers(None, NotFound, NotADraft), operation_id="keep_choices")
def keep_choices(request: HttpRequest, batch_id: int, body: DraftChoices) -> Status[None]:
    """Keep what was chosen so far for a draft: `ImportDetail` gives it back."""
    services.keep_choices(batch_id, body)
    return Status(204, None)


@router.post(
    "/imports/{batch_id}/misfits",
    response=answers(list[Misfit], FileRefused, NotFound, NotADraft),
    operation_id="find_misfits",
)
def find_misfits(request: HttpRequest, batch_id: int, body: ColumnsAsked) -> list[Misfit]:
    """Columns of a draft of which some of the first values would have their rows refused, and how many."""
    return misfits.misfits(batch_id, body.columns)


@router.get(
    "/imports/{batch_id}/campaigns", response=answers(list[FedCampaign], NotFound), operation_id="list_campaigns_fed"
)
def list_campaigns_fed(request: HttpRequest, batch_id: int) -> list[FedCampaign]:
    """The campaigns whose queues hold its contacts, by whatever way they came there."""
    return campaigns_fed(batch_id)


@router.delete("/imports/{batch_id}", response=answers(None, NotFound, NotADraft), operation_id="delete_import")
def delete_import(request: HttpRequest, batch_id: int) -> Status[None]:
    """Throw away an upload that was not started."""
    services.discard(actor(request), batch_id)
    return Status(204, None)


@router.post(
    "/imports/{batch_id}/start",
    response=answers(ImportOut, InvalidFields, NotFound, NotADraft),
    operation_id="start_import",
)
def start_import(request: HttpRequest, batch_id: int, body: ImportStart) -> ImportOut:
    """Hand the batch to the worker."""
    user = actor(request)
    services.start(user, batch_id, body)
    return selectors.import_detail(batch_id, user)


@router.post(
    "/imports/{batch_id}/cancel", response=answers(ImportOut, NotFound, CannotCancel), operation_id="cancel_import"
)
def cancel_import(request: HttpRequest, batch_id: int) -> ImportOut:
    """Stop an import that is not done; nothing of it stays."""
    user = actor(request)
    services.cancel(user, batch_id)
    return selectors.import_detail(batch_id, user)


@router.post(
    "/imports/{batch_id}/roll-back",
    response=answers(ImportOut, NotFound, CannotRollBack),
    operation_id="roll_back_import",
)
def roll_back_import(request: HttpRequest, batch_id: int) -> ImportOut:
    """Take back what the batch brought, except contacts that were called or worked on since."""
    user = actor(request)
    services.start_roll_back(user, batch_id)
    return selectors.import_detail(batch_id, user)


@router.post(
    "/imports/{batch_id}/roll-forward",
    response=answers(ImportOut, InvalidFields, NotFound, CannotRollForward, FileGone),
    operation_id="roll_forward_import",
)
def roll_forward_import(request: HttpRequest, batch_id: int) -> ImportOut:
    """Import the file of a batch that was rolled back again, mapped as it was; what was kept is not brought twice."""
    user = actor(request)
    services.roll_forward(user, batch_id)
    return selectors.import_detail(batch_id, user)


@router.get("/imports/{batch_id}/refused", response=answers(RefusedPage, NotFound), operation_id="list_refused_rows")
def list_refused_rows(
    request: HttpRequest, batch_id: int, code: str = "", cursor: str = "", limit: Limit = 50
) -> RefusedPage:
    """Rows that were not imported, each with its reason. `code`: only of that reason; `left_out` lists contacts that
    were imported without some of their numbers, `duplicate` rows whose contact was there already."""
    return refused.list_refused(language_of(request), batch_id, cursor=cursor, limit=limit, code=code)


@router.get("/imports/{batch_id}/refused.csv", operation_id="download_refused_rows", include_in_schema=False)
def download_refused_rows(request: HttpRequest, batch_id: int, code: str = "") -> StreamingHttpResponse:
    """The same as a file for Excel: the file's own columns and the reason."""
    return refused.refused_csv(language_of(request), batch_id, code)


@router.get("/import-mappings", response=answers(list[SavedMappingOut]), operation_id="list_import_mappings")
def list_import_mappings(request: HttpRequest) -> list[SavedMappingOut]:
    """Mappings kept under a name, by name."""
    return saved_mappings.list_mappings(language_of(request))


@router.post(
    "/import-mappings", response=answers(SavedMappingOut, InvalidFields, status=201), operation_id="save_import_mapping"
)
def save_import_mapping(request: HttpRequest, body: SavedMappingIn) -> Status[SavedMappingOut]:
    """Keep a mapping; `save_mapping_as` does the same as an import starts."""
    return Status(201, saved_mappings.save_mapping(actor(request), body))


@router.patch(
    "/import-mappings/{mapping_id}",
    response=answers(SavedMappingOut, InvalidFields, NotFound),
    operation_id="change_import_mapping",
)
def change_import_mapping(request: HttpRequest, mapping_id: int, body: SavedMappingPatch) -> SavedMappingOut:
    """Rename it, or change where columns go."""
    return saved_mappings.change_mapping(actor(request), mapping_id, body)


@router.delete("/import-mappings/{mapping_id}", response=answers(None, NotFound), operation_id="delete_import_mapping")
def delete_import_mapping(request: HttpRequest, mapping_id: int) -> Status[None]:
    """Forget it; batches keep their own mapping."""
    saved_mappings.delete_mapping(actor(request), mapping_id)
    return Status(204, None)
