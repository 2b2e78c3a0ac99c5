"""Refusals about senders and e-mails."""

from __future__ import annotations

from decroche.common.errors import DomainError


class SenderNameTaken(DomainError):
    """Names of senders are unique."""

    code = "sender_name_taken"
    field = "name"
    fr = "Un expéditeur s'appelle déjà « {name} ». Choisissez un autre nom."
    en = 'There is already a sender called "{name}". Choose another name.'


class SenderInUse(DomainError):
    """A campaign names the sender."""

    code = "sender_in_use"
    fr = "La campagne « {campaign} » envoie ses e-mails avec cet expéditeur. Donnez-lui-en un autre, puis supprimez-le."
    en = 'The campaign "{campaign}" sends its e-mails with this sender. Give it another one, then delete this one.'


class NoSender(DomainError):
    """No sender is set."""

    code = "no_sender"
    fr = (
        "Aucun expéditeur n'est réglé : rien ne peut être envoyé. "
        "Un administrateur en ajoute un dans Réglages → E-mail."
    )
    en = "No sender is set: nothing can be sent. An administrator adds one in Settings → E-mail."


class SenderDisabled(DomainError):
    """The sender of the campaign, or the default one, is disabled."""

    code = "sender_disabled"
    fr = (
        "L'expéditeur « {name} » est désactivé : rien ne peut être envoyé. "
        "Un administrateur le réactive, ou en choisit un autre, dans Réglages → E-mail."
    )
    en = (
        'The sender "{name}" is disabled: nothing can be sent. '
        "An administrator enables it, or chooses another, in Settings → E-mail."
    )


class ContactRefused(DomainError):
    """The contact is on the list of refusals: only an e-mail that does not canvass may go."""

    code = "contact_refused"
    fr = (
        "Cette personne a refusé d'être démarchée : aucun e-mail commercial. "
        "S'il s'agit de lui répondre ou de son contrat, confirmez-le et envoyez."
    )
    en = (
        "This person refused to be canvassed: no commercial e-mail. "
        "If it answers the person or is about their contract, confirm this and send."
    )


class MailNotRefused(DomainError):
    """Only a refused e-mail is sent again: another one is on its way or has arrived."""

    code = "mail_not_refused"
    fr = "Cet e-mail est déjà parti ou en cours d'envoi : il n'y a rien à renvoyer."
    en = "This e-mail has already been sent or is being sent: there is nothing to send again."


class AddressGone(DomainError):
    """The contact does not have the address any more."""

    code = "mail_address_gone"
    fr = "L'adresse de cet e-mail n'est plus sur la fiche : écrivez-en un nouveau à la bonne adresse."
    en = "The address of this e-mail is no longer on the contact: write a new one to the right address."
