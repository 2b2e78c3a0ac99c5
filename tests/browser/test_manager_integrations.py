"""Settings → Integrations, as an administrator reads it on a small screen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route

ERRORS = ("timeout", "refused", "unresolved", "private_address", "tls", "broken", "bad_status", "redirect")
CUT = """(cells) => cells.filter((cell) =>
  [cell, ...cell.querySelectorAll('*')].some((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0),
).map((cell) => cell.textContent)"""


def deliveries(route: Route) -> None:
    at = "2026-11-25T09:05:00Z"
    items = [
        {
            "id": n + 1, "message_id": f"msg_{n}", "webhook_id": 1, "url": "https://crm.example/a", "state": "failed",
            "event_type": "call.ended", "event_at": at, "attempts": 12, "next_at": None, "last_error": error,
            "last_status": 302 if error == "redirect" else 500 if error == "bad_status" else None,
            "last_duration_ms": 10_034, "last_attempt_at": at, "can_be_sent_again": True,
        }
        for n, error in enumerate(ERRORS)
    ]  # fmt: skip
    route.fulfill(json={"items": items, "next_cursor": None, "total": None})


def test_what_a_receiver_answered_is_read_whole(visit: Callable[..., Page]) -> None:
    """ "302 — redirection non suivie" was cut on a screen of 1280."""
    page = visit("admin")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.route("**/api/integrations/deliveries?*", lambda route: deliveries(route))
    page.goto("/settings/integrations?tab=deliveries")
    page.get_by_text("302 — redirection non suivie").wait_for()
    answers = page.get_by_role("cell").filter(has_text="—").or_(page.get_by_role("cell").filter(has_text="refus"))
    assert answers.evaluate_all(CUT) == []
