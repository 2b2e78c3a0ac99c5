"""Refusals about people."""

from __future__ import annotations

from decroche.common.errors import DomainError


class WrongCredentials(DomainError):
    """Unknown name, wrong password or disabled account: which one is not said."""

    code = "wrong_credentials"
    status = 401
    fr = "Identifiant ou mot de passe incorrect. Vérifiez-les, ou demandez à votre chef de plateau d'en changer."
    en = "Wrong username or password. Check them, or ask your supervisor for a new password."


class LockedOut(DomainError):
    """Too many failures from one address for one name; `until` is an instant, `time` the same on the floor's clock."""

    code = "locked_out"
    status = 429
    fr = "Trop d'essais avec un mauvais mot de passe : connexion bloquée jusqu'à {time}. Réessayez ensuite."
    en = "Too many attempts with a wrong password: sign-in is blocked until {time}. Try again after that."


class WrongCurrentPassword(DomainError):
    """Changing one's password needs the present one."""

    code = "wrong_current_password"
    status = 409
    field = "current_password"
    fr = "Ce n'est pas votre mot de passe actuel. Saisissez-le à nouveau."
    en = "This is not your current password. Type it again."


class LinkUnusable(DomainError):
    """Unknown, used or expired link, or an administrator exists already."""

    code = "link_unusable"
    status = 404
    fr = "Ce lien n'est plus valable : il a déjà servi ou a plus de 24 heures. Redémarrez Décroche pour un autre."
    en = "This link is no longer valid: it was used, or is older than 24 hours. Restart Décroche to get another."


class UsernameTaken(DomainError):
    """Names are unique, disabled users included."""

    code = "username_taken"
    field = "username"
    fr = "L'identifiant « {username} » est déjà pris, peut-être par un compte désactivé. Choisissez-en un autre."
    en = 'The username "{username}" is already taken, perhaps by a disabled account. Choose another.'


class LastAdmin(DomainError):
    """The installation would be left without an active administrator."""

    code = "last_admin"
    fr = "C'est le dernier administrateur actif : nommez-en un autre avant de le désactiver ou de changer son rôle."
    en = "This is the last active administrator: appoint another before disabling this one or changing the role."


class NotYourself(DomainError):
    """Nobody disables or demotes himself by mistake."""

    code = "not_yourself"
    fr = "Vous ne pouvez pas désactiver votre propre compte ni changer votre rôle. Demandez à un autre administrateur."
    en = "You cannot disable your own account or change your own role. Ask another administrator."
