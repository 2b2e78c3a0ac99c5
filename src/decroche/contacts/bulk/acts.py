"""What each kind of bulk action does to a portion of contacts, and how it is undone.

An act is handed the identifiers of contacts that are there, answers what became of them by reason, and what is needed
to undo it, by contact. Each is a few statements whatever the number; the caller's transaction holds them together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from decroche.accounts.models import User
from decroche.callbacks.models import Callback
from decroche.campaigns.feeding import put
from decroche.campaigns.models import QueueEntry
from decroche.campaigns.schemas import FeedIn
from decroche.campaigns.services import lock
from decroche.common.clock import Clock
from decroche.contacts.changes import journal
from decroche.contacts.erasing.services import erase as erase_contacts
from decroche.contacts.live import in_call
from decroche.contacts.models import BulkAction, Contact, ContactPhone, DoNotCall

Before = dict[int, dict[str, Any]]
"""Contact → what there was."""
State = QueueEntry.State


@dataclass(slots=True)
class Done:
    """What became of a portion."""

    counts: Counter[str] = field(default_factory=Counter)
    before: Before = field(default_factory=dict)


def assign(action: BulkAction, user: User, ids: Sequence[int], clock: Clock) -> Done:
    """A place in the campaign's queue for each; those taken out before come back."""
    campaign, what = lock(action.campaign_id or 0), action.what
    places = QueueEntry.objects.filter(campaign=campaign, contact__in=ids)
    there = dict(places.values_list("contact_id", "state"))
    wanted = FeedIn(contact_ids=list(ids), priority=what.get("priority", 0), list_name=what.get("list_name", ""))
    fed = put(campaign, wanted, what.get("batch_id"))
    now = dict(places.values_list("contact_id", "state"))
    new = [pk for pk in now if pk not in there]
    back = [pk for pk, state in there.items() if state == State.WITHDRAWN and now[pk] != State.WITHDRAWN]
    counts = Counter(fed.model_dump())
    return Done(counts, {pk: {"place": ""} for pk in new} | {pk: {"place": "withdrawn"} for pk in back})


def undo_assign(action: BulkAction, user: User, before: Before, clock: Clock) -> Counter[str]:
    """Places that nobody has called from go as they came; a call under way or made keeps its place."""
    places = QueueEntry.objects.filter(campaign=action.campaign_id, contact__in=list(before), state=State.WAITING)
    untouched = places.filter(attempts=0, owner_until=None)
    new = [pk for pk, one in before.items() if one["place"] == ""]
    gone, _ = untouched.filter(contact__in=new, last_call_at=None).delete()
    back = places.filter(owner_until=None).exclude(contact__in=new).update(state=State.WITHDRAWN)
    return Counter(undone=gone + back, kept=len(before) - gone - back)


def withdraw(action: BulkAction, user: User, ids: Sequence[int], clock: Clock) -> Done:
    """Waiting places leave the queue; promises to call back, calls under way and finished places stay."""
    places = QueueEntry.objects.filter(campaign=action.campaign_id, contact__in=ids)
    states = dict(places.select_for_update().values_list("contact_id", "state"))
    promised = set(
        Callback.objects.filter(
            campaign=action.campaign_id, contact__in=ids, state=Callback.State.SCHEDULED
        ).values_list("contact_id", flat=True)
    )
    going = [pk for pk, state in states.items() if state == State.WAITING and pk not in promised]
    places.filter(contact__in=going).update(state=State.WITHDRAWN)
    counts = Counter(
        withdrawn=len(going),
        promised=sum(state == State.WAITING and pk in promised for pk, state in states.items()),
        in_call=sum(state == State.CLAIMED for state in states.values()),
        finished=sum(state == State.FINISHED for state in states.values()),
        not_there=len(ids) - sum(state != State.WITHDRAWN for state in states.values()),
    )
    return Done(counts, {pk: {"place": "waiting"} for pk in going})


def undo_withdraw(action: BulkAction, user: User, before: Before, clock: Clock) -> Counter[str]:
    """Back into the queue, where they were."""
    places = QueueEntry.objects.filter(campaign=action.campaign_id, contact__in=list(before), state=State.WITHDRAWN)
    back = places.filter(contact__erased_at=None).update(state=State.WAITING)
    return Counter(undone=back, kept=len(before) - back)


def change(action: BulkAction, user: User, ids: Sequence[int], clock: Clock) -> Done:
    """One value for all; the value before is kept."""
    name, value = action.what["field"], action.what["value"]
    contacts = list(Contact.objects.filter(pk__in=ids).order_by("pk").select_for_update())
    old = {one.pk: _value(one, name) for one in contacts}
    changed = [one for one in contacts if old[one.pk] != value]
    _write([(one, value) for one in changed], name, user, clock)
    counts = Counter(changed=len(changed), same=len(contacts) - len(changed))
    return Done(counts, {one.pk: {"value": old[one.pk]} for one in changed})


def undo_change(action: BulkAction, user: User, before: Before, clock: Clock) -> Counter[str]:
    """The value before comes back, unless somebody has changed it since."""
    name, value = action.what["field"], action.what["value"]
    contacts = Contact.objects.filter(pk__in=list(before), erased_at=None).order_by("pk").select_for_update()
    same = [one for one in contacts if _value(one, name) == value]
    _write([(one, before[one.pk]["value"]) for one in same], name, user, clock)
    return Counter(undone=len(same), kept=len(before) - len(same))


def _value(one: Contact, name: str) -> Any:
    if name.startswith("custom."):
        return one.custom.get(name.removeprefix("custom."))
    return getattr(one, name)


def _write(contacts: Sequence[tuple[Contact, Any]], name: str, user: User, clock: Clock) -> None:
    noted = {one.pk: (_value(one, name), value) for one, value in contacts}
    journal.note_many(name, noted, actor=user, source=journal.Source.BULK, at=clock.now())
    key = name.removeprefix("custom.")
    column = connection.ops.quote_name(name if key == name else "custom")
    value = "v.value #>> '{}'" if key == name else _CUSTOM
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE contacts_contact c SET {column} = {value}, updated_at = %(now)s"  # noqa: S608 - names are ours
            " FROM unnest(%(ids)s::bigint[], %(values)s::jsonb[]) AS v (id, value) WHERE c.id = v.id",
            {
                "now": clock.now(),
                "key": key,
                "ids": list(noted),
                "values": [None if value is None else json.dumps(value) for _, value in noted.values()],
            },
        )


_CUSTOM = """CASE WHEN v.value IS NULL THEN c.custom - %(key)s::text
    ELSE c.custom || jsonb_build_object(%(key)s::text, v.value) END"""


def do_not_call(action: BulkAction, user: User, ids: Sequence[int], clock: Clock) -> Done:
    """Every number of each goes on the list; a number that is there already keeps its own reason.

    One that the list forbids by its beginning gets a line of its own: the beginning may be taken off.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH added AS (
                INSERT INTO contacts_donotcall (e164, campaign_id, origin, note, contact_id, created_by_id, created_at)
                SELECT DISTINCT ON (e164) e164, %(campaign)s::bigint, 'manual', '', contact_id, %(user)s, %(now)s
                FROM contacts_contactphone WHERE contact_id = ANY(%(ids)s) ORDER BY e164, contact_id
                ON CONFLICT DO NOTHING RETURNING id, contact_id, e164
            ), beginning AS (
                SELECT e164 FROM contacts_donotcall
                WHERE is_prefix AND (campaign_id IS NULL OR campaign_id = %(campaign)s::bigint)
            )
            SELECT id, contact_id, EXISTS (SELECT FROM beginning b WHERE starts_with(added.e164, b.e164)) FROM added
            """,
            {"campaign": action.campaign_id, "user": user.pk, "now": clock.now(), "ids": list(ids)},
        )
        added = cursor.fetchall()
    rows: dict[int, list[int]] = {}
    for row, contact, _ in added:
        rows.setdefault(contact, []).append(row)
    by_prefix = sum(is_begun for _, _, is_begun in added)
    numbered = ContactPhone.objects.filter(contact__in=ids)
    numbers, people = numbered.values("e164").distinct().count(), numbered.values("contact").distinct().count()
    counts = Counter(
        numbers=len(added) - by_prefix, by_prefix=by_prefix, already=numbers - len(added), no_number=len(ids) - people
    )
    return Done(counts, {contact: {"rows": found} for contact, found in rows.items()})


def undo_do_not_call(action: BulkAction, user: User, before: Before, clock: Clock) -> Counter[str]:
    """The lines that this action wrote go; what others wrote stays."""
    rows = [row for one in before.values() for row in one["rows"]]
    gone, _ = DoNotCall.objects.filter(pk__in=rows, created_by=action.created_by, origin="manual").delete()
    return Counter(undone=gone, kept=len(rows) - gone)


def erase(action: BulkAction, user: User, ids: Sequence[int], clock: Clock) -> Done:
    """For good, but for those on a call right now."""
    calling = in_call(ids)
    return Done(
        Counter(erased=erase_contacts(user, [pk for pk in ids if pk not in calling], clock), in_call=len(calling))
    )


Act = Callable[[BulkAction, User, Sequence[int], Clock], Done]
Undo = Callable[[BulkAction, User, Before, Clock], Counter[str]]
ACTS: Mapping[str, Act] = {
    "assign": assign,
    "withdraw": withdraw,
    "change": change,
    "do_not_call": do_not_call,
    "erase": erase,
}
UNDOS: Mapping[str, Undo] = {
    "assign": undo_assign,
    "withdraw": undo_withdraw,
    "change": undo_change,
    "do_not_call": undo_do_not_call,
}
