"""Why a document is not kept."""

from __future__ import annotations

from decroche.common.errors import DomainError


class DocumentTooBig(DomainError):
    """Above the bound of one file."""

    code = "document_too_big"
    status = 422
    fr = "Ce fichier dépasse {max_mb} Mo : réduisez-le (un PDF compressé, une photo plus petite) puis ajoutez-le."
    en = "This file is over {max_mb} MB: make it smaller (a compressed PDF, a smaller photograph), then add it."
    field = "file"


class DocumentRefused(DomainError):
    """Of a kind that is not kept, or not what its name says."""

    code = "document_refused"
    status = 422
    fr = (
        "Ce fichier n'est pas accepté : PDF, images (JPEG, PNG, GIF, WebP), documents de bureau sans macro "
        "(Word, Excel, PowerPoint, OpenDocument) ou texte. S'il en est un, il est abîmé : enregistrez-le de nouveau."
    )
    en = (
        "This file is not accepted: PDF, images (JPEG, PNG, GIF, WebP), office files without macros "
        "(Word, Excel, PowerPoint, OpenDocument) or text. If it is one, it is damaged: save it again."
    )
    field = "file"


class TooManyDocuments(DomainError):
    """Above the bound of one contact."""

    code = "too_many_documents"
    fr = "Cette fiche a déjà {most} documents, le maximum : supprimez-en un avant d'en ajouter."
    en = "This contact already has {most} documents, the maximum: delete one before adding another."
