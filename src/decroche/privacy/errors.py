"""Refusals about persons' data."""

from decroche.common.errors import DomainError


class RetentionUnderWay(DomainError):
    """What is past its time is being removed already."""

    code = "retention_under_way"
    fr = "La suppression des données arrivées à échéance est déjà en cours : attendez qu'elle soit terminée."
    en = "Expired data is already being removed: wait until it is done."


class NoArchive(DomainError):
    """The archive is not made yet, failed, or its time is over."""

    code = "no_archive"
    status = 410
    fr = "Cette archive n'est plus disponible : elle est gardée 7 jours. Refaites la demande."
    en = "This archive is no longer available: it is kept for 7 days. Make the request again."
