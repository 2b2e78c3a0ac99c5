"""Adding to the do-not-call list and taking off it; every change is audited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.contacts import phones
from decroche.contacts.access import get_campaign, get_contact
from decroche.contacts.do_not_call.errors import ConfirmationNeeded
from decroche.contacts.do_not_call.schemas import DoNotCallImported, DoNotCallIn, DoNotCallRefused
from decroche.contacts.imports.text import decode
from decroche.contacts.models import DoNotCall

CLOCK = SystemClock()
LIST_MAX_BYTES = 50 * 1024 * 1024
REFUSED_SHOWN = 100


@transaction.atomic
def add_number(user: User, body: DoNotCallIn, clock: Clock = CLOCK) -> tuple[DoNotCall, bool]:
    """The row, and whether it is new. Raises InvalidFields, NotFound."""
    e164 = phones.normalise(body.number)
    if isinstance(e164, phones.PhoneProblem):
        raise InvalidFields(number=phones.SENTENCES[e164])
    campaign = None if body.campaign_id is None else get_campaign(user, body.campaign_id)
    contact = None if body.contact_id is None else get_contact(user, body.contact_id)
    row, added = DoNotCall.objects.get_or_create(
        e164=e164,
        campaign=campaign,
        defaults={
            "origin": "manual",
            "note": body.note.strip(),
            "contact": contact,
            "created_by": user,
            "created_at": clock.now(),
        },
    )
    if added:
        record(user, "do_not_call.add", row, campaign_id=body.campaign_id)
        if row.contact_id:
            notify_floor("contact_changed", id=row.contact_id)
    return row, added


@transaction.atomic
def remove_number(user: User, row_id: int, *, confirm: bool) -> None:
    """Raises NotFound; ConfirmationNeeded unless confirmed."""
    row = DoNotCall.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise NotFound
    if not confirm:
        raise ConfirmationNeeded
    record(
        user,
        "do_not_call.remove",
        row,
        origin=row.origin,
        campaign_id=row.campaign_id,
        added_at=row.created_at.isoformat(),
        last_digits=row.e164[-4:],
    )
    if row.contact_id:
        notify_floor("contact_changed", id=row.contact_id)
    row.delete()


@transaction.atomic
def import_list(
    user: User, file: UploadedFile[Any], campaign_id: int | None, clock: Clock = CLOCK
) -> DoNotCallImported:
    """Add the numbers of a text file; lines without one are told back. Raises InvalidFields, NotFound."""
    if campaign_id is not None and not Campaign.objects.filter(pk=campaign_id).exists():
        raise NotFound
    if (file.size or 0) > LIST_MAX_BYTES:
        raise InvalidFields(file=("Le fichier dépasse 50 Mo.", "The file is larger than 50 MB."))
    numbers: dict[str, None] = {}
    refused: list[DoNotCallRefused] = []
    refused_count = 0
    for line, value, found in _numbers_in(decode(file.read())):
        numbers.update(dict.fromkeys(found))
        if not found:
            refused_count += 1
            if len(refused) < REFUSED_SHOWN:
                problem = phones.find_all(value)[1] or phones.PhoneProblem.NO_DIGITS
                refused.append(DoNotCallRefused(line=line, value=value[:60], reason=_sentence(user, problem)))
    added = _add_all(user, list(numbers), campaign_id, clock)
    record(user, "do_not_call.import", None, added=added, campaign_id=campaign_id)
    return DoNotCallImported(
        added=added, already_there=len(numbers) - added, refused_count=refused_count, refused=refused
    )


def _numbers_in(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """(line, value, numbers) for every line with something on it; a first line without digits is a header."""
    for number, line in enumerate(text.replace("\x00", "").splitlines(), start=1):
        value = line.strip(" \t;,|\"'")
        if not value or (number == 1 and not any(c.isdigit() for c in value)):
            continue
        yield number, value, phones.find_all(value[:1000])[0]


def _sentence(user: User, problem: phones.PhoneProblem) -> str:
    return phones.SENTENCES[problem][1 if user.language == "en" else 0]


def _add_all(user: User, numbers: list[str], campaign_id: int | None, clock: Clock) -> int:
    before = DoNotCall.objects.filter(campaign=campaign_id)
    count = before.count()
    rows = [
        DoNotCall(e164=one, campaign_id=campaign_id, origin="import", created_by=user, created_at=clock.now())
        for one in numbers
    ]
    DoNotCall.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)
    return before.count() - count
