"""The call log: filters, pages, details, export."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from decroche.calls.models import CallEvent
from decroche.campaigns.models import Campaign
from decroche.contacts.models import Contact, ContactNote
from decroche.dispositions.models import Disposition


def ids(client, **params):
    return [one["id"] for one in client.get("/calls", query_params=params).json()["items"]]


def test_a_line_says_who_whom_and_how_long(as_supervisor, as_agent, make_call):
    contact = Contact.objects.create(first_name="Hélène", last_name="Lefèvre")
    make_call(agent=as_agent.user, contact=contact)
    line = as_supervisor.get("/calls").json()["items"][0]
    assert (line["agent_name"], line["contact_name"]) == ("Camille Durand", "Hélène Lefèvre")
    assert [line[key] for key in ("ring_s", "silence_s", "talk_s", "wrap_up_s")] == [10, 1, 60, 20]


def test_a_call_that_nobody_answered_has_no_talk(as_supervisor, make_call):
    make_call(result="no_answer", answered_at=None, bridged_at=None, wrap_up_ended_at=None)
    line = as_supervisor.get("/calls").json()["items"][0]
    assert (line["talk_s"], line["silence_s"], line["wrap_up_s"]) == (None, None, None)


def test_a_live_call_has_no_result_yet(as_supervisor, make_call):
    make_call(state="ringing", result="", ended_at=None, answered_at=None, bridged_at=None)
    assert as_supervisor.get("/calls").json()["items"][0]["result"] is None


def test_pages_follow_each_other_even_among_calls_of_the_same_instant(as_supervisor, make_call):
    instant = timezone.now()
    made = {str(make_call(claimed_at=instant, e164=f"+3319900{n:04}").pk) for n in range(7)}
    seen, cursor = [], ""
    while cursor is not None:
        page = as_supervisor.get("/calls", query_params={"limit": 3, "cursor": cursor}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert (len(seen), set(seen)) == (7, made)


def test_a_call_made_meanwhile_does_not_shift_the_next_page(as_supervisor, make_call):
    old = [str(make_call(minutes_ago=n).pk) for n in (2, 3, 4)]
    first = as_supervisor.get("/calls", query_params={"limit": 2}).json()
    make_call(minutes_ago=1)
    assert ids(as_supervisor, limit=2, cursor=first["next_cursor"]) == old[2:]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("06 39 98 00 01", True),
        ("0639", True),
        ("+33639", True),
        ("0033 6 39", True),
        ("9800", True),
        ("0640", False),
        ("abc", False),
        ("%", False),
    ],
)
def test_a_number_is_found_by_its_beginning_or_a_part(as_supervisor, make_call, number, found):
    made = str(make_call(e164="+33639980001").pk)
    assert ids(as_supervisor, number=number) == ([made] if found else [])


def test_filters_are_all_applied(as_supervisor, as_agent, make_call, make_recording):
    campaign = Campaign.objects.create(name="Mutuelle")
    outcome = Disposition.objects.create(campaign=campaign, label="RDV", pitched=True, tone="positive")
    call = make_call(agent=as_agent.user, campaign=campaign, disposition=outcome)
    make_recording(call, b"x")
    make_call(result="busy", minutes_ago=60)
    only = [str(call.pk)]
    for wanted in (
        {"campaign_id": campaign.pk},
        {"agent_id": as_agent.user.pk},
        {"result": ["connected", "machine"]},
        {"disposition_id": outcome.pk},
        {"pitched": True, "tone": "positive"},
        {"has_recording": True},
        {"since": (timezone.now() - timedelta(minutes=30)).isoformat()},
    ):
        assert ids(as_supervisor, **wanted) == only, wanted
    assert ids(as_supervisor, result=["connected"], until="2020-01-01T00:00:00Z") == []
    assert ids(as_supervisor, live=True) == []


def test_the_log_tells_who_called_whom_and_is_narrowed_to_one_way(as_supervisor, make_call):
    ours = make_call()
    his = make_call(direction="inbound", placed_at=None, e164="", result="missed", bridged_at=None)
    for direction, call in (("outbound", ours), ("inbound", his)):
        (item,) = as_supervisor.get("/calls", query_params={"direction": direction}).json()["items"]
        assert (item["id"], item["direction"], item["e164"]) == (str(call.pk), direction, call.e164)


def test_a_filter_that_makes_no_sense_is_refused_beside_its_field(as_supervisor):
    answer = as_supervisor.get("/calls", query_params={"result": "exploded"}, headers={"Accept-Language": "fr"})
    assert answer.json()["error"]["fields"] == {"result.0": "Choisissez une des valeurs proposées."}


def test_an_agent_sees_his_own_calls_whatever_he_asks(as_agent, make_user, make_call):
    other = make_user("autre")
    mine, theirs = make_call(agent=as_agent.user), make_call(agent=other, minutes_ago=2)
    assert ids(as_agent) == [str(mine.pk)]
    assert ids(as_agent, agent_id=other.pk) == []
    assert as_agent.get(f"/calls/{theirs.pk}").status_code == 404


def test_a_detail_has_events_and_notes(as_supervisor, as_agent, make_call):
    call = make_call(agent=as_agent.user, cause=16, sip_code=200)
    for old, new in (("claimed", "placing"), ("placing", "ringing")):
        CallEvent.objects.create(call=call, at=call.claimed_at, old=old, new=new, trigger="dialed")
    contact = Contact.objects.create(last_name="Lefèvre")
    ContactNote.objects.create(contact=contact, call=call, author=as_agent.user, text="À rappeler le soir")
    detail = as_supervisor.get(f"/calls/{call.pk}").json()
    assert [event["new"] for event in detail["events"]] == ["placing", "ringing"]
    assert detail["notes"][0] | {"updated_at": ""} == {
        "author_name": "Camille Durand",
        "text": "À rappeler le soir",
        "updated_at": "",
    }
    assert (detail["cause"], detail["sip_code"]) == (16, 200)


def test_an_unknown_call_is_not_found(as_supervisor):
    assert as_supervisor.get(f"/calls/{uuid.uuid4()}").json()["error"]["code"] == "not_found"
