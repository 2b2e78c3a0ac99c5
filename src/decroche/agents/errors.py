"""Refusals about groups and pause reasons."""

from __future__ import annotations

from decroche.common.errors import DomainError


class GroupNameTaken(DomainError):
    """Names of groups are unique."""

    code = "group_name_taken"
    field = "name"
    fr = "Un groupe s'appelle déjà « {name} ». Choisissez un autre nom."
    en = 'There is already a group called "{name}". Choose another name.'


class GroupInUse(DomainError):
    """A group that works on campaigns is not deleted under them."""

    code = "group_in_use"
    fr = "Ce groupe travaille sur {count} campagne(s). Retirez-le de leurs affectations avant de le supprimer."
    en = "This group works on {count} campaign(s). Take it out of their assignments before deleting it."


class PauseLabelTaken(DomainError):
    """Labels of pauses are unique."""

    code = "pause_label_taken"
    field = "label"
    fr = "Un motif de pause s'appelle déjà « {label} », peut-être désactivé. Choisissez un autre nom."
    en = 'There is already a pause reason called "{label}", perhaps an inactive one. Choose another name.'


class LastPauseReason(DomainError):
    """Agents need at least one way to pause."""

    code = "last_pause_reason"
    fr = "C'est le dernier motif de pause actif : ajoutez-en un autre avant de le retirer."
    en = "This is the last active pause reason: add another before removing it."
