"""Signing in and out of the web, and what a user changes about himself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from decroche.accounts import selectors
from decroche.accounts.access import actor
from decroche.accounts.audit import record
from decroche.accounts.errors import LinkUnusable, LockedOut, UsernameTaken, WrongCredentials, WrongCurrentPassword
from decroche.accounts.models import OneTimeLink, Role, User
from decroche.accounts.passwords import check_password_strength
from decroche.accounts.schemas import FirstAdminIn, MePatch
from decroche.accounts.web_sessions import end_sessions
from decroche.common.errors import InvalidFields
from decroche.common.notify import notify_floor

BACKEND = "django.contrib.auth.backends.ModelBackend"
PARIS = ZoneInfo("Europe/Paris")


def client_ip(request: HttpRequest) -> str:
    """The browser's address: what Caddy says where the connection is from this machine, else the connection's own."""
    direct = str(request.META.get("REMOTE_ADDR") or "")
    forwarded = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return forwarded if forwarded and direct in ("", "127.0.0.1", "::1") else direct


def sign_in(request: HttpRequest, username: str, password: str) -> User:
    """Raises WrongCredentials, LockedOut. The session's key is made anew."""
    username = username.lower()
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        request.session.flush()
        login(request, user)
        record(user, "session.sign_in", user)
        return user
    if getattr(request, "axes_locked_out", False) or _is_locked(request, username):
        request.axes_locked_out = False  # type: ignore[attr-defined]  # its middleware would replace our answer
        until = _locked_until(request, username)
        raise LockedOut(until=until.isoformat(), time=until.astimezone(PARIS).strftime("%H:%M"))
    raise WrongCredentials


def sign_out(request: HttpRequest) -> None:
    """End the web session, and the one on the floor."""
    if isinstance(request.user, User):
        user = request.user
        with transaction.atomic():
            record(user, "session.sign_out", user)
            notify_floor("user_signed_out", user_id=user.pk)
    logout(request)


@transaction.atomic
def update_me(request: HttpRequest, body: MePatch) -> User:
    """Raises WrongCurrentPassword, InvalidFields."""
    user = actor(request)
    given = body.given()
    if "language" in given:
        user.language = given["language"]
    if "theme" in given:
        user.theme = given["theme"]
    if "new_password" in given:
        _change_password(user, given.get("current_password", ""), given["new_password"])
    user.save()
    if "new_password" in given:
        update_session_auth_hash(request, user)
        end_sessions(user, but=request.session.session_key)
        record(user, "user.change_password", user)
    if "language" in given:
        notify_floor("user_changed", id=user.pk)
    return user


@transaction.atomic
def create_first_admin(request: HttpRequest, token: str, body: FirstAdminIn) -> User:
    """Raises LinkUnusable, UsernameTaken, InvalidFields."""
    link = OneTimeLink.objects.select_for_update().get(pk=selectors.usable_link(token).pk)
    if link.used_at is not None:
        raise LinkUnusable
    if User.objects.filter(username__iexact=body.username).exists():
        raise UsernameTaken(username=body.username)
    user = User(**body.model_dump(exclude={"password"}), role=Role.ADMIN)
    check_password_strength(body.password, user, "password")
    user.set_password(body.password)
    user.save()
    link.used_at, link.user = timezone.now(), user
    link.save()
    record(user, "user.create_first_admin", user)
    login(request, user, backend=BACKEND)
    return user


def _change_password(user: User, current: str, new: str) -> None:
    if not user.check_password(current):
        raise WrongCurrentPassword
    if new == current:
        both = ("Choisissez un mot de passe différent de l'actuel.", "Choose a password other than the current one.")
        raise InvalidFields(new_password=both)
    check_password_strength(new, user, "new_password")
    user.set_password(new)
    user.must_change_password = False


def _is_locked(request: HttpRequest, username: str) -> bool:
    from axes.handlers.proxy import AxesProxyHandler

    return not AxesProxyHandler.is_allowed(request, {"username": username})


def _locked_until(request: HttpRequest, username: str) -> datetime:
    """When the last failure that counts is forgotten."""
    cool_off = get_cool_off(request)
    last = (
        AccessAttempt.objects.filter(username=username, ip_address=client_ip(request)).order_by("-attempt_time").first()
    )
    started = last.attempt_time if last else timezone.now()
    return started + cool_off if cool_off else started
