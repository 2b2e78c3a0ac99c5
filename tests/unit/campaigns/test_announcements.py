"""What contacts hear instead of an agent: spoken from the campaign's words, recorded by a manager, never half there."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from decroche.campaigns.announcement_files import abandoned_text, spoken_number
from decroche.campaigns.models import Announcement, Campaign
from decroche.telephony.speech import RATE, speak


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ANNOUNCEMENTS_DIR = tmp_path
    return tmp_path


def sound(seconds=3.0, rate=16_000, channels=1, width=2):
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(b"\x01" * int(seconds * rate) * channels * width)
    return made.getvalue()


def upload(client, path, kind, content):
    file = SimpleUploadedFile("message.wav", content, "audio/wav")
    return client.http.post(f"/api{path}/announcements/{kind}/sound", {"file": file})


def of(kind, answer):
    """What the campaign says now."""
    return next((one for one in answer.json()["announcements"] if one["kind"] == kind), None)


def names_itself(client, path):
    return client.patch(path, {"caller_name": "Mutuelle Santé", "callback_number": "01 99 00 01 00"})


def test_a_number_is_said_by_pairs():
    assert spoken_number("+33199000107") == "zéro 1, 99, zéro zéro, zéro 1, zéro 7"


def test_the_message_names_the_caller_and_a_number_to_call_back():
    text = abandoned_text(Campaign(caller_name="Mutuelle Santé", callback_number="+33199000100"))
    assert "Ici Mutuelle Santé" in text
    assert "zéro 1, 99, zéro zéro" in text


def test_the_machines_voice_is_a_sound_that_asterisk_plays():
    with wave.open(io.BytesIO(speak("Bonjour, ici la mutuelle."))) as spoken:
        assert (spoken.getframerate(), spoken.getnchannels(), spoken.getsampwidth()) == (RATE, 1, 2)
        samples = memoryview(spoken.readframes(spoken.getnframes())).cast("h")
    assert 1.0 < len(samples) / RATE < 5.0
    assert max(samples) > 3000


@pytest.mark.parametrize("kind", ["abandoned", "missed", "goodbye"])
def test_a_campaign_that_names_itself_gets_its_messages(as_supervisor, path, folder, kind):
    made = of(kind, names_itself(as_supervisor, path))
    assert "Ici Mutuelle Santé" in made["text"]
    assert {file.suffix for file in folder.iterdir()} == {".wav16"}
    assert as_supervisor.http.get(made["url"]).status_code == 200


def test_only_who_is_called_back_is_told_so(as_supervisor, path):
    answer = names_itself(as_supervisor, path)
    assert "Nous vous rappellerons" in of("missed", answer)["text"]
    assert "rappellerons" not in of("goodbye", answer)["text"]


def test_a_managers_own_words_to_who_calls_back_stay_whatever_the_name(as_supervisor, path):
    names_itself(as_supervisor, path)
    as_supervisor.put(f"{path}/announcements/missed/text", {"text": "Bonjour, nous vous rappelons demain."})
    answer = as_supervisor.patch(path, {"caller_name": "Fibre Avenir"})
    assert of("missed", answer)["text"] == "Bonjour, nous vous rappelons demain."
    assert "Fibre Avenir" in of("goodbye", answer)["text"]
    answer = as_supervisor.delete(f"{path}/announcements/missed")
    assert "Ici Fibre Avenir" in of("missed", answer)["text"]


def test_another_name_is_another_message_and_the_old_file_goes(
    as_supervisor, path, folder, django_capture_on_commit_callbacks
):
    names_itself(as_supervisor, path)
    old = set(folder.iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        as_supervisor.patch(path, {"caller_name": "Fibre Avenir"})
    new = set(folder.iterdir())
    assert (len(new), new & old) == (len(old), set())
    assert all("Fibre Avenir" in one.text for one in Announcement.objects.all())


def test_a_message_that_the_manager_recorded_stays_whatever_the_name(as_supervisor, path):
    names_itself(as_supervisor, path)
    recorded = of("abandoned", upload(as_supervisor, path, "abandoned", sound(4.0)))
    assert (recorded["is_recorded"], recorded["duration_s"]) == (True, 4.0)
    as_supervisor.patch(path, {"caller_name": "Fibre Avenir"})
    assert Announcement.objects.get(kind="abandoned").text == ""


def test_taken_away_it_is_spoken_again(as_supervisor, path):
    names_itself(as_supervisor, path)
    upload(as_supervisor, path, "abandoned", sound())
    assert of("abandoned", as_supervisor.delete(f"{path}/announcements/abandoned"))["is_recorded"] is False


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF and nothing", sound(rate=44_100), sound(channels=2), sound(width=1), sound(0.2), sound(61.0)],
    ids=["empty", "no WAV", "44 kHz", "stereo", "8 bits", "too short", "too long"],
)
def test_a_sound_that_asterisk_cannot_play_is_refused_and_nothing_is_kept(as_supervisor, path, folder, content):
    answer = upload(as_supervisor, path, "abandoned", content)
    assert (answer.status_code, list(folder.iterdir())) == (answer.status_code, [])
    assert answer.status_code in (409, 422)


def test_a_cut_off_file_is_refused(as_supervisor, path):
    assert upload(as_supervisor, path, "abandoned", sound(4.0)[:-1000]).json()["error"]["code"] == "bad_sound"


def test_no_recorded_message_is_left_to_consumers(as_supervisor, path):
    answer = as_supervisor.put(f"{path}/announcements/machine/text", {"text": "Rappelez-nous."})
    assert answer.json()["error"]["code"] == "not_for_consumers"
    as_supervisor.patch(path, {"audience": "b2b", "machine_action": "message"})
    assert as_supervisor.patch(path, {"audience": "b2c"}).json()["error"]["code"] == "not_for_consumers"


def test_a_copy_of_a_campaign_has_sounds_of_its_own(as_supervisor, path, folder):
    names_itself(as_supervisor, path)
    copy = as_supervisor.post(f"{path}/duplicate", {"name": None}).json()
    assert len(copy["announcements"]) == 3
    assert len({Path(file).name for file in folder.iterdir()}) == 6


def test_an_agent_changes_no_announcement(as_agent, path):
    assert as_agent.put(f"{path}/announcements/abandoned/text", {"text": "Bonjour"}).status_code == 403
