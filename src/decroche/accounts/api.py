"""Sign-in, users, audit log and settings of the installation."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.accounts import login as logins
from decroche.accounts import selectors, services
from decroche.accounts.access import ADMIN, PUBLIC, SIGNED_IN, SUPERVISOR, actor
from decroche.accounts.errors import (
    LastAdmin,
    LinkUnusable,
    LockedOut,
    NotYourself,
    UsernameTaken,
    WrongCredentials,
    WrongCurrentPassword,
)
from decroche.accounts.models import AuditEntry, User
from decroche.accounts.schemas import (
    AuditFilters,
    AuditPage,
    FirstAdminIn,
    LoginIn,
    Me,
    MePatch,
    NewPassword,
    RoleCode,
    UserCreated,
    UserIn,
    UserOut,
    UserPage,
    UserPatch,
)
from decroche.accounts.settings_schema import Settings
from decroche.common.errors import Forbidden, InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import whole

router = Router(tags=["accounts"], auth=SUPERVISOR)


@router.post("/auth/login", auth=PUBLIC, response=answers(Me, WrongCredentials, LockedOut), operation_id="login")
def login(request: HttpRequest, body: LoginIn) -> Me:
    """Sign in; the session cookie is set, with a new key."""
    return selectors.me(logins.sign_in(request, body.username, body.password))


@router.post("/auth/logout", auth=PUBLIC, response=answers(None), operation_id="logout")
def logout(request: HttpRequest) -> Status[None]:
    """Sign out, of the floor too. Nothing happens without a session."""
    logins.sign_out(request)
    return Status(204, None)


@router.get("/auth/me", auth=SIGNED_IN, response=Me, operation_id="me")
def me(request: HttpRequest) -> Me:
    """Who is signed in. Answered or refused (401), it sets the CSRF cookie."""
    return selectors.me(actor(request))


@router.patch(
    "/auth/me", auth=SIGNED_IN, response=answers(Me, WrongCurrentPassword, InvalidFields), operation_id="update_me"
)
def update_me(request: HttpRequest, body: MePatch) -> Me:
    """Language, theme, password. Other sessions of the user end when the password changes."""
    return selectors.me(logins.update_me(request, body))


@router.get("/first-admin/{token}", auth=PUBLIC, response=answers(None, LinkUnusable), operation_id="check_first_admin")
def check_first_admin(request: HttpRequest, token: str) -> Status[None]:
    """204 while the link can be used."""
    selectors.usable_link(token)
    return Status(204, None)


@router.post(
    "/first-admin/{token}",
    auth=PUBLIC,
    response=answers(Me, LinkUnusable, UsernameTaken, InvalidFields),
    operation_id="create_first_admin",
)
def create_first_admin(request: HttpRequest, token: str, body: FirstAdminIn) -> Me:
    """Make the first administrator and sign in."""
    return selectors.me(logins.create_first_admin(request, token, body))


@router.get("/users", response=UserPage, operation_id="list_users")
def list_users(
    request: HttpRequest, q: str = "", role: RoleCode | None = None, is_active: bool | None = None
) -> dict[str, object]:
    """All of them, by name."""
    return whole(selectors.users(q=q, role=role, is_active=is_active))


@router.post(
    "/users",
    response=answers(UserCreated, UsernameTaken, Forbidden, InvalidFields, status=201),
    operation_id="create_user",
)
def create_user(request: HttpRequest, body: UserIn) -> Status[dict[str, object]]:
    """A supervisor makes agents, an administrator any role."""
    user, password = services.create_user(actor(request), body)
    return Status(201, {"user": user, "password": password})


@router.get("/users/{int:user_id}", response=answers(UserOut, NotFound), operation_id="get_user")
def get_user(request: HttpRequest, user_id: int) -> User:
    """One user."""
    return selectors.user(user_id)


@router.patch(
    "/users/{int:user_id}",
    response=answers(UserOut, NotFound, UsernameTaken, LastAdmin, NotYourself, Forbidden, InvalidFields),
    operation_id="update_user",
)
def update_user(request: HttpRequest, user_id: int, body: UserPatch) -> User:
    """A supervisor changes agents only, and no role. Disabling ends the user's sessions at once."""
    return services.update_user(actor(request), user_id, body.given())


@router.post(
    "/users/{int:user_id}/reset-password",
    response=answers(NewPassword, NotFound, Forbidden),
    operation_id="reset_password",
)
def reset_password(request: HttpRequest, user_id: int) -> NewPassword:
    """A random password, shown this once, to be changed at the next sign-in. The user's sessions end."""
    return NewPassword(password=services.reset_password(actor(request), user_id))


@router.get("/audit", auth=ADMIN, response=AuditPage, operation_id="list_audit")
def list_audit(request: HttpRequest, filters: Query[AuditFilters]) -> dict[str, object]:
    """Who changed or looked at what, the latest first."""
    items, next_cursor = selectors.audit_page(filters)
    return {"items": items, "next_cursor": next_cursor, "total": None}


@router.get("/audit/actions", auth=ADMIN, response=list[str], operation_id="list_audit_actions")
def list_audit_actions(request: HttpRequest) -> list[str]:
    """The actions that the log knows, for the filter."""
    return list(AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct())


@router.get("/settings", response=Settings, operation_id="get_settings")
def get_settings(request: HttpRequest) -> Settings:
    """Settings of the installation, with their defaults."""
    return selectors.settings()


@router.put("/settings", auth=ADMIN, response=answers(Settings, InvalidFields), operation_id="put_settings")
def put_settings(request: HttpRequest, body: Settings) -> Settings:
    """The whole of them."""
    return services.put_settings(actor(request), body)
