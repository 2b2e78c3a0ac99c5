"""Addresses to tell: made, changed, given another secret, removed, tried. Everything is audited."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.crypto import encrypt
from decroche.common.errors import NotFound
from decroche.integrations.errors import NothingToSend, WebhookDisabled
from decroche.integrations.models import Delivery, Event, Webhook
from decroche.integrations.schemas import WebhookIn, WebhookPatch
from decroche.integrations.scopes import PING
from decroche.integrations.webhooks import events, guard, signing

CLOCK = SystemClock()
OVERLAP = timedelta(hours=24)
"""How long a replaced secret signs too."""


@transaction.atomic
def create(actor: User, body: WebhookIn, clock: Clock = CLOCK) -> tuple[Webhook, str]:
    """The row, and the secret that is never seen again. Raises InvalidFields, AddressRefused."""
    secret = signing.new_secret()
    webhook = Webhook.objects.create(
        url=guard.checked(body.url, private_allowed=body.private_host_allowed),
        description=body.description,
        events=sorted(set(body.events)),
        private_host_allowed=body.private_host_allowed,
        secret=encrypt(secret),
        created_by=actor,
        created_at=clock.now(),
    )
    record(actor, "webhook.create", webhook, events=webhook.events, private=webhook.private_host_allowed)
    return webhook, secret


@transaction.atomic
def update(actor: User, webhook_id: int, body: WebhookPatch) -> Webhook:
    """What waited while it was disabled is sent once it is enabled. Raises NotFound, InvalidFields, AddressRefused."""
    webhook = _locked(webhook_id)
    given: dict[str, Any] = body.given()
    for name, value in given.items():
        setattr(webhook, name, sorted(set(value)) if name == "events" else value)
    guard.checked(webhook.url, private_allowed=webhook.private_host_allowed)
    if "enabled" in given:
        webhook.disabled_because, webhook.failing_since, webhook.held_until = "", None, None
    webhook.save()
    record(actor, "webhook.update", webhook, fields=sorted(given))
    return webhook


@transaction.atomic
def remove(actor: User, webhook_id: int) -> None:
    """With its deliveries. Raises NotFound."""
    webhook = _locked(webhook_id)
    record(actor, "webhook.delete", webhook)
    webhook.delete()


@transaction.atomic
def rotate(actor: User, webhook_id: int, clock: Clock = CLOCK) -> tuple[Webhook, str]:
    """Another secret; both sign for a day. Raises NotFound."""
    webhook = _locked(webhook_id)
    secret = signing.new_secret()
    webhook.former_secret, webhook.former_until = webhook.secret, clock.now() + OVERLAP
    webhook.secret = encrypt(secret)
    webhook.save(update_fields=["secret", "former_secret", "former_until"])
    record(actor, "webhook.rotate", webhook)
    return webhook, secret


@transaction.atomic
def try_out(actor: User, webhook_id: int, clock: Clock = CLOCK) -> Delivery:
    """Send it a message that says nothing. Raises NotFound, WebhookDisabled."""
    webhook = _locked(webhook_id)
    if not webhook.enabled:
        raise WebhookDisabled
    Webhook.objects.filter(pk=webhook_id).update(held_until=None)
    now = clock.now()
    body = events.body_of(Event(type=PING, at=now, ids={}), "fr")
    return Delivery.objects.create(
        message_id=message_id(), webhook=webhook, event_type=PING, event_at=now, body=body or "", next_at=now,
        created_at=now, give_up_at=now,
    )  # fmt: skip


@transaction.atomic
def send_again(actor: User, delivery_id: int, clock: Clock = CLOCK) -> Delivery:
    """Once more, now, whatever became of it, under the same id. Raises NotFound, NothingToSend, WebhookDisabled."""
    Webhook.objects.filter(deliveries=delivery_id).update(held_until=None)  # its row first, as deliver.settle does
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound
    if not delivery.body:
        raise NothingToSend
    if not delivery.webhook.enabled:
        raise WebhookDisabled
    now = clock.now()
    if delivery.state != Delivery.State.PENDING:
        delivery.give_up_at = now
    delivery.state, delivery.next_at = Delivery.State.PENDING, now
    delivery.save(update_fields=["state", "next_at", "give_up_at"])
    record(actor, "webhook.send_again", delivery, webhook=delivery.webhook_id)
    return delivery


def message_id() -> str:
    """Not to be guessed, the same at each attempt."""
    return "msg_" + secrets.token_urlsafe(18)


def _locked(webhook_id: int) -> Webhook:
    webhook = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    if webhook is None:
        raise NotFound
    return webhook
