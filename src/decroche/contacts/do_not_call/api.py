"""The do-not-call list: an agent adds through a disposition or here; supervisors search, import and remove."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, StreamingHttpResponse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts.do_not_call import selectors, services
from decroche.contacts.do_not_call.errors import ConfirmationNeeded
from decroche.contacts.do_not_call.export import list_csv
from decroche.contacts.do_not_call.schemas import DoNotCallImported, DoNotCallIn, DoNotCallOut, DoNotCallPage
from decroche.contacts.schemas import Limit

router = Router(auth=SUPERVISOR, tags=["do-not-call"])


@router.get("/do-not-call", response=answers(DoNotCallPage, InvalidFields), operation_id="list_do_not_call")
def list_do_not_call(
    request: HttpRequest,
    q: str = "",
    origin: str = "",
    campaign_id: int | None = None,
    added_from: date | None = None,
    added_to: date | None = None,
    cursor: str = "",
    limit: Limit = 50,
) -> DoNotCallPage:
    """Search by number (whole, or any part), note or contact's name; days are of Europe/Paris, both included."""
    return selectors.list_do_not_call(
        q=q,
        origin=origin,
        campaign_id=campaign_id,
        added_from=added_from,
        added_to=added_to,
        cursor=cursor,
        limit=limit,
    )


@router.get("/do-not-call/export", operation_id="export_do_not_call")
def export_do_not_call(request: HttpRequest) -> StreamingHttpResponse:
    """The whole list as CSV, with since when, where from and by whom; it may be imported again."""
    return list_csv(actor(request))


@router.post(
    "/do-not-call",
    auth=AGENT,
    response={**answers(DoNotCallOut, InvalidFields, NotFound), 201: DoNotCallOut},
    operation_id="add_do_not_call",
)
def add_do_not_call(request: HttpRequest, body: DoNotCallIn) -> Status[DoNotCallOut]:
    """Never call this number again: 201, or 200 where it was on the list already."""
    row, added = services.add_number(actor(request), body)
    return Status(201 if added else 200, selectors.do_not_call_out(row.pk))


@router.delete(
    "/do-not-call/{int:row_id}", response=answers(None, NotFound, ConfirmationNeeded), operation_id="remove_do_not_call"
)
def remove_do_not_call(request: HttpRequest, row_id: int, confirm: bool = False) -> Status[None]:
    """Let a number be called again. Without `confirm`: 409 `confirmation_needed`, which says what it means."""
    services.remove_number(actor(request), row_id, confirm=confirm)
    return Status(204, None)


@router.post(
    "/do-not-call/import",
    response=answers(DoNotCallImported, InvalidFields, NotFound),
    operation_id="import_do_not_call",
)
def import_do_not_call(
    request: HttpRequest, file: File[UploadedFile], campaign_id: Form[int | None] = None
) -> DoNotCallImported:
    """Add every number of a text or .csv file, in any form; 0899* is a beginning; dates and an `origin` column stay."""
    return services.import_list(actor(request), file, campaign_id)
