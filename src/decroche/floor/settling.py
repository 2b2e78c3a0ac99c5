"""What becomes of an entry's place in the queue after its call: by the agent's outcome, else by the retry policy.

A contact who calls us is not an attempt of ours: without an outcome, his entry goes back to where it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from decroche.calls.results import Result
from decroche.campaigns import retry
from decroche.campaigns.settlement import Settlement
from decroche.floor.world import LiveCall


def settlement_of(call: LiveCall, now: datetime) -> Settlement:
    """Of a call that is over."""
    if call.row.is_inbound:
        return _of_inbound(call, now)
    result = call.state.result or Result.FAILED
    attempts, by_result = counts_after(call)
    phones = retry.dialable(call.candidate.phones)
    attempted = retry.Attempted(
        result=result,
        at=now,
        attempts=attempts,
        by_result=by_result,
        phone_position=call.position,
        phone_count=max(1, len(phones)),
    )
    place = retry.after(attempted, call.campaign.rules, call.campaign.max_attempts)
    if call.hidden_release:
        place = retry.Place("waiting", now, call.candidate.phone_position)
    if call.outcome is not None:
        place = _by_outcome(call, place, now)
    return Settlement(
        entry_id=call.candidate.entry_id,
        claim=call.id,
        campaign_id=call.campaign.id,
        contact_id=call.candidate.contact_id,
        state=place.state,
        not_before=place.not_before,
        promise_from=now if result is Result.CONNECTED else place.not_before,
        phone_position=place.phone_position,
        attempts=attempts,
        by_result=by_result,
        finished_reason=place.finished_reason,
        result=str(result),
        called_at=call.row.placed_at,
        disposition_id=call.outcome.id if call.outcome else None,
    )


def counts_after(call: LiveCall) -> tuple[int, dict[str, int]]:
    """(attempts, counts by result) of the entry, this call included unless it was never placed."""
    by_result = dict(call.candidate.attempts_by_result)
    if call.hidden_release or call.row.placed_at is None or call.state.result is None:
        return call.candidate.attempts, by_result
    by_result[str(call.state.result)] = by_result.get(str(call.state.result), 0) + 1
    return call.candidate.attempts + 1, by_result


def _by_outcome(call: LiveCall, place: retry.Place, now: datetime) -> retry.Place:
    """A promise needs nothing here: the settlement looks for it itself."""
    assert call.outcome is not None
    if call.outcome.effect == "retry":
        return replace(place, state="waiting", not_before=now + timedelta(seconds=call.outcome.retry_delay_s),
                       finished_reason="")  # fmt: skip
    return replace(place, state="finished", not_before=now, finished_reason=call.outcome.effect)


def _of_inbound(call: LiveCall, now: datetime) -> Settlement:
    former: dict[str, Any] = call.row.why["former"]
    place = retry.Place(
        former["state"],
        datetime.fromisoformat(former["not_before"]),
        call.candidate.phone_position,
        former["finished_reason"],
    )
    if call.outcome is not None:
        place = _by_outcome(call, place, now)
    return Settlement(
        entry_id=call.candidate.entry_id,
        claim=call.id,
        campaign_id=call.campaign.id,
        contact_id=call.candidate.contact_id,
        state=place.state,
        not_before=place.not_before,
        promise_from=now,
        phone_position=place.phone_position,
        attempts=call.candidate.attempts,
        by_result=call.candidate.attempts_by_result,
        finished_reason=place.finished_reason,
        disposition_id=call.outcome.id if call.outcome else None,
        refused_reason="" if call.outcome is not None else former["refused_reason"],
    )
