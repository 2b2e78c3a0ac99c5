"""Who is asking, and whether his role is enough."""

from __future__ import annotations

from django.http import HttpRequest

from decroche.accounts.models import User
from decroche.common.errors import Forbidden


def user_of(request: HttpRequest) -> User:
    """The signed-in user. Raises Forbidden for nobody, which the API's own authentication prevents."""
    if not isinstance(request.user, User):
        raise Forbidden
    return request.user


def require_supervisor(request: HttpRequest) -> User:
    """The user, where he is a supervisor or an administrator; else raises Forbidden."""
    user = user_of(request)
    if not user.is_supervisor:
        raise Forbidden
    return user


def require_admin(request: HttpRequest) -> User:
    """The user, where he is an administrator; else raises Forbidden."""
    user = user_of(request)
    if not user.is_admin:
        raise Forbidden
    return user
