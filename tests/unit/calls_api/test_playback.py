"""Listening to recordings."""

import uuid

import pytest

from decroche.accounts.models import AuditEntry

SOUND = bytes(range(256)) * 1000


def listen(client, call, span=None, **params):
    headers = {"Range": span} if span else {}
    return client.get(f"/calls/{call.pk}/recording", headers=headers, query_params=params)


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.fixture
def call(make_call, make_recording, as_agent):
    call = make_call(agent=as_agent.user)
    make_recording(call, SOUND)
    return call


def test_a_recording_is_played_whole(as_supervisor, call):
    answer = listen(as_supervisor, call)
    assert (answer.status_code, answer["Content-Type"], answer["Accept-Ranges"]) == (200, "audio/wav", "bytes")
    assert body(answer) == SOUND


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, 256_000),
        ("bytes=-10", 255_990, 256_000),
        ("bytes=255999-999999", 255_999, 256_000),
        ("bytes=-999999", 0, 256_000),
    ],
)
def test_a_player_may_ask_for_a_part(as_supervisor, call, span, start, end):
    answer = listen(as_supervisor, call, span)
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {start}-{end - 1}/256000")
    assert (answer["Content-Length"], body(answer)) == (str(end - start), SOUND[start:end])


@pytest.mark.parametrize("span", ["bytes=256000-", "bytes=-0", "bytes=999999-"])
def test_a_part_beyond_the_end_is_refused(as_supervisor, call, span):
    answer = listen(as_supervisor, call, span)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */256000")


@pytest.mark.parametrize(
    "span", ["bytes=", "bytes=9-3", "lines=1-2", "bytes=0-1,5-6", "bytes=x-y", "bytes=" + "9" * 400 + "-"]
)
def test_a_range_that_makes_no_sense_is_ignored(as_supervisor, call, span):
    assert body(listen(as_supervisor, call, span)) == SOUND


def test_the_agent_of_the_call_may_listen_and_another_may_not(as_agent, call, make_user, api_client):
    assert listen(as_agent, call).status_code == 200
    assert listen(api_client(make_user("autre")), call).status_code == 404


def test_one_playback_is_one_line_of_the_audit_log(as_supervisor, call):
    for span in ("bytes=0-", "bytes=100-200", "bytes=5000-"):
        listen(as_supervisor, call, span)
    entry = AuditEntry.objects.get(action="recording.play")
    assert (entry.actor, entry.detail) == (as_supervisor.user, {"call_id": str(call.pk)})


def test_each_whole_playback_is_a_line_of_its_own(as_supervisor, call):
    listen(as_supervisor, call)
    listen(as_supervisor, call)
    assert AuditEntry.objects.filter(action="recording.play").count() == 2


def test_a_download_is_a_file_and_another_line(as_supervisor, as_agent, call):
    answer = listen(as_supervisor, call, download=True)
    assert answer["Content-Disposition"] == f'attachment; filename="{call.pk}.wav"'
    assert AuditEntry.objects.get().action == "recording.download"
    assert listen(as_agent, call, download=True).status_code == 403


def test_an_administrator_sees_who_listened_and_a_supervisor_does_not(as_admin, as_supervisor, call):
    listen(as_supervisor, call)
    listen(as_admin, call, download=True)
    seen = as_admin.get(f"/calls/{call.pk}").json()["listenings"]
    assert [(one["by_name"], one["download"]) for one in seen] == [
        (as_admin.user.display_name, True),
        (as_supervisor.user.display_name, False),
    ]
    assert as_supervisor.get(f"/calls/{call.pk}").json()["listenings"] is None


def test_a_refused_playback_is_not_logged(make_call, as_supervisor):
    assert listen(as_supervisor, make_call()).json()["error"]["code"] == "no_recording"
    assert AuditEntry.objects.count() == 0


def test_the_latest_recording_is_played_unless_another_is_named(as_supervisor, call, make_recording):
    from datetime import timedelta

    second = make_recording(call, b"second")
    second.started_at += timedelta(seconds=5)
    second.save()
    first = call.recordings.exclude(pk=second.pk).get()
    assert body(listen(as_supervisor, call)) == b"second"
    assert body(listen(as_supervisor, call, recording_id=first.pk)) == SOUND


def test_a_recording_of_another_call_is_not_reached_through_this_one(as_supervisor, call, make_call, make_recording):
    other = make_recording(make_call(minutes_ago=5), b"other")
    assert listen(as_supervisor, call, recording_id=other.pk).status_code == 404
    assert listen(as_supervisor, call, recording_id=uuid.uuid4()).status_code == 404


@pytest.mark.parametrize(("sound", "status"), [(None, "ready"), (b"x", "mixing"), (b"x", "deleted")])
def test_a_recording_that_is_not_there_says_so(as_supervisor, make_call, make_recording, sound, status):
    call = make_call()
    make_recording(call, sound, status)
    assert listen(as_supervisor, call).json()["error"]["code"] == "no_recording"
