"""Filters: every field of the catalogue by an example, and what holds for all of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decroche.common.errors import InvalidFields
from decroche.config.env import get_env
from decroche.contacts.filters.catalogue import FINISHED, FIXED, REFUSED, CustomSpec, catalogue
from decroche.contacts.filters.schema import All, AnyOf, Not, plain, read_filter

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """Monday 23 November 2026, 10:00 in Paris."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
def base(queued: Any, contact: Any, campaign: Any, as_agent: Any) -> Any:
    """Hélène Lefèvre, with all that one can have; and Autre, who has nothing."""
    from decroche.appointments.models import Appointment
    from decroche.callbacks.models import Callback
    from decroche.calls.models import Call
    from decroche.campaigns.models import QueueEntry
    from decroche.contacts.models import (
        Contact,
        ContactNote,
        ContactPhone,
        CustomField,
        DoNotCall,
        ImportBatch,
        ScriptAnswer,
    )
    from decroche.dispositions.models import Disposition

    for key, kind in (("effectif", "number"), ("secteur", "text"), ("depuis", "date"), ("actif", "yes_no")):
        CustomField.objects.create(key=key, label=key, kind=kind)
    CustomField.objects.create(key="taille", label="Taille", kind="choice", choices=["Petite", "Grande"])
    CustomField.objects.create(key="site", label="Site", kind="link")
    batch = ImportBatch.objects.create(name="Lot", file_name="l.csv", stored_as="l", status="done")
    contact.custom = {
        "effectif": 12, "secteur": "Hôtellerie", "depuis": "2024-03-05", "actif": True, "taille": "Petite",
        "site": "https://exemple.fr/a",
    }  # fmt: skip
    contact.address, contact.address2, contact.batch = "4 rue de la République", "Bâtiment B", batch
    contact.siret = "73282932000074"
    contact.save()
    Contact.objects.filter(pk=contact.pk).update(created_at=NOW, updated_at=NOW)
    outcome = Disposition.objects.create(campaign=campaign, label="Refus poli")
    QueueEntry.objects.filter(pk=queued.pk).update(
        attempts=3, last_result="busy", disposition=outcome, refused_reason="outside_hours", finished_reason="close"
    )
    call = Call.objects.create(
        id=UUID(int=9), campaign=campaign, contact=contact, agent=as_agent.user, mode="manual", e164="+33465711234",
        state="ended", result="busy", claimed_at=NOW,
    )  # fmt: skip
    ContactNote.objects.create(contact=contact, campaign=campaign, call=call, author=as_agent.user, text="Très pressée")
    ScriptAnswer.objects.create(contact=contact, campaign=campaign, question_key="interet", value="Réfléchit encore")
    Callback.objects.create(contact=contact, campaign=campaign, due_at=NOW, owner=as_agent.user)
    Appointment.objects.create(contact=contact, campaign=campaign, starts_at=NOW)
    DoNotCall.objects.create(e164="+33465711234", created_at=NOW)
    agreed(contact, "Alpages", given_at=NOW.replace(month=10))
    agreed(contact, "Bergers", given_at=NOW.replace(year=2024))
    contact.__class__.objects.filter(pk=contact.pk).update(kind="company")
    other = Contact.objects.create(last_name="Autre", postal_code="1000 LIÈGE", country="BE")
    Contact.objects.filter(pk=other.pk).update(created_at=NOW.replace(year=2020), updated_at=NOW.replace(year=2020))
    ContactPhone.objects.create(contact=other, kind="mobile", e164="+33639982011")
    return contact


def agreed(contact: Any, principal: str, *, given_at: datetime, e164: str = "") -> Any:
    """A consent of this contact, or of his number."""
    from decroche.ledger.models import Principal, Proof

    siren = {"Alpages": "123456782", "Bergers": "732829320"}[principal]
    row, _ = Principal.objects.get_or_create(siren=siren, defaults={"name": principal})
    return Proof.objects.create(
        principal=row, contact=contact, who="H. Lefèvre", e164=e164, object="Santé", wording="Oui", wording_version="1",
        channel="phone", act="oui", given_at=given_at, recorded_at=given_at, archive_until=given_at,
    )  # fmt: skip


def one(field: str, op: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value, **more}


def found(filter_: Any) -> list[str]:
    from decroche.contacts.filters.query import contacts_matching
    from decroche.contacts.models import Contact

    node = read_filter(filter_) if isinstance(filter_, dict) else filter_
    return sorted(contacts_matching(node, Contact.objects.all(), clock=Clock()).values_list("last_name", flat=True))


EXAMPLES: list[tuple[str, str, Any]] = [
    ("words", "contains", "boulangerie lefevre"),
    ("name", "is", "helene LEFEVRE"),
    ("name", "contains", "ène lef"),
    ("name", "starts", "lef"),
    ("name", "ends", "hélène"),
    ("name", "one_of", ["Lefèvre", "Zoé"]),
    ("kind", "one_of", ["company"]),
    ("kind", "known", True),
    ("civility", "is", "mme"),
    ("first_name", "starts", "hel"),
    ("last_name", "is", "LEFEVRE"),
    ("company", "contains", "gerie"),
    ("client_code", "one_of", ["C-17", "C-18"]),
    ("siret", "is", "73282932000074"),
    ("email", "ends", "@exemple.fr"),
    ("address", "contains", "republique"),
    ("address2", "known", True),
    ("postal_code", "starts", "25"),
    ("postal_code", "is", " 25000 "),
    ("postal_code", "one_of", ["39100", "25000"]),
    ("postal_code", "contains", "500"),
    ("department", "one_of", ["25", "2A"]),
    ("region", "one_of", ["27"]),
    ("department", "known", True),
    ("city", "is", "besancon"),
    ("country", "is", "fr"),
    ("phone", "is", "04 65 71 12 34"),
    ("phone", "is", "+33465711234"),
    ("phone", "starts", "04 65"),
    ("phone", "starts", "+33 4"),
    ("phone", "ends", "12 34"),
    ("phone", "ends", "04 65 71 12 34"),
    ("phone_kind", "one_of", ["phone"]),
    ("do_not_call", "is", True),
    ("consent", "known", True),
    ("consent_ended", "known", True),
    ("batch", "known", True),
    ("created_at", "on", "2026-11-23"),
    ("updated_at", "last_days", 7),
    ("campaign", "known", True),
    ("queue_state", "one_of", ["waiting"]),
    ("not_before", "until", "2026-11-23"),
    ("refused_reason", "one_of", ["outside_hours"]),
    ("finished_reason", "one_of", ["close"]),
    ("attempts", "at_least", 3),
    ("attempts", "between", [1, 3]),
    ("last_result", "one_of", ["busy", "machine"]),
    ("outcome", "one_of", ["Refus poli"]),
    ("last_call", "on", "2026-11-23"),
    ("called", "from", "2026-11-01"),
    ("call_result", "known", True),
    ("agent", "known", True),
    ("callback", "next_days", 1),
    ("callback_owner", "known", True),
    ("appointment", "between", ["2026-11-23", "2026-11-30"]),
    ("notes", "contains", "tres press"),
    ("answers", "contains", "reflechit"),
    ("custom.effectif", "is", 12),
    ("custom.effectif", "at_most", 12.5),
    ("custom.secteur", "contains", "hotel"),
    ("custom.depuis", "between", ["2024-03-01", "2024-03-05"]),
    ("custom.depuis", "before_days", 30),
    ("custom.actif", "is", True),
    ("custom.taille", "one_of", ["Petite"]),
    ("custom.site", "starts", "https://exemple"),
]


@pytest.mark.parametrize(("field", "op", "value"), EXAMPLES)
def test_a_contact_is_found_by(base, field, op, value):
    assert found(one(field, op, value)) == ["Lefèvre"]
    assert found({"not": one(field, op, value)}) == ["Autre"]


ALIKE = [
    ("city", "is", "saint etienne"),
    ("city", "is", "SAINT-ÉTIENNE"),
    ("city", "is", "Saint  Etienne"),
    ("city", "starts", "saint et"),
    ("city", "ends", "nt etienne"),
    ("city", "contains", "nt-eti"),
    ("city", "one_of", ["dole", "saint etienne"]),
    ("name", "is", "jean pierre d aubigne"),
    ("name", "is", "D’Aubigné Jean-Pierre"),
    ("last_name", "is", "D aubigne"),
    ("company", "contains", "l atelier (sud"),
    ("address", "is", "3 rue de l’abbe gregoire"),
    ("notes", "contains", "rendez vous"),
    ("custom.secteur", "is", "Cafe  bar"),
    ("words", "contains", "saint-etienne"),
    ("words", "contains", "l’atelier"),
]


@pytest.mark.parametrize(("field", "op", "value"), ALIKE)
def test_hyphens_apostrophes_and_spaces_are_alike(base, campaign, field, op, value):
    """The town "saint etienne" did not find Saint-Étienne."""
    from decroche.contacts.models import Contact, ContactNote

    there = Contact.objects.create(
        last_name="d'Aubigné", first_name="Jean-Pierre", company="L'Atelier (Sud-Est)", city="Saint-Étienne",
        address="3, rue de l'Abbé-Grégoire".replace(",", ""), custom={"secteur": "Café-bar"},
    )  # fmt: skip
    ContactNote.objects.create(contact=there, campaign=campaign, text="Préfère un rendez-vous")
    assert found(one(field, op, value)) == ["d'Aubigné"]
    assert "d'Aubigné" not in found({"not": one(field, op, value)})


@pytest.mark.parametrize(
    "value", ["-", "'", "saintetienne", "sain.-etienne", "saint etienne (", "saint-etienne…", "a[-b"]
)
def test_other_signs_mean_themselves(base, value):
    from decroche.contacts.models import Contact

    Contact.objects.create(last_name="Stéphanois", city="Saint Étienne")
    for op in ("is", "contains", "starts", "ends"):
        assert found(one("city", op, value)) == []
    assert found(one("city", "one_of", [value])) == []


LINKS = [
    ("is", "https://www.exemple.fr/a"),
    ("is", "www.exemple.fr/a"),
    ("is", "exemple.fr/a/"),
    ("is", "HTTP://Exemple.fr/a"),
    ("one_of", ["autre.fr", "www.exemple.fr/a/"]),
    ("starts", "www.exemple"),
    ("starts", "http://exemple.fr/"),
    ("ends", "exemple.fr/a/"),
    ("ends", ".fr/a"),
    ("ends", "www.exemple.fr/a"),
    ("contains", "www.exemple"),
    ("contains", "emple.fr/"),
]


@pytest.mark.parametrize("stored", ["https://exemple.fr/a", "http://www.exemple.fr/a/", "HTTPS://WWW.exemple.fr/a"])
@pytest.mark.parametrize(("op", "value"), LINKS)
def test_a_link_is_found_without_its_scheme_its_www_and_its_last_slash(base, op, value, stored):
    """Bug: "www.exemple.fr" found nobody, as "https://" is put before it when it is kept."""
    base.custom["site"] = stored
    base.save()
    assert found(one("custom.site", op, value)) == ["Lefèvre"]
    assert found({"not": one("custom.site", op, value)}) == ["Autre"]


@pytest.mark.parametrize(
    ("op", "value"),
    [
        *[
            ("is", text)
            for text in ("exemple.fr", "emple.fr/a", "www.emple.fr/a", "exempleXfr/a", "exemple.fr/ab", "/")
        ],
        *[("starts", text) for text in ("www.emple", "exemple.fr/a/b", "https://www.www.", "http://")],
        *[("ends", text) for text in ("www.emple.fr/a", "exemple.fr", "fr//b")],
        *[("contains", text) for text in ("www.emple", "emple/", "fr/a/b")],
        ("one_of", ["emple.fr/a", "exemple.fr"]),
    ],
)
def test_another_link_is_another(base, op, value):
    assert found(one("custom.site", op, value)) == []


@pytest.mark.parametrize(("op", "value"), [("is", "https://www.lefevre.fr/"), ("one_of", ["lefevre.fr"])])
def test_an_address_kept_as_text_is_found_so_too(base, op, value):
    base.custom["secteur"] = "www.Lefevre.fr"
    base.save()
    assert found(one("custom.secteur", op, value)) == ["Lefèvre"]


def test_a_sign_of_a_code_counts(base):
    """C-17 and C 17 may be two clients."""
    from decroche.contacts.models import Contact

    Contact.objects.create(last_name="Voisin", client_code="C 17")
    assert found(one("client_code", "is", "c-17")) == ["Lefèvre"]
    assert found(one("client_code", "one_of", ["c-17"])) == ["Lefèvre"]


@pytest.mark.parametrize(
    ("op", "value"), [("is", "Belgique"), ("is", "belgium"), ("is", "be"), ("one_of", ["Suisse", "Belgique"])]
)
def test_a_country_is_found_by_its_name(base, op, value):
    """Contacts keep two letters: "Belgique" found nobody."""
    assert found(one("country", op, value)) == ["Autre"]


def test_a_siret_is_found_as_it_is_written_on_paper(base):
    assert found(one("siret", "is", "732 829 320 00074")) == ["Lefèvre"]
    assert found(one("siret", "starts", "732 829 320")) == ["Lefèvre"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_of_a_reason_has_its_words(language):
    """Twenty-two refusals stood in the list as `result.no_consent`."""
    folder = get_env().frontend_dir / f"src/i18n/{language}"
    reasons = json.loads((folder / "search.json").read_text(encoding="utf-8"))["reason"]
    results = json.loads((folder / "words.json").read_text(encoding="utf-8"))["result"]
    assert {*REFUSED, *FINISHED} - reasons.keys() - results.keys() == set()


def test_every_field_has_its_example():
    custom = {one for one, _, _ in EXAMPLES if one.startswith("custom.")}
    assert {field.id for field in FIXED} == {field for field, _, _ in EXAMPLES} - custom


@pytest.mark.parametrize(("field", "key"), [("batch", "batch_id"), ("campaign", "campaign"), ("agent", "agent")])
def test_references_are_by_identifier(base, campaign, as_agent, field, key):
    ids = {"batch": base.batch_id, "campaign": campaign.pk, "agent": as_agent.user.pk}
    assert found(one(field, "one_of", [ids[field]])) == ["Lefèvre"]
    assert found(one(field, "one_of", [2**31 - 1])) == []


def test_a_zero_of_an_end_is_one_of_its_figures(base):
    """Those that end by 34 were found for 034."""
    assert found(one("phone", "ends", "034")) == []


def test_a_number_is_forbidden_by_its_beginning_too(base):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+336399", is_prefix=True, created_at=NOW)
    assert found(one("do_not_call", "is", True)) == ["Autre", "Lefèvre"]


def test_a_beginning_is_no_number(base):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33639982011", is_prefix=False, campaign_id=None, created_at=NOW)
    DoNotCall.objects.filter(e164="+33465711234").update(e164="+334657112340", is_prefix=True)
    assert found(one("do_not_call", "is", True)) == ["Autre"]


def test_consents_are_told_by_principal(base):
    from decroche.ledger.models import Principal, Proof, Withdrawal

    alpages, bergers = (Principal.objects.get(name=name).pk for name in ("Alpages", "Bergers"))
    assert found(one("consent", "one_of", [alpages])) == ["Lefèvre"]
    assert found(one("consent", "one_of", [bergers])) == []
    assert found(one("consent_ended", "one_of", [bergers])) == ["Lefèvre"]
    assert found(one("consent_ended", "one_of", [alpages])) == []
    proof = Proof.objects.get(principal=alpages)
    Withdrawal.objects.create(proof=proof, at=NOW, channel="phone", recorded_at=NOW)
    assert found(one("consent", "known", True)) == []
    assert found(one("consent_ended", "one_of", [alpages])) == ["Lefèvre"]


def test_a_consent_for_a_number_is_its_owners(base):
    from decroche.ledger.models import Principal

    agreed(None, "Bergers", given_at=NOW.replace(month=9), e164="+33639982011")
    assert found(one("consent", "one_of", [Principal.objects.get(name="Bergers").pk])) == ["Autre"]


def test_groups_combine(base):
    city, nobody = one("city", "is", "Besançon"), one("city", "is", "Dole")
    assert found({"all": []}) == ["Autre", "Lefèvre"]
    assert found({"all": [city, nobody]}) == []
    assert found({"any": [city, nobody]}) == ["Lefèvre"]
    assert found({"all": [{"any": [city, nobody]}, {"not": nobody}]}) == ["Lefèvre"]
    assert found({"not": {"all": []}}) == []
    assert found({"not": {"not": {"all": []}}}) == ["Autre", "Lefèvre"]


def test_a_condition_may_be_about_one_campaign(base, campaign):
    busy = one("last_result", "one_of", ["busy"])
    assert found({**busy, "campaign_id": campaign.pk}) == ["Lefèvre"]
    assert found({**busy, "campaign_id": campaign.pk + 1}) == []


def test_the_last_call_is_the_last(base, campaign):
    from decroche.calls.models import Call

    Call.objects.create(
        id=UUID(int=10), campaign=campaign, contact=base, mode="manual", e164="+33465711234", state="ended",
        claimed_at=NOW.replace(day=1),
    )  # fmt: skip
    assert found(one("called", "on", "2026-11-01")) == ["Lefèvre"]
    assert found(one("last_call", "on", "2026-11-01")) == []


def test_a_day_ends_at_midnight_in_paris(base):
    from decroche.contacts.models import Contact

    Contact.objects.filter(pk=base.pk).update(created_at=datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert found(one("created_at", "on", "2026-11-22")) == ["Lefèvre"]
    assert found(one("created_at", "last_days", 2)) == ["Lefèvre"]
    assert found(one("created_at", "last_days", 1)) == []


def test_a_value_of_another_kind_breaks_nothing(base):
    from decroche.contacts.models import Contact

    Contact.objects.filter(pk=base.pk).update(custom={"effectif": "douze", "depuis": "jadis", "taille": 3})
    assert found(one("custom.effectif", "at_least", 1)) == []
    assert found(one("custom.depuis", "until", "2030-01-01")) == []
    assert found(one("custom.effectif", "known", True)) == ["Lefèvre"]


def test_the_sql_means_the_same(base):
    from django.db import connection

    from decroche.contacts.filters.query import sql_predicate

    for field, op, value in EXAMPLES:
        sql, values = sql_predicate(read_filter({"all": [one(field, op, value)]}), "c.id", clock=Clock())
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT last_name FROM contacts_contact c WHERE {sql}", values)
            assert cursor.fetchall() == [("Lefèvre",)], field
    assert sql_predicate(read_filter({"all": []})) == ("TRUE", [])
    assert sql_predicate(read_filter({"not": {"all": []}})) == ("FALSE", [])


def test_an_agent_is_told_of_his_campaigns_only(base, campaign):
    from decroche.contacts.filters.query import contacts_matching
    from decroche.contacts.models import Contact

    node = read_filter(one("notes", "contains", "pressée"))
    assert contacts_matching(node, Contact.objects.all(), campaigns=[campaign.pk]).exists()
    assert not contacts_matching(node, Contact.objects.all(), campaigns=[]).exists()


# ── What holds for all ───────────────────────────────────────────────────────

SPECS = catalogue(
    [
        CustomSpec("effectif", "", "number"),
        CustomSpec("secteur", "", "text"),
        CustomSpec("depuis", "", "date"),
        CustomSpec("actif", "", "yes_no"),
        CustomSpec("taille", "", "choice", ("Petite", "Grande")),
        CustomSpec("site", "", "link"),
    ]
)
TEXTS = st.text(
    st.characters(exclude_characters="\x00", categories=("L", "M", "N", "P", "S", "Z", "Cf", "Co")),
    min_size=1,
    max_size=12,
).filter(str.strip) | st.sampled_from(["lefevre", "%", "_", "\\", "'; DROP TABLE", "é", "{{", "$.a", "%s", "%(x)s"])
DAYS = st.sampled_from(["2020-11-23", "2026-11-23", "2026-11-24", "1900-01-01", "2200-12-31"])


@st.composite
def conditions(draw: Any) -> dict[str, Any]:
    spec = SPECS[draw(st.sampled_from(sorted(SPECS)))]
    op = draw(st.sampled_from(spec.ops))
    return one(spec.id, op, draw(values_of(spec, op)))


def values_of(spec: Any, op: str) -> Any:
    if op == "known" or spec.kind == "yes_no":
        return st.booleans()
    if op == "one_of":
        if spec.kind == "ref":
            return st.lists(st.integers(1, 2**31 - 1), min_size=1, max_size=3)
        if spec.source:
            codes = {"departments": ["25", "2A", "971"], "regions": ["27", "94"]}.get(spec.source, ["Refus poli", "%"])
            return st.lists(st.sampled_from(codes), min_size=1)
        return st.lists(st.sampled_from(spec.values) if spec.values else TEXTS, min_size=1, max_size=4)
    if op.endswith("_days"):
        return st.integers(0, 36_500)
    ends = st.integers(-5, 20) | st.floats(-5, 20) if spec.kind == "number" else DAYS
    if op == "between":
        return st.lists(ends, min_size=2, max_size=2).map(sorted)
    if spec.kind == "phone":
        return st.sampled_from(["0465711234", "+33639982011"] if op == "is" else ["04", "1234", "+32", "0033 4"])
    return ends if spec.kind in ("number", "date", "moment") else TEXTS


NODES = st.recursive(
    conditions(),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda nodes: {"all": nodes})
        | st.lists(inner, min_size=1, max_size=3).map(lambda nodes: {"any": nodes})
        | inner.map(lambda node: {"not": node})
    ),
    max_leaves=5,
)
QUIETLY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@QUIETLY
@given(node=NODES)
def test_a_filter_and_its_negation_share_out_all_contacts(base, node):
    assert sorted(found(node) + found({"not": node})) == ["Autre", "Lefèvre"]


@QUIETLY
@given(nodes=st.lists(NODES, min_size=2, max_size=3))
def test_the_order_of_conditions_does_not_matter(base, nodes):
    for group in ("all", "any"):
        assert found({group: nodes}) == found({group: nodes[::-1]})


@QUIETLY
@given(node=NODES)
def test_a_filter_is_kept_as_it_was(node):
    kept = read_filter(node)
    assert read_filter(plain(kept)) == kept
    assert isinstance(kept, All | AnyOf | Not) or plain(kept) == node


# ── What is refused ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("node", "path"),
    [
        (one("shoe_size", "is", "42"), "filter.field"),
        (one("custom.gone", "is", "x"), "filter.field"),
        (one("city", "at_least", "x"), "filter.op"),
        (one("city", "is", ""), "filter.value"),
        (one("city", "is", 3), "filter.value"),
        (one("city", "is", "a\x00"), "filter.value"),
        (one("city", "known", "yes"), "filter.value"),
        (one("city", "is", "Dole", campaign_id=3), "filter.campaign_id"),
        (one("phone", "is", "12"), "filter.value"),
        (one("phone", "ends", "abc"), "filter.value"),
        (one("department", "one_of", ["99"]), "filter.value"),
        (one("department", "one_of", []), "filter.value"),
        (one("batch", "one_of", ["3"]), "filter.value"),
        (one("batch", "one_of", [2**40]), "filter.value"),
        (one("attempts", "at_least", True), "filter.value"),
        (one("attempts", "between", [1]), "filter.value"),
        (one("attempts", "between", [3, 1]), "filter.value"),
        (one("created_at", "on", "31/12/2026"), "filter.value"),
        (one("created_at", "on", "2026-02-30"), "filter.value"),
        (one("created_at", "last_days", 10**9), "filter.value"),
        ({"all": [{"any": [one("city", "is", "Dole"), {"not": one("x", "is", "1")}]}]}, "filter.all.0.any.1.not.field"),
    ],
)
def test_each_fault_is_one_clear_error(db, node, path):
    with pytest.raises(InvalidFields) as refused:
        found(node)
    assert list(refused.value.fields) == [path]


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {}, {"any": []}, {"all": [], "any": []}, {"field": "city"}, {"all": [{}]}, {"not": []},
     {"field": "city", "op": "LIKE", "value": "x"}, {"field": "city", "op": "is", "value": {"a": 1}},
     {"field": "city", "op": "is", "value": "x" * 5000}, {"all": [], "x": 1}],
)  # fmt: skip
def test_a_shape_that_is_no_filter_is_refused(data):
    with pytest.raises(InvalidFields):
        read_filter(data)


def nested(depth: int) -> dict[str, Any]:
    node: dict[str, Any] = one("city", "is", "Dole")
    for _ in range(depth):
        node = {"not": node}
    return node


@pytest.mark.parametrize("node", [nested(9), nested(5000), {"all": [one("city", "is", "Dole")] * 199 + [nested(2)]}])
def test_depth_and_size_are_bounded(db, node):
    with pytest.raises(InvalidFields):
        found(node)


def test_who_left_is_offered_still_and_said_to_have_left(as_supervisor, make_user):
    """A search for the calls of an agent who had left named him by a number, and he could not be chosen."""
    left = make_user("partie", role="agent", is_active=False)
    sources = {one["source"]: one["choices"] for one in as_supervisor.get("/contact-filters").json()["sources"]}
    assert sources["agents"][-1] == {"value": str(left.pk), "label": f"{left.display_name} (désactivé)"}


def test_the_catalogue_is_given_with_its_values(assigned, base, campaign):
    answer = assigned.get("/contact-filters").json()
    fields = {one["id"]: one for one in answer["fields"]}
    sources = {one["source"]: one["choices"] for one in answer["sources"]}
    assert fields["custom.taille"]["values"] == ["Petite", "Grande"]
    assert sources["campaigns"] == [{"value": str(campaign.pk), "label": "Santé"}]
    assert {"value": "Refus poli", "label": "Refus poli"} in sources["outcomes"]
