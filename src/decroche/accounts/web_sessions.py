"""Sessions of the web: ended at once when their user may no longer sign in."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from decroche.accounts.models import User


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Delete the user's sessions (`but` that key); returns how many. Their content is opaque: all are read."""
    live = Session.objects.filter(expire_date__gt=timezone.now())
    keys = [row.session_key for row in live.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    ended = [key for key in keys if key != but]
    Session.objects.filter(session_key__in=ended).delete()
    return len(ended)
