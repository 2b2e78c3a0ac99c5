"""Quick search as an agent types, and pages of the search screen, on the bench's base, through the API itself.

    .venv/bin/python -m bench.contacts_search --rows 200000

Each keystroke of some forty searches is a request (names, companies, codes, numbers, towns; rare, common and absent),
by Django's own client: no network, everything else. The unit is one indexed look-up through the same API: a contact by
its identifier. Figures are the medians and the 95th percentiles of both, and the ratio of the latter.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg

from bench.contacts_base import FIRST, LAST, TOWNS, alone, landline

LOOK_UPS = 300
PAUSE_AFTER = 1
"""Letters that are typed before the first request: the desktop asks from the second on."""


def typed(rows: int) -> Iterator[str]:
    """What is asked while people type: each beginning, from two letters on."""
    pick = random.Random(4)
    whole = [
        *(f"{pick.choice(LAST)}-{pick.randrange(9973)}" for _ in range(8)),
        *(f"{pick.choice(LAST)} {pick.choice(FIRST)}" for _ in range(4)),
        *(pick.choice(FIRST) for _ in range(3)),
        *(f"boulangerie {pick.choice(LAST)}" for _ in range(3)),
        *(f"B{pick.randrange(rows)}" for _ in range(5)),
        *(f"0{landline(pick.randrange(rows))}" for _ in range(6)),
        *(landline(pick.randrange(rows))[-6:] for _ in range(3)),
        *(pick.choice(TOWNS) for _ in range(3)),
        *("Wojciechowski", "zzzz", "exemple99", f"contact{pick.randrange(rows)}@"),
    ]
    for text in whole:
        yield from (text[:length] for length in range(PAUSE_AFTER + 1, len(text) + 1))


def timed(calls: Iterable[Callable[[], Any]]) -> list[float]:
    """Milliseconds of each."""
    took = []
    for call in calls:
        began = time.perf_counter()
        answer = call()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.content[:300]
    return took


def percentile(values: list[float], part: int) -> float:
    return statistics.quantiles(values, n=100)[part - 1]


def figures(db_url: str, rows: int) -> Iterator[str]:
    """Lines, as they are measured."""
    from django.test import Client

    from decroche.accounts.models import User
    from decroche.campaigns.models import Campaign, CampaignAssignment

    with psycopg.connect(db_url, autocommit=True) as db:
        campaign, _ = Campaign.objects.get_or_create(name="Banc de recherche", defaults={"status": "open"})
        db.execute(
            "INSERT INTO campaigns_queueentry (campaign_id, contact_id, state, priority, not_before, attempts,"
            " attempts_by_result, phone_position, last_result, finished_reason, refused_reason)"
            " SELECT %s, id, 'waiting', 0, now(), 0, '{}', 0, '', '', '' FROM contacts_contact ON CONFLICT DO NOTHING",
            [campaign.pk],
        )
        db.execute("VACUUM ANALYZE campaigns_queueentry")
        ids = [row[0] for row in db.execute("SELECT id FROM contacts_contact ORDER BY random() LIMIT %s", [LOOK_UPS])]
    for role in ("supervisor", "agent"):
        user, _ = User.objects.get_or_create(username=f"banc-{role}", defaults={"role": role})
        if role == "agent":
            CampaignAssignment.objects.get_or_create(campaign=campaign, user=user)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        def ask(path: str, body: dict[str, Any], client: Client = client) -> Callable[[], Any]:
            data = json.dumps(body)
            return lambda: client.post(f"/api{path}", data, content_type="application/json")

        def look_up(pk: int, client: Client = client) -> Callable[[], Any]:
            return lambda: client.get(f"/api/contacts/{pk}")

        questions = list(typed(rows))
        timed(map(look_up, ids[:20]))  # warm
        unit = timed(map(look_up, ids))
        quick = timed(ask("/contact-search/quick", {"q": q, "limit": 12}) for q in questions)
        high, high_unit = percentile(quick, 95), percentile(unit, 95)
        yield (
            f"quick search, {role}: {len(quick)} keystrokes, {rows} contacts, median {statistics.median(quick):.1f} ms,"
            f" 95th percentile {high:.1f} ms; one look-up {statistics.median(unit):.1f} ms, {high_unit:.1f} ms"
        )
        slow = sorted(zip(quick, questions, strict=True), reverse=True)[:5]
        yield "  slowest: " + ", ".join(f"{q!r} {ms:.0f} ms" for ms, q in slow)
        yield f"quick search, {role}, 95th percentile ÷ look-up's: {high / high_unit:.2f} (aim ≤ 3)"
        if role == "supervisor":
            yield from _pages(ask)


def _pages(ask: Callable[[str, dict[str, Any]], Callable[[], Any]]) -> Iterator[str]:
    """The first and the fifth page of some searches of the screen."""
    everybody: dict[str, Any] = {"all": []}
    town = {"field": "city", "op": "is", "value": "Besançon"}
    rare = {"field": "last_name", "op": "is", "value": "Lefèvre-77"}
    asked = {
        "everybody, newest": (everybody, "-created"),
        "everybody, by name": (everybody, "name"),
        "a town (a ninth of all), newest": (town, "-created"),
        "a town, by name": (town, "name"),
        "one name": (rare, "-created"),
    }
    for label, (filter_, sort) in asked.items():
        cursor, took = "", []
        for _ in range(5):
            call = ask("/contact-search", {"filter": filter_, "sort": sort, "cursor": cursor, "limit": 100})
            began = time.perf_counter()
            page = call().json()
            took.append((time.perf_counter() - began) * 1000)
            cursor = page["next_cursor"]
            if cursor is None:
                break
        yield f"search screen, {label}: first page {took[0]:.0f} ms, last of {len(took)} {took[-1]:.0f} ms"


if __name__ == "__main__":
    sys.exit(alone(__doc__, figures))
