"""A contact's values by the names that the journal gives them: "city", "phones.mobile", "custom.effectif"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decroche.contacts.do_not_call import erased
from decroche.contacts.models import Contact, ContactPhone
from decroche.contacts.records import TEXT_FIELDS


def values_of(contact: Contact) -> dict[str, Any]:
    """All that there are; an empty one may be left out."""
    numbers = ContactPhone.objects.filter(contact=contact).values_list("kind", "e164")
    return {
        **{name: getattr(contact, name) for name in TEXT_FIELDS},
        **{f"phones.{kind}": e164 for kind, e164 in numbers},
        **{f"custom.{key}": value for key, value in contact.custom.items()},
    }


def flat(before: Mapping[str, Any]) -> dict[str, Any]:
    """The values that an import kept in `BatchChange.before`, by the same names."""
    return {
        **{name: before.get(name) or "" for name in TEXT_FIELDS if name in before},
        **{f"phones.{kind}": e164 for kind, e164 in (before.get("phones") or {}).items()},
        **{f"custom.{key}": value for key, value in (before.get("custom") or {}).items()},
    }


def write(contact: Contact, wanted: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Put values that the base held before on a locked contact, unjudged, and save; what changed.

    Numbers that give their kind up go first: two may change places.
    """
    now = values_of(contact)
    changes = {
        field: (now.get(field), value) for field, value in wanted.items() if _empty(now.get(field)) != _empty(value)
    }
    contact.custom = dict(contact.custom)
    for field, (_, value) in changes.items():
        group, _, key = field.partition(".")
        if group == "custom":
            if _empty(value) == "":
                contact.custom.pop(key, None)
            else:
                contact.custom[key] = value
        elif group != "phones":
            setattr(contact, field, value or "")
    if changes:
        contact.save()
    numbers = {field.removeprefix("phones."): pair[1] for field, pair in changes.items() if field.startswith("phones.")}
    erased.restore(numbers.values())
    ContactPhone.objects.filter(contact=contact, kind__in=numbers).delete()
    ContactPhone.objects.bulk_create(
        [ContactPhone(contact=contact, kind=kind, e164=e164) for kind, e164 in numbers.items() if e164]
    )
    return changes


def _empty(value: Any) -> Any:
    return "" if value is None else value
