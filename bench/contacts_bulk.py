"""One act on very many contacts, in the worker's portions, against one bare statement that writes as many rows.

    .venv/bin/python -m bench.contacts_bulk --rows 200000

Each act is the worker's own: written down, done by portions, each noted so that it may be undone. The bare statement
changes a column that has no index, of the same contacts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.contacts_base import alone

ACTS: tuple[dict[str, Any], ...] = (
    {"kind": "assign"},
    {"kind": "change", "what": {"field": "address2", "value": "Bâtiment C"}},
    {"kind": "change", "what": {"field": "city", "value": "Saint-Étienne"}},
    {"kind": "change", "what": {"field": "custom.secteur", "value": "Négoce"}},
    {"kind": "do_not_call"},
    {"kind": "withdraw"},
)


def figures(db_url: str, rows: int) -> Iterator[str]:
    """Lines as they are measured; the largest ratio last."""
    from decroche.accounts.models import User
    from decroche.campaigns.models import Campaign
    from decroche.contacts.bulk.run import run_action, run_undo
    from decroche.contacts.models import BulkAction, CustomField

    CustomField.objects.get_or_create(key="secteur", defaults={"label": "Secteur", "kind": "text"})
    boss = User.objects.create_user("bench-bulk", role="supervisor")
    campaign = Campaign.objects.create(name="Bench bulk")
    with psycopg.connect(db_url) as db:
        began = time.perf_counter()
        db.execute("UPDATE contacts_contact SET address2 = 'Bâtiment D'")
        db.commit()
        bare = time.perf_counter() - began
    yield f"bare UPDATE of {rows:,} contacts: {bare:.1f} s"
    worst = 0.0
    whom = {"filter": {"all": []}, "except_ids": []}
    actions: list[BulkAction] = []

    def timed(action: BulkAction, word: str, run: Callable[[int], None]) -> str:
        nonlocal worst
        began = time.perf_counter()
        run(action.pk)
        took = time.perf_counter() - began
        action.refresh_from_db()
        worst = max(worst, took / bare)
        name = " ".join((action.kind, action.what.get("field", ""))).strip()
        return f"{name}{word}: {action.status}, {action.counts}, {took:.1f} s, {took / bare:.2f} × bare"

    for act in ACTS:
        action = BulkAction.objects.create(
            kind=act["kind"], what=act.get("what", {}), selection=whom, campaign=campaign, created_by=boss, total=rows,
            expected=rows, created_at=datetime.now(UTC),
        )  # fmt: skip
        actions.append(action)
        yield timed(action, "", run_action)
    for action in reversed(actions):
        BulkAction.objects.filter(pk=action.pk).update(status=BulkAction.Status.UNDOING)
        yield timed(action, ", undone", run_undo)
    yield f"the slowest ÷ bare: {worst:.2f}"


if __name__ == "__main__":
    sys.exit(alone(__doc__, figures))
