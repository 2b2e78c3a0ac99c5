"""Key figures, and what they are made of."""

import uuid
from datetime import datetime, timedelta

import pytest

from decroche.agents.models import AgentSession, AgentStateInterval
from decroche.appointments.models import Appointment
from decroche.callbacks.models import Callback
from decroche.calls.models import Call
from decroche.campaigns.models import Campaign
from decroche.common.days import PARIS
from decroche.contacts.models import Contact
from decroche.dispositions.models import Disposition
from decroche.statistics.definitions import DEFINITIONS
from decroche.statistics.figures import StateSums, Sums, kpis
from decroche.statistics.schemas import Kpis

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=PARIS)
DAY = {"from": "2026-11-20", "to": "2026-11-20"}


def test_every_figure_has_its_formula_in_both_languages():
    assert [one.key for one in DEFINITIONS] != []
    assert {one.key for one in DEFINITIONS} == set(Kpis.model_fields)
    assert all(one.formula["fr"] and one.formula["en"] and one.label["fr"] for one in DEFINITIONS)


def test_nothing_divided_is_nothing_not_zero():
    assert kpis(Sums(), StateSums()).transformation_rate is None


def test_rates_follow_their_formulas():
    sums = Sums(
        attempts=10,
        connected=6,
        abandoned=2,
        reached=5,
        reached_by_us=4,
        pitched=4,
        positive=1,
        talks=5,
        talk_s=300,
        wrap_up_s=50,
    )
    states = StateSums()
    for state, seconds in (("ready", 100), ("talking", 300), ("wrap_up", 50), ("paused", 1000), ("dialing", 50)):
        states.put(state, None, seconds)
    found = kpis(sums, states)
    assert (found.contact_rate, found.pitch_rate, found.transformation_rate) == (0.4, 0.8, 0.25)
    assert (found.abandoned_rate, found.mean_talk_s, found.mean_handling_s, found.mean_idle_s) == (0.25, 60, 70, 20)
    assert (found.calls_per_h, found.occupancy) == (72, 0.8)


def test_the_base_of_the_transformation_rate_is_a_setting():
    assert kpis(Sums(reached=5, pitched=4, positive=1), StateSums(), "reached").transformation_rate == 0.2


@pytest.fixture
def campaign(db):
    return Campaign.objects.create(name="Mutuelle")


@pytest.fixture
def make_call(campaign, as_agent):
    won = Disposition.objects.create(campaign=campaign, label="RDV", color="green", pitched=True, tone="positive")
    lost = Disposition.objects.create(campaign=campaign, label="Non", pitched=True, tone="negative", position=1)

    def make(at=NOON, *, outcome=None, **fields):
        talked = {
            "claimed_at": at,
            "placed_at": at,
            "answered_at": at + timedelta(seconds=10),
            "bridged_at": at + timedelta(seconds=11),
            "ended_at": at + timedelta(seconds=71),
            "wrap_up_ended_at": at + timedelta(seconds=91),
            "agent": as_agent.user,
            "campaign": campaign,
            "result": "connected",
            "disposition": {"won": won, "lost": lost, None: None}[outcome],
        }
        return Call.objects.create(id=uuid.uuid4(), e164="+33199000001", state="ended", **{**talked, **fields})

    return make


def test_an_agents_calls_and_states_become_his_figures(as_supervisor, as_agent, campaign, make_call):
    make_call(outcome="won")
    make_call(outcome="lost")
    make_call(result="no_answer", answered_at=None, bridged_at=None, wrap_up_ended_at=None)
    worked(as_agent.user, campaign, ("ready", 1200), ("talking", 120), ("paused", 600), ("wrap_up", 480))
    report = as_supervisor.get("/statistics/agents", query_params=DAY).json()
    (row,) = report["rows"]
    kpi, times = row["kpis"], row["times"]
    assert [kpi[key] for key in ("attempts", "connected", "reached", "pitched", "positive", "negative")] == [
        3,
        2,
        2,
        2,
        1,
        1,
    ]
    assert [kpi[key] for key in ("mean_talk_s", "mean_handling_s", "mean_silence_s", "calls_per_h")] == [60, 80, 1, 6]
    assert [times[key] for key in ("signed_in_s", "worked_s", "ready_s", "pause_s")] == [2400, 1800, 1200, 600]
    assert report["total_kpis"] == kpi


def test_who_called_us_is_talk_and_outcome_of_the_agent_but_no_attempt_and_no_answer_to_one(
    as_supervisor, as_agent, make_call
):
    make_call(outcome="lost")
    inbound = {"direction": "inbound", "placed_at": None}
    make_call(outcome="won", bridged_at=NOON + timedelta(seconds=31), **inbound)
    make_call(result="missed", bridged_at=None, wrap_up_ended_at=None, **inbound)
    (row,) = as_supervisor.get("/statistics/agents", query_params=DAY).json()["rows"]
    kpi = row["kpis"]
    assert [kpi[key] for key in ("attempts", "connected", "abandoned", "reached", "positive")] == [1, 1, 0, 2, 1]
    assert (kpi["contact_rate"], kpi["mean_silence_s"]) == (1, 1)


def worked(user, campaign, *states, start=NOON):
    session = AgentSession.objects.create(user=user, device="browser", started_at=start, ended_at=start)
    for state, seconds in states:
        end = start + timedelta(seconds=seconds)
        AgentStateInterval.objects.create(
            session=session, user=user, campaign=campaign, state=state, started_at=start, ended_at=end
        )
        start = end


def test_a_call_belongs_to_the_day_in_paris(as_supervisor, make_call):
    make_call(datetime(2026, 11, 20, 23, 59, tzinfo=PARIS))
    make_call(datetime(2026, 11, 21, 0, 0, tzinfo=PARIS))
    report = as_supervisor.get("/statistics/agents", query_params=DAY).json()
    assert report["total_kpis"]["attempts"] == 1


def test_a_state_is_cut_at_the_limits_of_the_period(as_supervisor, as_agent, campaign):
    worked(as_agent.user, campaign, ("ready", 3600), start=datetime(2026, 11, 19, 23, 30, tzinfo=PARIS))
    report = as_supervisor.get("/statistics/agents", query_params=DAY).json()
    assert report["total_times"]["ready_s"] == 1800


def test_pauses_are_summed_by_reason(as_supervisor, as_agent):
    from decroche.agents.models import PauseReason

    lunch = PauseReason.objects.create(label="Déjeuner")
    worked(as_agent.user, None, ("paused", 60), ("paused", 1800))
    AgentStateInterval.objects.filter(ended_at__gt=NOON + timedelta(seconds=60)).update(pause_reason=lunch)
    times = as_supervisor.get("/statistics/agents", query_params=DAY).json()["rows"][0]["times"]
    assert times["pauses"] == [
        {"pause_reason_id": lunch.pk, "seconds": 1800},
        {"pause_reason_id": None, "seconds": 60},
    ]


def test_agents_are_narrowed_to_a_group_or_a_campaign(as_supervisor, as_agent, make_call, campaign):
    make_call()
    group = as_supervisor.post("/groups", {"name": "Matin"}).json()
    other = Campaign.objects.create(name="Autre")
    for narrowed in ({"group_id": group["id"]}, {"campaign_id": other.pk}, {"agent_id": as_supervisor.user.pk}):
        assert as_supervisor.get("/statistics/agents", query_params={**DAY, **narrowed}).json()["rows"] == []
    whole = as_supervisor.get("/statistics/agents", query_params={**DAY, "campaign_id": campaign.pk}).json()
    assert len(whole["rows"]) == 1


def test_a_campaign_shows_its_results_outcomes_and_abandoned_calls(as_supervisor, campaign, make_call):
    make_call(outcome="won")
    make_call(outcome="won")
    make_call(result="abandoned", agent=None, bridged_at=None)
    make_call(result="busy", agent=None, answered_at=None, bridged_at=None, campaign=None)
    report = as_supervisor.get("/statistics/campaigns", query_params=DAY).json()
    first, without = report["rows"]
    assert (first["name"], first["results"]) == ("Mutuelle", {"connected": 2, "abandoned": 1})
    assert [(one["label"], one["count"]) for one in first["dispositions"]] == [("RDV", 2)]
    assert first["kpis"]["abandoned_rate"] == pytest.approx(1 / 3, abs=1e-4)
    assert (without["campaign_id"], without["results"]) == (None, {"busy": 1})


def test_promises_kept_are_counted_by_when_they_were_due(as_supervisor, as_agent, campaign, make_call):
    contact = Contact.objects.create()
    promise = {"contact": contact, "campaign": campaign, "owner": as_agent.user, "created_by": as_agent.user}
    Callback.objects.create(due_at=NOON, state="done", kept_in_call=make_call(NOON + timedelta(minutes=10)), **promise)
    Callback.objects.create(due_at=NOON, state="done", kept_in_call=make_call(NOON + timedelta(hours=1)), **promise)
    Callback.objects.create(due_at=NOON, **promise)
    Callback.objects.create(due_at=NOON, state="cancelled", **promise)
    kpi = as_supervisor.get("/statistics/agents", query_params=DAY).json()["total_kpis"]
    assert [kpi[f"callbacks_{key}"] for key in ("due", "kept", "on_time")] == [3, 2, 1]
    assert kpi["callbacks_on_time_rate"] == pytest.approx(1 / 3, abs=1e-4)


def test_an_agent_sees_his_own_day(as_agent, as_supervisor, make_call, campaign):
    from django.utils import timezone

    make_call(timezone.now(), outcome="won")
    Appointment.objects.create(contact=Contact.objects.create(), starts_at=NOON, created_by=as_agent.user)
    mine = as_agent.get("/statistics/me").json()
    assert [mine["kpis"][key] for key in ("attempts", "positive", "appointments")] == [1, 1, 1]
    assert as_supervisor.get("/statistics/me").json()["kpis"]["attempts"] == 0


@pytest.mark.parametrize(
    "period",
    [
        {"from": "2026-11-21", "to": "2026-11-20"},
        {"from": "2024-01-01", "to": "2026-11-20"},
        {"from": "hier"},
        {"from": "0001-01-01", "to": "0001-01-02"},
        {"to": "9999-12-31", "from": "9999-12-31"},
    ],
)
def test_a_period_that_makes_no_sense_is_refused(as_supervisor, period):
    assert as_supervisor.get("/statistics/agents", query_params=period).status_code == 422


def test_definitions_are_there_for_agents_too(as_agent):
    assert len(as_agent.get("/statistics/definitions").json()) == len(Kpis.model_fields)
