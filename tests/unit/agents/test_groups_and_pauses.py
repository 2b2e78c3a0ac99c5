"""Groups, pause reasons, and an agent's day."""

from datetime import datetime, timedelta

import pytest

from decroche.agents.models import AgentSession, AgentStateInterval, PauseReason
from decroche.common.days import PARIS

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=PARIS)


@pytest.fixture
def lunch(as_supervisor):
    return as_supervisor.post("/pause-reasons", {"label": "Déjeuner", "color": "orange"}).json()


def test_a_group_has_members(as_supervisor, as_agent):
    group = as_supervisor.post("/groups", {"name": "Matin", "member_ids": [as_agent.user.pk]}).json()
    assert group["member_ids"] == [as_agent.user.pk]
    assert as_supervisor.patch(f"/groups/{group['id']}", {"member_ids": []}).json()["member_ids"] == []


def test_who_joins_or_leaves_a_group_is_told_to_the_floor(as_supervisor, as_agent, floor_words):
    group = as_supervisor.post("/groups", {"name": "Matin"}).json()
    as_supervisor.patch(f"/groups/{group['id']}", {"member_ids": [as_agent.user.pk]})
    assert floor_words == [{"kind": "user_changed", "id": as_agent.user.pk}]


def test_group_names_are_unique(as_supervisor):
    as_supervisor.post("/groups", {"name": "Matin"})
    assert as_supervisor.post("/groups", {"name": "matin"}).json()["error"]["code"] == "group_name_taken"


def test_a_group_that_works_on_a_campaign_is_not_deleted(as_supervisor):
    group = as_supervisor.post("/groups", {"name": "Matin"}).json()
    campaign = as_supervisor.post("/campaigns", {"name": "Mutuelle"}).json()
    as_supervisor.put(f"/campaigns/{campaign['id']}/assignments", [{"group_id": group["id"]}])
    assert as_supervisor.delete(f"/groups/{group['id']}").json()["error"]["facts"] == {"count": "1"}
    as_supervisor.put(f"/campaigns/{campaign['id']}/assignments", [])
    assert as_supervisor.delete(f"/groups/{group['id']}").status_code == 204


def test_pause_reasons_are_told_to_the_floor(as_supervisor, lunch, floor_words):
    as_supervisor.patch(f"/pause-reasons/{lunch['id']}", {"color": "blue"})
    assert floor_words == [{"kind": "pause_reasons_changed"}]


def test_agents_read_pause_reasons(as_agent, lunch):
    assert [one["label"] for one in as_agent.get("/pause-reasons").json()["items"]] == ["Déjeuner"]


def test_the_last_pause_reason_stays(as_supervisor, lunch):
    assert as_supervisor.delete(f"/pause-reasons/{lunch['id']}").json()["error"]["code"] == "last_pause_reason"
    answer = as_supervisor.patch(f"/pause-reasons/{lunch['id']}", {"active": False})
    assert answer.json()["error"]["code"] == "last_pause_reason"


def test_a_pause_reason_that_statistics_need_becomes_inactive(as_supervisor, as_agent, lunch):
    as_supervisor.post("/pause-reasons", {"label": "Brief"})
    worked(as_agent.user, ("paused", 10, lunch["id"]))
    as_supervisor.delete(f"/pause-reasons/{lunch['id']}")
    assert PauseReason.objects.get(pk=lunch["id"]).active is False


def worked(user, *states, start=NOON, open_end=False):
    """States in a row: (state, minutes[, pause reason])."""
    session = AgentSession.objects.create(user=user, device="browser", started_at=start)
    for state, minutes, *reason in states:
        end = start + timedelta(minutes=minutes)
        AgentStateInterval.objects.create(
            session=session,
            user=user,
            state=state,
            started_at=start,
            ended_at=end,
            pause_reason_id=(reason or [None])[0],
        )
        start = end
    if not open_end:
        session.ended_at = start
        session.save()


def test_a_day_shows_each_state_and_its_sum(as_supervisor, as_agent):
    worked(as_agent.user, ("ready", 10), ("talking", 5), ("ready", 2))
    day = as_supervisor.get(f"/agents/{as_agent.user.pk}/activity", query_params={"day": "2026-11-20"}).json()
    assert [one["state"] for one in day["intervals"]] == ["ready", "talking", "ready"]
    assert day["seconds_by_state"] == {"ready": 720, "talking": 300}
    assert len(day["sessions"]) == 1


def test_a_state_that_crosses_midnight_is_cut_there(as_supervisor, as_agent):
    worked(as_agent.user, ("ready", 60), start=datetime(2026, 11, 20, 23, 30, tzinfo=PARIS))
    day = as_supervisor.get(f"/agents/{as_agent.user.pk}/activity", query_params={"day": "2026-11-21"}).json()
    assert day["seconds_by_state"] == {"ready": 1800}


def test_an_agent_sees_his_own_day_only(as_agent, make_user):
    assert as_agent.get(f"/agents/{as_agent.user.pk}/activity").status_code == 200
    other = make_user("autre")
    assert as_agent.get(f"/agents/{other.pk}/activity").status_code == 403
