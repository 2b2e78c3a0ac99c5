"""Reading contacts for screens: one contact whole, its numbers, notes and answers; short references for other lists."""

from __future__ import annotations

from collections.abc import Iterable

from decroche.accounts.models import User
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.common.errors import Language
from decroche.compliance.reasons import BY_CODE
from decroche.compliance.short import recalled
from decroche.contacts.access import campaign_ids_of, get_campaign, get_contact
from decroche.contacts.do_not_call.listed import lines_on
from decroche.contacts.lines import line_of
from decroche.contacts.models import Contact, ContactNote, ContactPhone, PhoneKind, ScriptAnswer
from decroche.contacts.schemas import (
    AnswerOut,
    BatchRef,
    CampaignRef,
    ContactOut,
    ContactPlace,
    ContactRef,
    NoteOut,
    NumberRefusal,
    PersonRef,
    PhoneDetail,
    PhoneOut,
)

KIND_ORDER = {kind: position for position, kind in enumerate(PhoneKind.values)}
TEXT_FIELDS = (
    "civility",
    "first_name",
    "last_name",
    "company",
    "address",
    "address2",
    "postal_code",
    "city",
    "country",
    "client_code",
    "email",
    "siret",
    "kind",
)


def person(user: User | None) -> PersonRef | None:
    """A user by name."""
    return None if user is None else PersonRef(id=user.pk, name=user.display_name)


def campaign_ref(campaign: Campaign | None) -> CampaignRef | None:
    """A campaign by name."""
    return None if campaign is None else CampaignRef(id=campaign.pk, name=campaign.name)


def phones_out(contact_ids: Iterable[int]) -> dict[int, list[PhoneOut]]:
    """Numbers of these contacts in the order of dialing, marked where the list forbids them everywhere."""
    numbers = list(ContactPhone.objects.filter(contact__in=list(contact_ids)))
    forbidden = lines_on({one.e164 for one in numbers})
    out: dict[int, list[PhoneOut]] = {}
    for one in sorted(numbers, key=lambda one: KIND_ORDER[one.kind]):
        phone = PhoneOut.model_validate({"kind": one.kind, "e164": one.e164, "do_not_call": one.e164 in forbidden})
        out.setdefault(one.contact_id, []).append(phone)
    return out


def contact_refs(contacts: Iterable[Contact]) -> dict[int, ContactRef]:
    """Contacts as one line of another list, by id."""
    found = {one.pk: one for one in contacts}
    numbers = phones_out(found)
    return {
        pk: ContactRef(
            id=pk,
            civility=one.civility,
            first_name=one.first_name,
            last_name=one.last_name,
            company=one.company,
            city=one.city,
            phone=next((phone.e164 for phone in numbers.get(pk, []) if phone.kind != "fax"), ""),
        )
        for pk, one in found.items()
    }


def contact_out(contact_id: int, user: User) -> ContactOut:
    """A contact whole; an agent sees its places in his own campaigns only. Raises NotFound."""
    contact = get_contact(user, contact_id)
    places = (
        QueueEntry.objects.filter(contact=contact).select_related("campaign", "owner", "disposition").order_by("-pk")
    )
    if not user.is_supervisor:
        places = places.filter(campaign__in=campaign_ids_of(user))
    shown = list(places)
    return ContactOut(
        id=contact.pk,
        **{name: getattr(contact, name) for name in TEXT_FIELDS},
        custom=contact.custom,
        phones=_phones_in(contact.pk, [one.campaign_id for one in shown]),
        batch=BatchRef(id=contact.batch.pk, name=contact.batch.name) if contact.batch else None,
        places=[place_out(one, "en" if user.language == "en" else "fr") for one in shown],
        created_at=contact.created_at,
        updated_at=contact.updated_at,
    )


def _phones_in(contact_id: int, campaign_ids: list[int]) -> list[PhoneDetail]:
    """Numbers, with what forbids them everywhere or in one of these campaigns."""
    numbers = phones_out([contact_id]).get(contact_id, [])
    refusals = {
        number: [
            NumberRefusal(
                campaign=campaign_ref(row.campaign), since=row.created_at, origin=row.origin, note=row.note,
                by=person(row.created_by), prefix=row.e164 if row.is_prefix else "",
            )
            for row in rows
        ]
        for number, rows in lines_on({one.e164 for one in numbers}, campaign_ids).items()
    }  # fmt: skip
    return [
        PhoneDetail(
            kind=one.kind, e164=one.e164, do_not_call=one.e164 in refusals, line=line_of(one.e164),
            refusals=refusals.get(one.e164, []),
        )
        for one in numbers
    ]  # fmt: skip


def _refused_why(entry: QueueEntry, language: Language) -> str:
    """A rule's sentence, which ends with `not_before`; an agent's own words ("skipped: …") as they are."""
    reason = entry.refused_reason
    if reason not in BY_CODE:
        return reason.removeprefix("skipped: ")
    return recalled(reason, entry.not_before if entry.state == QueueEntry.State.WAITING else None, language)


def place_out(entry: QueueEntry, language: Language = "fr") -> ContactPlace:
    """A place in a queue."""
    return ContactPlace.model_validate(
        {
            "entry_id": entry.pk,
            "campaign": campaign_ref(entry.campaign),
            "state": entry.state,
            "attempts": entry.attempts,
            "not_before": entry.not_before,
            "owner": person(entry.owner),
            "last_result": entry.last_result or None,
            "last_call_at": entry.last_call_at,
            "disposition": entry.disposition.label if entry.disposition else None,
            "finished_reason": entry.finished_reason,
            "refused_reason": entry.refused_reason,
            "refused_why": _refused_why(entry, language),
        }
    )


def note_out(note: ContactNote) -> NoteOut:
    """A note as kept."""
    return NoteOut(
        id=note.pk,
        call_id=note.call_id,
        campaign_id=note.campaign_id,
        author=person(note.author),
        text=note.text,
        created_at=note.created_at,
        updated_at=note.updated_at,
    )


def answers_out(contact_id: int, campaign_id: int, user: User) -> list[AnswerOut]:
    """The latest answers to one campaign's script. Raises NotFound."""
    contact_id = get_contact(user, contact_id).pk
    get_campaign(user, campaign_id)
    found = ScriptAnswer.objects.filter(contact=contact_id, campaign=campaign_id).select_related("agent").order_by("pk")
    return [
        AnswerOut(
            campaign_id=one.campaign_id,
            key=one.question_key,
            value=one.value,
            call_id=one.call_id,
            agent=person(one.agent),
            updated_at=one.updated_at,
        )
        for one in found
    ]
