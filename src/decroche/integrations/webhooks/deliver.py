"""Events to deliveries, deliveries to their addresses: rows in PostgreSQL, one step a transaction.

A delivery is claimed by moving its next attempt a lease away, so a worker that dies has it tried again by another. Each
address has a few attempts at once: a slow one holds up nobody else.
"""

from __future__ import annotations

import random
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import structlog
from django.db import transaction
from django.db.models import F
from pydantic import ValidationError

from decroche.accounts.audit import record
from decroche.common.clock import Clock, SystemClock
from decroche.common.crypto import Undecipherable, decrypt
from decroche.common.errors import Language
from decroche.integrations.models import Attempt, Delivery, Event, Webhook
from decroche.integrations.webhooks import signing
from decroche.integrations.webhooks.events import body_of
from decroche.integrations.webhooks.post import TIMEOUT_S, Tried, post
from decroche.integrations.webhooks.subscriptions import message_id

CLOCK = SystemClock()
LEASE = timedelta(seconds=3 * TIMEOUT_S)
GIVE_UP_AFTER = timedelta(days=3)
FIRST_DELAY_S, LONGEST_DELAY_S = 5.0, 12 * 3600.0
EVENTS_AT_ONCE = 200
AT_ONCE_EACH = 4
"""Attempts at the same time to one address."""
GONE = 410

log = structlog.get_logger()
State = Delivery.State


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that one attempt needs."""

    delivery_id: int
    webhook_id: int
    url: str
    private_allowed: bool
    message_id: str
    body: str
    secrets: tuple[str, ...]


@transaction.atomic
def fan_out(clock: Clock = CLOCK) -> int:
    """Make the deliveries of what happened; how many events were looked at."""
    events = list(Event.objects.select_for_update(skip_locked=True).filter(sent_out_at=None)[:EVENTS_AT_ONCE])
    if not events:
        return 0
    now = clock.now()
    webhooks = list(Webhook.objects.filter(enabled=True).select_related("created_by"))
    fresh: list[Delivery] = []
    for event in events:
        told = [one for one in webhooks if event.type in one.events]
        bodies = {language: _said(event, language) for language in {_language_of(one) for one in told}}
        fresh += [
            Delivery(
                message_id=message_id(), webhook=one, event_type=event.type, event_at=event.at, body=body, next_at=now,
                created_at=now, give_up_at=now + GIVE_UP_AFTER,
            )
            for one in told
            if (body := bodies[_language_of(one)]) is not None
        ]  # fmt: skip
    Delivery.objects.bulk_create(fresh)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(sent_out_at=now)
    return len(events)


def _language_of(webhook: Webhook) -> Language:
    """Its owner's, whoever else is told of the same event."""
    return cast("Language", webhook.created_by.language)


def _said(event: Event, language: Language) -> str | None:
    """None too where the shapes of the API have no word for it: it would hold up all others, for ever."""
    try:
        return body_of(event, language)
    except ValidationError:  # its text quotes values
        log.error("webhook_event_unsaid", event_id=event.pk, type=event.type)
        return None


@transaction.atomic
def claim(busy: Collection[int], clock: Clock = CLOCK) -> list[Parcel]:
    """What is due, for addresses with attempts to spare; `busy`: the address of each attempt that is under way."""
    now = clock.now()
    parcels: list[Parcel] = []
    for webhook in Webhook.objects.filter(enabled=True).exclude(held_until__gt=now):
        spare = AT_ONCE_EACH - list(busy).count(webhook.pk)
        due = Delivery.objects.filter(webhook=webhook, state=State.PENDING, next_at__lte=now).order_by("next_at", "pk")
        found = list(due.select_for_update(skip_locked=True)[:spare]) if spare > 0 else []
        if not found:
            continue
        Delivery.objects.filter(pk__in=[one.pk for one in found]).update(
            next_at=now + LEASE, attempts=F("attempts") + 1
        )
        keys = secrets_of(webhook, now)
        parcels += [
            Parcel(
                delivery_id=one.pk,
                webhook_id=webhook.pk,
                url=webhook.url,
                private_allowed=webhook.private_host_allowed,
                message_id=one.message_id,
                body=one.body,
                secrets=keys,
            )
            for one in found
        ]
    return parcels


def secrets_of(webhook: Webhook, now: datetime) -> tuple[str, ...]:
    """Those that sign now; none where the installation's encryption key changed."""
    try:
        current = decrypt(webhook.secret)
        former = decrypt(webhook.former_secret) if webhook.former_until and webhook.former_until > now else ""
    except Undecipherable:
        return ()
    return tuple(one for one in (current, former) if one)


async def attempt(parcel: Parcel) -> Tried:
    """Send it, signed at this instant. Without a secret nothing is sent."""
    if not parcel.secrets:
        return Tried(None, "broken")
    body = parcel.body.encode()
    headers = signing.headers(parcel.message_id, int(time.time()), body, parcel.secrets)
    return await post(parcel.url, body, headers, private_allowed=parcel.private_allowed)


@transaction.atomic
def settle(parcel: Parcel, tried: Tried, clock: Clock = CLOCK) -> None:
    """Note how it went, and when to try again. An address removed meanwhile took its deliveries with it."""
    webhook = Webhook.objects.select_for_update().filter(pk=parcel.webhook_id).first()
    delivery = Delivery.objects.select_for_update().filter(pk=parcel.delivery_id).first()
    if webhook is None or delivery is None:
        return
    now = clock.now()
    Attempt.objects.create(
        delivery=delivery, at=now, status=tried.status, error=tried.error, duration_ms=tried.duration_ms
    )
    delivery.last_status, delivery.last_error = tried.status, tried.error
    delivery.last_duration_ms, delivery.last_attempt_at = tried.duration_ms, now
    if tried.ok:
        delivery.state, delivery.next_at = State.DELIVERED, None
    elif now >= delivery.give_up_at or tried.status == GONE:
        delivery.state, delivery.next_at = State.FAILED, None
    else:
        asked = timedelta(seconds=min(tried.retry_after_s, LONGEST_DELAY_S))
        delivery.next_at = now + max(delay_after(delivery.attempts), asked)
        if asked:
            webhook.held_until = max(webhook.held_until or now, now + asked)
            webhook.save(update_fields=["held_until"])
    delivery.save()
    _note_health(webhook, tried, now)


def delay_after(attempts: int) -> timedelta:
    """Four times longer each time, up to half a day; a fifth more or less, so that all do not come back at once."""
    longest = min(LONGEST_DELAY_S, FIRST_DELAY_S * 4 ** min(attempts - 1, 12))
    return timedelta(seconds=longest * random.uniform(0.8, 1.2))  # noqa: S311 — no secret


def _note_health(webhook: Webhook, tried: Tried, now: datetime) -> None:
    """Nothing but failures for three days, or a receiver that says it is gone: disabled, and administrators see it."""
    if tried.ok:
        if webhook.failing_since is not None:
            webhook.failing_since = None
            webhook.save(update_fields=["failing_since"])
        return
    webhook.failing_since = webhook.failing_since or now
    if webhook.enabled and (now - webhook.failing_since >= GIVE_UP_AFTER or tried.status == GONE):
        webhook.enabled, webhook.disabled_because = False, "failing"
        record(None, "webhook.disabled", webhook, last_status=tried.status, last_error=tried.error)
        log.warning("webhook_disabled", webhook=webhook.pk, status=tried.status, error=tried.error)
    webhook.save(update_fields=["failing_since", "enabled", "disabled_because"])
