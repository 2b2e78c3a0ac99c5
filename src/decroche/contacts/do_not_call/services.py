"""Adding to the do-not-call list and taking off it; every change is audited."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns import reconsider
from decroche.campaigns.models import Campaign
from decroche.campaigns.tasks import settle_soon
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import Forbidden, InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.contacts import phones
from decroche.contacts.access import get_campaign, get_contact
from decroche.contacts.do_not_call import erased, lines
from decroche.contacts.do_not_call.errors import ConfirmationNeeded
from decroche.contacts.do_not_call.schemas import DoNotCallImported, DoNotCallIn, DoNotCallRefused
from decroche.contacts.imports.text import decode
from decroche.contacts.models import ContactPhone, DoNotCall

CLOCK = SystemClock()
LIST_MAX_BYTES = 50 * 1024 * 1024
REFUSED_SHOWN = 100
NO_PREFIX = (
    "Écrivez le début des numéros, par exemple 0899 ou +44 (pas toute la France).",
    "Write the beginning of the numbers, such as 0899 or +44 (not all of France).",
)


@transaction.atomic
def add_number(user: User, body: DoNotCallIn, clock: Clock = CLOCK) -> tuple[DoNotCall, bool]:
    """The row, and whether it is new. Raises InvalidFields, NotFound."""
    e164 = lines.prefix_of(body.number) if body.is_prefix else phones.normalise(body.number)
    if isinstance(e164, phones.PhoneProblem):
        raise InvalidFields(number=phones.SENTENCES[e164])
    if not e164:
        raise InvalidFields(number=NO_PREFIX)
    if body.is_prefix and not user.is_supervisor:
        raise Forbidden
    campaign = None if body.campaign_id is None else get_campaign(user, body.campaign_id)
    contact = None if body.contact_id is None else get_contact(user, body.contact_id)
    row, added = DoNotCall.objects.get_or_create(
        e164=e164,
        campaign=campaign,
        defaults={
            "is_prefix": body.is_prefix,
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
            if row.campaign_id is None:
                notify_floor("contact_refused", id=row.contact_id)
        if row.is_prefix:
            settle_soon(row.campaign_id)
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
    erased.forget(row)
    row.delete()
    listed = Q(e164__startswith=row.e164) if row.is_prefix else Q(e164=row.e164)
    ids = ContactPhone.objects.filter(listed).values_list("contact_id", flat=True).distinct()
    reconsider.of_contacts(list(ids), reconsider.LISTED)


@transaction.atomic
def import_list(
    user: User, file: UploadedFile[Any], campaign_id: int | None, clock: Clock = CLOCK
) -> DoNotCallImported:
    """Add the numbers of a text file; lines without one are told back. Raises InvalidFields, NotFound."""
    if campaign_id is not None and not Campaign.objects.filter(pk=campaign_id).exists():
        raise NotFound
    if (file.size or 0) > LIST_MAX_BYTES:
        raise InvalidFields(file=("Le fichier dépasse 50 Mo.", "The file is larger than 50 MB."))
    found: dict[str, DoNotCall] = {}
    refused: list[DoNotCallRefused] = []
    refused_count, repeated, now = 0, 0, clock.now()
    for line in lines.read(decode(file.read())):
        for e164, is_prefix in (*((one, False) for one in line.numbers), *((one, True) for one in line.prefixes)):
            repeated += e164 in found
            found.setdefault(
                e164,
                DoNotCall(
                    e164=e164, is_prefix=is_prefix, campaign_id=campaign_id, origin=line.origin or "import",
                    note=line.note, created_by=user, created_at=now if line.since is None else min(line.since, now),
                ),
            )  # fmt: skip
        if not line.numbers and not line.prefixes:
            refused_count += 1
            if len(refused) < REFUSED_SHOWN:
                problem = phones.find_all(line.value)[1] or phones.PhoneProblem.NO_DIGITS
                refused.append(
                    DoNotCallRefused(line=line.number, value=line.value[:60], reason=_sentence(user, problem))
                )
    added = _add_all(list(found.values()), campaign_id)
    record(user, "do_not_call.import", None, added=added, campaign_id=campaign_id)
    if added:
        settle_soon(campaign_id)
    return DoNotCallImported(
        added=added,
        already_there=len(found) - added,
        repeated=repeated,
        refused_count=refused_count,
        refused=refused,
    )


def _sentence(user: User, problem: phones.PhoneProblem) -> str:
    return phones.SENTENCES[problem][1 if user.language == "en" else 0]


def _add_all(rows: list[DoNotCall], campaign_id: int | None) -> int:
    before = DoNotCall.objects.filter(campaign=campaign_id)
    count = before.count()
    DoNotCall.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)
    return before.count() - count
