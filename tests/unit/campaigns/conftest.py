"""A campaign, and what it takes to open one."""

import pytest
from django.utils import timezone

from decroche.contacts.models import Contact, ContactPhone


@pytest.fixture
def campaign(as_supervisor):
    """A fresh draft, as the API answers it."""
    return as_supervisor.post("/campaigns", {"name": "Mutuelle Santé"}).json()


@pytest.fixture
def path(campaign):
    return f"/campaigns/{campaign['id']}"


@pytest.fixture
def trunk(db):
    from decroche.telephony.models import Trunk

    return Trunk.objects.create(name="Opérateur", host="sip.example", registers=False, simulator=True)


@pytest.fixture
def number(as_supervisor):
    return as_supervisor.post("/presented-numbers", {"number": "01 99 00 12 34"}).json()


@pytest.fixture
def ready_to_open(as_supervisor, as_agent, path, trunk, number):
    """Path of a campaign that lacks nothing."""
    as_supervisor.put(f"{path}/assignments", [{"user_id": as_agent.user.pk}])
    as_supervisor.put(f"{path}/presented-numbers", [{"number_id": number["id"], "zone": ""}])
    principal = as_supervisor.post("/principals", {"name": "Mutuelle des Alpages", "siren": "123456782"}).json()
    as_supervisor.patch(path, {"principal_id": principal["id"]})
    return path


@pytest.fixture
def make_contacts(db):
    """`make_contacts(3, city="Lyon")` → their ids, each with a number unless `kind=None`."""

    def make(count, *, kind="phone", **fields):
        contacts = Contact.objects.bulk_create(Contact(**fields) for _ in range(count))
        if kind:
            ContactPhone.objects.bulk_create(
                ContactPhone(contact=one, kind=kind, e164=f"+3319900{one.pk % 10_000:04}") for one in contacts
            )
        return [one.pk for one in contacts]

    return make


@pytest.fixture
def now():
    return timezone.now()
