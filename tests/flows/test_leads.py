"""A CRM pushes a lead: an agent who waits is given the call at once, before all that waited longer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from decroche.accounts.models import User
from decroche.campaigns import queueing
from decroche.campaigns.models import Campaign
from decroche.integrations import keys
from decroche.integrations.schemas import ApiKeyIn
from tests.fakes.asterisk import PATIENT
from tests.fakes.story import Story
from tests.flows.tell import Tell

NUMBER = "+33639982011"


def push(campaign: Campaign, number: str = NUMBER) -> Any:
    """As the CRM does: over the public API, with a key."""
    owner = User.objects.filter(username="ada").first() or User.objects.create_user("ada", role="admin")
    _, text = keys.create(owner, ApiKeyIn(name="CRM", scopes=["queue:write"]))
    body = {"campaign_id": campaign.pk, "contact": {"last_name": "Petit", "phones": {"mobile": number}}}
    return Client().post(
        "/api/v1/leads", json.dumps(body), content_type="application/json", headers={"Authorization": f"Bearer {text}"}
    )


def test_an_idle_agent_is_given_the_lead_at_once(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(floor: Story) -> None:
        monkeypatch.setattr(queueing, "CLOCK", floor.clock)
        campaign = await floor.campaign()
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.sees(lambda: agent.state["campaign"]["idle_reason"] == "no_entries")
        floor.asterisk.numbers[NUMBER] = PATIENT
        before = floor.clock.now()
        answer = await floor.web(lambda: push(campaign))
        assert (answer.status_code, answer.json()["outcome"]) == (201, "added")
        await agent.sees(lambda: agent.state["call"] is not None, within_s=5)
        (call,) = await floor.calls()
        assert (call.e164, (call.claimed_at - before).total_seconds() < 1) == (NUMBER, True)
        await agent.talks()

    tell(story)


def test_the_next_call_is_the_lead_whoever_waited_before(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(floor: Story) -> None:
        monkeypatch.setattr(queueing, "CLOCK", floor.clock)
        campaign = await floor.campaign()
        prospects = await floor.prospects(campaign, 3)
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.talks()
        await floor.web(lambda: push(campaign))
        await agent.does("hang_up")
        await agent.disposes("Intéressé")
        await agent.goes_ready()
        await agent.talks()
        assert [call.e164 for call in await floor.calls()] == [floor.number_of(prospects[0]), NUMBER]

    tell(story)


def test_a_lead_on_the_do_not_call_list_is_not_dialed(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    from decroche.contacts.models import DoNotCall

    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        monkeypatch.setattr(queueing, "CLOCK", floor.clock)
        await floor.rows(lambda: DoNotCall.objects.create(e164=NUMBER, created_at=floor.clock.now()))
        answer = await floor.web(lambda: push(campaign))
        assert answer.json()["contact"]["phones"][0]["do_not_call"] is True
        await floor.passes(minutes=1)
        assert await floor.calls() == []

    tell(story)


def test_a_call_that_ends_is_noted_for_webhooks_while_the_floor_writes_as_ever(tell: Tell) -> None:
    from decroche.integrations.models import Event, Webhook

    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        await floor.prospects(campaign, 1)
        owner = await floor.user("Ada", role="admin")
        facts = {"url": "https://crm.example.com/", "events": ["call.ended", "call.qualified"], "secret": ""}
        await floor.rows(lambda: Webhook.objects.create(**facts, created_by=owner, created_at=floor.clock.now()))
        agent = await floor.agent("Camille", campaign)
        await agent.goes_ready()
        await agent.talks()
        await agent.does("hang_up")
        await agent.disposes("Intéressé")
        noted = await floor.rows(lambda: sorted(Event.objects.values_list("type", flat=True)))
        assert noted == ["call.ended", "call.qualified"]

    tell(story)
