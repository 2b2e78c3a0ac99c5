"""After an import that feeds a campaign: how many of its contacts may be called there, and why not the others."""

from __future__ import annotations

import pytest

from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.outlook import services
from decroche.contacts.imports.selectors import import_detail
from decroche.contacts.models import ImportBatch
from decroche.ledger.models import Principal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campaign(db):
    """It sells to consumers, with their consent."""
    return Campaign.objects.create(
        name="Santé", principal=Principal.objects.create(name="Mutuelle des Alpages", siren="123456782")
    )


def test_a_batch_says_how_many_of_its_contacts_may_be_called(run_file, campaign, boss):
    batch = run_file(["A;;0199001234;;;", "B;;0199001235;;;"], campaign_id=campaign.pk)
    counting = import_detail(batch.pk, boss).outlook
    assert counting.status == "counting"
    services.run(counting.id)
    told = import_detail(batch.pk, boss).outlook
    assert (told.callable, [(one.short, one.contacts) for one in told.reasons]) == (0, [("sans consentement", 2)])
    assert set(QueueEntry.objects.values_list("state", "refused_reason")) == {("finished", "no_consent")}


def test_a_batch_that_feeds_nobody_is_not_counted(run_file, boss):
    batch = run_file(["A;;0199001234;;;"])
    assert import_detail(batch.pk, boss).outlook is None


def test_a_batch_rolled_forward_is_counted_anew(run_file, campaign, boss):
    from decroche.contacts.imports.roll_back import run_roll_back
    from decroche.contacts.imports.run import run_import

    batch = run_file(["A;;0199001234;;;"], campaign_id=campaign.pk)
    services.run(batch.outlook.pk)
    for status, work in (("rolling_back", run_roll_back), ("queued", run_import)):
        ImportBatch.objects.filter(pk=batch.pk).update(status=status)
        work(batch.pk)
    assert import_detail(batch.pk, boss).outlook.status == "counting"
