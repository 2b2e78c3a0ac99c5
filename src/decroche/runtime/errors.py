"""Failures told to the person at the terminal: one sentence, French or English, never a stack trace."""

import errno
from collections.abc import Mapping
from typing import Literal

Language = Literal["fr", "en"]


def language_of(environ: Mapping[str, str]) -> Language:
    """French unless the terminal asks for English; `C` and an unset LANG say nothing of the person."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return "en" if value.lower().startswith("en") else "fr"
    return "fr"


class UserFacingError(Exception):
    """What happened and what to do, in both languages. The command line prints it and exits with `exit_code`."""

    def __init__(self, french: str, english: str, *, exit_code: int = 1) -> None:
        super().__init__(french)
        self.french = french
        self.english = english
        self.exit_code = exit_code

    def sentence(self, language: Language) -> str:
        return self.english if language == "en" else self.french


def from_os_error(error: OSError) -> UserFacingError | None:
    """The sentence for a system error that a person can do something about; None for the others."""
    where = f" ({error.filename})" if error.filename else ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return UserFacingError(
                f"Le disque est plein{where} : libérez de la place (il faut environ 2 Go), puis relancez la commande.",
                f"The disk is full{where}: free some space (about 2 GB are needed), then run the command again.",
            )
        case errno.EROFS:
            return UserFacingError(
                f"Le disque est en lecture seule{where} : placez Décroche ou DECROCHE_VAR sur un disque inscriptible.",
                f"The disk is read-only{where}: put Décroche or DECROCHE_VAR on a disk that can be written.",
            )
        case errno.EACCES | errno.EPERM:
            return UserFacingError(
                f"Accès refusé{where} : lancez la commande avec le compte à qui appartient ce dossier.",
                f"Access denied{where}: run the command from the account that owns this folder.",
            )
        case errno.EMFILE | errno.ENFILE:
            return UserFacingError(
                "Trop de fichiers ouverts : augmentez la limite (ulimit -n 65536), puis relancez la commande.",
                "Too many open files: raise the limit (ulimit -n 65536), then run the command again.",
            )
    return None
