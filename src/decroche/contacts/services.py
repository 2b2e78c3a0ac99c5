"""Changing contacts, their notes and answers. Every function is one transaction, audited, told to the floor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.campaigns.models import Campaign, QueueEntry, Script
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.contacts import phones, values
from decroche.contacts.access import get_campaign, get_contact
from decroche.contacts.changes import journal
from decroche.contacts.do_not_call import erased
from decroche.contacts.models import Contact, ContactNote, ContactPhone, CustomField, ScriptAnswer
from decroche.contacts.records import TEXT_FIELDS
from decroche.contacts.schemas import AnswerIn, ContactIn, ContactPatch, NoteIn

CLOCK = SystemClock()
Changes = dict[str, tuple[Any, Any]]
"""Field → (before, after)."""


@transaction.atomic
def create_contact(user: User, body: ContactIn, clock: Clock = CLOCK) -> Contact:
    """Make a contact; raises InvalidFields. An agent names one of his campaigns, else he could not see it."""
    campaign = None if body.campaign_id is None else get_campaign(user, body.campaign_id)
    if campaign is None and not user.is_supervisor:
        raise InvalidFields(
            campaign_id=("Choisissez une de vos campagnes.", "Choose one of your campaigns."),
        )
    contact = Contact()
    changes, numbers = _read(contact, {}, body)
    if not (contact.last_name or contact.first_name or contact.company or any(numbers.values())):
        raise InvalidFields(
            last_name=("Donnez un nom, une société ou un numéro.", "Give a name, a company or a number."),
        )
    contact.save(force_insert=True)
    _write_numbers(contact, numbers)
    record(user, "contact.create", contact, fields=sorted(changes))
    if campaign is not None:
        QueueEntry.objects.create(campaign=campaign, contact=contact, not_before=clock.now())
        notify_floor("queue_changed", campaign_id=campaign.pk)
    return contact


@transaction.atomic
def update_contact(
    user: User, contact_id: int, body: ContactPatch, *, source: journal.Source | None = None, clock: Clock = CLOCK
) -> None:
    """Change what differs; raises NotFound, InvalidFields. Nothing differs: nothing is written.

    `source`: by what way, where it is not the user at a screen.
    """
    contact = get_contact(user, contact_id, lock=True)
    before = dict(ContactPhone.objects.filter(contact=contact).values_list("kind", "e164"))
    changes, numbers = _read(contact, before, body)
    if not changes:
        return
    fields = [
        name for name in (*TEXT_FIELDS, "custom") if name in changes or (name == "custom" and _has_custom(changes))
    ]
    contact.save(update_fields=[*fields, "updated_at"])
    _write_numbers(contact, numbers)
    journal.note(contact.pk, changes, actor=user, source=source or journal.source_of(user), at=clock.now())
    record(user, "contact.update", contact, clock=clock, fields=sorted(changes))
    notify_floor("contact_changed", id=contact.pk)


def _has_custom(changes: Changes) -> bool:
    return any(name.startswith("custom.") for name in changes)


def _read(contact: Contact, numbers_before: dict[str, str], body: ContactPatch) -> tuple[Changes, dict[str, str]]:
    """Put the body's values on `contact`, unsaved; what changed, and the numbers to write ("" removes)."""
    given = body.model_dump(exclude_unset=True)
    faults: dict[str, values.Sentences] = {}
    changes: Changes = {}
    for name in TEXT_FIELDS:
        if name in given:
            before, after = getattr(contact, name), values.kept(given[name] or "")
            if after != before and (after := _text(name, after, faults)) != before:
                changes[name] = (before, after)
                setattr(contact, name, after)
    _read_custom(contact, given.get("custom") or {}, changes, faults)
    numbers = _read_numbers(given.get("phones") or {}, numbers_before, changes, faults)
    if faults:
        raise InvalidFields(**faults)
    return changes, numbers


def _text(name: str, text: str, faults: dict[str, values.Sentences]) -> str:
    if name == "email" and (problem := values.email_problem(text)):
        faults[name] = problem
    if name == "siret":
        if (digits := values.siret(text)) is None:
            faults[name] = (
                "Ce SIRET n'existe pas : 14 chiffres, dont le dernier contrôle les autres.",
                "No such SIRET: 14 digits, the last of which checks the others.",
            )
        return digits or ""
    if name == "country":
        if (code := values.country(text or "FR")) is None:
            faults[name] = values.UNKNOWN_COUNTRY
        return code or text
    return text


def _read_custom(
    contact: Contact, given: dict[str, Any], changes: Changes, faults: dict[str, values.Sentences]
) -> None:
    known = {one.key: one for one in CustomField.objects.filter(key__in=given)}
    custom = dict(contact.custom)
    for key, value in given.items():
        if key not in known:
            faults[f"custom.{key[:60]}"] = (
                "Aucun champ n'a cette clé : il a peut-être été supprimé.",
                "No field has this key: it may have been deleted.",
            )
            continue
        before = custom.get(key)
        if value is None or value == "":
            custom.pop(key, None)
        else:
            try:
                custom[key] = values.custom_value(known[key].kind, known[key].choices, value)
            except ValueError as error:
                faults[f"custom.{key}"] = error.args[0]
        if custom.get(key) != before:
            changes[f"custom.{key}"] = (before, custom.get(key))
    contact.custom = custom


def _read_numbers(
    given: dict[str, str | None],
    before: dict[str, str],
    changes: Changes,
    faults: dict[str, values.Sentences],
) -> dict[str, str]:
    numbers: dict[str, str] = {}
    for kind, text in given.items():
        after = phones.normalise(text or "")
        if after is phones.PhoneProblem.EMPTY:
            after = ""
        if isinstance(after, phones.PhoneProblem):
            faults[f"phones.{kind}"] = phones.SENTENCES[after]
        elif after != before.get(kind, ""):
            numbers[kind] = after
            changes[f"phones.{kind}"] = (before.get(kind, ""), after)
    return numbers


def _write_numbers(contact: Contact, numbers: dict[str, str]) -> None:
    erased.restore(numbers.values())
    for kind, e164 in numbers.items():
        if e164:
            ContactPhone.objects.update_or_create(contact=contact, kind=kind, defaults={"e164": e164})
        else:
            ContactPhone.objects.filter(contact=contact, kind=kind).delete()


# ── Notes ────────────────────────────────────────────────────────────────────


@transaction.atomic
def put_note(user: User, contact_id: int, body: NoteIn) -> ContactNote:
    """Write the author's note of a call, or one of no call. Raises NotFound, InvalidFields."""
    contact = get_contact(user, contact_id)
    text = body.text.replace("\x00", "")
    if body.call_id is not None:
        call = _call_of(contact, body.call_id)
        note, _ = ContactNote.objects.update_or_create(
            call=call,
            author=user,
            defaults={"text": text},
            create_defaults={"text": text, "contact": contact, "campaign_id": call.campaign_id},
        )
        notify_floor("contact_changed", id=contact.pk)
        return note
    if body.note_id is not None:
        own = ContactNote.objects.filter(pk=body.note_id, contact=contact, author=user, call=None)
        if (note_ := own.select_for_update().first()) is None:
            raise NotFound
        note_.text = text
        note_.save(update_fields=["text", "updated_at"])
        return note_
    if not text.strip():
        raise InvalidFields(text=("La note est vide.", "The note is empty."))
    campaign = None if body.campaign_id is None else get_campaign(user, body.campaign_id)
    return ContactNote.objects.create(contact=contact, campaign=campaign, author=user, text=text)


def _call_of(contact: Contact, call_id: UUID) -> Call:
    call = Call.objects.filter(pk=call_id, contact=contact).first()
    if call is None:
        raise NotFound
    return call


# ── Answers ──────────────────────────────────────────────────────────────────


@transaction.atomic
def put_answer(user: User, contact_id: int, body: AnswerIn) -> None:
    """Keep, replace or forget one answer. Raises NotFound, InvalidFields when the question is not in the script."""
    contact = get_contact(user, contact_id)
    campaign = get_campaign(user, body.campaign_id)
    question = _question(campaign, body.key)
    call = None if body.call_id is None else _call_of(contact, body.call_id)
    place: dict[str, Any] = {"contact": contact, "campaign": campaign, "question_key": body.key}
    if body.value is None or body.value == "":
        ScriptAnswer.objects.filter(**place).delete()
        notify_floor("contact_changed", id=contact.pk)
        return
    try:
        value = values.custom_value(question["kind"], question.get("choices", []), body.value)
    except ValueError as error:
        raise InvalidFields(value=error.args[0]) from error
    ScriptAnswer.objects.update_or_create(**place, defaults={"value": value, "call": call, "agent": user})
    notify_floor("contact_changed", id=contact.pk)


def _question(campaign: Campaign, key: str) -> dict[str, Any]:
    script = Script.objects.filter(campaign=campaign).first()
    for page in script.pages if script else []:
        for question in page.get("questions", []):
            if question.get("key") == key:
                return dict(question)
    raise InvalidFields(key=("Cette question n'est plus dans le script.", "This question is no longer in the script."))
