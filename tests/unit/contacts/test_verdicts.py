"""Can I call? The screen asks the same judge, with the same facts, as the dialer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from decroche.campaigns.models import Campaign, CampaignPresentedNumber, PresentedNumber, QueueEntry
from decroche.contacts.models import Contact, ContactPhone, DoNotCall
from decroche.contacts.verdicts import selectors
from decroche.ledger.models import Principal, Proof
from decroche.telephony.models import Trunk

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WORKDAY = [{"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "13:00"}]


class At:
    """A clock that stands still."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


@pytest.fixture
def selling(campaign: Campaign) -> Campaign:
    """A campaign to consumers on the simulator, its principal and its number."""
    campaign.principal = Principal.objects.create(name="Mutuelle des Alpages", siren="123456782")
    campaign.audience, campaign.mode, campaign.hours = "b2c", "progressive", WORKDAY
    campaign.save()
    Trunk.objects.create(name="Simulateur", host="127.0.0.1", simulator=True)
    number = PresentedNumber.objects.create(e164="+33162000000", label="Paris")
    CampaignPresentedNumber.objects.create(campaign=campaign, number=number)
    return campaign


def consented(contact: Contact, campaign: Campaign, at: datetime = TUESDAY) -> Proof:
    assert campaign.principal is not None
    return Proof.objects.create(
        principal=campaign.principal, contact=contact, who="x", object="santé", wording="oui", wording_version="1",
        channel="phone", act="oui", given_at=at.replace(month=10), recorded_at=at, archive_until=at.replace(year=2030),
    )  # fmt: skip


def asked(user: Any, contact: Contact, at: datetime = TUESDAY) -> Any:
    return selectors.verdicts(user, contact.pk, At(at))  # type: ignore[arg-type]


def test_a_number_may_be_called_until_the_campaigns_hours_end(
    as_supervisor: Any, queued: QueueEntry, selling: Campaign
) -> None:
    consented(queued.contact, selling)
    (campaign,) = asked(as_supervisor.user, queued.contact).campaigns
    (number,) = campaign.numbers
    assert (number.allowed, number.reasons, number.until) == (True, [], datetime(2026, 11, 24, 12, 0, tzinfo=UTC))


def test_every_reason_is_told_with_its_source_in_the_readers_language(
    as_supervisor: Any, queued: QueueEntry, selling: Campaign
) -> None:
    DoNotCall.objects.create(e164="+33465711234", created_at=TUESDAY)
    as_supervisor.user.language = "en"
    (campaign,) = asked(as_supervisor.user, queued.contact).campaigns
    reasons = campaign.numbers[0].reasons
    assert [one.code for one in reasons] == ["do_not_call", "no_consent"]
    assert all(one.source and one.sentence.endswith(".") for one in reasons)
    assert "consent" in reasons[1].sentence


def test_only_the_campaigns_own_hours_may_be_set_aside(
    as_supervisor: Any, queued: QueueEntry, selling: Campaign
) -> None:
    consented(queued.contact, selling)
    afternoon = asked(as_supervisor.user, queued.contact, TUESDAY.replace(hour=14)).campaigns[0].numbers[0]
    night = asked(as_supervisor.user, queued.contact, TUESDAY.replace(hour=22)).campaigns[0].numbers[0]
    assert ([one.code for one in afternoon.reasons], afternoon.may_be_set_aside) == (["outside_campaign_hours"], True)
    assert ([one.code for one in night.reasons], night.may_be_set_aside) == (["outside_hours"], False)


def test_what_stops_the_dialer_alone_is_marked(as_supervisor: Any, queued: QueueEntry, selling: Campaign) -> None:
    consented(queued.contact, selling)
    PresentedNumber.objects.update(e164="+33123456789")
    number = asked(as_supervisor.user, queued.contact).campaigns[0].numbers[0]
    assert number.allowed
    assert [(one.code, one.machine_only) for one in number.reasons] == [("territorial_presented", True)]


def test_an_agent_is_told_of_his_own_campaigns(assigned: Any, queued: QueueEntry, selling: Campaign) -> None:
    other = Campaign.objects.create(name="Autre", status="open")
    QueueEntry.objects.create(campaign=other, contact=queued.contact, not_before=TUESDAY)
    answer = assigned.get(f"/contacts/{queued.contact.pk}/verdicts").json()
    assert [one["campaign"]["name"] for one in answer["campaigns"]] == ["Santé"]


def test_without_a_place_each_open_campaign_answers(as_supervisor: Any, contact: Contact, campaign: Campaign) -> None:
    Campaign.objects.create(name="En pause", status="paused")
    (answer,) = as_supervisor.get(f"/contacts/{contact.pk}/verdicts").json()["campaigns"]
    assert (answer["campaign"]["name"], answer["has_place"]) == ("Santé", False)


def test_a_contact_out_of_reach_is_not_found(as_agent: Any, contact: Contact) -> None:
    assert as_agent.get(f"/contacts/{contact.pk}/verdicts").status_code == 404


def test_a_record_without_numbers_says_so(as_supervisor: Any, queued: QueueEntry) -> None:
    ContactPhone.objects.all().delete()
    (campaign,) = as_supervisor.get(f"/contacts/{queued.contact.pk}/verdicts").json()["campaigns"]
    assert campaign["numbers"] == []
