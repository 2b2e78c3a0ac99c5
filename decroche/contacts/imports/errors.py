"""Refusals about imports; those of a file's own faults are in `FileRefused`."""

from __future__ import annotations

from decroche.common.errors import DomainError


class NotADraft(DomainError):
    """The batch was started already."""

    code = "import_already_started"
    fr = "Cet import est déjà lancé. Rechargez la page pour suivre son avancement."
    en = "This import was started already. Reload the page to follow it."


class CannotCancel(DomainError):
    """The batch is over."""

    code = "import_over"
    fr = "Cet import est terminé : il ne peut plus être annulé. Vous pouvez retirer le lot."
    en = "This import is over and cannot be cancelled any more. You may roll the batch back."


class CannotRollBack(DomainError):
    """Only a batch that is done can be rolled back."""

    code = "import_not_done"
    fr = "Seul un lot importé en entier peut être retiré. Attendez la fin, ou annulez l'import."
    en = "Only a batch that was imported whole can be rolled back. Wait for its end, or cancel the import."


class FileRefused(DomainError):
    """The file cannot be read as a table; `code_` is one of `FAULTS`."""

    code = "file_refused"
    status = 422
    field = "file"
