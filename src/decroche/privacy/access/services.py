"""What administrators do with access requests: ask, fetch, delete. Each in the audit log, without a name."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts import phones
from decroche.contacts.access import get_contact
from decroche.contacts.models import DoNotCall
from decroche.ledger.models import Proof
from decroche.privacy import tasks
from decroche.privacy.access.gather import person_of
from decroche.privacy.access.run import path_of
from decroche.privacy.errors import NoArchive
from decroche.privacy.models import AccessRequest
from decroche.privacy.schemas import AccessRequestIn

CLOCK = SystemClock()


@transaction.atomic
def ask(user: User, body: AccessRequestIn, clock: Clock = CLOCK) -> AccessRequest:
    """One record's, or all that a number leads to. Raises NotFound, InvalidFields where there is nothing."""
    if body.contact_id is not None:
        ids, numbers = person_of(get_contact(user, body.contact_id).pk, "")
    else:
        e164 = phones.normalise(body.number)
        if isinstance(e164, phones.PhoneProblem):
            raise InvalidFields(number=phones.SENTENCES[e164])
        ids, numbers = person_of(None, e164)
        if not ids and not any(model.objects.filter(e164=e164).exists() for model in (Call, DoNotCall, Proof)):
            raise InvalidFields(
                number=(
                    "Rien n'est connu de ce numéro : vous pouvez le répondre à la personne.",
                    "Nothing is known of this number: you may answer that to the person.",
                )
            )
    asked = AccessRequest.objects.create(
        contact_ids=ids, numbers=numbers, records=len(ids), created_by=user, created_at=clock.now()
    )
    record(user, "access_request.ask", asked, clock=clock, contact_ids=ids)
    transaction.on_commit(lambda: tasks.defer_access(asked))
    return asked


@transaction.atomic
def fetch(user: User, identifier: UUID, clock: Clock = CLOCK) -> Path:
    """The archive, while its time lasts. Raises NotFound, NoArchive."""
    asked = _locked(identifier)
    over = asked.expires_at is None or asked.expires_at <= clock.now()
    if asked.status != AccessRequest.Status.DONE or over or not path_of(asked.pk).is_file():
        raise NoArchive
    AccessRequest.objects.filter(pk=asked.pk).update(downloads=F("downloads") + 1)
    record(user, "access_request.download", asked, clock=clock)
    return path_of(asked.pk)


@transaction.atomic
def delete(user: User, identifier: UUID) -> None:
    """The archive and its line. Raises NotFound."""
    asked = _locked(identifier)
    record(user, "access_request.delete", asked)
    path, _ = path_of(asked.pk), asked.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _locked(identifier: UUID) -> AccessRequest:
    asked = AccessRequest.objects.select_for_update().filter(pk=identifier).first()
    if asked is None:
        raise NotFound
    return asked
