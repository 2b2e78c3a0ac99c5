"""The person objects to being recorded: what was recorded of the call is deleted, and nothing more of it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.models import Call, Recording


@transaction.atomic
def object_to_recording(call_id: UUID, agent: User, *, now: datetime) -> list[UUID]:
    """Every recording of the call deleted for it, now or before: their files must go. Safe to repeat."""
    call = Call.objects.select_for_update().get(pk=call_id)
    kept = Recording.objects.filter(call=call).exclude(status=Recording.Status.DELETED)
    deleted = kept.update(
        status=Recording.Status.DELETED, deleted_for=Recording.DeletedFor.OBJECTION, ended_at=Coalesce("ended_at", now)
    )
    if call.recording_refused_at is None:
        call.recording_refused_at = now
        call.save(update_fields=["recording_refused_at"])
        record(agent, "recording.objection", call, recordings=deleted)
    objected = Recording.objects.filter(call=call, deleted_for=Recording.DeletedFor.OBJECTION)
    return list(objected.values_list("pk", flat=True))
