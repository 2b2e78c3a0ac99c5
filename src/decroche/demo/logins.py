"""The demo's people who sign in, with passwords drawn anew for each installation."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from decroche.accounts.models import Role, User
from decroche.agents.listening import services
from decroche.agents.listening.selectors import in_force

PEOPLE = (
    ("camille", "Camille", "Bérard", Role.AGENT),
    ("malik", "Malik", "Haddad", Role.AGENT),
    ("soizic", "Soizic", "Le Goff", Role.AGENT),
    ("nadia", "Nadia", "Ferrand", Role.SUPERVISOR),
    ("admin", "Ada", "Montclar", Role.ADMIN),
)
_WORDS = [
    "alpage",
    "sapin",
    "source",
    "neige",
    "vallon",
    "bruyere",
    "hetre",
    "cime",
    "torrent",
    "mesange",
    "lichen",
    "chamois",
    "glacier",
    "myrtille",
    "cascade",
    "gentiane",
    "marmotte",
    "combe",
    "meleze",
    "ravin",
    "fougere",
    "aiguille",
    "bouleau",
    "sentier",
]


def new_password() -> str:
    """Easy to type, 2⁴² possible ones: enough behind the lock-out of a demo."""
    words = [secrets.choice(_WORDS) for _ in range(4)]
    return "-".join(words) + f"-{secrets.randbelow(10**7):07d}"


def make_users() -> tuple[dict[str, User], list[dict[str, str]]]:
    """The people, and what the logins file says of them. Those who are there get a new password."""
    users: dict[str, User] = {}
    said: list[dict[str, str]] = []
    for username, first, last, role in PEOPLE:
        password = new_password()
        user, _ = User.objects.get_or_create(
            username=username,
            defaults={
                "first_name": first,
                "last_name": last,
                "role": role,
                "email": f"{username}@mutuelle-alpages.example",
            },
        )
        user.set_password(password)
        user.is_active, user.must_change_password = True, False
        user.save()
        users[username] = user
        said.append({"username": username, "password": password, "role": str(role), "name": user.display_name})
    return users, said


def acknowledge(users: Iterable[User]) -> None:
    """They have read the notice of listening, as on their first day; managers take calls now and then."""
    version = in_force().version
    for user in users:
        services.acknowledge(user, version)


def write(path: Path, address: str, users: list[dict[str, str]]) -> None:
    """Readable by its owner only, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"address": address, "users": users}, file, ensure_ascii=False, indent=2)
        file.write("\n")
    draft.replace(path)


def read(path: Path) -> dict[str, Any] | None:
    """What the file says, or None where it is not there or was cut short."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("users") else None
