"""A campaign with a script, an agent of it, and a contact in its queue."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def campaign(db: None) -> Any:
    from decroche.campaigns.models import Campaign, Script

    made = Campaign.objects.create(name="Santé", status="open")
    questions = [
        {"key": "salaries", "label": "Combien de salariés ?", "kind": "number", "choices": [], "required": False},
        {"key": "interet", "label": "Intérêt", "kind": "choice", "choices": ["Fort", "Faible"], "required": False},
    ]
    Script.objects.create(campaign=made, pages=[{"id": "p", "title": "", "text": "", "questions": questions}])
    return made


@pytest.fixture
def contact(db: None) -> Any:
    from decroche.contacts.models import Contact, ContactPhone

    made = Contact.objects.create(
        civility="Mme", first_name="Hélène", last_name="Lefèvre", company="Boulangerie Lefèvre",
        postal_code="25000", city="Besançon", client_code="C-17", email="helene@exemple.fr",
    )  # fmt: skip
    ContactPhone.objects.create(contact=made, kind="phone", e164="+33465711234")
    return made


@pytest.fixture
def queued(campaign: Any, contact: Any) -> Any:
    from decroche.campaigns.models import QueueEntry

    return QueueEntry.objects.create(campaign=campaign, contact=contact, not_before=NOW)


@pytest.fixture
def assigned(as_agent: Any, campaign: Any, queued: Any) -> Any:
    """The agent, working on the campaign by his group."""
    from decroche.agents.models import AgentGroup
    from decroche.campaigns.models import CampaignAssignment

    group = AgentGroup.objects.create(name="Prospection")
    group.members.add(as_agent.user)
    CampaignAssignment.objects.create(campaign=campaign, group=group)
    return as_agent


@pytest.fixture
def call(queued: Any, as_agent: Any) -> Any:
    from uuid import UUID

    from decroche.calls.models import Call

    return Call.objects.create(
        id=UUID(int=7), campaign=queued.campaign, contact=queued.contact, agent=as_agent.user, mode="progressive",
        e164="+33465711234", state="ended", result="connected", claimed_at=NOW, ringing_at=NOW, bridged_at=NOW,
        answered_at=NOW, ended_at=NOW.replace(minute=2),
    )  # fmt: skip


@pytest.fixture
def twin(contact: Any) -> Any:
    """The same person, entered a second time with less care."""
    from decroche.contacts.models import Contact, ContactPhone

    made = Contact.objects.create(
        first_name="Helene", last_name="LEFEVRE", address="3 rue des Granges", postal_code="25000",
        city="Besançon cedex", email="helene@exemple.fr",
    )  # fmt: skip
    ContactPhone.objects.create(contact=made, kind="phone", e164="+33639982011")
    return made
