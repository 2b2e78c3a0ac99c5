"""Changing users, links and settings: each change with its line in the audit log and its word to the floor."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from decroche.accounts import selectors
from decroche.accounts.audit import record
from decroche.accounts.errors import LastAdmin, NotYourself, UsernameTaken
from decroche.accounts.models import OneTimeLink, Role, Setting, User
from decroche.accounts.passwords import check_password_strength, random_password
from decroche.accounts.schemas import UserIn
from decroche.accounts.settings_schema import Settings
from decroche.accounts.web_sessions import end_sessions
from decroche.agents.models import AgentGroup
from decroche.common.errors import Forbidden, InvalidFields
from decroche.common.notify import notify_floor
from decroche.contacts.phones import SENTENCES, PhoneProblem, normalise

LINK_LIFE = timedelta(hours=24)


@transaction.atomic
def create_user(actor: User, body: UserIn) -> tuple[User, str | None]:
    """The user and, where no password was chosen, the random one. Raises Forbidden, UsernameTaken, InvalidFields."""
    _check_may_change(actor, body.role)
    _check_username(body.username)
    user = User(**body.model_dump(exclude={"password", "group_ids"}))
    password = None
    if body.password is None:
        password = random_password()
        user.must_change_password = True
    else:
        check_password_strength(body.password, user, "password")
    user.set_password(password or body.password)
    user.save()
    _set_groups(user, body.group_ids)
    record(actor, "user.create", user, role=user.role)
    notify_floor("user_changed", id=user.pk)
    return selectors.user(user.pk), password


@transaction.atomic
def update_user(actor: User, user_id: int, given: dict[str, Any]) -> User:
    """Raises NotFound, Forbidden, NotYourself, LastAdmin, UsernameTaken, InvalidFields."""
    user = selectors.user(user_id)
    _check_may_change(actor, user.role, given.get("role", user.role))
    _check_admin_stays(user, given)
    if actor.pk == user.pk and (given.get("is_active") is False or given.get("role", user.role) != user.role):
        raise NotYourself
    if "username" in given:
        _check_username(given["username"], but=user.pk)
    changed = {name: value for name, value in given.items() if name != "group_ids" and getattr(user, name) != value}
    for name, value in changed.items():
        setattr(user, name, value)
    user.save()
    if "group_ids" in given:
        _set_groups(user, given["group_ids"])
    record(actor, "user.update", user, fields=sorted(given), role=user.role, is_active=user.is_active)
    notify_floor("user_changed", id=user.pk)
    if changed.get("is_active") is False:
        _throw_out(user)
    return selectors.user(user_id)


@transaction.atomic
def reset_password(actor: User, user_id: int) -> str:
    """A random password, to be changed at the next sign-in. Raises NotFound, Forbidden."""
    user = selectors.user(user_id)
    _check_may_change(actor, user.role)
    password = random_password()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    record(actor, "user.reset_password", user)
    _throw_out(user)
    return password


@transaction.atomic
def make_first_admin_link() -> str | None:
    """Path of a new link, in place of any earlier one; None where an active administrator exists."""
    if selectors.active_admins().exists():
        return None
    OneTimeLink.objects.filter(purpose=selectors.FIRST_ADMIN, used_at=None).delete()
    token, now = secrets.token_urlsafe(32), timezone.now()
    OneTimeLink.objects.create(
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        purpose=selectors.FIRST_ADMIN,
        created_at=now,
        expires_at=now + LINK_LIFE,
    )
    return f"/first-admin/{token}"


@transaction.atomic
def put_settings(actor: User, body: Settings) -> Settings:
    """Raises InvalidFields. The audit log keeps old and new values of what changed."""
    before = selectors.settings().model_dump()
    after = body.model_dump()
    if after["callback_number"]:
        number = normalise(after["callback_number"])
        if isinstance(number, PhoneProblem):
            raise InvalidFields(callback_number=SENTENCES[number])
        after["callback_number"] = number
    changed = {key: value for key, value in after.items() if before[key] != value}
    for key, value in changed.items():
        Setting.objects.update_or_create(key=key, defaults={"value": value, "updated_by": actor})
    if changed:
        record(actor, "settings.update", changes={key: [before[key], value] for key, value in changed.items()})
        notify_floor("settings_changed")
    return Settings(**after)


def _check_may_change(actor: User, *roles: str) -> None:
    """A supervisor only deals with agents."""
    if not actor.is_admin and any(role != Role.AGENT for role in roles):
        raise Forbidden


def _check_admin_stays(user: User, given: dict[str, Any]) -> None:
    """Of two administrators who demote each other at once, one waits here for the other's lock, and is refused."""
    stays = given.get("role", user.role) == Role.ADMIN and given.get("is_active", True)
    if user.is_admin and user.is_active and not stays:
        others = [admin for admin in selectors.active_admins().select_for_update() if admin.pk != user.pk]
        if not others:
            raise LastAdmin


def _check_username(username: str, *, but: int = 0) -> None:
    if User.objects.filter(username__iexact=username).exclude(pk=but).exists():
        raise UsernameTaken(username=username)


def _set_groups(user: User, group_ids: list[int]) -> None:
    groups = AgentGroup.objects.filter(pk__in=group_ids)
    if len(groups) != len(set(group_ids)):
        raise InvalidFields(group_ids=("Un de ces groupes n'existe plus.", "One of these groups no longer exists."))
    user.agent_groups.set(groups)


def _throw_out(user: User) -> None:
    end_sessions(user)
    notify_floor("user_signed_out", user_id=user.pk)
