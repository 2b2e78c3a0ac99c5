"""Agents are told that they may be listened to: once, and again where the words change."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import ProtectedError

from decroche.accounts.models import AuditEntry, Setting, User
from decroche.accounts.settings_schema import Settings
from decroche.agents.listening.wording import wording
from decroche.agents.models import ListeningAcknowledgment, ListeningNotice


def read(client: Any) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/listening-notice").json()
    return told


def confirm(client: Any, version: str) -> Any:
    return client.post("/listening-notice/acknowledgment", {"version": version})


def test_the_words_say_who_listens_why_how_long_and_the_rights() -> None:
    settings = Settings(company_name="Alpages", privacy_contact="dpo@alpages.example", recordings_kept_days=90)
    words = wording(settings)
    for part in ("par Alpages", "90 jours", "dpo@alpages.example", "CNIL", "votre écran vous le dit"):
        assert part in words.fr
    assert "by Alpages" in words.en
    assert "au plus tard après 6 mois, une note d'appel après 1 an." in wording(Settings()).fr
    assert "after 6 months at the latest, a note of a call after 1 year." in wording(Settings()).en
    assert "sans être signalée" in wording(settings.model_copy(update={"listening_announced": False})).fr


@pytest.mark.parametrize(
    "change", [{"company_name": "Autre"}, {"recordings_kept_days": 30}, {"listening_notice": "Nos propres mots."}]
)
def test_other_words_are_another_version(change: dict[str, Any]) -> None:
    assert wording(Settings(**change)).version != wording(Settings()).version


def test_what_the_words_do_not_name_changes_no_version_and_ones_own_words_are_said_as_they_are() -> None:
    assert wording(Settings(recording_pause_s=30)) == wording(Settings())
    own = Settings(listening_notice="Nos propres mots.")
    assert wording(own).fr == wording(own).en == "Nos propres mots."


def test_an_agent_acknowledges_once_and_who_when_and_which_words_are_kept(as_agent: Any) -> None:
    told = read(as_agent)
    assert told["acknowledged_at"] is None
    assert confirm(as_agent, told["version"]).json()["acknowledged_at"] is not None
    confirm(as_agent, told["version"])
    (kept,) = ListeningAcknowledgment.objects.all()
    assert (kept.user.username, kept.notice.fr) == ("agent", told["text"])
    assert AuditEntry.objects.filter(action="listening.acknowledge").count() == 1
    with pytest.raises(ProtectedError):
        ListeningNotice.objects.all().delete()


def test_he_is_asked_again_when_the_words_change_and_cannot_confirm_the_old_ones(as_agent: Any) -> None:
    before = read(as_agent)
    confirm(as_agent, before["version"])
    Setting.objects.create(key="recordings_kept_days", value=30)
    now = read(as_agent)
    assert (now["acknowledged_at"], "30 jours" in now["text"]) == (None, True)
    assert confirm(as_agent, before["version"]).json()["error"]["code"] == "notice_changed"
    assert confirm(as_agent, now["version"]).json()["acknowledged_at"] is not None
    assert ListeningNotice.objects.count() == 2


def test_managers_see_who_acknowledged_and_whether_it_is_the_words_in_force(as_agent: Any, as_supervisor: Any) -> None:
    confirm(as_agent, read(as_agent)["version"])
    path = "/listening-notice/acknowledgments"
    agent = User.objects.get(username="agent").pk
    assert [(one["user_id"], one["current"]) for one in as_supervisor.get(path).json()] == [(agent, True)]
    Setting.objects.create(key="company_name", value="Autre")
    assert [one["current"] for one in as_supervisor.get(path).json()] == [False]
    assert as_agent.get(path).status_code == 403


def test_an_english_reader_has_english_words_of_the_same_version(as_agent: Any) -> None:
    french = read(as_agent)
    as_agent.patch("/auth/me", {"language": "en"})
    english = read(as_agent)
    assert english["version"] == french["version"]
    assert "Your calls may be listened to" in english["text"]
