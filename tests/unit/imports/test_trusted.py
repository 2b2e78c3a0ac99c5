"""What an import writes unchecked is what foreign keys would have let pass; where that is not sure, they look."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from decroche.contacts.imports.keys import HITS
from decroche.contacts.imports.merge import CREATE_STAGING, WRITTEN
from decroche.contacts.imports.roll_back import GOES_WITH_IT
from decroche.contacts.imports.sql import run
from decroche.contacts.imports.trusted import unchecked

DANGLING = "INSERT INTO contacts_contactphone (contact_id, kind, e164) VALUES (-1, 'phone', '+33199001234')"
TRIGGER = """
    CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER shout BEFORE INSERT ON contacts_contact FOR EACH ROW EXECUTE FUNCTION shout();
"""
INDEXES = {
    "phone": "contact_phone_start",
    "email": "contact_email",
    "client_code": "contact_client_code",
    "siret": "contact_siret",
    "name": "contact_postal_code",
}


def refuses_what_dangles() -> bool:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    try:
        with transaction.atomic():
            run(DANGLING)
    except IntegrityError:
        return True
    return False


def test_no_trigger_makes_imports_and_roll_backs_slow(transactional_db):
    """One that is new on these tables is made to fire always, or is not needed: else every import pays for it."""
    with transaction.atomic(), unchecked("insert", WRITTEN) as allowed:
        assert allowed
    with transaction.atomic(), unchecked("delete", (*GOES_WITH_IT, "contacts_contact")) as allowed:
        assert allowed


def test_after_it_foreign_keys_are_looked_at_again(transactional_db):
    with transaction.atomic():
        with unchecked("insert", WRITTEN):
            pass
        assert refuses_what_dangles()


def test_with_a_trigger_that_nobody_knows_every_row_is_checked(transactional_db):
    with transaction.atomic():
        run(TRIGGER)
        with unchecked("insert", WRITTEN) as allowed:
            assert not allowed
            assert refuses_what_dangles()
        transaction.set_rollback(True)


def test_after_an_error_inside_the_connection_is_as_before(transactional_db):
    with pytest.raises(ZeroDivisionError), transaction.atomic(), unchecked("insert", WRITTEN):
        raise ZeroDivisionError
    assert run("SHOW session_replication_role") == [("origin",)]


def test_what_an_import_wrote_refers_to_nothing_that_is_not_there(run_file):
    from decroche.campaigns.models import Campaign

    run_file(["A;;0199001234;0639982011;;", "B;;0199001235;;;"], campaign_id=Campaign.objects.create(name="Santé").pk)
    connection.check_constraints()


def test_a_campaign_that_goes_while_its_file_is_read_fails_the_import(run_file, base, monkeypatch):
    from decroche.campaigns.models import Campaign
    from decroche.contacts.imports import merge

    def gone(policy: Any) -> int:
        run("DELETE FROM campaigns_campaign")
        return 0

    campaign = Campaign.objects.create(name="Santé")
    monkeypatch.setattr(merge, "_forbidden", gone)
    batch = run_file(["A;;0199001234;;;"], campaign_id=campaign.pk)
    assert (batch.status, batch.error, base()) == ("failed", "import_failed", [])


def test_an_entry_gets_its_place_without_the_trigger(run_file):
    from decroche.campaigns.models import Campaign, QueueEntry

    rows = ["39100;A;0199001234", "B-1000;B;0199001235", "1000;C;0199001236"]
    targets = ["postal_code", "last_name", "phone"]
    run_file(rows, targets, "CP;Nom;Tél", campaign_id=Campaign.objects.create(name="Santé").pk)
    places = QueueEntry.objects.order_by("pk").values_list("contact__last_name", "place")
    assert dict(places) == {"A": 39100, "B": -1000, "C": 1000}


@pytest.mark.parametrize("key", HITS)
def test_contacts_are_recognised_by_an_index(transactional_db, key):
    with transaction.atomic():
        run(CREATE_STAGING)
        run("CREATE TEMP TABLE import_number (rank bigint, key text) ON COMMIT DROP")
        run("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        plan = "\n".join(str(row[0]) for row in run(f"EXPLAIN {HITS[key]}"))
    assert INDEXES[key] in plan


def test_entries_of_a_steered_campaign_wait_to_be_judged(run_file):
    from decroche.campaigns.models import Campaign, QueueEntry

    run_file(["A;;0199001234;;;"], campaign_id=Campaign.objects.create(name="Santé", steering=7).pk)
    run_file(["B;;0199001235;;;"], campaign_id=Campaign.objects.create(name="Gaz").pk)
    assert dict(QueueEntry.objects.values_list("contact__last_name", "admitted")) == {"A": 0, "B": None}
