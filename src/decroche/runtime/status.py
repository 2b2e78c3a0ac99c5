"""The words of the terminal while the installation starts and runs."""

import json
from collections.abc import Mapping
from typing import Any

from decroche.config.env import Env, is_public_name
from decroche.runtime import caddy, web_client
from decroche.runtime.errors import Language
from decroche.runtime.supervisor import State

MARKS = {
    State.WAITING: "·",
    State.STARTING: "…",
    State.READY: "✓",
    State.DONE: "✓",
    State.BACKING_OFF: "✗",
    State.STOPPED: "✗",
}


def starting_line(states: Mapping[str, State], language: Language) -> str:
    """`démarrage  postgres ✓  asterisk …  web ·`"""
    word = "starting" if language == "en" else "démarrage"
    return f"  {word}  " + "  ".join(f"{name} {MARKS[state]}" for name, state in states.items())


def status_line(env: Env, states: Mapping[str, State], language: Language) -> str:
    """Agents, calls, trunks as the floor says them now, and the processes that are not well."""
    _, health = web_client.get_json(f"{env.floor_url}/floor/health")
    return compose_status(health, states, language)


def compose_status(health: Mapping[str, Any], states: Mapping[str, State], language: Language) -> str:
    """The one line, from `GET /floor/health`; figures that it does not give are left out."""
    words = {"agents": "agent", "calls": "call" if language == "en" else "appel"}
    one = (1,) if language == "en" else (0, 1)
    parts = [
        f"{health[key]} {word}{'' if health[key] in one else 's'}"
        for key, word in words.items()
        if isinstance(health.get(key), int)
    ]
    trunks = health.get("trunks")
    if isinstance(trunks, Mapping):
        well = sum(1 for state in trunks.values() if state in ("registered", "reachable", "online", "ok", True))
        parts.append(f"{well}/{len(trunks)} {'trunks' if language == 'en' else 'lignes opérateur'}")
    ill = [f"{name} {MARKS[state]}" for name, state in states.items() if state is not State.READY]
    well_word = "all processes run" if language == "en" else "tous les processus tournent"
    return "  " + " · ".join([*parts, ", ".join(ill) if ill else well_word])


def welcome(env: Env, took_s: float) -> list[str]:
    """What is printed once everything answers: the address, and in a demo the logins."""
    is_english = env.language == "en"
    lines = ["", f"  Décroche {'is ready' if is_english else 'est prêt'} ({took_s:.1f} s) : {env.public_url}"]
    if env.host and not is_public_name(env.host):
        certificate = caddy.authority_certificate(env)
        lines.append(
            f"  Trust this authority once on each workstation: {certificate} (or {env.public_url}/authority.crt)"
            if is_english
            else f"  À approuver une fois sur chaque poste : {certificate} (ou {env.public_url}/authority.crt)"
        )
    if env.mode == "demo":
        lines += ["", *_logins(env)]
    end = "Ctrl-C stops everything." if is_english else "Ctrl-C arrête tout."
    return [*lines, "", f"  {end}", ""]


def _logins(env: Env) -> list[str]:
    try:
        users = json.loads(env.demo_logins_file.read_text(encoding="utf-8"))["users"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    heads = (
        ("name", "username", "password", "role")
        if env.language == "en"
        else ("nom", "identifiant", "mot de passe", "rôle")
    )
    rows = [heads, *((str(u["name"]), str(u["username"]), str(u["password"]), str(u["role"])) for u in users)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return [
        "  " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
