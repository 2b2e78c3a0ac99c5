"""Refusals about the table of trunks."""

from __future__ import annotations

from decroche.common.errors import DomainError


class TrunkNameTaken(DomainError):
    """Names of trunks are unique."""

    code = "trunk_name_taken"
    field = "name"
    fr = "Une ligne opérateur s'appelle déjà « {name} ». Choisissez un autre nom."
    en = 'A trunk is called "{name}" already. Choose another name.'


class TrunkInUse(DomainError):
    """An open campaign is bound to the trunk."""

    code = "trunk_in_use"
    fr = "Cette ligne sert à la campagne ouverte « {campaign} ». Arrêtez-la ou donnez-lui une autre ligne d'abord."
    en = 'The open campaign "{campaign}" uses this trunk. Stop the campaign or give it another trunk first.'
