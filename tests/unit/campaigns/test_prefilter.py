"""The prefilter is never stricter than the judge: whom it drops, the judge refuses on each of his numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decroche.calls.models import Call
from decroche.campaigns.models import Campaign
from decroche.campaigns.prefilter import CODES, prefilter
from decroche.campaigns.question import judged
from decroche.campaigns.retry import dialable
from decroche.campaigns.selectors import AUTOMATIC, facts_of, lines_of
from decroche.campaigns.showing import Shown
from decroche.compliance import Refused
from decroche.compliance.reasons import Erased, NoNumber
from decroche.contacts.models import Contact, ContactPhone, DoNotCall
from decroche.contacts.verdicts.selectors import candidates_of_contact
from decroche.ledger.models import Principal, Proof, Withdrawal
from decroche.telephony.models import Trunk

NUMBERS = ("+33199001111", "+33199002222", "+33639983333", "+33465714444", "+262692000000", "+33142685300", "+331")
ALL_WEEK = [{"days": list(range(7)), "from": "00:00", "to": "24:00"}]
MOMENTS = (
    datetime(2026, 11, 24, 10, 0, tzinfo=UTC),
    datetime(2026, 8, 10, 22, 30, tzinfo=UTC),  # the night on which the law changes: another day in each zone
    datetime(2026, 5, 5, 9, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 9, 0, tzinfo=UTC),
)
DAYS_AGO = st.sampled_from([-5, 0.01, 1, 2.9, 3, 6, 9, 14, 29.9, 30, 45, 364, 366, 400])
"""Before and after each limit that the rules know."""


def some(strategy: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=most)


PEOPLE = st.fixed_dictionaries({
    "kind": st.sampled_from(["", "person", "person", "company"]),
    "postal_code": st.sampled_from(["", "67000", "97400", "97500"]),
    "erased": st.sampled_from([False] * 9 + [True]),
    "numbers": st.lists(st.sampled_from(NUMBERS[:4] * 3 + NUMBERS[4:]), max_size=3),
    "fax": st.none() | st.sampled_from(NUMBERS),
    "objected": st.sampled_from([None] * 5 + [-5, 1, 45, 400]),
    "called": some(st.tuples(DAYS_AGO, st.sampled_from(["no_answer", "connected", "failed", "abandoned"])), 6),
})  # fmt: skip
PROOFS = st.fixed_dictionaries({
    "kind": st.sampled_from(["consent"] * 5 + ["contract", "callback_request"]),
    "of": st.sampled_from([0, 0, 0, 1, 2, None]),
    "e164": st.sampled_from([""] * 5 + [*NUMBERS[:5]]),
    "given": DAYS_AGO,
    "expires": st.none() | DAYS_AGO,
    "withdrawn": st.none() | DAYS_AGO,
    "ours": st.sampled_from([True] * 5 + [False]),
})  # fmt: skip
LISTED = st.fixed_dictionaries({
    "e164": st.sampled_from([*NUMBERS, "+331", "+3363", "+262"]),
    "is_prefix": st.booleans(),
    "where": st.sampled_from(["everywhere", "here", "elsewhere"]),
})  # fmt: skip
WORLDS = st.fixed_dictionaries({
    "now": st.sampled_from(MOMENTS),
    "basis": st.sampled_from(["consent"] * 5 + ["contract", "callback_request", "business", "not_canvassing"]),
    "audience": st.sampled_from(["b2c", "b2c", "b2b"]),
    "sector": st.sampled_from([""] * 5 + ["energy"]),
    "mode": st.sampled_from(["predictive", "preview"]),
    "principal": st.sampled_from([True] * 7 + [False]),
    "lines": st.sampled_from([(True,), (False,), (True, False), ()]),
    "people": st.lists(PEOPLE, min_size=1, max_size=4),
    "proofs": some(PROOFS, 5),
    "listed": some(LISTED, 2),
})  # fmt: skip


def _listed(e164: str, *, is_prefix: bool = False, where: str = "everywhere") -> dict[str, Any]:
    return {"e164": e164, "is_prefix": is_prefix, "where": where}


class World:
    """Some contacts, one campaign, and what is known of them."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        self.now: datetime = drawn["now"]
        ours = Principal.objects.create(name="Mutuelle des Alpages", siren="123456782")
        theirs = Principal.objects.create(name="Assurances du Lac", siren="732829320")
        base: dict[str, Any] = {"hours": ALL_WEEK, "on_days_off": True, "mode": drawn["mode"]}
        self.campaign = Campaign.objects.create(
            name="Santé", principal=ours if drawn["principal"] else None, basis=drawn["basis"],
            audience=drawn["audience"], sector=drawn["sector"], **base,
        )  # fmt: skip
        self.other = Campaign.objects.create(name="Auto", principal=theirs, **base)
        for index, simulator in enumerate(drawn["lines"]):
            Trunk.objects.create(name=f"Ligne {index}", host="sip.example", simulator=simulator)
        self.contacts = [self._person(one) for one in drawn["people"]]
        for one in drawn["proofs"]:
            self._proof(one, ours if one["ours"] else theirs)
        for one in drawn["listed"]:
            place = {"everywhere": None, "here": self.campaign, "elsewhere": self.other}[one["where"]]
            facts = {"is_prefix": one["is_prefix"], "created_at": self.now}
            DoNotCall.objects.get_or_create(e164=one["e164"], campaign=place, defaults=facts)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def _person(self, one: dict[str, Any]) -> Contact:
        made = Contact.objects.create(
            kind=one["kind"], postal_code=one["postal_code"], erased_at=self.now if one["erased"] else None
        )
        kinds = [*zip(("phone", "mobile", "office"), one["numbers"], strict=False)]
        for kind, e164 in kinds + ([("fax", one["fax"])] if one["fax"] else []):
            ContactPhone.objects.create(contact=made, kind=kind, e164=e164)
        if one["objected"] is not None:
            DoNotCall.objects.create(
                e164=f"+3319900{made.pk % 10000:04}", contact=made, origin="agent", created_at=self.ago(one["objected"])
            )
        for index, (days, result) in enumerate(one["called"]):
            Call.objects.create(
                id=uuid4(), campaign=self.campaign, contact=made if index % 3 else None, mode="predictive",
                e164=one["numbers"][0] if one["numbers"] else "", state="ended", result=result,
                claimed_at=self.ago(days), ended_at=self.ago(days),
            )  # fmt: skip
        return made

    def _proof(self, one: dict[str, Any], principal: Principal) -> None:
        of = None if one["of"] is None or one["of"] >= len(self.contacts) else self.contacts[one["of"]]
        end = None if one["expires"] is None else self.ago(one["expires"])
        row = Proof.objects.create(
            principal=principal, contact=of, kind=one["kind"], who="x", e164=one["e164"], object="santé", wording="oui",
            wording_version="1", channel="phone", act="oui", given_at=self.ago(one["given"]),
            expires_at=end, recorded_at=self.now, archive_until=self.now,
        )  # fmt: skip
        if one["withdrawn"] is not None:
            at = self.ago(one["withdrawn"])
            Withdrawal.objects.create(proof=row, at=at, channel="phone", recorded_at=self.now)

    def dropped(self) -> dict[int, tuple[str | None, datetime | None]]:
        asked = prefilter(self.campaign, self.now, "c.id = ANY(%(ids)s)", {"ids": [one.pk for one in self.contacts]})
        with connection.cursor() as cursor:
            asked.gather(cursor)
            cursor.execute(asked.sql, asked.params)
            return {contact: (code, until) for contact, code, until in cursor.fetchall()}

    def verdicts(self, contact: Contact) -> list[Refused | None]:
        """Of the judge, for each number that the dialer would try; None: it may be called."""
        (candidate,) = candidates_of_contact(contact.pk, [self.campaign.pk], self.now)
        shown = [Shown("+33162000000", "", "", None)]
        kind: Any = "automatic" if self.campaign.mode in AUTOMATIC else "preview"
        answers = [
            judged(
                candidate, e164, kind, self.now, campaign=facts_of(self.campaign), shown=shown,
                lines=lines_of(self.campaign), today={},
            )[2]
            for _, e164 in dialable(candidate.phones)
        ]  # fmt: skip
        found = [one if isinstance(one, Refused) else None for one in answers]
        return found or [Refused((Erased(), NoNumber()) if contact.erased_at else (NoNumber(),))]


def in_worlds(examine: Callable[[World], None], examples: int) -> None:
    """Each world is made in the database, looked at, and gone."""

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(WORLDS)
    def one(drawn: dict[str, Any]) -> None:
        with transaction.atomic():
            examine(World(drawn))
            transaction.set_rollback(True)

    one()


@pytest.mark.django_db
def test_whom_the_prefilter_drops_the_judge_refuses_for_that_reason_and_not_for_less_long() -> None:
    seen: Counter[str] = Counter()

    def examine(world: World) -> None:
        for contact, (code, until) in world.dropped().items():
            seen[code or "kept"] += 1
            if code is None:
                continue
            verdicts = world.verdicts(Contact.objects.get(pk=contact))
            refused = [one for one in verdicts if one is not None]
            assert len(refused) == len(verdicts), code
            assert any(code in one.codes for one in refused), (code, [one.codes for one in refused])
            if until is not None:
                assert all(one.until is None or one.until >= until for one in refused)

    in_worlds(examine, 400)
    assert min(seen["kept"], seen.total() - seen["kept"]) > 50
    assert len(seen) > 15


@pytest.mark.django_db
def test_whom_it_keeps_the_judge_refuses_for_nothing_that_lasts_but_what_sets_cannot_tell() -> None:
    def examine(world: World) -> None:
        for contact, (code, _) in world.dropped().items():
            verdicts = world.verdicts(Contact.objects.get(pk=contact))
            if code is None and world.now == MOMENTS[0] and all(one is not None for one in verdicts):
                reasons = {code for one in verdicts if one is not None for code in one.codes}
                assert reasons <= {"invalid_number", "request_too_old", "fiction_number", "real_number_on_simulator"}

    in_worlds(examine, 100)


USUAL: dict[str, Any] = {
    "now": MOMENTS[0], "basis": "consent", "audience": "b2c", "sector": "", "mode": "predictive", "principal": True,
    "lines": (True,), "proofs": [], "listed": [],
}  # fmt: skip
SOMEBODY: dict[str, Any] = {
    "kind": "", "postal_code": "", "erased": False, "numbers": [NUMBERS[0], NUMBERS[2]], "fax": None, "objected": None,
    "called": [],
}  # fmt: skip
YES: dict[str, Any] = {
    "kind": "consent", "of": 0, "e164": "", "given": 30, "expires": None, "withdrawn": None, "ours": True,
}  # fmt: skip
CASES: list[tuple[str | None, dict[str, Any], dict[str, Any]]] = [
    (None, {}, {"proofs": [YES]}),
    (None, {"numbers": list(NUMBERS[:2])}, {"proofs": [YES], "listed": [_listed(NUMBERS[0])]}),
    (None, {"kind": "company"}, {"basis": "business", "sector": "energy"}),
    ("erased", {"erased": True}, {"proofs": [YES]}),
    ("no_number", {"numbers": [], "fax": NUMBERS[0]}, {"proofs": [YES]}),
    ("invalid_number", {"numbers": ["+331"]}, {"lines": ()}),
    ("fiction_number", {}, {"proofs": [YES], "lines": (False,)}),
    ("real_number_on_simulator", {"numbers": [NUMBERS[5]]}, {"proofs": [YES]}),
    ("do_not_call", {}, {"proofs": [YES], "listed": [_listed(NUMBERS[0]), _listed(NUMBERS[2])]}),
    ("do_not_call_prefix", {"numbers": [NUMBERS[0]]}, {"listed": [_listed("+3319900", is_prefix=True)]}),
    ("do_not_call_campaign", {"numbers": [NUMBERS[0]]}, {"listed": [_listed(NUMBERS[0], where="here")]}),
    ("no_consent", {"numbers": [NUMBERS[0]]}, {"listed": [_listed(NUMBERS[0], where="elsewhere")]}),
    ("objected", {"objected": 1}, {"proofs": [YES]}),
    ("objected_lately", {"objected": 45}, {"now": MOMENTS[2]}),
    ("no_consent", {}, {"proofs": [YES | {"ours": False}]}),
    ("no_consent", {}, {"proofs": [YES | {"kind": "contract"}]}),
    ("consent_other_number", {}, {"proofs": [YES | {"e164": NUMBERS[1]}]}),
    ("consent_withdrawn", {}, {"proofs": [YES | {"withdrawn": 1}]}),
    ("consent_expired", {}, {"proofs": [YES | {"given": 366}]}),
    ("consent_expired", {}, {"proofs": [YES | {"expires": 1}]}),
    ("consent_later", {}, {"proofs": [YES | {"given": -5}]}),
    ("no_contract", {}, {"basis": "contract", "proofs": [YES]}),
    (
        None,  # the number by which a contract is found may be on a list, the contract is the person's all the same
        {},
        {
            "basis": "contract",
            "proofs": [YES | {"kind": "contract", "of": None, "e164": NUMBERS[0]}],
            "listed": [_listed(NUMBERS[0])],
        },
    ),
    ("no_request", {}, {"basis": "callback_request", "proofs": [YES]}),
    ("request_too_old", {}, {"basis": "callback_request", "proofs": [YES | {"kind": "callback_request", "given": 29}]}),
    ("banned_sector", {}, {"sector": "energy", "proofs": [YES]}),
    ("no_principal", {}, {"principal": False}),
    ("too_many_attempts", {"called": [(day, "no_answer") for day in (1, 2, 3, 29)]}, {"proofs": [YES]}),
    ("abandoned_lately", {"numbers": [NUMBERS[0]], "called": [(2.9, "abandoned")]}, {"proofs": [YES]}),
    (None, {"numbers": [NUMBERS[0]], "called": [(2.9, "abandoned")]}, {"proofs": [YES], "mode": "preview"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "person", "world"), CASES)
def test_each_reason_is_told(code: str | None, person: dict[str, Any], world: dict[str, Any]) -> None:
    made = World(USUAL | world | {"people": [SOMEBODY | person]})
    assert [told for told, _ in made.dropped().values()] == [code]


def test_no_reason_is_without_a_case() -> None:
    assert {code for code, _, _ in CASES} == {None, *CODES}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "world", "days"),
    [
        ({"called": [(day, "no_answer") for day in (1, 2, 3, 29)]}, {"proofs": [YES]}, 1),
        ({"called": [(day, "no_answer") for day in (1, 2, 3, 8, 29)]}, {"proofs": [YES]}, 22),
        ({}, {"proofs": [YES | {"given": -5}]}, 5),
        ({"objected": 45}, {"now": MOMENTS[2]}, 15),
        ({"called": [(day, "no_answer") for day in (1, 2, 3, 29)]}, {}, None),
    ],
)
def test_what_ends_by_itself_tells_when(person: dict[str, Any], world: dict[str, Any], days: float | None) -> None:
    made = World(USUAL | world | {"people": [SOMEBODY | person]})
    ((_, until),) = made.dropped().values()
    assert until == (None if days is None else made.now + timedelta(days=days))
