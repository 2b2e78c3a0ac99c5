"""Custom fields: everybody reads them, supervisors change them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts.custom_fields import services
from decroche.contacts.custom_fields.errors import FieldInUse
from decroche.contacts.custom_fields.schemas import CustomFieldIn, CustomFieldOut, CustomFieldPatch
from decroche.contacts.models import CustomField

router = Router(auth=SUPERVISOR, tags=["custom-fields"])


@router.get("/custom-fields", auth=AGENT, response=list[CustomFieldOut], operation_id="list_custom_fields")
def list_custom_fields(request: HttpRequest) -> list[CustomField]:
    """All of them, in their order on the contact."""
    return list(CustomField.objects.all())


@router.post(
    "/custom-fields", response=answers(CustomFieldOut, InvalidFields, status=201), operation_id="create_custom_field"
)
def create_custom_field(request: HttpRequest, body: CustomFieldIn) -> Status[CustomField]:
    """Add a field."""
    return Status(201, services.create_field(actor(request), body))


@router.patch(
    "/custom-fields/{field_id}",
    response=answers(CustomFieldOut, InvalidFields, NotFound),
    operation_id="update_custom_field",
)
def update_custom_field(request: HttpRequest, field_id: int, body: CustomFieldPatch) -> CustomField:
    """Change a field's label, kind, choices or place."""
    return services.update_field(actor(request), field_id, body)


@router.delete(
    "/custom-fields/{field_id}", response=answers(None, NotFound, FieldInUse), operation_id="delete_custom_field"
)
def delete_custom_field(request: HttpRequest, field_id: int, drop_values: bool = False) -> Status[None]:
    """Remove a field. 409 `field_in_use` while contacts have values of it, unless `drop_values`, which erases them."""
    services.delete_field(actor(request), field_id, drop_values=drop_values)
    return Status(204, None)
