"""API keys: made once, shown once, known again by a keyed hash; a rate for each, kept in its row.

A key reads `dck_<prefix>_<secret>`: the prefix finds the row and may be shown, the secret is 256 random bits.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.integrations.errors import KeyExpired, KeyOwnerGone, KeyRefused, TooManyRequests
from decroche.integrations.models import ApiKey
from decroche.integrations.schemas import ApiKeyIn

CLOCK = SystemClock()
BURST_S = 10
"""So many seconds' worth of requests may come at once."""
_SHAPE = re.compile(r"dck_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

# Generic cell rate: one guarded UPDATE, so that two requests at once never pass for one. No row: over the rate.
PAY = """
UPDATE integrations_apikey
SET ready_at = greatest(ready_at, %(now)s) + make_interval(secs => %(each)s), last_used_at = %(now)s
WHERE id = %(id)s AND (ready_at IS NULL OR ready_at + make_interval(secs => %(each)s - %(burst)s) <= %(now)s)
"""
# greatest() ignores NULL: the first request starts from now.


@transaction.atomic
def create(actor: User, body: ApiKeyIn, clock: Clock = CLOCK) -> tuple[ApiKey, str]:
    """The row, and the key that is never seen again. Raises InvalidFields."""
    now = clock.now()
    if body.expires_at is not None and body.expires_at <= now:
        raise InvalidFields(expires_at=("Cette date est déjà passée.", "This date is past already."))
    prefix = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    text = f"dck_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=body.name,
        prefix=prefix,
        digest=digest_of(text),
        scopes=sorted(set(body.scopes)),
        requests_per_minute=body.requests_per_minute,
        expires_at=body.expires_at,
        created_by=actor,
        created_at=now,
    )
    record(actor, "api_key.create", key, scopes=key.scopes, prefix=prefix)
    return key, text


@transaction.atomic
def revoke(actor: User, key_id: int, clock: Clock = CLOCK) -> ApiKey:
    """From the next request on. Nothing happens where it is revoked already. Raises NotFound."""
    key = ApiKey.objects.select_for_update().filter(pk=key_id).first()
    if key is None:
        raise NotFound
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
        record(actor, "api_key.revoke", key, prefix=key.prefix)
    return key


def digest_of(text: str) -> str:
    """HMAC with the installation's own key: a stolen table of digests opens nothing."""
    return hmac.new(settings.ENV.field_key, b"api-key:" + text.encode(), hashlib.sha256).hexdigest()


def known(text: str, clock: Clock = CLOCK) -> ApiKey:
    """The key that `text` is. Raises KeyRefused, KeyExpired, KeyOwnerGone."""
    shape = _SHAPE.fullmatch(text)
    key = ApiKey.objects.select_related("created_by").filter(prefix=shape[1]).first() if shape else None
    digest = digest_of(text) if shape else ""
    if not hmac.compare_digest(digest, key.digest if key else "-" * 64) or key is None or key.revoked_at is not None:
        raise KeyRefused
    if key.expires_at is not None and key.expires_at <= clock.now():
        raise KeyExpired
    if not (key.created_by.is_active and key.created_by.is_admin):
        raise KeyOwnerGone
    return key


def pay(key: ApiKey, clock: Clock = CLOCK) -> None:
    """Count one request. Raises TooManyRequests, with the seconds to wait."""
    now = clock.now()
    each = timedelta(minutes=1) / key.requests_per_minute
    burst = max(timedelta(seconds=BURST_S), each)
    with connection.cursor() as cursor:
        facts: dict[str, Any] = {
            "now": now, "each": each.total_seconds(), "burst": burst.total_seconds(), "id": key.pk,
        }  # fmt: skip
        cursor.execute(PAY, facts)
        if cursor.rowcount == 1:
            return
    raise TooManyRequests(per_minute=key.requests_per_minute, retry_after_s=_wait_s(key, now, each, burst))


def _wait_s(key: ApiKey, now: datetime, each: timedelta, burst: timedelta) -> int:
    ready_at = ApiKey.objects.values_list("ready_at", flat=True).get(pk=key.pk) or now
    return max(1, math.ceil((ready_at + each - now - burst).total_seconds()))
