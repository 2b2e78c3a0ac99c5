"""What crosses the API about people, the audit log and the installation's settings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, StringConstraints

from decroche.accounts.models import User
from decroche.common.pagination import Limit, Page
from decroche.common.schemas import Body, Text80, left_out

RoleCode = Literal["agent", "supervisor", "admin"]
LanguageCode = Literal["fr", "en"]
ThemeCode = Literal["auto", "light", "dark"]
Permission = Literal[
    "supervise",
    "manage_campaigns",
    "manage_contacts",
    "export",
    "read_statistics",
    "manage_agents",
    "manage_roles",
    "manage_trunks",
    "manage_settings",
    "read_audit",
]
Username = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80, pattern=r"^[\w.@+-]+$", to_lower=True)
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")
]


class Me(Schema):
    """The signed-in user and what the screens may offer."""

    id: int
    username: str
    first_name: str
    last_name: str
    display_name: str
    email: str
    role: RoleCode
    language: LanguageCode
    theme: ThemeCode
    must_change_password: bool
    permissions: list[Permission]


class LoginIn(Body):
    """Credentials."""

    username: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
    password: Annotated[str, StringConstraints(max_length=200)]


class MePatch(Body):
    """One's own preferences; a new password needs the current one."""

    language: LanguageCode = left_out()
    theme: ThemeCode = left_out()
    current_password: Password = left_out()
    new_password: Password = left_out()


class FirstAdminIn(Body):
    """The first administrator, who signs in at once."""

    username: Username
    password: Password
    first_name: Text80 = ""
    last_name: Text80 = ""
    language: LanguageCode = "fr"


class UserOut(Schema):
    """A user as the administration sees him."""

    id: int
    username: str
    first_name: str
    last_name: str
    display_name: str
    email: str
    role: RoleCode
    language: LanguageCode
    is_active: bool
    must_change_password: bool
    group_ids: list[int]
    created_at: datetime
    last_login: datetime | None

    @staticmethod
    def resolve_group_ids(user: User) -> list[int]:
        return sorted(group.pk for group in user.agent_groups.all())


class UserIn(Body):
    """A new user. Without a password a random one is made, to be changed at the first sign-in."""

    username: Username
    first_name: Text80 = ""
    last_name: Text80 = ""
    email: Email = ""
    role: RoleCode = "agent"
    language: LanguageCode = "fr"
    password: Password | None = None
    group_ids: list[int] = []


class UserPatch(Body):
    """Any subset. `role` needs an administrator; `is_active` false disables and signs out."""

    username: Username = left_out()
    first_name: Text80 = left_out()
    last_name: Text80 = left_out()
    email: Email = left_out()
    role: RoleCode = left_out()
    language: LanguageCode = left_out()
    is_active: bool = left_out()
    group_ids: list[int] = left_out()


class UserCreated(Schema):
    """`password` is shown this once (None where it was chosen by the caller)."""

    user: UserOut
    password: str | None


class NewPassword(Schema):
    """Shown this once."""

    password: str


class AuditEntryOut(Schema):
    """A line of the audit log."""

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str | None
    action: str
    object_type: str
    object_id: str
    detail: dict[str, Any]


class AuditFilters(Schema):
    """`since` included, `until` excluded."""

    actor_id: int | None = None
    action: str | None = None
    object_type: str | None = None
    object_id: str | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    cursor: str = ""
    limit: Limit = 50


class UserPage(Page[UserOut]):
    """Users by name."""


class AuditPage(Page[AuditEntryOut]):
    """The latest first; never counted."""
