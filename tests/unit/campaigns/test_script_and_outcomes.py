"""The script's structure, and the list of outcomes."""

import re
import uuid
from string import ascii_lowercase

import pytest

from decroche.calls.models import Call
from decroche.config.env import get_env
from decroche.dispositions.editing import DESKTOP_KEYS
from decroche.dispositions.models import Disposition


def question(**fields):
    return {"key": "besoin", "label": "Besoin", "kind": "text", **fields}


def page(**fields):
    return {"id": "accueil", "title": "Accueil", "text": "", "questions": [], **fields}


@pytest.mark.parametrize(
    ("pages", "field"),
    [
        ([page(), page()], "pages.1.id"),
        ([page(questions=[question()]), page(id="b", questions=[question()])], "pages.0.questions.0.key"),
        ([page(questions=[question(kind="choice")])], "pages.0.questions.0.choices"),
        ([page(questions=[question(choices=["oui"])])], "pages.0.questions.0.choices"),
        ([page(questions=[question(key="Mes Besoins")])], "pages.0.questions.0.key"),
        ([page(text="Bonjour {{ contact.prenom }}")], "pages.0.text"),
        ([page(text="{{ contact.__class__ }}")], "pages.0.text"),
        ([page(html="<b>")], "pages.0.html"),
    ],
)
def test_a_script_that_would_not_work_is_refused_where_it_fails(as_supervisor, path, pages, field):
    answer = as_supervisor.put(f"{path}/script", {"pages": pages})
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, [field])


def test_the_floors_own_fields_may_be_used_in_a_script(as_supervisor, path):
    as_supervisor.post("/custom-fields", {"label": "Contrat", "kind": "text"})
    variables = as_supervisor.get(f"{path}/script").json()["variables"]
    own = next(name for name in variables if name.startswith("contact.custom."))
    assert as_supervisor.put(f"{path}/script", {"pages": [page(text=f"{{{{ {own} }}}}")]}).status_code == 200


def test_two_people_do_not_overwrite_each_others_script(as_supervisor, path):
    body = {"version": 1, "pages": [page()]}
    assert as_supervisor.put(f"{path}/script", body).json()["version"] == 2
    answer = as_supervisor.put(f"{path}/script", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "script_changed")


@pytest.fixture
def outcomes(as_supervisor, path):
    found = as_supervisor.get(f"{path}/dispositions").json()["items"]
    return [{key: value for key, value in one.items() if key != "position"} for one in found]


def put(as_supervisor, path, outcomes):
    return as_supervisor.put(f"{path}/dispositions", outcomes)


def test_the_place_in_the_list_is_the_place_on_the_screen(as_supervisor, path, outcomes):
    saved = put(as_supervisor, path, outcomes[::-1]).json()["items"]
    assert [one["id"] for one in saved] == [one["id"] for one in outcomes[::-1]]


def test_an_outcome_that_is_left_out_is_deleted(as_supervisor, path, outcomes):
    put(as_supervisor, path, outcomes[1:])
    assert not Disposition.objects.filter(pk=outcomes[0]["id"]).exists()


def test_an_outcome_that_calls_were_given_stays_inactive(as_supervisor, path, outcomes, now):
    Call.objects.create(
        id=uuid.uuid4(), e164="+33199000001", state="ended", claimed_at=now, disposition_id=outcomes[0]["id"]
    )
    saved = put(as_supervisor, path, outcomes[1:]).json()["items"]
    assert [one["active"] for one in saved] == [True] * 5 + [False]
    assert saved[-1]["id"] == outcomes[0]["id"]


def test_an_inactive_outcome_leaves_its_key_to_another(as_supervisor, path, outcomes):
    outcomes[0] |= {"active": False}
    outcomes[1] |= {"key": "1"}
    assert put(as_supervisor, path, outcomes).status_code == 200


def test_two_outcomes_do_not_share_a_key_or_a_label(as_supervisor, path, outcomes):
    keys = [outcomes[0], {**outcomes[1], "key": "1"}]
    labels = [outcomes[0], {**outcomes[1], "label": "rdv PRIS"}]
    assert put(as_supervisor, path, keys).json()["error"]["fields"].keys() == {"1.key"}
    assert put(as_supervisor, path, labels).json()["error"]["fields"].keys() == {"1.label"}


def test_an_outcome_takes_no_key_of_the_agents_desktop(as_supervisor, path, outcomes):
    answers = {key: put(as_supervisor, path, [{**outcomes[0], "key": key}]).status_code for key in ascii_lowercase}
    assert {key for key, status in answers.items() if status == 422} == set(DESKTOP_KEYS)


def test_the_screens_know_the_desktops_letters_as_the_server_does():
    source = (get_env().root / "frontend/src/features/agent-desktop/keys/DesktopKeys.tsx").read_text()
    letters = (get_env().root / "frontend/src/lib/desktop-letters.ts").read_text()
    assert set(re.findall(r"^    ([a-z]):", source, re.MULTILINE)) == set(DESKTOP_KEYS)
    assert f"'{DESKTOP_KEYS}'" in letters


def test_an_outcome_of_another_campaign_is_refused(as_supervisor, path, outcomes):
    other = as_supervisor.post("/campaigns", {"name": "Autre"}).json()
    assert put(as_supervisor, f"/campaigns/{other['id']}", outcomes).json()["error"]["fields"].keys() == {"0.id"}


def test_a_page_has_words_of_its_own_for_who_calls_back(as_supervisor, path):
    one = page(text="Je vous appelle.", return_text="Merci de nous rappeler, {{ contact.last_name }}.")
    kept = as_supervisor.put(f"{path}/script", {"pages": [one, page(id="b")]}).json()["pages"]
    assert [row["return_text"] for row in kept] == [one["return_text"], ""]
    wrong = as_supervisor.put(f"{path}/script", {"pages": [page(return_text="{{ contact.prenom }}")]})
    assert "pages.0.return_text" in wrong.json()["error"]["fields"]
