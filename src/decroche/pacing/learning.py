"""Takes in what a snapshot tells for the first time, and fits again what it changes."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from decroche.pacing import answers, durations, freeing, rates
from decroche.pacing.inference import completed, told_by
from decroche.pacing.memory import AgentFit, AnswerFit, Calls, Memory, Seen, Spells
from decroche.pacing.snapshot import BusyAgent, Outcome, Snapshot, Spell

KEPT = 400
KEPT_OWN = 40
MOVED = 0.02
"""Relative change of a rate that is worth new tables."""
PACES = (0.55, 0.67, 0.82, 1.0, 1.22, 1.5, 1.85)

T = TypeVar("T", Spell, Outcome)


def learn(snapshot: Snapshot, memory: Memory) -> Memory:
    """The memory after this snapshot's observations. Costs little where nothing is new."""
    told = told_by(snapshot, memory.told)
    if len(told) < 3:
        snapshot = completed(snapshot, memory.before, told)
    talks, wrap_ups, calls = memory.talks, memory.wrap_ups, memory.calls
    if snapshot.talks:
        talks = _with_spells(talks, snapshot.talks)
    if snapshot.wrap_ups:
        wrap_ups = _with_spells(wrap_ups, snapshot.wrap_ups)
    calls = _with_outcomes(calls, snapshot)
    agents = memory.agents
    counts = (talks.count, wrap_ups.count)
    if agents is None or _stale(agents, counts, snapshot):
        agents = _fit_agents(snapshot, talks, wrap_ups)
    fit = memory.answers
    # On a large floor one attempt more changes little: an eighth of the lines in flight is soon enough.
    if fit is None or calls.count - fit.at_count > min(8, len(snapshot.ringing) // 8):
        fit = _fit_answers(snapshot, calls, fit)
    return replace(
        memory,
        decisions=memory.decisions + 1,
        told=told,
        before=None if len(told) == 3 else replace(snapshot, talks=(), wrap_ups=(), outcomes=()),
        talks=talks,
        wrap_ups=wrap_ups,
        calls=calls,
        agents=agents,
        answers=fit,
    )


def _new_of(seen: Seen, observations: Sequence[T], key: Callable[[T], object]) -> tuple[list[T], Seen]:
    """Those not read yet, whether the floor sends a window of recent ones or only what is new."""
    fresh = [o for o in observations if o.at > seen.until or (o.at == seen.until and key(o) not in seen.there)]
    if not fresh:
        return fresh, seen
    until = max(o.at for o in fresh)
    there = frozenset(key(o) for o in fresh if o.at == until)
    return fresh, Seen(until, there | seen.there if until == seen.until else there)


def _with_spells(spells: Spells, observed: Sequence[Spell]) -> Spells:
    fresh, seen = _new_of(spells.seen, observed, lambda s: (s.user_id, s.seconds))
    if not fresh:
        return spells
    own = dict(spells.own)
    for spell in fresh:
        if spell.user_id:
            logs = own.get(spell.user_id, ())
            own[spell.user_id] = (*logs[-KEPT_OWN + 1 :], math.log(max(1.0, spell.seconds)))
    recent = (*spells.recent, *(spell.seconds for spell in fresh))[-KEPT:]
    return Spells(recent, own, spells.count + len(fresh), seen)


def _with_outcomes(calls: Calls, snapshot: Snapshot) -> Calls:
    hour = None if snapshot.local_hour is None else int(snapshot.local_hour) % 24
    if hour is not None and hour != calls.hour:
        calls = _at_hour(calls, hour)
    if not snapshot.outcomes:
        return calls
    fresh, seen = _new_of(calls.seen, snapshot.outcomes, lambda o: (o.result, o.seconds, o.phone_kind))
    if not fresh:
        return calls
    takes_agent = ("person",) if snapshot.settings.amd else ("person", "machine")
    persons = [o for o in fresh if o.result in takes_agent]
    others = [o.seconds for o in fresh if o.result not in takes_agent and o.result != "failed"]
    failures = [o.seconds for o in fresh if o.result == "failed"]
    by_kind = dict(calls.by_kind)
    for kind in {o.phone_kind for o in fresh}:
        mine = sum(o.phone_kind == kind for o in persons)
        by_kind[kind] = by_kind.get(kind, rates.Rate()).after(mine, sum(o.phone_kind == kind for o in fresh))
    by_hour = calls.by_hour
    if hour is not None:
        before = by_hour.get(hour, (0.0, 0.0))
        by_hour = {**by_hour, hour: (before[0] + len(persons), before[1] + len(fresh))}
    screened = [o for o in fresh if o.screened_s > 0]
    judged = sum(o.result == "person" for o in screened)
    return Calls(
        answers=(*calls.answers, *(o.seconds for o in persons))[-KEPT:],
        others=(*calls.others, *others)[-KEPT:],
        failures=(*calls.failures, *failures)[-KEPT:],
        rate=calls.rate.after(len(persons), len(fresh)),
        by_kind=by_kind,
        by_hour=by_hour,
        hour=calls.hour,
        picked_up=(calls.picked_up[0] + judged, calls.picked_up[1] + len(screened) - judged),
        count=calls.count + len(fresh),
        seen=seen,
    )


def _at_hour(calls: Calls, hour: int) -> Calls:
    """An hour known from other days starts from what it was then."""
    persons, attempts = calls.by_hour.get(hour, (0.0, 0.0))
    if attempts < rates.HOUR_WEIGHT:
        return replace(calls, hour=hour)
    share, kept = persons / attempts, rates.HOUR_WEIGHT
    start = rates.Rate((share * kept,) * len(rates.SPANS), (kept,) * len(rates.SPANS))
    return replace(calls, hour=hour, rate=start, count=calls.count + 1)


def _stale(fit: AgentFit, counts: tuple[int, int], snapshot: Snapshot) -> bool:
    """After a seventh more of either, or when a new length of timed wrap-up is met."""
    if fit.grace_s != snapshot.settings.grace_s:
        return True
    for known, now in zip(fit.at_count, counts, strict=True):
        if now - known > 0.15 * min(known, KEPT):
            return True
    timers = {agent.wrap_left_s for agent in snapshot.busy if agent.state == "talking"}
    return any(timer is not None and (1.0, timer) not in fit.talk_tables for timer in timers)


def _fit_agents(snapshot: Snapshot, talks: Spells, wrap_ups: Spells) -> AgentFit:
    grace = snapshot.settings.grace_s
    going = [a.elapsed_s for a in snapshot.busy if a.state == "talking"]
    wrapping = [a.elapsed_s for a in snapshot.busy if a.state == "wrap_up"]
    talk = durations.learn(talks.recent, going, usual_s=90.0, spread=1.0)
    wrap = durations.learn(wrap_ups.recent, wrapping, usual_s=25.0, spread=0.6)
    talk_paces = {user: _pace(logs, talk.mean_log) for user, logs in talks.own.items()}
    wrap_paces = {user: _pace(logs, wrap.mean_log) for user, logs in wrap_ups.own.items()}
    # A floor without wrap-up never shows one.
    no_wrap = talks.count >= 5 and not wrap_ups.count and not wrapping
    timed = {a.wrap_left_s for a in snapshot.busy if a.wrap_left_s is not None and a.state == "talking"}
    after: list[tuple[float | None, durations.Lengths | float]] = [(None, 0.0 if no_wrap else wrap)]
    after += [(length, float(length)) for length in timed]
    return AgentFit(
        at_count=(talks.count, wrap_ups.count),
        grace_s=grace,
        talk=talk,
        wrap=wrap,
        talk_paces=talk_paces,
        wrap_paces=wrap_paces,
        talk_tables={
            (pace, key): freeing.of_talk(talk, then, grace, pace)
            for pace in {1.0, *talk_paces.values()}
            for key, then in after
        },
        wrap_tables={pace: freeing.of_wrap_up(wrap, grace, pace) for pace in {1.0, *wrap_paces.values()}},
    )


def _pace(logs: tuple[float, ...], mean_log: float) -> float:
    pace = freeing.pace_of(logs, mean_log)
    return min(PACES, key=lambda known: abs(math.log(known / pace)))


def _fit_answers(snapshot: Snapshot, calls: Calls, before: AnswerFit | None) -> AnswerFit:
    """New shapes after a tenth more calls; new tables when a rate has moved; else only the count."""
    if before is None or calls.count - before.shape_at > 0.1 * min(before.shape_at, 2 * KEPT):
        timeout = snapshot.settings.ring_timeout_s
        shape, shape_at = answers.shapes(calls.answers, calls.others, calls.failures, timeout), calls.count
        rebuilt = None
    else:
        shape, shape_at, rebuilt = before.shape, before.shape_at, before
    last = answers.AGES_S - 1
    ages = Counter(min(last, int(call.elapsed_s)) for call in snapshot.ringing)
    in_flight = len(snapshot.ringing)
    persons, attempts = calls.rate.chosen(rates.USUAL, rates.USUAL_WEIGHT, in_flight)
    p = rates.mean_of(persons, attempts, [(shape.person[age], shape.other[age], n) for age, n in ages.items()])
    doubt = math.sqrt((1.0 - p) / (p * attempts))
    kinds = {"": p}
    for kind, rate in calls.by_kind.items():
        if kind:
            persons, attempts = rate.chosen(p, rates.POOL_WEIGHT, in_flight)
            kinds[kind] = persons / attempts
    by_kind = {kind: _tables(rebuilt, kind, shape, share) for kind, share in kinds.items()}
    persons_up, machines_up = calls.picked_up
    return AnswerFit(
        at_count=calls.count,
        shape_at=shape_at,
        shape=shape,
        by_kind=by_kind,
        doubt=doubt,
        person_share=(persons_up + 4.0) / (persons_up + machines_up + 6.0),
    )


def _tables(before: AnswerFit | None, kind: str, shape: answers.Shapes, p: float) -> answers.AnswerTables:
    known = before.by_kind.get(kind) if before is not None else None
    if known is not None and abs(p - known.p) < MOVED * known.p:
        return known
    return answers.tables(shape, p)


def busy_rows(busy: Sequence[BusyAgent], fit: AgentFit) -> list[tuple[float, ...]]:
    """For each agent who comes back to the queue, his chances of being free by each slice."""
    rows = []
    talk_paces, wrap_paces = fit.talk_paces, fit.wrap_paces
    talk_tables, wrap_tables = fit.talk_tables, fit.wrap_tables
    for agent in busy:
        if agent.leaving or agent.kept_back:
            continue
        timer = agent.wrap_left_s
        if agent.state == "talking":
            table = talk_tables[talk_paces.get(agent.user_id, 1.0), timer]
        elif timer is None:
            table = wrap_tables[wrap_paces.get(agent.user_id, 1.0)]
        else:
            rows.append(freeing.by_timer(timer, fit.grace_s))
            continue
        # Written out: this line runs a hundred times a decision on a large floor.
        rows.append(table.rows[bisect_right(table.ages, agent.elapsed_s) - 1])
    return rows
