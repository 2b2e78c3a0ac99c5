"""Finding a contact again by what another program knows of it, and writing it: made once, whoever comes at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from decroche.accounts.models import User
from decroche.contacts import phones, services, values
from decroche.contacts.changes.journal import Source
from decroche.contacts.models import Contact, ContactPhone
from decroche.contacts.schemas import ContactIn, ContactPatch
from decroche.integrations.errors import SeveralContacts
from decroche.integrations.v1.schemas import ContactFields, ContactWrite

DIALED = ("phone", "mobile", "office")


def by_client_code(user: User, code: str, body: ContactFields) -> tuple[int, bool]:
    """(contact, new or not) by its `code`, as kept. Inside a transaction. Raises SeveralContacts, InvalidFields."""
    _one_at_a_time([f"code:{code}"])
    return _write(user, _with_code(code), {**body.given(), "client_code": code})


def by_code_or_number(user: User, body: ContactWrite) -> tuple[int, bool]:
    """By the client code; where there is none, or nobody has it, by a number (of several, the latest changed)."""
    given = body.given()
    code = values.kept(body.client_code or "")
    numbers = _numbers(body)
    _one_at_a_time([*([f"code:{code}"] if code else []), *(f"number:{one}" for one in numbers)])
    found = _with_code(code) if code else None
    if found is None and numbers:
        found = _with_number(numbers, code)
    return _write(user, found, given)


def _write(user: User, contact_id: int | None, given: dict[str, object]) -> tuple[int, bool]:
    if contact_id is None:
        return services.create_contact(user, ContactIn.model_validate(given)).pk, True
    services.update_contact(user, contact_id, ContactPatch.model_validate(given), source=Source.API)
    return contact_id, False


def _one_at_a_time(names: Iterable[str]) -> None:
    """Held to the end of the transaction, taken in one order: two programs with the same person wait for each other."""
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20261))", [name])


def _with_code(code: str) -> int | None:
    found = list(Contact.objects.filter(client_code=code, erased_at=None).values_list("pk", flat=True)[:50])
    if len(found) > 1:
        raise SeveralContacts(count=len(found))
    return found[0] if found else None


def _with_number(numbers: list[str], code: str) -> int | None:
    """Not one that has another client code: two customers may share a telephone."""
    same = ContactPhone.objects.filter(e164__in=numbers, contact__erased_at=None)
    if code:
        same = same.filter(contact__client_code="")
    return same.order_by("-contact__updated_at").values_list("contact", flat=True).first()


def _numbers(body: ContactWrite) -> list[str]:
    """Those that can be; the others are refused when they are written."""
    given = body.phones.given() if body.phones else {}
    found = (phones.normalise(given[kind] or "") for kind in DIALED if kind in given)
    return [one for one in found if isinstance(one, str)]
