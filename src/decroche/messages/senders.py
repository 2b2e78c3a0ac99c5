"""Changing senders, and trying one out."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.common.crypto import encrypt
from decroche.common.errors import InvalidFields, Language, NotFound
from decroche.messages.addresses import is_address, is_host, is_this_machine
from decroche.messages.errors import SenderInUse, SenderNameTaken
from decroche.messages.models import Sender
from decroche.messages.problems import Fault
from decroche.messages.smtp import Letter, deliver
from decroche.messages.writing import new_message_id

ANSWER_TIMEOUT_S = 30
"""Somebody looks at the button meanwhile."""
UNUSABLE: dict[str, tuple[str, str]] = {
    "host": (
        "Donnez un nom de serveur ou une adresse, sans espace.",
        "Give a host name or an address, without spaces.",
    ),
    "security": (
        "Sans chiffrement, seul un serveur de cette machine (localhost) est accepté : choisissez STARTTLS ou TLS.",
        "Without encryption only a server on this machine (localhost) is accepted: choose STARTTLS or TLS.",
    ),
    "username": (
        "Les identifiants s'écrivent sans accent ni espace invisible.",
        "Usernames are written without accents or invisible characters.",
    ),
    "secret": (
        "Donnez le mot de passe de cet identifiant ; sans accent : ce protocole ne les transmet pas.",
        "Give the password for this username; without accents: this protocol does not carry them.",
    ),
    "from_name": ("Ce nom contient un caractère invisible.", "This name holds an invisible character."),
}
ADDRESS = ("Donnez une adresse e-mail complète, comme contact@exemple.fr.", "Give a whole e-mail address.")
TEST: dict[Language, tuple[str, str]] = {
    "fr": (
        "Décroche : essai d'envoi",
        "Ceci est un essai demandé dans les réglages de Décroche (expéditeur « {name} »).\n"
        "Si vous lisez ces lignes, les e-mails partent bien.\n",
    ),
    "en": (
        "Décroche: test e-mail",
        'This is a test asked for in the settings of Décroche (sender "{name}").\n'
        "If you read these lines, e-mails are sent as they should.\n",
    ),
}


@transaction.atomic
def create_sender(actor: User, fields: dict[str, Any]) -> Sender:
    """The first one is the default one. Raises SenderNameTaken, InvalidFields."""
    sender = Sender(**{**fields, "secret": encrypt(fields["secret"])})
    _check(sender, fields.get("secret"))
    if sender.is_default or not Sender.objects.filter(is_default=True).exists():
        _take_default(sender)
    sender.save()
    _told(actor, "sender.create", sender, fields)
    return sender


@transaction.atomic
def update_sender(actor: User, sender_id: int, given: dict[str, Any]) -> Sender:
    """Raises NotFound, SenderNameTaken, InvalidFields."""
    sender = _lock(sender_id)
    for name, value in given.items():
        setattr(sender, name, encrypt(value) if name == "secret" else value)
    _check(sender, given.get("secret"))
    if given.get("is_default"):
        _take_default(sender)
    sender.save()
    _told(actor, "sender.update", sender, given)
    return sender


@transaction.atomic
def delete_sender(actor: User, sender_id: int) -> None:
    """E-mails that it sent stay; those that wait are refused by the worker. Raises NotFound, SenderInUse."""
    sender = _lock(sender_id)
    user = Campaign.objects.filter(sender=sender).exclude(status=Campaign.Status.ARCHIVED).first()
    if user is not None:
        raise SenderInUse(campaign=user.name)
    _told(actor, "sender.delete", sender, {"name": sender.name})
    sender.delete()
    if sender.is_default and (other := Sender.objects.order_by("pk").first()) is not None:
        _take_default(other)
        other.save(update_fields=["is_default"])


def try_out(actor: User, sender_id: int, to: str, language: Language) -> Fault | None:
    """A real e-mail, now, even by a disabled sender. None: the server took it. Raises NotFound, InvalidFields."""
    sender = Sender.objects.filter(pk=sender_id).first()
    if sender is None:
        raise NotFound
    if not is_address(to):
        raise InvalidFields(to=ADDRESS)
    subject, text = TEST[language]
    letter = Letter(new_message_id(sender.from_address), to, subject, text.format(name=sender.name))
    fault = deliver(sender, letter, answer_timeout_s=ANSWER_TIMEOUT_S)
    record(actor, "sender.test", sender, problem=fault.problem if fault else "")
    return fault


def _lock(sender_id: int) -> Sender:
    sender = Sender.objects.select_for_update().filter(pk=sender_id).first()
    if sender is None:
        raise NotFound
    return sender


def _take_default(sender: Sender) -> None:
    Sender.objects.filter(is_default=True).exclude(pk=sender.pk or 0).update(is_default=False)
    sender.is_default = True


def _check(sender: Sender, secret: str | None) -> None:
    """`secret`: as it was given, where it was."""
    if Sender.objects.filter(name__iexact=sender.name).exclude(pk=sender.pk or 0).exists():
        raise SenderNameTaken(name=sender.name)
    bad: dict[str, tuple[str, str]] = {}
    if not is_host(sender.host):
        bad["host"] = UNUSABLE["host"]
    if sender.security == Sender.Security.NONE and not is_this_machine(sender.host):
        bad["security"] = UNUSABLE["security"]
    if not _plain(sender.username):
        bad["username"] = UNUSABLE["username"]
    if (sender.username and not sender.secret) or not _plain(secret or ""):
        bad["secret"] = UNUSABLE["secret"]
    if not sender.from_name.isprintable():
        bad["from_name"] = UNUSABLE["from_name"]
    if not is_address(sender.from_address):
        bad["from_address"] = ADDRESS
    if sender.reply_to and not is_address(sender.reply_to):
        bad["reply_to"] = ADDRESS
    if bad:
        raise InvalidFields(**bad)


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _told(actor: User, action: str, sender: Sender, fields: dict[str, Any]) -> None:
    """The password is never logged, only that it changed."""
    shown = {name: "…" if name == "secret" else value for name, value in fields.items()}
    record(actor, action, sender, fields=shown)
