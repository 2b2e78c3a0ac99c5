"""Two contacts side by side, and what they propose to become. Nothing is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from decroche.accounts.models import User
from decroche.appointments.models import Appointment
from decroche.callbacks.models import Callback
from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.contacts.access import get_contact
from decroche.contacts.changes.values import values_of
from decroche.contacts.merging.choice import Side, better, unite
from decroche.contacts.merging.errors import SameContact
from decroche.contacts.merging.places import united
from decroche.contacts.merging.relations import place_of, refusals_to_add
from decroche.contacts.merging.schemas import Comparison, FieldChoice, MovedCounts, UnitedNumber, UnitedPlace
from decroche.contacts.models import Contact, ContactChange, ContactNote, ContactPhone, ScriptAnswer
from decroche.contacts.phones import is_mobile
from decroche.contacts.records import TEXT_FIELDS, campaign_ref, contact_out


def compare(contact_id: int, other_id: int, user: User) -> Comparison:
    """Raises NotFound, SameContact."""
    kept, other = get_contact(user, contact_id), get_contact(user, other_id)
    if kept.pk == other.pk:
        raise SameContact
    live = Call.objects.filter(contact__in=[kept, other]).exclude(state="ended").exists()
    claimed = QueueEntry.objects.filter(contact__in=[kept, other], state=QueueEntry.State.CLAIMED).exists()
    kept_out, other_out = contact_out(kept.pk, user), contact_out(other.pk, user)
    forbidden = {one.e164 for one in (*kept_out.phones, *other_out.phones) if one.do_not_call}
    return Comparison(
        kept=kept_out,
        other=other_out,
        fields=field_choices(kept, other),
        numbers=_numbers(kept, other, forbidden),
        places=_places(kept, other),
        moved=_moved(other),
        refused_too=sorted({one.e164 for one in refusals_to_add(kept, other)}),
        in_call=live or claimed,
    )


def field_choices(kept: Contact, other: Contact) -> list[FieldChoice]:
    """Of every field that either has, numbers apart."""
    mine, theirs = values_of(kept), values_of(other)
    custom = sorted(name for name in {*mine, *theirs} if name.startswith("custom."))
    mine_at, theirs_at = _changed_at(kept), _changed_at(other)
    found: list[FieldChoice] = []
    for name in (*TEXT_FIELDS, *custom):
        one, two = mine.get(name), theirs.get(name)
        if one in (None, "") and two in (None, ""):
            continue
        when = mine_at.get(name, kept.created_at), theirs_at.get(name, other.created_at)
        proposed: Side = better(one, two, *when)
        found.append(FieldChoice(field=name, kept=one, other=two, proposed=proposed, differs=one != two))
    return found


def _changed_at(contact: Contact) -> dict[str, datetime]:
    rows = ContactChange.objects.filter(contact=contact, former_id=None).values_list("field")
    return dict(rows.annotate(last=Max("at")).order_by())


def numbers_of(contact: Contact) -> dict[str, str]:
    """Kind → number."""
    return dict(ContactPhone.objects.filter(contact=contact).values_list("kind", "e164"))


def proposed_numbers(kept: Contact, other: Contact) -> dict[str, str]:
    """Kind → number, of both."""
    mine, theirs = numbers_of(kept), numbers_of(other)
    return unite(mine, theirs, [one for one in theirs.values() if is_mobile(one)]).placed


def _numbers(kept: Contact, other: Contact, forbidden: set[str]) -> list[UnitedNumber]:
    mine, theirs = numbers_of(kept), numbers_of(other)
    placed = {e164: kind for kind, e164 in proposed_numbers(kept, other).items()}
    kinds: dict[str, Any] = {
        "kept_as": {e164: kind for kind, e164 in mine.items()},
        "other_as": {e164: kind for kind, e164 in theirs.items()},
    }
    return [
        UnitedNumber.model_validate(
            {
                "e164": e164,
                "kind": placed.get(e164),
                "do_not_call": e164 in forbidden,
                **{side: by_number.get(e164) for side, by_number in kinds.items()},
            }
        )
        for e164 in dict.fromkeys([*mine.values(), *theirs.values()])
    ]


def _places(kept: Contact, other: Contact) -> list[UnitedPlace]:
    by_campaign: dict[int, list[QueueEntry]] = {}
    entries = QueueEntry.objects.filter(contact__in=[kept, other]).select_related("campaign").order_by("campaign")
    for one in sorted(entries, key=lambda one: one.contact_id != kept.pk):
        by_campaign.setdefault(one.campaign_id, []).append(one)
    found: list[UnitedPlace] = []
    for places in by_campaign.values():
        place = place_of(places[0]) if len(places) == 1 else united(place_of(places[0]), place_of(places[1]))
        found.append(
            UnitedPlace.model_validate(
                {
                    "campaign": campaign_ref(places[0].campaign),
                    "state": place.state,
                    "attempts": place.attempts,
                    "shared": len(places) > 1,
                }
            )
        )
    return found


def _moved(other: Contact) -> MovedCounts:
    return MovedCounts(
        calls=Call.objects.filter(contact=other).count(),
        notes=ContactNote.objects.filter(contact=other).exclude(text="").count(),
        answers=ScriptAnswer.objects.filter(contact=other).count(),
        callbacks=Callback.objects.filter(contact=other).count(),
        appointments=Appointment.objects.filter(contact=other).count(),
        mails=other.mails.count(),
        documents=other.documents.count(),
        changes=ContactChange.objects.filter(contact=other).count(),
    )
