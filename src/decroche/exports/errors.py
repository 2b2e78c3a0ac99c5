"""Refusals about exports. Those that end a job are kept on the export by their code."""

from __future__ import annotations

from decroche.common.errors import DomainError


class ExportOver(DomainError):
    """It is done, failed or cancelled."""

    code = "export_over"
    fr = "Cet export est terminé : il ne peut plus être annulé. Vous pouvez le supprimer."
    en = "This export is finished and can no longer be cancelled. You can delete it."


class ExportUnderWay(DomainError):
    """A file in the making is cancelled first."""

    code = "export_under_way"
    fr = "Cet export est en cours. Annulez-le avant de le supprimer."
    en = "This export is in progress. Cancel it before deleting it."


class NoFile(DomainError):
    """Not ready, or removed at its time."""

    code = "export_no_file"
    status = 410
    fr = "Ce fichier n'est plus disponible : il a expiré ou n'est pas terminé. Refaites l'export."
    en = "This file is not available: it has expired or is not finished. Run the export again."


class ExportFailed(DomainError):
    """Something of ours went wrong."""

    code = "export_failed"
    fr = "L'export a échoué et aucun fichier n'a été gardé. Recommencez ; si cela se répète, prévenez l'administrateur."
    en = "The export failed and no file was kept. Try again; if it happens again, tell the administrator."


class DiskFull(DomainError):
    """No room for the file."""

    code = "export_disk_full"
    fr = "Le disque n'a plus assez de place pour ce fichier. Supprimez d'anciens exports ou gardez moins de colonnes."
    en = "The disk has no room for this file. Delete older exports, or choose fewer columns."


class WorkerLost(DomainError):
    """Several workers died on it."""

    code = "export_worker_lost"
    fr = "L'export a été interrompu plusieurs fois et abandonné. Recommencez avec moins de lignes ou en .csv."
    en = "The export was interrupted several times and given up. Try again with fewer rows, or as .csv."


class FilterGone(DomainError):
    """A custom field, campaign or question that the export names is no longer there."""

    code = "export_filter_gone"
    fr = "Un champ ou un filtre de cet export n'existe plus. Refaites l'export avec les colonnes actuelles."
    en = "A field or filter of this export is no longer there. Run the export again with today's columns."


KEPT: dict[str, type[DomainError]] = {one.code: one for one in (ExportFailed, DiskFull, WorkerLost, FilterGone)}


def by_code(code: str) -> DomainError:
    """The refusal that ended a job."""
    return KEPT.get(code, ExportFailed)()
