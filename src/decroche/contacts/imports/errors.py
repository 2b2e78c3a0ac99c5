"""Refusals about imports. Those that end a job are kept on the batch by their code, with their facts."""

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


class CannotRollForward(DomainError):
    """Only a batch that was rolled back can be imported again."""

    code = "import_not_rolled_back"
    fr = "Seul un lot retiré peut être remis. Attendez la fin du retrait."
    en = "Only a batch that was rolled back can be brought back. Wait for the end of the roll-back."


class FileRefused(DomainError):
    """The file cannot be read as a table."""

    code = "file_refused"
    status = 422
    field = "file"
    fr = "Ce fichier ne peut pas être lu. Enregistrez-le en .csv, .xlsx ou .ods et recommencez."
    en = "This file cannot be read. Save it as .csv, .xlsx or .ods and try again."


class FileTooBig(FileRefused):
    """Fact `max_mb`."""

    code = "file_too_big"
    fr = "Le fichier dépasse {max_mb} Mo. Coupez-le en plusieurs fichiers, ou enregistrez-le en .csv."
    en = "The file is larger than {max_mb} MB. Cut it into several files, or save it as .csv."


class FileEmpty(FileRefused):
    """Nothing in it."""

    code = "file_empty"
    fr = "Le fichier est vide. Vérifiez que vous avez choisi le bon fichier."
    en = "The file is empty. Check that you chose the right one."


class OnlyHeader(FileRefused):
    """A header and no row."""

    code = "file_only_header"
    fr = "Le fichier n'a qu'une ligne de titres, et aucune fiche en dessous."
    en = "The file has a header only, and no contact below it."


class NotATable(FileRefused):
    """An image, a PDF, a program… whatever its name says."""

    code = "file_not_a_table"
    fr = (
        "Ce n'est ni un .csv, ni un classeur .xlsx ou .ods, ni un .zip de l'un d'eux. "
        "Ouvrez-le dans votre tableur et enregistrez-le en .xlsx."
    )
    en = (
        "This is neither a .csv, nor a .xlsx or .ods workbook, nor a .zip of one. "
        "Open it in your spreadsheet and save it as .xlsx."
    )


class OldWorkbook(FileRefused):
    """The format of Excel before 2007, or a workbook with a password: both begin alike."""

    code = "file_old_workbook"
    fr = "Ce classeur est à l'ancien format .xls, ou protégé. Enregistrez-le en .xlsx sans mot de passe."
    en = "This workbook is in the old .xls format, or has a password. Save it as .xlsx without a password."


class BrokenWorkbook(FileRefused):
    """A .xlsx, .ods or .zip that cannot be opened."""

    code = "file_broken_workbook"
    fr = (
        "Ce fichier .xlsx, .ods ou .zip est abîmé ou incomplet. "
        "Ouvrez-le sur votre ordinateur, enregistrez-le de nouveau, puis renvoyez-le."
    )
    en = (
        "This .xlsx, .ods or .zip file is damaged or incomplete. "
        "Open it on your computer, save it again, then send it once more."
    )


class ProtectedArchive(FileRefused):
    """A .zip, or a workbook, whose files are encrypted."""

    code = "file_protected"
    fr = "L'archive est protégée par un mot de passe. Enlevez-le, ou envoyez le fichier qu'elle contient."
    en = "The archive has a password. Remove it, or send the file that it holds."


class NoTableInArchive(FileRefused):
    """A .zip without a table in it."""

    code = "file_no_table_in_archive"
    fr = "L'archive .zip ne contient ni .csv, ni .xlsx, ni .ods. Envoyez directement le fichier de vos fiches."
    en = "The .zip archive holds no .csv, .xlsx or .ods file. Send the file of your contacts itself."


class SeveralFiles(FileRefused):
    """A .zip of more than one file; fact `files`."""

    code = "file_several"
    fr = "L'archive contient {files} fichiers. Envoyez-les un par un."
    en = "The archive holds {files} files. Send them one by one."


class TooManyColumns(FileRefused):
    """Facts `columns`, `max`."""

    code = "file_too_many_columns"
    fr = "Le fichier a {columns} colonnes, {max} au plus. Supprimez celles qui ne servent pas."
    en = "The file has {columns} columns, {max} at most. Delete those that are of no use."


class CellTooLong(FileRefused):
    """A cell longer than any spreadsheet allows; fact `row`."""

    code = "file_cell_too_long"
    fr = "Une cellule est trop longue vers la ligne {row} : des guillemets n'y sont sans doute pas fermés."
    en = "A cell is too long near row {row}: a quote is probably not closed there."


class NoSuchSheet(FileRefused):
    """The workbook has no sheet of that name."""

    code = "file_no_such_sheet"
    field = "sheet"
    fr = "Cette feuille n'est pas dans le classeur. Choisissez-en une autre."
    en = "This sheet is not in the workbook. Choose another one."


class FileGone(FileRefused):
    """The uploaded file is no longer on the disk."""

    code = "file_gone"
    status = 409
    fr = "Le fichier envoyé n'est plus là. Envoyez-le de nouveau."
    en = "The uploaded file is no longer there. Upload it again."


class WorkerLost(DomainError):
    """The worker stopped three times in the middle of it."""

    code = "worker_lost"
    fr = "L'import s'est arrêté trois fois en cours de route ; rien n'a été importé. Prévenez l'administrateur."
    en = "The import stopped three times on its way; nothing was imported. Tell the administrator."


class ImportFailed(DomainError):
    """Something that we did not foresee; its details are in the worker's log."""

    code = "import_failed"
    fr = "L'import a échoué et rien n'a été importé. Réessayez ; si cela recommence, prévenez l'administrateur."
    en = "The import failed and nothing was imported. Try again; if it happens again, tell the administrator."


class RollBackFailed(DomainError):
    """The same for a roll-back."""

    code = "roll_back_failed"
    fr = "Le retrait du lot a échoué et rien n'a changé. Réessayez ; si cela recommence, prévenez l'administrateur."
    en = "The roll-back failed and nothing was changed. Try again; if it happens again, tell the administrator."


def by_code(code: str, facts: dict[str, object]) -> DomainError:
    """The error kept on a batch."""
    kinds: list[type[DomainError]] = [*FileRefused.__subclasses__(), FileRefused, WorkerLost, RollBackFailed]
    return next((kind for kind in kinds if kind.code == code), ImportFailed)(**facts)
