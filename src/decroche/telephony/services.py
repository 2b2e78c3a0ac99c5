"""Changing the table of trunks."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.common.crypto import decrypt, encrypt
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.telephony.models import Trunk
from decroche.telephony.trunk_config import InvalidTrunk, TrunkConfig
from decroche.telephony.trunk_errors import TrunkInUse, TrunkNameTaken

UNUSABLE: dict[str, tuple[str, str]] = {
    "host": (
        "Donnez un nom de serveur ou une adresse, sans espace.",
        "Give a host name or an address, without spaces.",
    ),
    "username": (
        "Identifiant nécessaire pour s'enregistrer ; sans espace, guillemet, ni ; \\ @ < >.",
        "A username is needed to register; no space, quote, nor ; \\ @ < >.",
    ),
    "secret": (
        "Ce mot de passe contient un caractère qu'Asterisk ne sait pas lire (; ou \\, ou = ou > au début).",
        "This password holds a character that Asterisk cannot read (; or \\, or = or > at its start).",
    ),
}
OTHERWISE = ("Cette valeur ne convient pas.", "This value cannot be used.")


@transaction.atomic
def create_trunk(actor: User, fields: dict[str, Any]) -> Trunk:
    """Raises TrunkNameTaken, InvalidFields."""
    trunk = Trunk(**{**fields, "secret": encrypt(fields["secret"])})
    _check(trunk)
    trunk.save()
    _told(actor, "trunk.create", trunk, fields)
    return trunk


@transaction.atomic
def update_trunk(actor: User, trunk_id: int, given: dict[str, Any]) -> Trunk:
    """Raises NotFound, TrunkNameTaken, InvalidFields."""
    trunk = _lock(trunk_id)
    for name, value in given.items():
        setattr(trunk, name, encrypt(value) if name == "secret" else value)
    _check(trunk)
    trunk.save()
    _told(actor, "trunk.update", trunk, given)
    return trunk


@transaction.atomic
def delete_trunk(actor: User, trunk_id: int) -> None:
    """Raises NotFound, TrunkInUse."""
    trunk = _lock(trunk_id)
    user = Campaign.objects.filter(trunk=trunk, status=Campaign.Status.OPEN).first()
    if user is not None:
        raise TrunkInUse(campaign=user.name)
    _told(actor, "trunk.delete", trunk, {"name": trunk.name})
    trunk.delete()


def _lock(trunk_id: int) -> Trunk:
    trunk = Trunk.objects.select_for_update().filter(pk=trunk_id).first()
    if trunk is None:
        raise NotFound
    return trunk


def _check(trunk: Trunk) -> None:
    if Trunk.objects.filter(name__iexact=trunk.name).exclude(pk=trunk.pk or 0).exists():
        raise TrunkNameTaken(name=trunk.name)
    try:
        TrunkConfig(
            id=trunk.pk or 0,
            host=trunk.host,
            port=trunk.port,
            transport=trunk.transport,  # type: ignore[arg-type]
            username=trunk.username,
            secret=decrypt(trunk.secret),
            registers=trunk.registers,
            codecs=tuple(trunk.codecs),
            number_format=trunk.number_format,  # type: ignore[arg-type]
            simulator=trunk.simulator,
        )
    except InvalidTrunk as error:
        raise InvalidFields(**{error.field: UNUSABLE.get(error.field, OTHERWISE)}) from error


def _told(actor: User, action: str, trunk: Trunk, fields: dict[str, Any]) -> None:
    """The password is never logged, only that it changed."""
    shown = {name: "…" if name == "secret" else value for name, value in fields.items()}
    record(actor, action, trunk, fields=shown)
    notify_floor("trunk_changed", id=trunk.pk)
