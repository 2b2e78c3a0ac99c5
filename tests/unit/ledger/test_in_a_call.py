"""A consent asked for in a call: the words that were read are kept, each version of them, and the yes is a proof."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.campaigns.models import Campaign, CampaignAssignment
from decroche.contacts.models import Contact
from decroche.ledger.models import ConsentWording, Proof

WORDS = {"object": "Complémentaire santé", "text": "Acceptez-vous que la Mutuelle des Alpages vous rappelle ?"}


@pytest.fixture
def campaign(principal: dict[str, Any]) -> Campaign:
    return Campaign.objects.create(name="Santé", audience="b2c", principal_id=principal["id"])


@pytest.fixture
def call(as_agent: Any, campaign: Campaign, contact: Contact) -> Call:
    agent = User.objects.get(username="agent")
    CampaignAssignment.objects.create(campaign=campaign, user=agent)
    return Call.objects.create(
        id=uuid4(), campaign=campaign, contact=contact, agent=agent, mode="preview", e164="+33639980011",
        state="talking", claimed_at=timezone.now(), answered_at=timezone.now(),
    )  # fmt: skip


def put(client: Any, campaign: Campaign, **changes: Any) -> Any:
    return client.put(f"/campaigns/{campaign.pk}/consent-wording", WORDS | changes)


def test_each_change_of_the_words_is_a_version_and_the_same_words_are_none(
    as_supervisor: Any, campaign: Campaign
) -> None:
    assert put(as_supervisor, campaign, text="").json() == {"current": None, "versions": []}
    put(as_supervisor, campaign)
    put(as_supervisor, campaign)
    told = put(as_supervisor, campaign, text="Autre texte").json()
    assert [(one["version"], one["text"]) for one in told["versions"]] == [(2, "Autre texte"), (1, WORDS["text"])]
    told = put(as_supervisor, campaign, text="").json()
    assert (told["current"], len(told["versions"])) == (None, 3)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ConsentWording.objects.filter(version=1).update(text="réécrit")


def test_words_without_what_they_are_about_are_refused(as_supervisor: Any, campaign: Campaign) -> None:
    assert "object" in put(as_supervisor, campaign, object="").json()["error"]["fields"]


def test_a_yes_keeps_the_words_as_they_were_read_and_the_call(
    as_agent: Any, as_supervisor: Any, campaign: Campaign, contact: Contact, call: Call
) -> None:
    put(as_supervisor, campaign)
    assert as_agent.get(f"/campaigns/{campaign.pk}/consent-wording").json()["current"]["text"] == WORDS["text"]
    made = as_agent.post(f"/calls/{call.pk}/consent", {}).json()
    assert (made["kind"], made["channel"], made["state"], made["call_id"]) == ("consent", "phone", "live", str(call.pk))
    assert (made["wording"], made["object"]) == (WORDS["text"], WORDS["object"])
    assert made["wording_version"] == f"campagne {campaign.pk}, version 1"
    assert as_agent.post(f"/calls/{call.pk}/consent", {}).json()["id"] == made["id"]
    assert Proof.objects.count() == 1


def test_it_is_taken_back_in_the_same_call_and_may_be_given_again(
    as_agent: Any, as_supervisor: Any, campaign: Campaign, call: Call
) -> None:
    put(as_supervisor, campaign)
    first = as_agent.post(f"/calls/{call.pk}/consent", {}).json()
    assert as_agent.post(f"/proofs/{first['id']}/withdrawal", {}).json()["state"] == "withdrawn"
    assert as_agent.post(f"/calls/{call.pk}/consent", {}).json()["id"] != first["id"]


def test_a_precise_time_agreed_to_is_kept(as_agent: Any, as_supervisor: Any, campaign: Campaign, call: Call) -> None:
    put(as_supervisor, campaign)
    slot = {"start": "2099-12-01T18:30:00Z", "end": "2099-12-01T19:30:00Z"}
    made = as_agent.post(f"/calls/{call.pk}/consent", {"slots": [slot]}).json()
    assert made["slots"] == [slot]


def test_no_consent_without_words_without_an_answer_or_in_anothers_call(
    as_agent: Any, as_supervisor: Any, campaign: Campaign, call: Call, make_user: Any, api_client: Any
) -> None:
    path = f"/calls/{call.pk}/consent"
    assert as_agent.post(path, {}).json()["error"]["code"] == "no_consent_wording"
    put(as_supervisor, campaign)
    assert api_client(make_user("autre", role="agent")).post(path, {}).status_code == 404
    Call.objects.update(answered_at=None)
    assert as_agent.post(path, {}).json()["error"]["code"] == "not_talked_to"
    assert not Proof.objects.exists()


def test_an_agent_reads_no_words_of_a_campaign_that_is_not_his(as_agent: Any, campaign: Campaign) -> None:
    assert as_agent.get(f"/campaigns/{campaign.pk}/consent-wording").status_code == 404
