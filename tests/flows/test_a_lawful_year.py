"""A whole year of claims, round the clock, with the law changing on the way: what was claimed, looked at afterwards.

Real rows, real claims, the real judge; no floor, whose seconds would be too many.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import holidays
import pytest
from psycopg import AsyncConnection

from decroche.calls import rows
from decroche.calls.models import Call
from decroche.campaigns.candidate import Candidate
from decroche.campaigns.claim import Claimed, PutOff, Wanted, claim_next
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.selectors import facts_of
from decroche.compliance import Intent, Refused, cases, decide, judge
from decroche.compliance.hours import Slot
from decroche.compliance.rulebook import ROWS, VERSION, Frequency, Hours, Row, Rulebook
from decroche.contacts.models import Contact, ContactPhone
from decroche.floor import permit
from decroche.floor.claiming import put_off
from decroche.ledger.models import Decision, Principal, Proof, Withdrawal

PARIS = ZoneInfo("Europe/Paris")
FIRST_DAY, LAST_DAY = date(2026, 11, 23), date(2027, 11, 23)
TWO_CALLS, MORNINGS, NO_PROOF = date(2027, 3, 1), date(2027, 6, 1), date(2027, 10, 4)
"""A fictional decree allows two calls a month, another mornings only, a third asks no proof any more."""

INSTANTS = (time(9, 59, 59), time(10, 30), time(13, 20), time(15, 0), time(20, 0))
GIVEN_AT = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)
TAKEN_BACK = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
ALWAYS = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "to": "24:00"}]


def fictional() -> Rulebook:
    ends = {"frequency/2026-08": TWO_CALLS, "hours/2026-08": MORNINGS, "proof/2026-08": NO_PROOF}
    rows = [replace(row, until=ends[row.id]) if row.id in ends else row for row in ROWS]
    mornings = Hours(tuple(Slot(day, 600, 720) for day in range(5)))
    return Rulebook(
        [
            *rows,
            Row("frequency/fiction", "frequency", Frequency(2, 30), TWO_CALLS, "décret imaginaire"),
            Row("hours/fiction", "hours", mornings, MORNINGS, "décret imaginaire"),
        ],
        VERSION,
    )


def people(campaign: Campaign, principal: Principal) -> tuple[set[int], int, int]:
    """(four who consented, one who never did, one who takes it back), each with a place."""
    made = []
    for n in range(6):
        contact = Contact.objects.create(last_name=f"Lefèvre {n}", postal_code="75011")
        ContactPhone.objects.create(contact=contact, kind="mobile", e164=f"+33639980{n:03d}")
        QueueEntry.objects.create(campaign=campaign, contact=contact, not_before=GIVEN_AT)
        if n != 4:
            Proof.objects.create(
                principal=principal, contact=contact, who="x", object="santé", wording="oui",
                wording_version="1", channel="web_form", act="case cochée", given_at=GIVEN_AT, recorded_at=GIVEN_AT,
                archive_until=GIVEN_AT + timedelta(days=1095),
            )  # fmt: skip
        made.append(contact.pk)
    proof = Proof.objects.get(contact=made[5])
    Withdrawal.objects.create(proof=proof, at=TAKEN_BACK, channel="phone", recorded_at=TAKEN_BACK)
    return set(made[:4]), made[4], made[5]


async def claims(conn: AsyncConnection[Any], campaign: Campaign, now: datetime) -> None:
    """Everybody who may be called now is, and nobody answers; who was ended by the rules waits again."""
    facts = facts_of(campaign)

    def ask(candidate: Candidate, claim: UUID) -> permit.Permit | PutOff:
        number = candidate.phones[0][1]
        intent = Intent("automatic", number, now, "+33199000001", True, facts, candidate.facts())
        history = candidate.history_of(number)
        verdict = decide(intent, history)
        if isinstance(verdict, Refused):
            return put_off(verdict, now)
        return permit.Permit(intent, history, verdict.until)

    def insert(claimed: Any) -> Any:
        return rows.insert(*(_row(one, now) for one in claimed))

    await claim_next(
        conn, Wanted(campaign.pk), claims=[uuid4() for _ in range(8)], now=now, judge=ask, insert_calls=insert
    )
    await conn.execute("UPDATE calls_call SET state = 'ended', result = 'no_answer' WHERE state <> 'ended'")
    await conn.execute(
        "UPDATE campaigns_queueentry SET state = 'waiting', claim = NULL, lease_until = NULL, not_before = %s,"
        " finished_reason = ''",
        [GIVEN_AT],
    )


def _row(one: Claimed[permit.Permit], now: datetime) -> rows.CallRow:
    candidate = one.candidate
    return rows.CallRow(
        id=one.claim, campaign_id=candidate.campaign_id, contact_id=candidate.contact_id,
        queue_entry_id=candidate.entry_id, agent_id=None, session_id=None, trunk_id=None, mode="progressive",
        e164=candidate.phones[0][1], phone_kind="mobile", presented="+33199000001", claimed_at=now,
        decision=one.chosen.as_row(),
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_nobody_is_called_against_the_law_of_the_day_all_year_long(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = fictional()
    for module in (judge, permit, cases):
        monkeypatch.setattr(module, "french", lambda: book)
    principal = Principal.objects.create(name="Mutuelle", siren="123456782")
    campaign = Campaign.objects.create(name="Santé", hours=ALWAYS, principal=principal)
    usual, never, withdraws = people(campaign, principal)

    async def year() -> None:
        async with await AsyncConnection.connect(database_url, autocommit=True) as conn:
            day = FIRST_DAY
            while day < LAST_DAY:
                for at in INSTANTS:
                    await claims(conn, campaign, datetime.combine(day, at, PARIS).astimezone(UTC))
                day += timedelta(days=2)

    asyncio.run(year())
    calls = list(Call.objects.order_by("claimed_at"))
    _holds(calls, GIVEN_AT, TAKEN_BACK, usual, never, withdraws)
    kept = {row.call_id: row for row in Decision.objects.all()}
    assert set(kept) == {call.pk for call in calls}
    assert {row for one in kept.values() for row in one.rows} >= {"frequency/fiction", "hours/fiction"}


def _holds(
    calls: list[Call], given_at: datetime, taken_back: datetime, usual: set[int], never: int, withdraws: int
) -> None:
    """The law said again, in other words than the judge's."""
    free = holidays.country_holidays("FR", years=(2026, 2027))
    by_contact: dict[int, list[datetime]] = defaultdict(list)
    for call in calls:
        local = call.claimed_at.astimezone(PARIS)
        by_contact[call.contact_id or 0].append(call.claimed_at)
        assert local.weekday() < 5
        assert local.date() not in free
        morning = time(10) <= local.time() < (time(12) if local.date() >= MORNINGS else time(13))
        afternoon = time(14) <= local.time() < time(20) and local.date() < MORNINGS
        assert morning or afternoon, local
        if local.date() < NO_PROOF:
            assert call.contact_id != never
            assert call.claimed_at < given_at.replace(year=given_at.year + 1)
            assert call.contact_id != withdraws or call.claimed_at < taken_back
    for instants in by_contact.values():
        for n, at in enumerate(instants):
            most = 2 if at.astimezone(PARIS).date() >= TWO_CALLS else 4
            assert sum(at - timedelta(days=30) < other <= at for other in instants[: n + 1]) <= most
    assert usual <= set(by_contact)
    months = {at.astimezone(UTC).month for at in by_contact[min(usual)]}
    assert months >= {11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9}
