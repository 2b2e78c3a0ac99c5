"""Reading about people, the audit log and the settings."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import cast

from django.db.models import Q, QuerySet
from django.utils import timezone
from pydantic import ValidationError

from decroche.accounts.errors import LinkUnusable
from decroche.accounts.models import AuditEntry, OneTimeLink, Role, Setting, User
from decroche.accounts.schemas import AuditEntryOut, AuditFilters, LanguageCode, Me, Permission, RoleCode, ThemeCode
from decroche.accounts.settings_schema import Settings
from decroche.common.errors import NotFound
from decroche.common.pagination import cut, decode_cursor

FIRST_ADMIN = "first_admin"
SUPERVISOR_PERMISSIONS: tuple[Permission, ...] = (
    "supervise",
    "manage_campaigns",
    "manage_contacts",
    "export",
    "read_statistics",
    "manage_agents",
)
ADMIN_PERMISSIONS: tuple[Permission, ...] = ("manage_roles", "manage_trunks", "manage_settings", "read_audit")


def me(user: User) -> Me:
    """The signed-in user and what the screens may offer."""
    permissions = (SUPERVISOR_PERMISSIONS if user.is_supervisor else ()) + (ADMIN_PERMISSIONS if user.is_admin else ())
    return Me(
        id=user.pk,
        username=user.username,
        first_name=user.first_name,
        last_name=user.last_name,
        display_name=user.display_name,
        email=user.email,
        role=cast("RoleCode", user.role),
        language=cast("LanguageCode", user.language),
        theme=cast("ThemeCode", user.theme),
        must_change_password=user.must_change_password,
        permissions=list(permissions),
    )


def users(*, q: str = "", role: str | None = None, is_active: bool | None = None) -> QuerySet[User]:
    """By name, with their groups."""
    found = User.objects.prefetch_related("agent_groups")
    for word in q.split():
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username__icontains=word))
    if role is not None:
        found = found.filter(role=role)
    return found if is_active is None else found.filter(is_active=is_active)


def user(user_id: int) -> User:
    """One user. Raises NotFound."""
    found = users().filter(pk=user_id).first()
    if found is None:
        raise NotFound
    return found


def names(user_ids: set[int]) -> dict[int, str]:
    """Names to show, by id."""
    return {user.pk: user.display_name for user in User.objects.filter(pk__in=user_ids)}


def active_admins() -> QuerySet[User]:
    """Administrators who can sign in."""
    return User.objects.filter(role=Role.ADMIN, is_active=True)


def usable_link(token: str) -> OneTimeLink:
    """The link of the first administrator, while there is none. Raises LinkUnusable."""
    link = OneTimeLink.objects.filter(
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        purpose=FIRST_ADMIN,
        used_at=None,
        expires_at__gt=timezone.now(),
    ).first()
    if link is None or active_admins().exists():
        raise LinkUnusable
    return link


def audit_page(filters: AuditFilters) -> tuple[list[AuditEntryOut], str | None]:
    """Entries after the cursor, the latest first, and the next cursor."""
    found = AuditEntry.objects.select_related("actor").order_by("-at", "-id")
    wanted = {
        "actor_id": filters.actor_id,
        "action": filters.action,
        "object_type": filters.object_type,
        "object_id": filters.object_id,
        "at__gte": filters.since,
        "at__lt": filters.until,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if filters.cursor:
        at, entry_id = decode_cursor(filters.cursor, datetime.fromisoformat, int)
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=entry_id))
    rows, next_cursor = cut(
        list(found[: filters.limit + 1]), filters.limit, lambda entry: (entry.at.isoformat(), entry.pk)
    )
    return [_entry(row) for row in rows], next_cursor


def settings() -> Settings:
    """Stored values over the defaults; a stored value that the schema no longer accepts counts as its default."""
    stored = {row.key: row.value for row in Setting.objects.all() if row.key in Settings.model_fields}
    try:
        return Settings(**stored)
    except ValidationError as error:
        wrong = {str(one["loc"][0]) for one in error.errors()}
        return Settings(**{key: value for key, value in stored.items() if key not in wrong})


def _entry(row: AuditEntry) -> AuditEntryOut:
    return AuditEntryOut(
        id=row.pk,
        at=row.at,
        actor_id=row.actor_id,
        actor_name=row.actor.display_name if row.actor else None,
        action=row.action,
        object_type=row.object_type,
        object_id=row.object_id,
        detail=row.detail,
    )
