"""Sounds of what contacts hear instead of an agent: spoken from the campaign's own words, or recorded; their files."""

from __future__ import annotations

import io
import os
import wave
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from decroche.campaigns.errors import BadSound
from decroche.campaigns.models import Announcement, Campaign
from decroche.telephony.speech import speak

SUFFIX = {8_000: ".wav", 16_000: ".wav16"}
"""Samples a second → the ending by which Asterisk knows the format."""
AT_LEAST_S, AT_MOST_S = 1.0, 60.0
DIGIT_WORDS = {"0": "zéro"}


def path_of(identifier: UUID, rate: int) -> Path:
    """Built from the identifier alone."""
    return Path(settings.ANNOUNCEMENTS_DIR) / f"{identifier}{SUFFIX[rate]}"


def existing_path(identifier: UUID) -> Path | None:
    return next((path for rate in SUFFIX if (path := path_of(identifier, rate)).is_file()), None)


# ── What is said to a person for whom nobody was free ────────────────────────
def abandoned_text(row: Campaign) -> str:
    """Who called and where to call back, as the rules ask; empty where the campaign does not say."""
    if not row.caller_name or not row.callback_number:
        return ""
    return (
        f"Bonjour. Ici {row.caller_name}. Nous avons cherché à vous joindre, mais tous nos conseillers sont en ligne. "
        "Nous vous prions de nous excuser. "
        f"Vous pouvez nous rappeler au {spoken_number(row.callback_number)}. Au revoir."
    )


def returned_text(row: Campaign, *, promises: bool) -> str:
    """To who calls back and reaches nobody; empty where the campaign does not say its name."""
    before, after = _RETURNED[promises]
    return f"{before}{row.caller_name}{after}" if row.caller_name else ""


_RETURNED = {
    True: (
        "Bonjour. Ici ",
        ". Merci de votre appel. Aucun conseiller n'est disponible pour le moment. "
        "Nous vous rappellerons dès que possible. Au revoir.",
    ),
    False: ("Bonjour. Ici ", ". Merci de votre appel. Aucun conseiller n'est disponible pour le moment. Au revoir."),
}


def _is_usual(text: str, promises: bool) -> bool:
    """Ours, with whatever name it had then; not a manager's own words."""
    before, after = _RETURNED[promises]
    return text.startswith(before) and text.endswith(after)


def spoken_number(e164: str) -> str:
    """`+33199000100` → "zéro 1, 99, zéro zéro, zéro 1, zéro zéro": by pairs, as people say it."""
    national = "0" + e164[3:] if e164.startswith("+33") else e164.lstrip("+")
    pairs = [national[n : n + 2] for n in range(0, len(national), 2)]
    return ", ".join(
        f"zéro {DIGIT_WORDS.get(pair[1:], pair[1:])}" if pair[0] == "0" else pair for pair in pairs if pair
    )


def keep_in_step(row: Campaign) -> None:
    """Spoken messages follow the caller's name and number; what was recorded stays. Called when it is saved.

    What is said to who calls back may be in the manager's own words too.
    """
    kinds = Announcement.Kind
    there = {one.kind: one for one in row.announcements.all()}
    _follow(row, there.get(kinds.ABANDONED), kinds.ABANDONED, abandoned_text(row))
    for kind, promises in ((kinds.MISSED, True), (kinds.GOODBYE, False)):
        found = there.get(kind)
        if found is None or _is_usual(found.text, promises):
            _follow(row, found, kind, returned_text(row, promises=promises))


def _follow(row: Campaign, found: Announcement | None, kind: str, text: str) -> None:
    if found is not None and (not found.text or found.text == text):
        return
    if text:
        put(row, kind, speak(text), text)
    elif found is not None:
        remove(found)


# ── Files ────────────────────────────────────────────────────────────────────
def copy(source: Campaign, target: Campaign) -> None:
    """For a campaign's duplicate: files of its own."""
    for one in source.announcements.all():
        if (path := existing_path(one.pk)) is not None:
            put(target, one.kind, path.read_bytes(), one.text)


def put(row: Campaign, kind: str, sound_file: bytes, text: str) -> None:
    """A new file under a new name: a call that plays the old one is not cut."""
    rate, duration_s = _measure(sound_file)
    identifier = uuid4()
    path = path_of(identifier, rate)
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    # Asterisk reads it, under an account of its own.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as made:
        made.write(sound_file)
    for former in row.announcements.filter(kind=kind):
        remove(former)
    Announcement.objects.create(
        id=identifier, campaign=row, kind=kind, text=text, duration_s=duration_s, made_at=timezone.now()
    )


def remove(row: Announcement) -> None:
    identifier = row.pk
    row.delete()

    def forget() -> None:
        if (path := existing_path(identifier)) is not None:
            path.unlink(missing_ok=True)

    transaction.on_commit(forget)


def _measure(sound_file: bytes) -> tuple[int, float]:
    """(samples a second, seconds). Raises BadSound."""
    try:
        with wave.open(io.BytesIO(sound_file)) as opened:
            rate, frames = opened.getframerate(), opened.getnframes()
            fits = opened.getnchannels() == 1 and opened.getsampwidth() == 2 and rate in SUFFIX
            whole = len(opened.readframes(frames)) == frames * 2
    except (wave.Error, EOFError, ValueError) as error:
        raise BadSound from error
    if not fits or not whole or not AT_LEAST_S <= frames / rate <= AT_MOST_S:
        raise BadSound
    return rate, frames / rate
