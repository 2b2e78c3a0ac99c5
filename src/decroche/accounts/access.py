"""Who may call an endpoint: every router or operation takes one of these as `auth=`, and a test walks all of them.

`Router(auth=SUPERVISOR)` then `@router.get(..., auth=AGENT)` where one operation differs.
All of them check the CSRF token of requests that write.
"""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.security.session import SessionAuth

from decroche.accounts.models import Role, User
from decroche.common.errors import DomainError, Forbidden

RANK: dict[str, int] = {Role.AGENT: 1, Role.SUPERVISOR: 2, Role.ADMIN: 3}


class MustChangePassword(DomainError):
    """The password was given by somebody else; nothing else is allowed until it is replaced."""

    code = "must_change_password"
    status = 403
    fr = "Votre mot de passe est provisoire : choisissez le vôtre avant de continuer."
    en = "Your password is temporary: choose your own before going on."


class RoleAuth(SessionAuth):
    """A signed-in user of at least `minimum` role; 401 without a session, 403 below the role."""

    def __init__(self, minimum: Role, *, with_temporary_password: bool = False) -> None:
        super().__init__()
        self.minimum = minimum
        self.with_temporary_password = with_temporary_password

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        if RANK[user.role] < RANK[self.minimum]:
            raise Forbidden
        if user.must_change_password and not self.with_temporary_password:
            raise MustChangePassword
        return user


class Public(SessionAuth):
    """Anybody, signed in or not; the CSRF token is still checked."""

    minimum = None

    def authenticate(self, request: HttpRequest, key: str | None) -> User | AnonymousUser:
        return request.user


AGENT = RoleAuth(Role.AGENT)
SUPERVISOR = RoleAuth(Role.SUPERVISOR)
ADMIN = RoleAuth(Role.ADMIN)
SIGNED_IN = RoleAuth(Role.AGENT, with_temporary_password=True)
PUBLIC = Public()


def actor(request: HttpRequest) -> User:
    """The signed-in user of a request that passed a `RoleAuth`."""
    return cast("User", request.user)


def require_supervisor(request: HttpRequest) -> User:
    """The signed-in user, for operations whose answer depends on being a supervisor. Raises Forbidden."""
    user = actor(request)
    if not user.is_supervisor:
        raise Forbidden
    return user
